"""Print how many of the gold pairs are among the candidates, apart from how they are scored, and what reprints bring.

    python scripts/benchmark_candidates.py [--json FILE]

Beside the demonstration corpus as it is, it is measured crowded: on days on which seven other headlines are published for each
of its own, WMT21's segments and Tatoeba's sentences. These are read from ../shared/bench, or from the folder that
ALIGNKIT_BENCH names; what is not there is left out and said so. What clusters and assignment are tuned on is called
development; nothing is tuned on what is called test.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.assignment import assign, assign_reprints
from alignkit.config import AlignSettings, PairSettings
from alignkit.encoders.embedder import Embedder
from alignkit.evaluate.gold import Assessment
from alignkit.pair.clusters import cluster_reprints
from alignkit.pair.dates import publication_times
from alignkit.pair.neighbours import Side, neighbour_pairs
from alignkit.pair.stage import find_candidates
from alignkit.progress import silent
from alignkit.reading import proper_texts
from alignkit.schema import CANDIDATE_REASONS
from benchmark_report import Report
from calibration import score_set
from gold_data import BENCH, DEMO_TEST_BEGINS, GoldSet, demo, tatoeba, wmt21
from retrieval import Bitext, Grid, lexicon_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmark_report import Cell

NEIGHBOURS: Final = (4, 8, 16, 30)
MIXES: Final = ((8, 0), (8, 4), (8, 8), (16, 0), (16, 8), (0, 16))
DAYS: Final = 21
FIRST_DAY: Final = dt.datetime(2031, 5, 12, tzinfo=dt.UTC)
RUNS: Final = 5
THRESHOLD: Final = AlignSettings().threshold
ASSESSED: Final = ("gold", "found", "precision", "recall", "F1")
RECALLED: Final = ("gold", "found", "recall", "candidates", "an English", "a Japanese", "a headline")
NO_WIRE_ID: Final = pl.lit(None, dtype=pl.String).alias("wire_id")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures to this file")
    arguments = parser.parse_args()
    report, embedder = Report(), Embedder(AlignSettings().encoder)
    sets = [demo()]
    if BENCH.is_dir():
        crowd = crowded(sets[0])
        sets += [crowd, credited(crowd), wmt21("*", "all")]
    else:
        report.left_out("crowded", "Crowded, and WMT21", f"{BENCH} is not there")
    print_recall(report, sets, embedder)
    print_mixes(report, sets[:2], embedder)
    print_reasons(report, [credited(sets[0]), *sets[2:3]], embedder)
    print_clusters(report, sets[0], embedder)
    print_assignment(report, sets[0], embedder)
    print_speed(report, sets, embedder)
    if arguments.json:
        report.write(arguments.json)


def crowded(gold: GoldSet) -> GoldSet:
    """Put other headlines of the same days beside a set's, without a wire id or an agency."""
    others = pl.concat([wmt21("*", "all").headlines, tatoeba().headlines])
    hours = pl.int_range(pl.len()).over("lang") * 24 * DAYS / pl.len().over("lang")
    strangers = others.with_columns(
        NO_WIRE_ID,
        text=pl.col("text").str.replace_all(r"Kyodo|共同", "X"),
        published_at=(pl.lit(FIRST_DAY) + pl.duration(seconds=(hours * 3600).cast(pl.Int64))).cast(
            pl.Datetime("us", "UTC")
        ),
    )
    headlines = pl.concat([gold.headlines, strangers.unique("id", maintain_order=True)])
    return GoldSet(f"{gold.name}, crowded", headlines, gold.pairs)


def credited(gold: GoldSet) -> GoldSet:
    """Let the demonstration corpus's invented wire be one that is known, so that its credits are read."""
    known = {"Sorami News": "Kyodo News", "（空見）": "（共同）"}
    columns = [pl.col(name).replace(known) for name in ("outlet", "credit")]
    return GoldSet(f"{gold.name}, credits read", gold.headlines.with_columns(columns), gold.pairs)


def print_recall(report: Report, sets: Sequence[GoldSet], embedder: Embedder) -> None:
    """Print the recall of the stage pair by the number of neighbours."""
    rows = []
    for gold in sets:
        for neighbours in NEIGHBOURS:
            settings = PairSettings(neighbours=neighbours)
            candidates = find_candidates(gold.headlines, settings=settings, embedder=embedder)
            rows.append([f"{gold.name}, {neighbours}", *recalled(gold, candidates)])
    notes = [
        "by the number of neighbours; what follows are means: candidates of an English, a Japanese, any headline;",
        "credits read: the invented wire's are taken for Kyodo's",
    ]
    report.table("recall", "Candidates: recall", RECALLED, rows, notes)


def recalled(gold: GoldSet, candidates: pl.DataFrame) -> list[Cell]:
    """Give the cells of a set's candidates."""
    found = gold.pairs.join(candidates, on=["en_id", "ja_id"], how="semi").height
    by_language = gold.headlines["lang"].to_list()
    english, japanese = by_language.count("en"), by_language.count("ja")
    means = [candidates.height / english, candidates.height / japanese, 2 * candidates.height / len(by_language)]
    return [gold.pairs.height, found, found / gold.pairs.height, candidates.height, *means]


def print_mixes(report: Report, sets: Sequence[GoldSet], embedder: Embedder) -> None:
    """Print the recall of nearest neighbours by vectors and by words."""
    rows, seconds = [], ["for all pairs by vectors, cached, and by words:"]
    for gold in sets:
        sides = [gold.headlines.filter(pl.col("lang") == lang) for lang in ("en", "ja")]
        read = dict(zip(gold.headlines["id"], proper_texts(gold.headlines), strict=True))
        texts = Bitext(*([read[key] for key in side["id"]] for side in sides))
        outside = outside_window(*sides)
        started = time.perf_counter()
        by_vectors = embedder.embed(texts.en) @ embedder.embed(texts.ja).T
        embedded = time.perf_counter()
        by_words = lexicon_grid(texts)
        seconds.append(f"{gold.name}: {embedded - started:.1f} s and {time.perf_counter() - embedded:.1f} s")
        for grid in (by_vectors, by_words):
            grid[outside] = -np.inf
        for vectors, words in MIXES:
            rows_and_columns = np.argwhere(best(by_vectors, vectors) | best(by_words, words))
            ids = {"en_id": sides[0]["id"][rows_and_columns[:, 0]], "ja_id": sides[1]["id"][rows_and_columns[:, 1]]}
            rows.append([f"{gold.name}, {vectors} + {words}", *recalled(gold, pl.DataFrame(ids))])
    notes = ["nearest by vectors + nearest by coverage through the lexicon, which the stage pair does not look at"]
    report.table("mixes", "Candidates: vectors and words, no wire ids", RECALLED, rows, [*notes, *seconds])


def outside_window(en: pl.DataFrame, ja: pl.DataFrame) -> NDArray[np.bool_]:
    """Tell which pairs are too many days apart."""
    english, japanese = publication_times(en).first, publication_times(ja).first
    return np.abs(english[:, None] - japanese[None, :]) > PairSettings().window_days


def best(grid: Grid, neighbours: int) -> NDArray[np.bool_]:
    """Tell which pairs are among the best of either of their texts."""
    found = np.zeros(grid.shape, dtype=np.bool_)
    if neighbours:
        for values, into in ((grid, found), (grid.T, found.T)):
            np.put_along_axis(into, np.argpartition(-values, neighbours - 1, axis=1)[:, :neighbours], True, axis=1)
    return found & np.isfinite(grid)


def print_reasons(report: Report, sets: Sequence[GoldSet], embedder: Embedder) -> None:
    """Print how many candidates there are for each reason, and how many are gold pairs."""
    rows: list[list[Cell]] = []
    for gold in sets:
        candidates = find_candidates(gold.headlines, embedder=embedder)
        right = candidates.join(gold.pairs, on=["en_id", "ja_id"], how="semi")
        for reason in CANDIDATE_REASONS:
            found, correct = (table.filter(pl.col("reason") == reason).height for table in (candidates, right))
            if found:
                rows.append([f"{gold.name}, {reason}", found, correct, correct / found])
    columns = ("candidates", "gold", "share")
    report.table("reasons", "Candidates by reason", columns, rows)


def print_clusters(report: Report, gold: GoldSet, embedder: Embedder) -> None:
    """Print how many pairs of reprints of one gold story are clustered, and how many pairs that are clustered are that."""
    story = gold.headlines.filter(pl.col("lang") == "ja").join(gold.pairs, left_on="id", right_on="ja_id", how="left")
    story = story.select(
        ja_id="id", story=pl.coalesce("en_id", "id"), test=pl.col("published_at") >= pl.lit(DEMO_TEST_BEGINS)
    )
    rows = []
    for name, headlines in (("", gold.headlines), (", no wire ids", gold.headlines.with_columns(NO_WIRE_ID))):
        labelled = story.join(cluster_reprints(headlines, embedder=embedder), on="ja_id")
        for half, is_test in (("development", False), ("test", True)):
            part = labelled.filter(pl.col("test") == is_test)
            counts = [pairs_within(part, keys) for keys in (["story", "cluster"], ["cluster"], ["story"])]
            rows.append([f"{half}{name}", *figures(Assessment(*counts))])
    report.table("clusters", "Reprints: pairs of headlines in one cluster", ASSESSED, rows)


def pairs_within(labelled: pl.DataFrame, keys: list[str]) -> int:
    """Count the pairs of rows that have the same keys."""
    counts = labelled.group_by(keys).len()["len"].cast(pl.Int64)
    return int((counts * (counts - 1) // 2).sum())


def print_assignment(report: Report, gold: GoldSet, embedder: Embedder) -> None:
    """Print precision and recall of aligned pairs, each headline by itself and with its reprints."""
    scored = score_set(gold, embedder)
    ways = {
        "by itself": assign(scored, threshold=THRESHOLD),
        "with reprints": assign_reprints(gold.headlines, scored, threshold=THRESHOLD, embedder=embedder),
    }
    english = gold.headlines.filter(pl.col("lang") == "en").select(
        en_id="id", test=pl.col("published_at") >= pl.lit(DEMO_TEST_BEGINS)
    )
    rows = []
    for half, is_test in (("development", False), ("test", True)):
        part = english.filter(pl.col("test") == is_test)
        wanted = gold.pairs.join(part, on="en_id", how="semi")
        for name, aligned in ways.items():
            found = aligned.join(part, on="en_id", how="semi")
            right = found.join(wanted, on=["en_id", "ja_id"], how="semi").height
            rows.append([f"{half}, {name}", *figures(Assessment(right, found.height, wanted.height))])
    notes = ["a pair is of the half that its English headline is of"]
    report.table("assignment", "Assignment on the demonstration corpus", ASSESSED, rows, notes)


def figures(result: Assessment) -> list[Cell]:
    """Give the cells of an assessment."""
    return [result.gold, result.aligned, result.precision, result.recall, result.f1]


def print_speed(report: Report, sets: Sequence[GoldSet], embedder: Embedder) -> None:
    """Print how long the stage takes beside its search for neighbours alone, vectors cached, the best of several runs."""
    rows: list[list[Cell]] = []
    for gold in sets:
        sides = [side_of(gold, lang, embedder) for lang in ("en", "ja")]
        stage, search = np.inf, np.inf
        for _ in range(RUNS):
            started = time.perf_counter()
            find_candidates(gold.headlines, embedder=embedder)
            paired = time.perf_counter()
            neighbour_pairs(sides[0], sides[1], neighbours=16, window_days=2, progress=silent)
            stage, search = min(stage, paired - started), min(search, time.perf_counter() - paired)
        rows.append([gold.name, float(stage), float(search), float(stage / search)])
    report.table("speed", "Seconds, vectors cached", ("stage pair", "search", "ratio"), rows)


def side_of(gold: GoldSet, lang: str, embedder: Embedder) -> Side:
    """Give one language's headlines of a set as the search takes them."""
    table = gold.headlines.filter(pl.col("lang") == lang)
    return Side(embedder.embed(proper_texts(table)), *publication_times(table))


if __name__ == "__main__":
    main()
