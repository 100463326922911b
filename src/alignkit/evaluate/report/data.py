"""What the page of an evaluation holds: the numbers, and all segments with their scores, in lists that stay small."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import alignkit
from alignkit.evaluate.report.digits import digits_of
from alignkit.evaluate.tables import signature_lines

if TYPE_CHECKING:
    from alignkit.evaluate.formulas import FloatArray
    from alignkit.evaluate.result import Evaluation
    from alignkit.evaluate.testset import Segment

_SIGNIFICANT: Final = 5
_ABOUT: Final = ("outlet", "section", "published_at")


def page_data(evaluation: Evaluation) -> dict[str, Any]:
    """Give what the page shows, as plain values that JSON can hold."""
    segments = evaluation.test_set.segments
    return {
        "version": alignkit.__version__,
        "found": _finite(evaluation.as_dict()),
        "digits": [digits_of(metric) for metric in evaluation.metrics],
        "signatures": signature_lines(evaluation),
        "segments": [_segment(segment) for segment in segments],
        "outputs": [system.outputs for system in evaluation.systems],
        "scores": [_rounded(metric.statistics.segment_scores) for metric in evaluation.metrics],
    }


def _segment(segment: Segment) -> list[Any]:
    """Give id, source, what is known of the source, and text, outlet and relation of each reference."""
    about = [segment.attributes[name] for name in _ABOUT if segment.attributes.get(name)]
    references = [[reference.text, reference.outlet, reference.relation] for reference in segment.references]
    return [segment.id, segment.source, about, references]


def _rounded(scores: FloatArray) -> list[list[float | None]]:
    return [
        [float(f"{score:.{_SIGNIFICANT}g}") if math.isfinite(score) else None for score in of_system]
        for of_system in scores.tolist()
    ]


def _finite(value: Any) -> Any:  # noqa: ANN401 - any part of what JSON can hold
    """Give a value with None for what is no number, which JSON cannot hold."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
