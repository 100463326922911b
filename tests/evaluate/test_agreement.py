from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from alignkit.errors import InputError
from alignkit.evaluate.agreement import HumanScores, agreements, calibrated_accuracy, read_human_scores
from alignkit.evaluate.statistics import of_segment_scores

SMALL = st.integers(-3, 3).map(float)


def statistics(scores, *, higher_is_better=True):
    return of_segment_scores("metric", "", np.array(scores, dtype=float), higher_is_better=higher_is_better)


def test_systems_are_compared_by_rank():
    metric = statistics([[3.0], [2.0], [1.0]])
    (found,) = agreements(metric, HumanScores(np.array([0.3, 0.1, 0.2])))
    assert (found.level, found.pairs, found.accuracy) == ("system", 3, pytest.approx(2 / 3))
    assert found.kendall == pytest.approx(1 / 3)
    assert found.pearson == pytest.approx(0.5)


def test_a_metric_that_counts_errors_is_turned_round():
    (found,) = agreements(statistics([[1.0], [2.0]], higher_is_better=False), HumanScores(np.array([0.9, 0.1])))
    assert (found.kendall, found.accuracy) == (1.0, 1.0)


def test_segments_are_compared_between_systems_not_with_each_other():
    # On each segment the metric orders the systems as people do, though its scores of the second are all higher.
    human = HumanScores(np.array([1.0, 0.0]), np.array([[1.0, 9.0], [0.0, 8.0]]))
    found = agreements(statistics([[0.2, 70.0], [0.1, 60.0]]), human)[1]
    assert (found.level, found.pairs, found.kendall, found.accuracy) == ("segment", 2, 1.0, 1.0)


def test_outputs_that_nobody_judged_are_left_out():
    segments = np.array([[1.0, math.nan], [0.0, 1.0], [0.5, 2.0]])
    found = agreements(statistics([[3, 1], [1, 2], [2, 3]]), HumanScores(segments.mean(1), segments))
    assert found[1].pairs == 4
    assert found[1].accuracy == pytest.approx(1)


@given(st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=12))
def test_no_other_threshold_of_ties_has_a_higher_accuracy(pairs):
    metric, human = np.array(pairs).T
    weights = np.full(len(pairs), 1 / len(pairs))
    accuracy, epsilon = calibrated_accuracy(metric, human, weights)

    def at(threshold):
        tied = np.where(np.abs(metric) <= threshold, 0.0, np.sign(metric))
        return np.mean(tied == np.sign(human))

    assert accuracy == pytest.approx(at(epsilon))
    assert accuracy == pytest.approx(max(at(threshold) for threshold in range(4)))


@given(st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=8))
def test_tau_on_one_segment_is_scipys(scores):
    metric, human = np.array(scores).T[:, :, np.newaxis]
    expected = kendalltau(metric, human).statistic if np.ptp(metric) and np.ptp(human) else 0.0
    found = agreements(statistics(metric), HumanScores(human[:, 0], human))[1]
    assert found.kendall == pytest.approx(expected)


def test_human_scores_are_of_systems_or_of_segments(write):
    names = ["a", "b"]
    of_systems = read_human_scores(write("x.sys.score", "b 2\na\t1\nc 9\n"), names, 3)
    assert (of_systems.systems.tolist(), of_systems.segments) == ([1.0, 2.0], None)
    lines = "".join(f"a {score}\n" for score in (1, "None", 3)) + "b 4\nb 5\nb 6\n"
    of_segments = read_human_scores(write("x.seg.score", lines), names, 3)
    assert of_segments.systems.tolist() == [2.0, 5.0]
    assert np.isnan(of_segments.segments[0, 1])


def test_human_scores_have_to_be_for_every_system_or_segment(write):
    with pytest.raises(InputError, match=r"has 2 scores for a. Give each system one, or 3 for its segments"):
        read_human_scores(write("x", "a 1\na 2\nb 1\n"), ["a", "b"], 3)
    with pytest.raises(InputError, match=r"row 1: is no score: 'good'"):
        read_human_scores(write("x", "a good\n"), ["a"], 3)
