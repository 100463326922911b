from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alignkit.align.features import FEATURES, Featured
from alignkit.align.models import Judge, Multinomial, load_models
from alignkit.align.relation import RELATION_FEATURES
from alignkit.align.scorer import SECOND_FEATURES, add_second_features
from alignkit.errors import StageError
from alignkit.schema import RELATIONS

SPLIT = {
    "feature": "x",
    "threshold": 1.0,
    "below": -2.0,
    "above": {"feature": "y", "threshold": 0.0, "below": 0.5, "above": 3.0},
}


def test_trees_and_weights_add_up_to_log_odds_which_are_scaled():
    rows = pl.DataFrame({"x": [1.0, 1.1, 2.0], "y": [9.0, 0.0, 0.1]})
    found = rows.select(Judge(0.5, [SPLIT, 1.0], {"x": 0.1}, slope=2.0, shift=-1.0).probability()).to_series()
    log_odds = np.array([0.5 - 2.0 + 1.0 + 0.1, 0.5 + 0.5 + 1.0 + 0.11, 0.5 + 3.0 + 1.0 + 0.2]) * 2.0 - 1.0
    assert found.to_list() == pytest.approx((1 / (1 + np.exp(-log_odds))).tolist())


def test_log_odds_told_by_another_judge_are_scaled_alike():
    judge = Judge(0.0, [], {}, slope=2.0, shift=-1.0)
    assert judge.calibrated(pl.Series([0.5, -99.0, 99.0])).to_list() == pytest.approx([0.5, 0.0, 1.0])


def test_the_likeliest_class_is_told():
    model = Multinomial(("a", "b"), ("one", "two"), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 0.5]))
    assert model.predict(np.array([[1.0, 0.0], [1.0, 1.0]])) == ["one", "two"]


def test_the_second_model_is_told_of_rivals_of_other_reprints_and_of_other_claims():
    candidates = pl.DataFrame({"en_id": ["a", "a", "b", "b", "c"], "ja_id": ["1", "2", "1", "2", "3"]})
    vectors = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]], dtype=np.float32)
    score = [0.9, 0.5, 0.7, 0.3, 0.8]
    found = add_second_features(Featured(candidates, np.array([0, 1, 0, 1, 2]), vectors), pl.Series(score))
    assert found["first_score"].to_list() == score
    assert found["first_rival"].to_list() == [0.7, 0.3, 0.9, 0.5, 0.0]
    assert found["support"].to_list() == pytest.approx([0.6 * 0.5, 0.6 * 0.9, 0.6 * 0.3, 0.6 * 0.7, 0.0], abs=1e-6)
    assert found["claim"].to_list() == pytest.approx([0.4 * 0.5, 0.4 * 0.9, 0.4 * 0.3, 0.4 * 0.7, 0.0], abs=1e-6)


def features_of(tree):
    if not isinstance(tree, dict):
        return set()
    return {tree["feature"]} | features_of(tree["below"]) | features_of(tree["above"])


def test_the_models_in_the_package_know_the_features_that_are_computed():
    models = load_models("use")
    assert set().union(*map(features_of, models.first.trees)) <= set(FEATURES) == set(models.first.weights)
    assert (
        set().union(*map(features_of, models.second.trees))
        <= {*FEATURES, *SECOND_FEATURES}
        == set(models.second.weights)
    )
    assert (models.relation.features, models.relation.classes) == (RELATION_FEATURES, RELATIONS)


def test_an_encoder_without_models_is_refused():
    with pytest.raises(StageError, match="has no trained score: 'other'"):
        load_models("other")
