from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from alignkit.pair.dates import newspaper_days, publication_times
from alignkit.schema import HEADLINES
from samples import headline

JAPAN = dt.timezone(dt.timedelta(hours=9))


def times(*published):
    rows = [headline(f"ja{n}", "見出し", published_at=time) for n, time in enumerate(published)]
    return publication_times(HEADLINES.frame(rows))


def japan(*date_and_time):
    return dt.datetime(*date_and_time, tzinfo=JAPAN).astimezone(dt.UTC)


def test_a_time_is_a_moment_and_a_missing_one_is_not_a_number():
    first, last = times(japan(2031, 5, 12, 23, 50), None)
    assert first[0] == last[0]
    assert np.isnan(first[1])
    assert np.isnan(last[1])


@pytest.mark.parametrize("midnight", [japan(2031, 5, 12), dt.datetime(2031, 5, 12, tzinfo=dt.UTC)])
def test_a_date_without_a_time_may_be_any_time_of_its_day(midnight):
    first, last = times(midnight)
    assert last[0] - first[0] == 1


def test_one_moment_is_one_time_whatever_the_zone_and_summer_time():
    new_york = ZoneInfo("America/New_York")
    summer_begins = dt.datetime(2031, 3, 9, 3, 30, tzinfo=new_york)  # An hour after 1:30, for there is no 2:30.
    first, _ = times(
        summer_begins.astimezone(dt.UTC),
        japan(2031, 3, 9, 16, 30),
        dt.datetime(2031, 3, 9, 1, 30, tzinfo=new_york).astimezone(dt.UTC),
    )
    assert first[0] == first[1]
    assert (first[0] - first[2]) * 24 == pytest.approx(1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((12, 18, 0), (13, 5, 0), True),  # an evening's wire in the morning paper
        ((12, 23, 50), (13, 5, 0), True),  # the late-night edition
        ((13, 5, 0), (13, 6, 0), False),  # the morning paper and the new day's first wire
        ((12, 23, 50), (14, 5, 0), False),
    ],
)
def test_a_newspaper_day_goes_from_six_to_six_in_japan(one, other, same):
    days = newspaper_days(times(japan(2031, 5, *one), japan(2031, 5, *other)).first)
    assert (days[0] == days[1]) == same
