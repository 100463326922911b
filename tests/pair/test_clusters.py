from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.encoders.embedder import Embedder
from alignkit.pair.clusters import cluster_reprints
from alignkit.schema import HEADLINES
from samples import ENGLISH, JAPANESE, headline

JAPAN = dt.timezone(dt.timedelta(hours=9))
EVENING = dt.datetime(2031, 5, 12, 18, 20, tzinfo=JAPAN)
MORNING = dt.datetime(2031, 5, 13, 5, tzinfo=JAPAN)
DAY = dt.timedelta(days=1)


@cache
def embedder():
    return Embedder()


def reprints(*texts_and_times, **columns):
    return HEADLINES.frame(
        [
            headline(f"ja{number}", text, published_at=time and time.astimezone(dt.UTC), **columns)
            for number, (text, time) in enumerate(texts_and_times)
        ]
    )


def clustered(table):
    """The clusters, each a set of ids, of more than one headline."""
    groups = cluster_reprints(table, embedder=embedder()).group_by("cluster").agg("ja_id")["ja_id"]
    return {frozenset(group) for group in groups if len(group) > 1}


def test_reprints_of_one_story_are_together_and_others_are_not():
    table = reprints(
        ("沖浜市長選、現職の三枝氏が3選", EVENING),
        ("沖浜市長に三枝氏3選", EVENING),
        ("沖浜市長選、三枝氏が3選果たす（共同）", MORNING),
        ("最後の小学校、来春閉校へ 町が方針", EVENING),
    )
    assert clustered(table) == {frozenset({"ja0", "ja1", "ja2"})}


def test_a_late_wire_is_with_the_morning_paper_even_two_days_later():
    late = dt.datetime(2031, 5, 12, 23, 50, tzinfo=JAPAN)
    text = "沖浜湾でタンカーと漁船が衝突、2人不明"
    assert clustered(reprints((text, late), (text, MORNING), (text, MORNING + DAY))) == {
        frozenset({"ja0", "ja1", "ja2"})
    }


def test_the_next_day_s_follow_up_is_another_story():
    table = reprints(
        ("沖浜湾でタンカーと漁船が衝突、2人不明", EVENING),
        ("タンカーと漁船衝突し2人不明　沖浜湾", MORNING),
        ("衝突タンカーの船長を聴取　海保", EVENING + DAY),
    )
    assert clustered(table) == {frozenset({"ja0", "ja1"})}


def test_the_same_headline_with_another_number_is_another_story():
    table = reprints(("東海証券の株価終値、320円高", EVENING), ("東海証券の株価終値、150円安", EVENING + DAY))
    assert clustered(table) == set()


def test_a_wire_id_decides():
    together = reprints((JAPANESE[0], EVENING), (JAPANESE[4], None), wire_id="7")
    assert clustered(together) == {frozenset({"ja0", "ja1"})}
    apart = reprints((JAPANESE[0], EVENING), (JAPANESE[0], EVENING)).with_columns(wire_id="id")
    assert clustered(apart) == set()


def test_without_a_time_a_headline_is_on_its_own():
    assert clustered(reprints((JAPANESE[0], None), (JAPANESE[0], None))) == set()


def test_a_date_without_a_time_is_any_time_of_that_day():
    midnight = dt.datetime(2031, 5, 11, tzinfo=JAPAN)
    table = reprints((JAPANESE[0], midnight), (JAPANESE[0], midnight + 2.9 * DAY))
    assert clustered(table) == {frozenset({"ja0", "ja1"})}


def test_only_those_asked_for_are_grouped():
    table = reprints((JAPANESE[0], EVENING), (JAPANESE[0], MORNING), (JAPANESE[0], MORNING))
    found = cluster_reprints(table, among=pl.Series(["ja2", "ja1"]), embedder=embedder())
    assert found.rows() == [("ja1", "ja1"), ("ja2", "ja1")]


@pytest.mark.parametrize("rows", [[], [headline("en0", ENGLISH[0])], [headline("ja0", "—", published_at=None)]])
def test_little_or_nothing_to_group_is_no_problem(rows):
    assert clustered(HEADLINES.frame(rows)) == set()


@settings(max_examples=20)
@given(data=st.data())
def test_each_headline_is_in_one_cluster_whatever_the_order_of_rows(data):
    some = st.tuples(st.sampled_from(JAPANESE), st.sampled_from([EVENING, MORNING, EVENING + 3 * DAY, None]))
    table = reprints(*data.draw(st.lists(some, max_size=8)))
    found = cluster_reprints(table, embedder=embedder())
    assert sorted(found["ja_id"]) == sorted(table["id"])
    assert found.equals(cluster_reprints(table.reverse(), embedder=embedder()))
    # A cluster bears the name of its first headline.
    assert found.filter(pl.col("ja_id") == pl.col("cluster")).height == found["cluster"].n_unique()
