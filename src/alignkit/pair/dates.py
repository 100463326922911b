"""When headlines were published, as far as their tables tell it.

Days are counted in UTC, so that zones and summer time play no part. A source that gives a date without a time gives midnight,
in Japan or in UTC; since next to nothing is published at that very moment, such a headline may be of any time of its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MICROSECONDS_PER_DAY: Final = 86_400_000_000
_JAPAN_AHEAD: Final = 9 / 24
_MORNING: Final = 6 / 24


class Times(NamedTuple):
    """When headlines were published, in days since 1970 began in UTC; NaN where it is not known.

    Attributes:
        first: float64 of shape (n,): the earliest that it may have been.
        last: float64 of shape (n,): the latest, a day later where only the date is known, else the same.
    """

    first: NDArray[np.float64]
    last: NDArray[np.float64]


def publication_times(headlines: pl.DataFrame) -> Times:
    """Give when the headlines of a table `alignkit.schema.HEADLINES` were published."""
    microseconds = headlines["published_at"].dt.epoch("us").cast(pl.Float64).fill_null(np.nan).to_numpy()
    first = microseconds / _MICROSECONDS_PER_DAY
    in_japan = microseconds + _JAPAN_AHEAD * _MICROSECONDS_PER_DAY
    is_date = (microseconds % _MICROSECONDS_PER_DAY == 0) | (in_japan % _MICROSECONDS_PER_DAY == 0)
    return Times(first, first + is_date)


def newspaper_days(first: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the day, counted in Japan from six to six, that times belong to.

    So what a wire sends out in the evening, or before midnight, and a morning paper prints at five are of one day.
    """
    return np.floor(first + _JAPAN_AHEAD - _MORNING)


def days_apart() -> pl.Expr:
    """Give the days from the column en_at to the column ja_at; negative where the Japanese is first, null where unknown."""
    microseconds = (pl.col("ja_at") - pl.col("en_at")).dt.total_microseconds()
    return microseconds.cast(pl.Float64) / _MICROSECONDS_PER_DAY
