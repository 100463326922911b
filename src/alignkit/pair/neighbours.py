"""Nearest neighbours between two languages' vectors, within a time window, block by block.

The similarity of all English to all Japanese headlines is never in memory at once: one block of it is, and of each
headline the best neighbours found so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from alignkit.progress import Progress

_BLOCK_ROWS: Final = 512
_BLOCK_COLUMNS: Final = 4096


class Side(NamedTuple):
    """One language's headlines.

    Attributes:
        vectors: float32 of shape (n, d), unit rows.
        days: float64 of shape (n,): time of publication in days since any fixed time; NaN where it is not known.
    """

    vectors: NDArray[np.float32]
    days: NDArray[np.float64]


def neighbour_pairs(
    left: Side, right: Side, *, neighbours: int, window_days: float, progress: Progress
) -> NDArray[np.int64]:
    """Find each headline's nearest neighbours in the other language, among those within the window.

    Where either time is unknown, the window does not apply. Ties go to the earlier row.

    Args:
        left: n headlines of one language.
        right: m headlines of the other.
        neighbours: How many to find for each headline of either side, where there are as many.
        window_days: How many days apart two headlines may be.
        progress: Told of each block.

    Returns:
        int64 of shape (p, 2): row on the left and row on the right of each pair found from either side, each pair
        once, sorted.
    """
    order_left, order_right = np.argsort(left.days, kind="stable"), np.argsort(right.days, kind="stable")
    left_days, right_days = left.days[order_left], right.days[order_right]
    best_left = _Best(len(order_left), neighbours)
    best_right = _Best(len(order_right), neighbours)
    for start in range(0, len(order_left), _BLOCK_ROWS):
        progress("pairing", start, len(order_left))
        rows = np.arange(start, min(start + _BLOCK_ROWS, len(order_left)))
        row_vectors = left.vectors[order_left[rows]]
        for columns in _column_blocks(left_days[rows], right_days, window_days):
            similarity = row_vectors @ right.vectors[order_right[columns]].T
            apart = np.abs(left_days[rows][:, None] - right_days[columns][None, :])
            similarity[apart > window_days] = -np.inf  # NaN compares false: an unknown time is within any window.
            best_left.offer(rows, columns, similarity)
            best_right.offer(columns, rows, similarity.T)
    progress("pairing", len(order_left), len(order_left))
    from_left = best_left.pairs()
    from_right = best_right.pairs()[:, ::-1]
    found = np.concatenate([from_left, from_right])
    return np.unique(np.column_stack([order_left[found[:, 0]], order_right[found[:, 1]]]), axis=0)


def _column_blocks(
    row_days: NDArray[np.float64], column_days: NDArray[np.float64], window_days: float
) -> Iterator[NDArray[np.intp]]:
    """Give the columns, sorted by time with the undated last, that any of the rows may be paired with."""
    dated = int(np.count_nonzero(~np.isnan(column_days)))
    first, last = 0, dated
    if not np.isnan(row_days).any():
        first = int(np.searchsorted(column_days[:dated], row_days.min() - window_days, side="left"))
        last = int(np.searchsorted(column_days[:dated], row_days.max() + window_days, side="right"))
    columns = np.concatenate([np.arange(first, last), np.arange(dated, len(column_days))])
    for start in range(0, len(columns), _BLOCK_COLUMNS):
        yield columns[start : start + _BLOCK_COLUMNS]


class _Best:
    """The best partners of each row found so far."""

    def __init__(self, rows: int, keep: int) -> None:
        self._similarity = np.full((rows, keep), -np.inf, dtype=np.float32)
        self._partner = np.full((rows, keep), -1, dtype=np.int64)

    def offer(self, rows: NDArray[np.intp], partners: NDArray[np.intp], similarity: NDArray[np.float32]) -> None:
        """Take note of the similarities of some rows with some partners; -inf is no partner."""
        keep = self._similarity.shape[1]
        if similarity.shape[1] > keep:
            top = np.argpartition(-similarity, keep - 1, axis=1)[:, :keep]
            similarity, offered = np.take_along_axis(similarity, top, axis=1), partners[top]
        else:
            offered = np.broadcast_to(partners, similarity.shape)
        similarity = np.concatenate([self._similarity[rows], similarity], axis=1)
        offered = np.concatenate([self._partner[rows], offered], axis=1)
        order = np.lexsort((offered, -similarity), axis=1)[:, :keep]
        self._similarity[rows] = np.take_along_axis(similarity, order, axis=1)
        self._partner[rows] = np.take_along_axis(offered, order, axis=1)

    def pairs(self) -> NDArray[np.int64]:
        """Give all rows with their partners, int64 of shape (p, 2)."""
        rows, places = np.nonzero(np.isfinite(self._similarity))
        return np.column_stack([rows, self._partner[rows, places]])
