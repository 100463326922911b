"""Which split each story goes to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from alignkit.config import SplitSettings

Split = Literal["train", "validation", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)

_SHARED_COLUMNS: Final = ("en", "ja", "wire_id")


def assign_splits(pairs: pl.DataFrame, shares: SplitSettings, *, seed: int) -> list[Split]:
    """Assign each pair to a split, all pairs of a story to the same one.

    Stories that share a headline, word for word, or a wire id go together, so that no text is on both sides of a split.
    The split is derived from the seed and the smallest story id of those that go together, not from how many there
    are: it stays as it is when other stories are added, and the shares are met on average.

    Args:
        pairs: The table `alignkit.schema.PAIRS`.
        shares: What share of the stories each split gets.
        seed: What the assignment is derived from.

    Returns:
        The split of each row.
    """
    group_of = _groups(pairs)
    split_of = {group: _split_of(group, shares, seed) for group in set(group_of.values())}
    return [split_of[group_of[story]] for story in pairs["story_id"]]


def _split_of(group: str, shares: SplitSettings, seed: int) -> Split:
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    if place < shares.train:
        return "train"
    return "validation" if place < shares.train + shares.validation else "test"


def _groups(pairs: pl.DataFrame) -> dict[str, str]:
    """Map each story to the smallest id of the stories that must stay with it."""
    parent = {story: story for story in pairs["story_id"]}

    def root(story: str) -> str:
        while parent[story] != story:
            parent[story] = parent[parent[story]]
            story = parent[story]
        return story

    for stories in _stories_that_share(pairs):
        first, *others = sorted({root(story) for story in stories})
        parent.update(dict.fromkeys(others, first))
    return {story: root(story) for story in parent}


def _stories_that_share(pairs: pl.DataFrame) -> Iterable[list[str]]:
    for column in _SHARED_COLUMNS:
        shared: Mapping[tuple[object, ...], pl.DataFrame] = pairs.drop_nulls(column).partition_by(column, as_dict=True)
        for rows in shared.values():
            yield rows["story_id"].to_list()
