"""The benchmark's tables of retrieval: how often the right sentence is found, without and with altered copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.encoders.embedder import Embedder
from alignkit.encoders.registry import known_encoders
from alignkit.errors import AlignkitError
from calibration import best_threshold, judge_pairs, without_partners
from gold_data import BENCH, tatoeba, wmt21
from retrieval import (
    MARGIN_NEIGHBOURS,
    NEIGHBOURS,
    bitext,
    cosine_grid,
    found_by_score,
    found_in_grid,
    length_grid,
    lexicon_grid,
    margin_grid,
    mean_log_ratio,
    mutual_best,
    score_bitext,
)
from rival_retrieval import METHODS, ROUNDS, all_rivals, no_rivals, one_rival
from rival_words import MOST
from rivals import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmark_report import Cell, Report
    from retrieval import Bitext, Grid
    from rival_retrieval import Outcome

    Found = tuple[NDArray[np.bool_], NDArray[np.bool_]]

NO_BENCH: Final = f"{BENCH} is not there"
SECOND_LOOK: Final = "e5"
PUBLISHED_LABSE: Final = 0.965
READINGS: Final = {
    "rivals_none": ("no rivals added", no_rivals),
    "rivals_all": ("all altered copies of all sentences added, as xSIM++ does", all_rivals),
    "rivals_one": ("one altered copy of each sentence added: one rival of its own for each right answer", one_rival),
}


def print_retrieval(report: Report, embedder: Embedder) -> None:
    """Print accuracy@1 each way of every method on the test data."""
    if not BENCH.is_dir():
        report.left_out("retrieval", "Retrieval: accuracy@1 of all against all", NO_BENCH)
        return
    development = [bitext(wmt21(direction, "all", "development")) for direction in ("ja-en", "en-ja")]
    log_ratio = float(np.mean([mean_log_ratio(texts) for texts in development]))
    threshold = tuned_threshold(embedder)
    for key, gold in {
        "retrieval_tatoeba": tatoeba(),
        "retrieval_wmt21_ja_en": wmt21("ja-en", "all", "test"),
        "retrieval_wmt21_en_ja": wmt21("en-ja", "all", "test"),
    }.items():
        texts = bitext(gold)
        rows: list[list[Cell]] = [
            [name, *(float(found.mean()) for found in both)]
            for name, both in found_by_each(texts, embedder, log_ratio, threshold)
        ]
        if key == "retrieval_tatoeba":
            rows.append(["LaBSE, as published (MTEB results)", PUBLISHED_LABSE, None])
        marked = gold.name if "test" in gold.name else f"{gold.name} (test)"
        title = f"Retrieval, {marked}: accuracy@1 among {len(texts.ja):,}, their order unused"
        report.table(key, title, ("en->ja", "ja->en"), rows, retrieval_notes(log_ratio, threshold))


def retrieval_notes(log_ratio: float, threshold: float) -> list[str]:
    """Say what the rows are."""
    return [
        f"length ratio: nearest to {np.exp(log_ratio):.2f} English characters a Japanese one, the mean of WMT21's development halves",
        f"margin: ratio margin, k = {MARGIN_NEIGHBOURS}; lexicon: mean of both coverages; ties are misses for every method",
        f"mutual best: by margin, from {threshold:.4f} on, which has the best F1 on WMT21's development half with a third of",
        f"the partners removed on each side; alignkit: the best score among candidates, {NEIGHBOURS} neighbours each way",
    ]


def found_by_each(texts: Bitext, embedder: Embedder, log_ratio: float, threshold: float) -> Iterator[tuple[str, Found]]:
    """Give the methods, and what each finds from English and from Japanese."""
    yield "length ratio", found_both_ways(length_grid(texts, log_ratio), texts)
    yield "lexicon alone", found_both_ways(lexicon_grid(texts), texts)
    installed = []
    for name in known_encoders():
        try:
            encoder = embedder if name == embedder.encoder.name else Embedder(name)
        except AlignkitError as error:
            print(f"  {name} is left out: {error}")
            continue
        installed.append(name)
        cosine = cosine_grid(texts, encoder)
        yield f"{name}, cosine", found_both_ways(cosine, texts)
        yield f"{name}, margin", found_both_ways(margin_grid(cosine), texts)
    found = found_mutually(margin_grid(cosine_grid(texts, embedder)), texts, threshold)
    yield f"{embedder.encoder.name}, mutual best from a threshold", (found, found)
    scored = score_bitext(texts, embedder)
    yield "alignkit", (found_by_score(scored, texts, "en"), found_by_score(scored, texts, "ja"))
    if SECOND_LOOK in installed:
        again = score_bitext(texts, embedder, SECOND_LOOK)
        yield (
            f"alignkit, {SECOND_LOOK} looks again",
            (
                found_by_score(again, texts, "en"),
                found_by_score(again, texts, "ja"),
            ),
        )


def found_both_ways(grid: Grid, texts: Bitext) -> Found:
    """Give what is found from English and from Japanese."""
    return found_in_grid(grid, texts, "en"), found_in_grid(grid, texts, "ja")


def found_mutually(grid: Grid, texts: Bitext, threshold: float) -> NDArray[np.bool_]:
    """Tell of each pair whether it is each other's best and reaches a threshold."""
    pairs, values = mutual_best(grid)
    found = np.zeros(len(texts.ja), dtype=np.bool_)
    found[[en for (en, ja), value in zip(pairs, values, strict=True) if value >= threshold and en == ja]] = True
    return found


def tuned_threshold(embedder: Embedder) -> float:
    """Give the margin from which mutual-best pairs have the best F1 on development data with unmatched headlines."""
    return best_threshold(judge_pairs(without_partners(wmt21("*", "all", "development")), embedder))


def print_rivals(report: Report, embedder: Embedder) -> None:
    """Print how often Japanese sentences miss their partner when altered copies of it are added, by kind."""
    if not BENCH.is_dir():
        report.left_out("rivals", "Altered copies as rivals", NO_BENCH)
        return
    gold = wmt21("ja-en", "all", "test")
    texts = bitext(gold)
    for key, (reading, look) in READINGS.items():
        rows = [outcome_row(kind, look(texts, kind, embedder)) for kind in KINDS]
        columns = ("rivals", "trials", *(f"{method} err" for method in METHODS), *METHODS)
        report.table(key, f"Rivals, {gold.name}, ja->en: {reading}", columns, rows, rival_notes(key))


def outcome_row(kind: str, outcome: Outcome) -> list[Cell]:
    """Give the errors and the accuracy of each method."""
    errors = [outcome.errors[method] for method in METHODS]
    return [kind, outcome.rivals, outcome.trials, *errors, *(1 - count / max(outcome.trials, 1) for count in errors)]


def rival_notes(key: str) -> list[str]:
    """Say what counts."""
    notes = [
        f"at most {MOST} copies of a sentence and kind; only sentences with a copy of the kind count; then accuracy"
    ]
    if key == "rivals_one":
        notes.append(f"{ROUNDS} rounds, each with the next copy of each sentence; a trial is a sentence in a round")
    return notes
