"""What the page of an evaluation holds: the numbers, and all segments with their scores, in lists that stay small."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import alignkit
from alignkit.evaluate.report.digits import digits_of
from alignkit.evaluate.tables import signature_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.evaluate.fidelity.model import Fidelity, Finding, Span
    from alignkit.evaluate.formulas import FloatArray
    from alignkit.evaluate.result import Evaluation
    from alignkit.evaluate.testset import Segment

_SIGNIFICANT: Final = 5
_ABOUT: Final = ("outlet", "section", "published_at")


def page_data(evaluation: Evaluation) -> dict[str, Any]:
    """Give what the page shows, as plain values that JSON can hold."""
    names = [system.name for system in evaluation.systems]
    fidelity = evaluation.fidelity
    found = evaluation.as_dict() | {
        "fidelity": None if fidelity is None else _fidelity(fidelity),
        "slices": [one.as_dict(names) for one in evaluation.slices],
    }
    return {
        "version": alignkit.__version__,
        "found": _finite(found),
        "digits": [digits_of(metric) for metric in evaluation.metrics],
        "signatures": signature_lines(evaluation),
        "segments": [_segment(segment) for segment in evaluation.test_set.segments],
        "outputs": [system.outputs for system in evaluation.systems],
        "scores": [_rounded(metric.statistics.segment_scores) for metric in evaluation.metrics],
    }


def _segment(segment: Segment) -> list[Any]:
    """Give id, source, what is known of the source, and text, outlet and relation of each reference."""
    about = [segment.attributes[name] for name in _ABOUT if segment.attributes.get(name)]
    references = [[reference.text, reference.outlet, reference.relation] for reference in segment.references]
    return [segment.id, segment.source, about, references]


def _fidelity(fidelity: Fidelity) -> dict[str, Any]:
    """Give rates and style, and a short list for each failure: its segment, its system and what was found."""
    systems = list(enumerate(fidelity.systems))
    content = fidelity.as_dict()
    return {
        "references": content["references"],
        "systems": [
            {
                "fault_counts": system["faults"],
                **{key: system[key] for key in ("system", "facts", "style", "length_ratio")},
            }
            for system in content["systems"]
        ],
        "failures": [
            [failure.place, place, failure.aspect, *_found(failure.finding)]
            for place, system in systems
            for failure in system.failures
        ],
        "faults": [
            [segment, place, fault]
            for place, system in systems
            for fault, segments in system.faults.items()
            for segment in segments
        ],
    }


def _found(finding: Finding) -> list[Any]:
    return [finding.verdict, *map(_texts, (finding.source, finding.output, finding.reference))]


def _texts(spans: Iterable[Span]) -> list[str]:
    return [span.text for span in spans]


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
