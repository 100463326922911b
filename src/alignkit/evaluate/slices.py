"""Results by slices of the test set: by outlet, topic, relation, year, length, and what the source has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignkit.evaluate.fidelity.model import ASPECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from alignkit.evaluate.fidelity.model import Aspect, Fidelity
    from alignkit.evaluate.statistics import Statistics
    from alignkit.evaluate.testset import EvaluationSet, Segment

FEW_SEGMENTS: Final = 100
"""Below this a slice is small: its scores say little."""

_MOST_VALUES: Final = 20
_YEAR_DIGITS: Final = 4
_LENGTHS: Final = ("short", "medium", "long")


@dataclass(frozen=True)
class Slice:
    """How the systems did on some of the segments.

    Attributes:
        by: What the set is sliced by: outlet, section, relation, year, source length, references, has number, has name.
        value: What these segments have in common.
        segments: How many there are.
        is_small: Whether they are too few to say much.
        scores: For each metric's label, each system's corpus score on them.
        kept: For each aspect of fidelity, the share in which each system keeps it; None where there is nothing to compare.
    """

    by: str
    value: str
    segments: int
    is_small: bool
    scores: Mapping[str, tuple[float, ...]]
    kept: Mapping[Aspect, tuple[float | None, ...]]

    def as_dict(self, systems: Sequence[str]) -> dict[str, Any]:
        """Give it as plain values, with systems by name."""
        named = {
            part: {key: dict(zip(systems, values, strict=True)) for key, values in content.items()}
            for part, content in (("scores", self.scores), ("kept", self.kept))
        }
        return asdict(self) | named


def slices(
    test_set: EvaluationSet, statistics: Iterable[Statistics], fidelity: Fidelity | None = None
) -> tuple[Slice, ...]:
    """Give the results on every slice; what all segments have in common, or none has, is not sliced by.

    A segment with references of several outlets or relations is in the slice of each.

    Args:
        test_set: The segments.
        statistics: What each segment adds to each system's score, a metric each.
        fidelity: What became of facts, to be sliced likewise.
    """
    metrics = list(statistics)
    return tuple(
        Slice(
            by=by,
            value=value,
            segments=int(mask.sum()),
            is_small=int(mask.sum()) < FEW_SEGMENTS,
            scores={metric.label: tuple(metric.score_of(mask).tolist()) for metric in metrics},
            kept=_kept(fidelity, mask),
        )
        for by, values in _values(test_set, fidelity)
        for value, mask in _masks(values)
    )


def slice_rows(one: Slice, systems: Sequence[str]) -> list[dict[str, object]]:
    """Give a slice as rows, one for each system and what was measured."""
    measured = [(label, values) for part in (one.scores, one.kept) for label, values in part.items()]
    return [
        {
            "by": one.by,
            "value": one.value,
            "segments": one.segments,
            "is_small": one.is_small,
            "system": system,
            "measure": label,
            "score": values[place],
        }
        for label, values in measured
        for place, system in enumerate(systems)
    ]


def _kept(fidelity: Fidelity | None, mask: npt.NDArray[np.bool_]) -> dict[Aspect, tuple[float | None, ...]]:
    if fidelity is None:
        return {}
    rates = {aspect: tuple(system.rate(aspect, mask).kept for system in fidelity.systems) for aspect in ASPECTS}
    return {aspect: kept for aspect, kept in rates.items() if any(one is not None for one in kept)}


def _values(test_set: EvaluationSet, fidelity: Fidelity | None) -> Iterator[tuple[str, list[set[str]]]]:
    """Give what the set can be sliced by, and for each segment its values of it."""
    segments = test_set.segments
    readers: dict[str, Callable[[Segment], set[str]]] = {
        "outlet": _outlets,
        "section": lambda segment: _known(segment.attributes.get("section")),
        "relation": lambda segment: _known(*(reference.relation for reference in segment.references)),
        "year": lambda segment: _known(segment.attributes.get("published_at", "")[:_YEAR_DIGITS]),
        "references": lambda segment: {str(len(segment.references))},
    }
    for by, reader in readers.items():
        yield by, [reader(segment) for segment in segments]
    lengths = [len(segment.source) for segment in segments]
    short, long = np.quantile(lengths, (1 / 3, 2 / 3))
    yield "source length", [{_LENGTHS[int(length > short) + int(length > long)]} for length in lengths]
    if fidelity is not None:
        for by, has in (("has number", fidelity.has_number), ("has name", fidelity.has_name)):
            yield by, [{"yes" if one else "no"} for one in has]


def _outlets(segment: Segment) -> set[str]:
    return _known(*(reference.outlet for reference in segment.references)) or _known(segment.attributes.get("outlet"))


def _known(*values: str | None) -> set[str]:
    return {value for value in values if value}


def _masks(values: Sequence[set[str]]) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Give the segments of each value, the most frequent values if there are many."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(values):
        for value in found:
            places[value].append(place)
    if len(places) < 2 and all(map(len, values)):  # noqa: PLR2004 - one value is no slicing
        return
    frequent = sorted(places, key=lambda value: (-len(places[value]), value))[:_MOST_VALUES]
    for value in sorted(frequent, key=_in_order):
        mask = np.zeros(len(values), dtype=np.bool_)
        mask[places[value]] = True
        yield value, mask


def _in_order(value: str) -> tuple[int, int, str]:
    """Sort numbers by size and lengths from short to long."""
    number = int(value) if value.isdecimal() else 0
    return (_LENGTHS.index(value) if value in _LENGTHS else len(_LENGTHS), number, value)
