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
# Less than a second: two days are two days, however days are rounded.
_ROUNDING: Final = 1e-9
_COLUMNS_TOGETHER: Final = 16


class Side(NamedTuple):
    """One language's headlines.

    Attributes:
        vectors: float32 of shape (n, d), unit rows.
        days: float64 of shape (n,): time of publication in days since any fixed time; NaN where it is not known.
        until: float64 of shape (n,): the latest that it may have been, where `days` is only the earliest; None: the same.
    """

    vectors: NDArray[np.float32]
    days: NDArray[np.float64]
    until: NDArray[np.float64] | None = None

    def by_time(self) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
        """Give the order of time, the undated last, and the earliest and latest times in that order."""
        order = np.argsort(self.days, kind="stable")
        until = self.days if self.until is None else self.until
        return order, self.days[order], until[order]

    def take(self, rows: NDArray[np.intp]) -> Side:
        """Give some of the headlines."""
        until = None if self.until is None else self.until[rows]
        return Side(self.vectors[rows], self.days[rows], until)


def neighbour_pairs(
    left: Side, right: Side, *, neighbours: int, window_days: float, progress: Progress
) -> NDArray[np.int64]:
    """Find each headline's nearest neighbours in the other language, among those within the window.

    Where either time is unknown, the window does not apply. Ties go to the earlier row.

    Args:
        left: n headlines of one language.
        right: m headlines of the other.
        neighbours: How many to find for each headline of either side, where there are as many.
        window_days: How many days apart two headlines may be, at the times that bring them nearest.
        progress: Told of each block.

    Returns:
        int64 of shape (p, 2): row on the left and row on the right of each pair found from either side, each pair
        once, sorted.
    """
    window = window_days + _ROUNDING
    order_left, left_days, left_until = left.by_time()
    order_right, right_days, right_until = right.by_time()
    best_left = _Best(len(order_left), neighbours)
    best_right = _Best(len(order_right), neighbours)
    for start in range(0, len(order_left), _BLOCK_ROWS):
        progress("pairing", start, len(order_left))
        rows = np.arange(start, min(start + _BLOCK_ROWS, len(order_left)))
        row_vectors = left.vectors[order_left[rows]]
        earliest, latest = left_days[rows] - window, left_until[rows] + window
        for columns in _column_blocks(earliest, latest, right_days, right_until):
            similarity = row_vectors @ right.vectors[order_right[columns]].T
            # NaN compares false: an unknown time is within any window.
            outside = right_days[columns][None, :] > latest[:, None]
            outside |= right_until[columns][None, :] < earliest[:, None]
            np.copyto(similarity, -np.inf, where=outside)
            best_left.offer(rows, columns, similarity)
            best_right.offer(columns, rows, np.ascontiguousarray(similarity.T))
    progress("pairing", len(order_left), len(order_left))
    from_left = best_left.pairs()
    from_right = best_right.pairs()[:, ::-1]
    found = np.concatenate([from_left, from_right])
    # One number a pair, for sorting numbers is far quicker than sorting rows.
    width = max(len(order_right), 1)
    return np.column_stack(np.divmod(np.unique(order_left[found[:, 0]] * width + order_right[found[:, 1]]), width))


def _column_blocks(
    earliest: NDArray[np.float64],
    latest: NDArray[np.float64],
    days: NDArray[np.float64],
    until: NDArray[np.float64],
) -> Iterator[NDArray[np.intp]]:
    """Give the columns, sorted by time with the undated last, that any of the rows may be paired with."""
    dated = int(np.count_nonzero(~np.isnan(days)))
    first, last = 0, dated
    if dated and not np.isnan(earliest).any():
        longest = (until[:dated] - days[:dated]).max()
        first = int(np.searchsorted(days[:dated], earliest.min() - longest, side="left"))
        last = int(np.searchsorted(days[:dated], latest.max(), side="right"))
    columns = np.concatenate([np.arange(first, last), np.arange(dated, len(days))])
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
            top = greatest_columns(similarity, keep)
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


def greatest_columns(values: NDArray[np.float32], keep: int) -> NDArray[np.intp]:
    """Give the columns of each row's greatest values, in no order, faster than by partitioning whole rows.

    A value can only be among the greatest if the greatest of its group of columns is among the groups' greatest.

    Args:
        values: float32 of shape (n, m).
        keep: How many; fewer than m.

    Returns:
        int64 of shape (n, keep).
    """
    groups = values.shape[1] // _COLUMNS_TOGETHER
    if groups <= keep:
        return _partitioned(values, keep)
    grouped = values[:, : groups * _COLUMNS_TOGETHER].reshape(len(values), _COLUMNS_TOGETHER, groups)
    best = _partitioned(grouped.max(axis=1), keep)
    columns = (best[:, None, :] + groups * np.arange(_COLUMNS_TOGETHER)[None, :, None]).reshape(len(values), -1)
    rest = np.broadcast_to(
        np.arange(groups * _COLUMNS_TOGETHER, values.shape[1]), (len(values), values.shape[1] % _COLUMNS_TOGETHER)
    )
    columns = np.concatenate([columns, rest], axis=1)
    top = _partitioned(np.take_along_axis(values, columns, axis=1), keep)
    return np.take_along_axis(columns, top, axis=1)


def _partitioned(values: NDArray[np.float32], keep: int) -> NDArray[np.intp]:
    return np.argpartition(-values, keep - 1, axis=1)[:, :keep]
