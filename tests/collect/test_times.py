from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.times import parse_time

JAPAN = ZoneInfo("Asia/Tokyo")
QUARTER_PAST_EIGHT = dt.datetime(2031, 5, 12, 8, 15, tzinfo=JAPAN)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 12 May 2031 08:15:00 +0900",
        "Mon, 12 May 2031 08:15:00 +09:00",
        "Sun, 11 May 2031 23:15:00 GMT",
        "Sunday, 11-May-31 23:15:00 UTC",
        "Sun, 11 May 2031 19:15:00 EDT",
        "12 May 2031 8:15",
        "Mon, 12 May 31 08:15 JST",
        "Mon May 12 08:15:00 2031",
        "May 12, 2031 8:15 AM",
        "May 12, 2031, at 8:15",
        "月, 12 5月 2031 08:15:00 +0900",
        "2031-05-12T08:15:00+09:00",
        "2031-05-11T23:15Z",
        "2031-05-12T08:15:00.000+0900",
        "2031-05-12 08:15:00 +0900",
        "2031-05-12T08:15:00 JST",
        "2031/05/12 8:15",
        "2031/5/12(月) 08:15",
        "2031.05.12 08:15",
        "2031年5月12日 8時15分",
        "２０３１年５月１２日（月）午前８時１５分",
        "2031年05月12日08:15",
        "20310512T081500",
        "2031-05-12 08:15 GMT+9",
    ],
)
def test_one_time_in_many_hands(text):
    assert parse_time(text, JAPAN) == QUARTER_PAST_EIGHT


def test_afternoons():
    evening = QUARTER_PAST_EIGHT.replace(hour=20)
    noon = QUARTER_PAST_EIGHT.replace(hour=12)
    assert [parse_time(f"2031年5月12日午後{clock}", JAPAN) for clock in ("8時15分", "0時15分")] == [evening, noon]
    assert [parse_time(f"May 12, 2031 {clock} PM", JAPAN) for clock in ("8:15", "12:15")] == [evening, noon]


@pytest.mark.parametrize("text", ["2031-05-12", "2031/5/12", "2031年5月12日（月）", "Mon, 12 May 2031", "20310512"])
def test_a_day_alone_is_its_beginning(text):
    assert parse_time(text, JAPAN) == dt.datetime(2031, 5, 12, tzinfo=JAPAN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2031-05",
        "2031",
        "0000-00-00 00:00:00",
        "Mon, 30 Feb 2031 08:15:00 +0900",
        "2031年2月30日",
        "1715500000",
        "12/05/2031 08:15",
        "Mon, 12 May 2031 08:15:00 XYZ",
        "2031-05-12T25:00",
        "Mon, 12 May 2031 08:15:00 +9900",
    ],
)
def test_what_is_no_time_or_could_be_two(text):
    assert parse_time(text, JAPAN) is None


@given(st.text() | st.from_regex(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}[ T日]\d{1,2}[:時]\d{1,3}.{0,6}"))
def test_no_text_is_too_odd(text):
    time = parse_time(text, JAPAN)
    assert time is None or time.tzinfo is not None


@given(st.datetimes(min_value=dt.datetime(1971, 1, 1), max_value=dt.datetime(2060, 1, 1)))  # noqa: DTZ001 - none is meant
def test_times_come_back_as_they_were_written(time):
    time = time.replace(microsecond=0, tzinfo=JAPAN)
    assert parse_time(f"{time:%a, %d %b %Y %H:%M:%S %z}", dt.UTC) == time
    assert parse_time(f"{time:%Y年%m月%d日 %H時%M分%S秒}", JAPAN) == time
