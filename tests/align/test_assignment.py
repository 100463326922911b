from __future__ import annotations

import polars as pl

from alignkit.align.assignment import assign


def assigned(rows, threshold=0.5):
    frame = pl.DataFrame(rows, schema=["en_id", "ja_id", "score"], orient="row").with_columns(
        cosine=pl.lit(0.5), margin=pl.lit(1.0)
    )
    return set(assign(frame, threshold=threshold).select("en_id", "ja_id").rows())


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
