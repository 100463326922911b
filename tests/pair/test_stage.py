from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from alignkit.config import PairSettings
from alignkit.errors import SchemaError
from alignkit.pair.stage import find_candidates
from alignkit.schema import HEADLINES
from samples import ENGLISH, JAPANESE, headline, headlines

DAY = dt.datetime(2031, 5, 12, tzinfo=dt.UTC)


def reasons(table, **settings):
    candidates = find_candidates(table, settings=PairSettings(**settings))
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
    candidates = find_candidates(table)
    assert candidates.filter(ja_id="ja0")["days_apart"].to_list() == [1.5]


def test_a_shared_wire_id_makes_a_candidate_however_far_apart():
    table = HEADLINES.frame(
        [
            headline("en0", ENGLISH[0], published_at=DAY, wire_id="7"),
            headline("ja0", JAPANESE[4], published_at=DAY + dt.timedelta(days=90), wire_id="7"),
        ]
    )
    assert reasons(table) == {("en0", "ja0"): "wire_id"}


def test_the_order_of_rows_does_not_matter():
    assert find_candidates(headlines()).equals(find_candidates(headlines().reverse()))


def test_one_side_without_headlines_gives_no_candidate():
    assert find_candidates(headlines(japanese=())).height == 0


def test_a_table_that_is_not_headlines_is_refused():
    with pytest.raises(SchemaError, match="'id': is missing"):
        find_candidates(pl.DataFrame({"text": ["x"]}))
