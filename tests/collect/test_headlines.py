from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from alignkit.collect.headlines import HeadlineBuilder, check_languages
from alignkit.collect.record import Record
from alignkit.errors import InputError


def build(fields, defaults=None, row=1, builder=None):
    builder = builder or HeadlineBuilder(timezone="Asia/Tokyo", max_characters=50)
    return builder.build("a.tsv", Record(row, fields, str(row)), collector="files", defaults=defaults or {"lang": "ja"})


def test_the_published_text_is_kept_but_for_line_breaks_and_what_stands_around_it():
    row, rejects = build({"text": "\ufeff　日米　協議へ\n「核」想定 \r\n"})
    assert row["text"] == "日米　協議へ 「核」想定"
    assert rejects == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "is missing"),
        ({"text": 3}, "is not text"),
        ({"text": "a\0b"}, "has a NUL byte in it"),
        ({"text": "\ud83d"}, "has a lone surrogate, which is no character"),
        ({"text": "　 "}, "is empty"),
        ({"text": "x" * 1_000_000}, "has 1,000,000 characters, more than a headline's 50"),
        ({"text": "한국", "lang": "ko"}, "is neither en nor ja"),
    ],
)
def test_what_is_no_headline_is_rejected_with_its_reason(fields, reason):
    row, (reject,) = build(fields)
    assert row is None
    assert (reject.row, reject.reason, reject.dropped) == (1, reason, "row")
    assert reject.value is None or len(reject.value) < 100


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2031-05-26T07:00:00+09:00", 22),
        ("2031-05-26 07:00", 22),
        ("2031/05/26 07:00", 22),
        ("Mon, 26 May 2031 07:00:00 +0900", 22),
        ("2031-05-26", 15),
        (dt.datetime(2031, 5, 25, 22, tzinfo=dt.UTC), 22),
        (dt.date(2031, 5, 26), 15),
    ],
)
def test_times_are_read_and_those_without_a_zone_are_meant_in_the_given_one(value, hour):
    row, rejects = build({"text": "題", "published_at": value})
    assert row["published_at"] == dt.datetime(2031, 5, 25, hour, tzinfo=dt.UTC)
    assert rejects == []


@pytest.mark.parametrize("value", ["yesterday", "2031-13-01", 3, "0001-01-01"])
def test_a_time_that_cannot_be_read_costs_the_time_and_not_the_headline(value):
    row, (reject,) = build({"text": "題", "published_at": value})
    assert row["published_at"] is None
    assert (reject.column, reject.dropped) == ("published_at", "value")


def test_a_headline_that_is_there_twice_is_stored_once_and_says_where_the_first_is():
    builder = HeadlineBuilder(timezone="UTC", max_characters=50)
    first, _ = build({"text": "題"}, row=1, builder=builder)
    second, (reject,) = build({"text": "題"}, row=2, builder=builder)
    other, _ = build({"text": "題", "url": "https://paper.example/2"}, row=3, builder=builder)
    assert second is None
    assert (reject.row, reject.reason) == (2, "is there already (a.tsv#1)")
    assert other["id"] != first["id"]


def test_ids_that_are_given_are_kept_and_ids_that_are_derived_are_stable():
    assert build({"text": "題", "id": "mine"})[0]["id"] == "mine"
    assert build({"text": "題"})[0]["id"] == build({"text": "題"})[0]["id"]
    assert build({"text": "題", "outlet": "A"})[0]["id"] != build({"text": "題", "outlet": "B"})[0]["id"]


def test_swapped_languages_are_noticed():
    rows = [{"lang": "ja", "text": f"Headline {number}"} for number in range(9)]
    with pytest.raises(InputError, match="is given as Japanese, but 9 of its 9 headlines have no Japanese letter"):
        check_languages(Path("ja.txt"), rows)


def test_what_an_address_says_is_taken_from_it_where_the_record_does_not_say_it():
    url = "https://www.minpo.jp/globalnews/detail/2031052601001269"
    row, _ = build({"text": "日米協議へ", "url": url})
    assert (row["outlet"], row["wire_id"]) == ("Fukushima Minpo", "2031052601001269")
    row, _ = build({"text": "日米協議へ", "url": url, "outlet": "Another", "wire_id": "1"})
    assert (row["outlet"], row["wire_id"]) == ("Another", "1")
    row, _ = build({"text": "日米協議へ", "url": "https://nobody.example/1"})
    assert (row["outlet"], row["wire_id"]) == (None, None)
