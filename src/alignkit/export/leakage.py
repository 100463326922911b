"""What is in more than one split: stories, wire ids and headlines, each of which must be in one alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Leakage:
    """How much is in more than one split.

    Attributes:
        stories: How many stories.
        wire_ids: How many ids of the agency.
        english: How many English headlines, in bare letters.
        japanese: How many Japanese headlines, in bare letters.
    """

    stories: int
    wire_ids: int
    english: int
    japanese: int

    @property
    def total(self) -> int:
        """All of them together; 0 if the splits share nothing."""
        return self.stories + self.wire_ids + self.english + self.japanese

    def as_dict(self) -> Mapping[str, int]:
        """Give the counts by their names."""
        return asdict(self)


def find_leakage(index: pl.DataFrame) -> Leakage:
    """Count what headlines of different splits share.

    Args:
        index: A row a headline: split, lang, and story, wire and text, which may be null; those without a split are
            left out.
    """
    placed = index.filter(pl.col("split").is_not_null())
    return Leakage(
        stories=_in_several(placed, "story"),
        wire_ids=_in_several(placed, "wire"),
        english=_in_several(placed.filter(pl.col("lang") == "en"), "text"),
        japanese=_in_several(placed.filter(pl.col("lang") == "ja"), "text"),
    )


def _in_several(index: pl.DataFrame, key: str) -> int:
    splits = index.drop_nulls(key).group_by(key).agg(pl.col("split").n_unique())
    return int((splits["split"] > 1).sum())
