"""What is to be known before scores are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.evaluate.metrics import METRICS, unsuited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.evaluate.result import Evaluation, MetricResult

_FEW_STORIES: Final = 100


def cautions(evaluation: Evaluation) -> Iterator[str]:
    """Give what is to be known, a sentence or two each."""
    yield from _of_references(evaluation)
    yield from _of_outputs(evaluation)
    for metric in evaluation.metrics:
        known = METRICS.get(metric.statistics.name)
        if known and (reason := unsuited(known, evaluation.test_set.target_language)):
            yield reason
    yield from _of_size(evaluation)


def _of_references(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.left_out:
        yield (
            f"{evaluation.left_out:,} segments are left out: they have fewer references than the protocol "
            f"'{evaluation.protocol}' asks for."
        )
    counts = evaluation.test_set.reference_counts
    if evaluation.protocol.used is None and counts.min() < counts.max():
        yield (
            f"Segments have {counts.min()} to {counts.max()} references, and more references make higher scores: compare "
            "only with scores on the same references, or use the protocol 'one'."
        )


def _of_outputs(evaluation: Evaluation) -> Iterator[str]:
    known: dict[tuple[str, ...], str] = {}
    for system in evaluation.systems:
        empty = [row for row, text in enumerate(system.outputs, 1) if not text.strip()]
        if empty:
            yield f"{system.name} has {len(empty):,} empty outputs (the first is segment {empty[0]:,}), scored as they are."
        same = known.setdefault(system.outputs, system.name)
        if same != system.name:
            yield f"{system.name} has the same outputs as {same}."


def _of_size(evaluation: Evaluation) -> Iterator[str]:
    stories = evaluation.test_set.stories
    pairs = len(evaluation.systems) * (len(evaluation.systems) - 1) // 2
    settings = evaluation.settings
    if stories < _FEW_STORIES:
        yield f"{stories:,} stories are few: intervals are rough, and so are the tests."
    draws = settings.trials if settings.test == "randomisation" else settings.resamples
    if pairs >= settings.level * (draws + 1):
        yield (
            f"{draws:,} draws are too few for {pairs:,} pairs: corrected, the least p-value there can be is "
            f"{pairs / (draws + 1):.2f}. Ask for at least {int(pairs / settings.level) + 1:,}."
        )
    for metric in evaluation.metrics:
        if pairs and not any(pair.told_apart for pair in metric.comparisons):
            yield (
                f"By {metric.statistics.label} no two systems can be told apart on {stories:,} stories: differences of "
                f"less than about {detectable(metric):.2f} are within chance."
            )


def detectable(metric: MetricResult) -> float:
    """Give the half-width of the interval of a difference between two systems, the median over pairs."""
    return float(np.median([(pair.high - pair.low) / 2 for pair in metric.comparisons]))
