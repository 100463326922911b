"""What MT systems are scored on: segments, each with any number of references."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

_FINGERPRINT_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Reference:
    """One human translation of a segment; in our data a reprint.

    Attributes:
        text: The translation.
        id: Its headline's id, if it has one.
        outlet: Who published it.
        relation: How its content relates to the source's, see `alignkit.schema.RELATIONS`.
    """

    text: str
    id: str | None = None
    outlet: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """What is translated as one.

    Attributes:
        id: What names it, within its set.
        source: What was given to the systems; empty if it is not known.
        references: Its human translations, never empty ones.
        story: What is drawn as one in resampling: segments of one story or document are not independent.
        attributes: What else is known of it, to slice results by: outlet, section, published_at.
    """

    id: str
    source: str
    references: tuple[Reference, ...]
    story: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EvaluationSet:
    """What systems are scored on.

    Attributes:
        name: What it is called in results.
        segments: Its segments, in order; at least one, each with a reference.
        source_language: The language code of the sources.
        target_language: The language code of the references.
    """

    name: str
    segments: tuple[Segment, ...]
    source_language: str
    target_language: str

    @property
    def references(self) -> list[tuple[str, ...]]:
        """The texts of each segment's references."""
        return [tuple(reference.text for reference in segment.references) for segment in self.segments]

    @property
    def reference_counts(self) -> npt.NDArray[np.int64]:
        """How many references each segment has."""
        return np.array([len(segment.references) for segment in self.segments], dtype=np.int64)

    @cached_property
    def story_codes(self) -> npt.NDArray[np.int64]:
        """The number of each segment's story, counted from 0 in order of first appearance."""
        known: dict[str, int] = {}
        return np.array([known.setdefault(segment.story, len(known)) for segment in self.segments], dtype=np.int64)

    @property
    def stories(self) -> int:
        """How many stories there are."""
        return int(self.story_codes.max()) + 1

    @cached_property
    def fingerprint(self) -> str:
        """The first digits of the sha256 of its ids, sources and references."""
        content = [[segment.id, segment.source, *map(_text, segment.references)] for segment in self.segments]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:_FINGERPRINT_DIGITS]

    def take(self, places: Sequence[int]) -> EvaluationSet:
        """Give the set with only the segments at some places, in that order."""
        return replace(self, segments=tuple(self.segments[place] for place in places))


def check_set(test_set: EvaluationSet, path: Path | None = None) -> EvaluationSet:
    """Give the set back if systems can be scored on it.

    Args:
        test_set: The set.
        path: The file it is from, for messages.

    Raises:
        InputError: It has no segment, an id is there twice, or a segment has no reference; the first is named.
    """
    if not test_set.segments:
        raise InputError("has no segments", path=path)
    seen: dict[str, int] = {}
    for row, segment in enumerate(test_set.segments, 1):
        if segment.id in seen:
            problem = f"has the id of row {seen[segment.id]}"
            raise InputError(problem, path=path, row=row, column="id", value=segment.id)
        seen[segment.id] = row
    bare = [row for row, segment in enumerate(test_set.segments, 1) if not segment.references]
    if bare:
        others = f", nor have {len(bare) - 1:,} others" if bare[1:] else ""
        raise InputError(
            f"has no reference{others}",
            path=path,
            row=bare[0],
            value=test_set.segments[bare[0] - 1].source or None,
            remedy="No score of the whole set can be given without: leave such segments out of the set and of all outputs.",
        )
    return test_set


def _text(reference: Reference) -> str:
    return reference.text
