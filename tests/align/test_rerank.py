from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alignkit.align.models import Judge, load_models
from alignkit.align.rerank import RERANK_FEATURES, look_again, rerank
from alignkit.align.scorer import WIRE_ID_SCORE
from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.errors import StageError
from alignkit.schema import HEADLINES
from samples import headline

VECTORS = {"A": (1.0, 0.0), "B": (0.0, 1.0), "い": (0.0, 1.0), "ろ": (0.6, 0.8)}


class Second:
    """An encoder that knows four texts."""

    name, version, dimension = "second", "1", 2

    def encode(self, texts):
        return np.array([VECTORS[text] for text in texts], dtype=np.float32)


@pytest.fixture
def embedder(tmp_path):
    return Embedder(Second(), EmbeddingCache(Second(), tmp_path))


HEADLINE_TABLE = HEADLINES.frame(
    [headline("enA", "A"), headline("enB", "B"), headline("jaI", "い"), headline("jaR", "ろ"), headline("jaX", "そ")]
)


def scored(*rows):
    return pl.DataFrame(rows, schema=["en_id", "ja_id", "reason", "score"], orient="row")


AMBIGUOUS = scored(
    ("enA", "jaI", "date_window", 0.6), ("enB", "jaI", "date_window", 0.5), ("enA", "jaX", "date_window", 0.999)
)


def test_only_what_is_ambiguous_is_looked_at(embedder):
    found = look_again(HEADLINE_TABLE, AMBIGUOUS, embedder=embedder)
    assert found["ja_id"].to_list() == ["jaI", "jaI"]
    assert found["second_cosine"].to_list() == pytest.approx([0.0, 1.0])
    assert found["second_gap"].to_list() == pytest.approx([-1.0, 1.0])
    assert found["log_odds_gap"].to_list() == pytest.approx([np.log(1.5), -np.log(1.5)])


def test_a_second_look_may_change_which_is_best_and_leaves_the_rest_as_it_is(embedder):
    judge = Judge(0.0, [], {"log_odds": 1.0, "second_gap": 4.0})
    found = rerank(HEADLINE_TABLE, AMBIGUOUS, judge=judge, embedder=embedder)
    assert found.select("en_id", "ja_id").equals(AMBIGUOUS.select("en_id", "ja_id"))
    first, second, sure = found["score"]
    assert first < 0.1
    assert second > 0.9
    assert sure == 0.999


def test_two_that_the_score_is_sure_of_are_looked_at_and_a_wire_id_is_still_believed(embedder):
    both = scored(("enA", "jaR", "wire_id", 0.995), ("enB", "jaR", "date_window", 0.99))
    judge = Judge(-9.0, [], {"log_odds": 0.0})
    assert rerank(HEADLINE_TABLE, both, judge=judge, embedder=embedder)["score"].to_list() == pytest.approx(
        [WIRE_ID_SCORE, 1 / (1 + np.exp(9.0))]
    )


def test_the_models_in_the_package_know_the_features():
    assert set(load_models("use").reranking("e5").weights) == set(RERANK_FEATURES)
    with pytest.raises(StageError, match="cannot be looked again with: 'other'"):
        load_models("use").reranking("other")
