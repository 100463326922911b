from __future__ import annotations

import statistics

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from alignkit.stats.spread import in_bins, spread_of

values = st.lists(st.floats(-10, 10) | st.none() | st.just(float("nan")), max_size=30)


def finite(numbers):
    return [number for number in numbers if number is not None and number == number]  # noqa: PLR0124 - not for NaN


@given(numbers=values)
def test_every_value_is_in_the_interval_that_it_lies_in(numbers):
    frame = pl.LazyFrame({"value": pl.Series(numbers, dtype=pl.Float64), "split": ["train"] * len(numbers)})
    bins = in_bins(frame, "value", (-3.0, 0.0, 0.5, 3.0), closed=False)
    for each in bins:
        low, high = (
            (float("-inf") if each.low is None else each.low),
            (float("inf") if each.high is None else each.high),
        )
        assert each.total == sum(low <= number < high for number in finite(numbers))
    assert sum(each.total for each in bins) == len(finite(numbers))
    if bins:
        assert bins[0].total
        assert bins[-1].total


@given(numbers=values)
def test_quartiles_are_those_of_the_statistics_module(numbers):
    found = spread_of(pl.Series(numbers, dtype=pl.Float64))
    kept = finite(numbers)
    if not kept:
        assert found is None
        return
    assert found.count == len(kept)
    assert abs(found.median - statistics.median(kept)) < 1e-3
    assert found.least <= found.lower <= found.median <= found.upper <= found.most
