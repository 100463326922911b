"""Print how scores and p-values of MT systems compare with WMT21's published table and with sacrebleu's own tests.

    python scripts/benchmark_evaluate.py [--ter]

The outputs are those of WMT21's 31 systems for Japanese and English, read from ../shared/bench or from the folder that
ALIGNKIT_BENCH names. sacrebleu compares systems with one baseline only; to compare all pairs it is asked once for each
baseline, through the class that its command line runs, in the same process. TER takes some 17 s of a processor for each
system, and is left out if it is not asked for.
"""

from __future__ import annotations

import argparse
import csv
import time
from typing import TYPE_CHECKING, Final

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest, Result

from alignkit.evaluate.agreement import HumanScores, agreements
from alignkit.evaluate.metrics import METRICS
from alignkit.evaluate.plain_set import read_plain
from alignkit.evaluate.settings import SACREBLEU_SEED, EvaluationSettings
from alignkit.evaluate.significance import bootstrap_scores, paired_bootstrap
from alignkit.evaluate.stage import evaluate
from alignkit.evaluate.statistics import extract
from alignkit.evaluate.systems import read_systems
from benchmark_report import Report
from gold_data import BENCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.evaluate.formulas import FloatArray
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet
    from benchmark_report import Cell

WMT21: Final = BENCH / "wmt21"
TARGETS: Final = {"ja-en": ("ja", "en", "13a"), "en-ja": ("en", "ja", "char")}
RESAMPLES: Final = 1_000
COMPARED: Final = ("bleu", "chrf")
OTHER_SEED: Final = 7
IN_ERROR: Final = 1.96


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ter", action="store_true", help="compare TER with people, too")
    with_ter = parser.parse_args().ter
    report = Report()
    if not WMT21.is_dir():
        report.left_out("evaluate", "MT evaluation on WMT21", f"{WMT21} is not there")
        return
    _published(report)
    _people(report, [name for name in METRICS if name != "ter" or with_ter])
    _significance(report)


def load(pair: str) -> tuple[EvaluationSet, list[SystemOutput]]:
    """Read a test set and its systems' outputs."""
    source, target, _ = TARGETS[pair]
    name = f"newstest2021.{pair}"
    test_set = read_plain([WMT21 / f"{name}.ref.A.{target}"], WMT21 / f"{name}.src.{source}", languages=pair)
    return test_set, read_systems([str(WMT21 / "systems" / f"{name}.hyp.*")], test_set)


def _published(report: Report) -> None:
    """Compare scores with the table that WMT21 published."""
    with (WMT21 / "published-automatic-scores.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    table = {(row["pair"], row["system"], row["metric"]): float(row["score"]) for row in rows}
    shown: list[list[Cell]] = []
    worst = 0.0
    for pair, (_, language, tokenize) in TARGETS.items():
        test_set, systems = load(pair)
        texts = [system.outputs for system in systems]
        scores = {
            name: extract(METRICS[name], texts, [test_set.references], language, tokenize).scores[0].tolist()
            for name in COMPARED
        }
        for place, system in enumerate(systems):
            row: list[Cell] = [f"{pair} {system.name}"]
            for name in COMPARED:
                published = table[pair, system.name, f"{name}-A"]
                row += [scores[name][place], published]
                worst = max(worst, abs(scores[name][place] - published))
            shown.append(row)
    columns = ("BLEU", "published", "chrF2", "published")
    report.table(
        "published",
        "WMT21: scores and the published ones",
        columns,
        shown,
        [f"{len(shown)} systems; the largest difference is {worst:.1e}"],
    )


def _people(report: Report, names: Sequence[str]) -> None:
    """Compare metrics with WMT21's human ranking of Japanese to English."""
    lines = (WMT21 / "published-human-ranking.ja-en.csv").read_text(encoding="utf-8").splitlines()
    ratings = {fields[-1]: float(fields[1]) for fields in map(str.split, lines)}
    test_set, systems = load("ja-en")
    human = HumanScores(np.array([ratings[system.name] for system in systems]))
    rows: list[list[Cell]] = []
    for name in names:
        statistics = extract(METRICS[name], [system.outputs for system in systems], [test_set.references], "en")
        (found,) = agreements(statistics, human)
        rows.append([name, found.kendall, found.accuracy, found.pearson])
    columns = ("tau-b", "pairs right", "Pearson")
    report.table("people", f"WMT21 ja-en: metrics and people's z-scores of {len(systems)} systems", columns, rows)


def _significance(report: Report) -> None:
    """Compare all pairs of English to Japanese systems, here and by sacrebleu."""
    test_set, systems = load("en-ja")
    start = time.perf_counter()
    ours = _ours(test_set, systems, SACREBLEU_SEED)
    of_ours = time.perf_counter() - start
    start = time.perf_counter()
    evaluate(test_set, systems, EvaluationSettings(tokenize="char"))
    of_all = time.perf_counter() - start
    start = time.perf_counter()
    theirs = _theirs(test_set, systems)
    of_theirs = time.perf_counter() - start
    pairs = len(systems) * (len(systems) - 1) // 2
    report.table(
        "time",
        f"WMT21 en-ja: {pairs} pairs of {len(systems)} systems, BLEU and chrF, {RESAMPLES:,} resamples",
        ("seconds", "ratio"),
        [
            [f"sacrebleu's paired bootstrap, asked {len(systems) - 1} times", of_theirs, 1.0],
            ["paired bootstrap", of_ours, of_theirs / of_ours],
            ["'evaluate': with intervals and 10,000 randomisations", of_all, of_theirs / of_all],
        ],
        ["ratio: how many times as fast as sacrebleu in this run, from text to p-values"],
    )
    other = _ours(test_set, systems, OTHER_SEED)
    report.table(
        "p_values",
        "p-values of the pairs, here and by sacrebleu",
        ("largest diff.", "within error"),
        [_agreement("the same seed", ours, theirs), _agreement("another seed", other, theirs)],
        ["within error: the share of p-values that differ by less than 1.96 standard errors of two bootstraps"],
    )


def _ours(test_set: EvaluationSet, systems: Sequence[SystemOutput], seed: int) -> FloatArray:
    """Give the p-values of all pairs by each metric."""
    found = []
    for name in COMPARED:
        statistics = extract(METRICS[name], [system.outputs for system in systems], [test_set.references], "ja", "char")
        sums = statistics.by_unit(test_set.story_codes)
        resampled = bootstrap_scores(sums, statistics.formula, resamples=RESAMPLES, seed=seed)
        found.append(paired_bootstrap(statistics.scores[0], resampled)[np.triu_indices(len(systems), k=1)])
    return np.concatenate(found)


def _theirs(test_set: EvaluationSet, systems: Sequence[SystemOutput]) -> FloatArray:
    """Give the same p-values by sacrebleu, one baseline after another."""
    streams = [[texts[0] for texts in test_set.references]]
    named: list[tuple[str, Sequence[str]]] = [(system.name, system.outputs) for system in systems]
    found: dict[str, list[float]] = {"BLEU": [], "chrF2": []}
    for place in range(len(named) - 1):
        metrics = {"BLEU": BLEU(tokenize="char", references=streams), "CHRF": CHRF(references=streams)}
        _, scores = PairedTest(named[place:], metrics, references=None, test_type="bs", n_samples=RESAMPLES)()
        for label, p_values in found.items():
            p_values += [one.p_value or 0 for one in scores[label][1:] if isinstance(one, Result)]
    return np.array([value for p_values in found.values() for value in p_values])


def _agreement(name: str, ours: FloatArray, theirs: FloatArray) -> list[Cell]:
    error = np.sqrt(2 * np.maximum(theirs * (1 - theirs), 1 / RESAMPLES) / RESAMPLES)
    differences = np.abs(ours - theirs)
    return [name, float(differences.max()), float((differences <= IN_ERROR * error).mean())]


if __name__ == "__main__":
    main()
