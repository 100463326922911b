"""Values summed up: in intervals, and by their quartiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from alignkit.stats.model import Bin, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = 4


def in_bins(frame: pl.LazyFrame, column: str, edges: Sequence[float], *, closed: bool) -> tuple[Bin, ...]:
    """Count values in intervals, by split.

    Args:
        frame: A table with the column and the column split.
        column: The values; those that are null or not finite are left out.
        edges: Where intervals begin and end, in order; a value on an edge is in the interval that begins there.
        closed: Whether the first and the last edge end the scale; otherwise there is an open interval at each end, and
            intervals without values are left out at both ends.
    """
    inner = edges[1:-1] if closed else edges
    place = pl.sum_horizontal((pl.col(column) >= edge).cast(pl.Int32) for edge in inner)
    counted = (
        frame.select("split", column)
        .filter(pl.col(column).is_finite())
        .group_by("split", place=place)
        .agg(rows=pl.len())
        .sort("place", "split")
        .collect()
    )
    counts: dict[int, dict[str, int]] = {}
    for split, at, rows in counted.iter_rows():
        counts.setdefault(at, {})[split] = rows
    ends = edges if closed else [None, *edges, None]
    shown = range(len(ends) - 1) if closed else range(min(counts, default=0), max(counts, default=-1) + 1)
    return tuple(Bin(ends[at], ends[at + 1], counts.get(at, {})) for at in shown)


def spread_of(values: pl.Series) -> Spread | None:
    """Sum values up; None if there are none. Those that are null or not finite are left out."""
    values = values.drop_nulls().cast(pl.Float64)
    values = values.filter(values.is_finite())
    if not len(values):
        return None
    # numpy's and polars' default differ; 'linear' is what statistics packages mean by a quantile.
    lower, median, upper = (values.quantile(share, "linear") for share in (0.25, 0.5, 0.75))
    found = (values.mean(), values.min(), lower, median, upper, values.max())
    return Spread(len(values), *(round(float(each), _DIGITS) for each in found))  # type: ignore[arg-type]
