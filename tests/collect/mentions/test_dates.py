from __future__ import annotations

import datetime as dt

import pytest

from alignkit.collect.mentions.dates import Calendar

FRIDAY = dt.date(2031, 5, 16)


def days(*texts, document=None):
    calendar = Calendar(document, texts)
    return [str(mention.day) for text in texts for mention in calendar.read(text)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "on 26 July 2031",
            "July 26, 2031",
            "Saturday, July 26, 2031",
            "26th of July, 2031",
            "2031-07-26",
            "2031/7/26",
        ),
        *("2031年7月26日", "２０３１年７月２６日付", "令和13年7月26日"),
    ],
)
def test_a_day_in_full(text):
    assert days(text) == ["2031-07-26"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(
            ("the same day", "2031-07-31"),
            ("The next day", "2031-08-01"),
            ("two days later", "2031-08-02"),
            ("同日", "2031-07-31"),
        ),
        *(("翌日", "2031-08-01"), ("翌1日付", "2031-08-01"), ("3日後", "2031-08-03"), ("a day earlier", "2031-07-30")),
        *(("30日付", "2031-07-30"), ("5 August", "2031-08-05"), ("8月5日", "2031-08-05"), ("2 January", "2032-01-02")),
    ],
)
def test_a_day_by_the_one_before_it(text, day):
    assert days("On 31 July 2031.", text)[1:] == [day]


def test_a_day_by_the_day_of_writing():
    assert days("Yesterday, today and on Wednesday", document=FRIDAY) == ["2031-05-15", "2031-05-16", "2031-05-14"]
    assert days("昨日、きょう、10日", document=FRIDAY) == ["2031-05-15", "2031-05-16", "2031-05-10"]


def test_the_year_is_the_only_one_that_the_document_names():
    assert days("Clippings of 2031", "9 August") == ["2031-08-09"]
    assert days("Clippings of 2030 and 2031", "9 August") == ["None"]


def test_a_day_across_the_turn_of_the_year_is_the_nearest():
    assert days("2031年12月30日、1月2日、31日") == ["2031-12-30", "2032-01-02", "2031-12-31"]


@pytest.mark.parametrize("text", ["31 February 2031", "2031年2月30日", "the next day", "today", "a day after the vote"])
def test_what_is_no_day_or_cannot_be_told_is_none(text):
    assert days(text) == ["None"]


@pytest.mark.parametrize("text", ["30日間", "10日ぶり", "It may rain", "at 12:30", "No. 26", "3日連続"])
def test_what_only_looks_like_a_day(text):
    assert days(text, document=FRIDAY) == []
