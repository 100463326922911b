from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from alignkit.align.assignment import assign, assign_reprints
from alignkit.schema import HEADLINES
from samples import headline


def scored(rows):
    return pl.DataFrame(rows, schema=["en_id", "ja_id", "score"], orient="row").with_columns(
        cosine=pl.lit(0.5), margin=pl.lit(1.0)
    )


def assigned(rows, threshold=0.5, clusters=None):
    """The pairs that are assigned; clusters are words of one letter for each Japanese headline: 'aab'."""
    if clusters is not None:
        names = [f"j{number}" for number in range(1, len(clusters) + 1)]
        clusters = pl.DataFrame({"ja_id": names, "cluster": list(clusters)})
    return set(assign(scored(rows), threshold=threshold, clusters=clusters).select("en_id", "ja_id").rows())


def test_one_english_headline_may_have_many_reprints_and_either_side_may_stay_alone():
    rows = [("e1", "j1", 0.9), ("e1", "j2", 0.8), ("e2", "j3", 0.4)]
    assert assigned(rows) == {("e1", "j1"), ("e1", "j2")}


def test_a_reprint_goes_to_its_best_english_headline():
    assert assigned([("e1", "j1", 0.8), ("e2", "j1", 0.9)]) == {("e2", "j1")}


def test_ties_go_to_the_smaller_id_whatever_the_order():
    rows = [("e2", "j1", 0.9), ("e1", "j1", 0.9)]
    assert assigned(rows) == assigned(rows[::-1]) == {("e1", "j1")}


def test_the_threshold_itself_is_kept():
    assert assigned([("e1", "j1", 0.5)]) == {("e1", "j1")}


TWO_REPRINTS = [("e1", "j1", 0.97), ("e1", "j2", 0.8)]


def test_a_reprint_a_little_under_the_threshold_goes_with_its_cluster():
    rows = [*TWO_REPRINTS, ("e1", "j3", 0.4)]
    assert assigned(rows, clusters="aaa") == {("e1", "j1"), ("e1", "j2"), ("e1", "j3")}
    assert assigned(rows, clusters="aab") == {("e1", "j1"), ("e1", "j2")}


def test_a_reprint_that_is_far_under_the_threshold_does_not():
    assert assigned([*TWO_REPRINTS, ("e1", "j3", 0.2)], clusters="aaa") == {("e1", "j1"), ("e1", "j2")}


@pytest.mark.parametrize(("own", "goes_to"), [(0.85, "e2"), (0.75, "e1")])
def test_a_reprint_that_disagrees_with_its_cluster_goes_with_it_only_if_that_is_about_as_good(own, goes_to):
    rows = [*TWO_REPRINTS, ("e1", "j3", 0.7), ("e2", "j3", own)]
    assert assigned(rows, clusters="aaa") == {("e1", "j1"), ("e1", "j2"), (goes_to, "j3")}


def test_a_cluster_vouches_only_if_one_of_it_is_sure_and_half_of_it_agree():
    unsure = [("e1", "j1", 0.8), ("e1", "j2", 0.8), ("e1", "j3", 0.4)]
    assert assigned(unsure, clusters="aaa") == {("e1", "j1"), ("e1", "j2")}
    few = [("e1", "j1", 0.97), ("e2", "j2", 0.8), ("e3", "j3", 0.8), ("e1", "j4", 0.4)]
    assert assigned(few, clusters="aaaa") == {("e1", "j1"), ("e2", "j2"), ("e3", "j3")}


def test_what_is_kept_keeps_its_own_score():
    rows = scored([*TWO_REPRINTS, ("e1", "j3", 0.4)])
    clusters = pl.DataFrame({"ja_id": ["j1", "j2", "j3"], "cluster": "a"})
    assert assign(rows, threshold=0.5, clusters=clusters)["score"].to_list() == [0.97, 0.8, 0.4]


def test_reprints_are_clustered_where_it_makes_a_difference():
    at = dt.datetime(2031, 5, 12, 9, tzinfo=dt.UTC)
    texts = {"ja1": "沖浜市長選、現職の三枝氏が3選", "ja2": "沖浜市長に三枝氏3選", "ja3": "最後の小学校、来春閉校へ"}
    table = HEADLINES.frame([headline(name, text, published_at=at) for name, text in texts.items()])
    rows = scored([("en1", "ja1", 0.97), ("en1", "ja2", 0.4), ("en1", "ja3", 0.4)])
    kept = assign_reprints(table, rows, threshold=0.5)
    assert kept.select("en_id", "ja_id").rows() == [("en1", "ja1"), ("en1", "ja2")]
    assert assign_reprints(table, rows.filter(pl.col("score") > 0.5), threshold=0.5).height == 1
