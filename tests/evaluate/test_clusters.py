from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alignkit.evaluate.clusters import Standing, standings


def told_apart(count, *pairs):
    matrix = np.zeros((count, count), dtype=bool)
    for one, other in pairs:
        matrix[one, other] = matrix[other, one] = True
    return matrix


def test_a_line_is_drawn_only_where_all_above_are_told_apart_from_all_below():
    scores = np.array([30.0, 40.0, 39.0, 20.0])
    apart = told_apart(4, (1, 0), (1, 3), (2, 3), (0, 3))
    assert standings(scores, apart, higher_is_better=True) == [
        Standing(cluster=1, best_rank=2, worst_rank=3),
        Standing(cluster=1, best_rank=1, worst_rank=2),
        Standing(cluster=1, best_rank=1, worst_rank=3),
        Standing(cluster=2, best_rank=4, worst_rank=4),
    ]


def test_where_less_is_better_the_least_is_first():
    ranks = standings(np.array([60.0, 50.0]), told_apart(2, (0, 1)), higher_is_better=False)
    assert [standing.cluster for standing in ranks] == [2, 1]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(0, 5))
def test_systems_that_differ_by_more_than_a_margin_and_no_others_are_told_apart(scores, margin):
    values = np.array(scores, dtype=float)
    apart = np.abs(values[:, None] - values) > margin
    found = standings(values, apart, higher_is_better=True)
    for one, score in zip(found, scores, strict=True):
        assert 1 <= one.best_rank <= one.worst_rank <= len(scores)
        for other, other_score in zip(found, scores, strict=True):
            if one.cluster < other.cluster:
                assert score > other_score + margin
