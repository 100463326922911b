from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.align.prior import Prior, at_own_share, estimate_share

PRIOR = Prior(share=0.7, weight=20)


def collection(share, size):
    """Probabilities that are right where the share is a half, of headlines of which this share has a partner."""
    random = np.random.default_rng(7)
    right = random.random(size) < share
    log_odds = random.normal(np.where(right, 2.0, -2.0), 2.0)  # their density ratio is exp(log-odds)
    return 1 / (1 + np.exp(-log_odds)), right


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_the_share_of_a_large_collection_is_found_whatever_was_believed(share):
    best, right = collection(share, 5_000)
    assert estimate_share(best, PRIOR) == pytest.approx(right.mean(), abs=0.02)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_probabilities_become_calibrated(share):
    best, right = collection(share, 5_000)
    ids = pl.Series([str(number) for number in range(len(best))])
    found = at_own_share(pl.Series(best), ids, PRIOR).to_numpy()
    likely = found > 0.5
    assert found[likely].mean() == pytest.approx(right[likely].mean(), abs=0.03)
    assert found[~likely].mean() == pytest.approx(right[~likely].mean(), abs=0.03)


def test_a_single_pair_is_judged_by_what_is_believed():
    assert estimate_share(np.array([0.01]), PRIOR) == pytest.approx(0.7, abs=0.04)
    assert estimate_share(np.array([]), PRIOR) == pytest.approx(0.7)


def test_each_headline_counts_by_its_best_candidate():
    probability = pl.Series("score", [0.9, 0.1, 0.2])
    alone = estimate_share(np.array([0.9, 0.2]), PRIOR)
    expected = [p * alone / (p * alone + (1 - p) * (1 - alone)) for p in probability]
    assert at_own_share(probability, pl.Series(["a", "a", "b"]), PRIOR).to_list() == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abc"))))
def test_the_order_of_candidates_stays(rows):
    probability = pl.Series("score", [value for value, _ in rows], dtype=pl.Float64)
    found = at_own_share(probability, pl.Series([name for _, name in rows], dtype=pl.String), PRIOR)
    assert found.is_between(0, 1).all()
    assert found.gather(probability.arg_sort()).is_sorted()
