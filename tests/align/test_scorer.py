from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alignkit.align.scorer import Logistic, add_second_features, load_scorer
from alignkit.errors import StageError

FIRST = Logistic(intercept=0.0, weights={"x": 1.0})


def test_the_second_model_is_told_of_rivals_and_of_other_reprints():
    candidates = pl.DataFrame(
        {
            "en_id": ["a", "a", "b", "b", "c"],
            "ja_id": ["1", "2", "1", "2", "3"],
            "x": [9.0, 0.0, 1.0, -1.0, 9.0],
        }
    )
    vectors = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]], dtype=np.float32)
    found = add_second_features(candidates, FIRST, np.array([0, 1, 0, 1, 2]), vectors)
    score = (1 / (1 + np.exp(-candidates["x"].to_numpy()))).tolist()
    assert found["first_score"].to_list() == pytest.approx(score)
    assert found["first_rival"].to_list() == pytest.approx([score[2], score[3], score[0], score[1], 0.0])
    assert found["support"].to_list() == pytest.approx(
        [0.6 * score[1], 0.6 * score[0], 0.6 * score[3], 0.6 * score[2], 0.0], abs=1e-6
    )


def test_every_encoder_that_has_models_has_both():
    scorer = load_scorer("use")
    assert set(scorer.first.weights) < set(scorer.second.weights)
    with pytest.raises(StageError, match="has no calibrated score: 'other'"):
        load_scorer("other")
