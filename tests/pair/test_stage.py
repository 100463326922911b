from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl
import pytest

from alignkit.config import PairSettings
from alignkit.encoders.embedder import Embedder
from alignkit.errors import SchemaError
from alignkit.pair.stage import find_candidates
from alignkit.schema import CANDIDATE_REASONS, HEADLINES
from samples import ENGLISH, JAPANESE, headline, headlines

DAY = dt.datetime(2031, 5, 12, 8, tzinfo=dt.UTC)
JAPAN = dt.timezone(dt.timedelta(hours=9))


@cache
def embedder():
    return Embedder()


def japan(*day_and_time):
    """A day of May 2031 and a time in Japan, as the table has it."""
    return dt.datetime(2031, 5, *day_and_time, tzinfo=JAPAN).astimezone(dt.UTC)


def reasons(table, **settings):
    candidates = find_candidates(table, settings=PairSettings(**settings), embedder=embedder())
    return {(row["en_id"], row["ja_id"]): row["reason"] for row in candidates.to_dicts()}


def test_without_dates_everything_near_is_a_candidate():
    found = reasons(headlines(), neighbours=1)
    assert {(f"en{n}", f"ja{n}") for n in range(6)} <= set(found)
    assert set(found.values()) == {"neighbour"}


def test_dates_bound_what_is_a_candidate_and_say_how_far_apart_it_is():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[0], published_at=DAY),
            headline("ja0", JAPANESE[0], published_at=DAY + dt.timedelta(days=1.5)),
            headline("ja1", JAPANESE[0] + "…", published_at=DAY - dt.timedelta(days=3)),
            headline("ja2", JAPANESE[1]),
        ]
    )
    assert reasons(table, window_days=2) == {("en0", "ja0"): "date_window", ("en0", "ja2"): "neighbour"}
    candidates = find_candidates(table, embedder=embedder())
    assert candidates.filter(ja_id="ja0")["days_apart"].to_list() == [1.5]


@pytest.mark.parametrize(
    ("english", "japanese", "found"),
    [
        (japan(12, 23, 50), japan(13, 5), True),  # the morning paper
        (japan(12, 23, 50), japan(14, 5), True),  # the morning paper after the next
        (japan(14, 5), japan(12, 5), True),  # two days to the minute
        (japan(13, 20), japan(12, 4), True),  # Japanese first
        (japan(14, 3, 59), japan(12, 4), True),
        (japan(14, 4, 1), japan(12, 4), False),
        (japan(12, 23, 50), japan(15, 5), False),
        (japan(14, 20), japan(12), True),  # a date without a time: late on the twelfth, perhaps
        (japan(15, 1), japan(12), False),
        (japan(12), japan(14, 23), True),
    ],
)
def test_the_window_spans_late_editions_and_dates_without_a_time(english, japanese, found):
    table = HEADLINES.frame(
        [headline("en0", ENGLISH[0], published_at=english), headline("ja0", JAPANESE[0], published_at=japanese)]
    )
    assert bool(reasons(table)) == found


def test_a_headline_of_an_agency_is_looked_for_among_those_of_the_agency_too():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[4], outlet="Kyodo News"),
            headline("en1", ENGLISH[0], outlet="Elsewhere Times"),
            headline("ja0", JAPANESE[0] + "（共同）"),
            headline("ja1", JAPANESE[4]),
        ]
    )
    assert reasons(table, neighbours=1) == {
        ("en0", "ja0"): "credit",
        ("en0", "ja1"): "neighbour",
        ("en1", "ja0"): "neighbour",
    }


def test_known_pairs_are_candidates_however_far_apart():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[0], published_at=DAY),
            headline("ja0", JAPANESE[4], published_at=DAY + dt.timedelta(days=90)),
        ]
    )
    known = pl.DataFrame({"en_id": ["en0", "en0", "en9"], "ja_id": ["ja0", "ja0", "ja0"]})
    candidates = find_candidates(table, known_pairs=known, embedder=embedder())
    assert candidates.select("en_id", "ja_id", "reason", "days_apart").rows() == [("en0", "ja0", "mention", 90.0)]


def test_of_several_reasons_the_strongest_is_named():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[0], wire_id="7", credit="(Kyodo)"),
            headline("en1", ENGLISH[0], credit="(Kyodo)", published_at=DAY),
            headline("en2", ENGLISH[0], credit="(Kyodo)", published_at=DAY),
            headline("en3", ENGLISH[0], published_at=DAY),
            headline("en4", ENGLISH[0]),
            headline("ja0", JAPANESE[0], wire_id="7", credit="（共同）", published_at=DAY),
        ]
    )
    known = pl.DataFrame({"en_id": ["en0", "en1"], "ja_id": ["ja0", "ja0"]})
    assert tuple(find_candidates(table, known_pairs=known, embedder=embedder())["reason"]) == CANDIDATE_REASONS


def test_a_shared_wire_id_makes_a_candidate_however_far_apart():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[0], published_at=DAY, wire_id="7"),
            headline("ja0", JAPANESE[4], published_at=DAY + dt.timedelta(days=90), wire_id="7"),
        ]
    )
    assert reasons(table) == {("en0", "ja0"): "wire_id"}


def test_the_order_of_rows_does_not_matter():
    assert find_candidates(headlines(), embedder=embedder()).equals(
        find_candidates(headlines().reverse(), embedder=embedder())
    )


def test_one_side_without_headlines_gives_no_candidate():
    assert find_candidates(headlines(japanese=())).height == 0


def test_a_table_that_is_not_headlines_is_refused():
    with pytest.raises(SchemaError, match="'id': is missing"):
        find_candidates(pl.DataFrame({"text": ["x"]}))
