"""Which of a segment's references are used: all, one, or a fixed number, drawn several times with a seed.

The number of references dominates a score (one WMT21 system has BLEU 32 with one reference and 56 with two), so a set
whose segments have different numbers cannot be scored without saying which of them were used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from alignkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIXED: Final = re.compile("k=([1-9][0-9]*)")

Streams: TypeAlias = "list[list[str | None]]"
"""References as sacrebleu takes them: the n-th of each segment together, None where a segment has fewer."""


@dataclass(frozen=True)
class Protocol:
    """How references are used.

    Attributes:
        used: How many references of a segment are used; None for all that it has.
    """

    used: int | None

    def __str__(self) -> str:
        """Give the name by which it is asked for: 'all', 'one' or 'k=2'."""
        return {None: "all", 1: "one"}.get(self.used, f"k={self.used}")

    def keeps(self, counts: Sequence[int]) -> list[int]:
        """Give the places of the segments that have enough references.

        Raises:
            InputError: None has.
        """
        places = [place for place, count in enumerate(counts) if count >= (self.used or 1)]
        if not places:
            remedy = f"The most that one has is {max(counts)}."
            raise InputError(f"no segment has the {self.used} references that the protocol asks for", remedy=remedy)
        return places

    def draw(self, references: Sequence[Sequence[str]], *, draws: int, seed: int) -> list[list[tuple[str, ...]]]:
        """Draw the references that are used.

        Args:
            references: The references of each segment that is kept.
            draws: How often to draw.
            seed: What the draws follow from.

        Returns:
            For each draw the references of each segment, in their order; one draw if there is nothing to choose.
        """
        if self.used is None or all(len(texts) == self.used for texts in references):
            return [[tuple(texts) for texts in references]]
        rng = np.random.default_rng(seed)
        return [[_some(texts, self.used, rng) for texts in references] for _ in range(draws)]


def parse_protocol(name: str) -> Protocol:
    """Read a protocol: 'all', 'one' or 'k=N'.

    Raises:
        UsageError: It is none of these.
    """
    if name == "all":
        return Protocol(None)
    if name == "one":
        return Protocol(1)
    if fixed := _FIXED.fullmatch(name):
        return Protocol(int(fixed[1]))
    raise UsageError("is no protocol", column="--protocol", value=name, remedy="Known: all, one, k=2 (or more).")


def as_streams(references: Sequence[Sequence[str]]) -> Streams:
    """Turn the references of each segment into streams.

    A missing reference is None and never '', which sacrebleu would take for an empty translation: TER then counts it.
    """
    width = max(map(len, references))
    return [[texts[place] if place < len(texts) else None for texts in references] for place in range(width)]


def _some(texts: Sequence[str], used: int, rng: np.random.Generator) -> tuple[str, ...]:
    return tuple(texts[place] for place in sorted(rng.permutation(len(texts))[:used]))
