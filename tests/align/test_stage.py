from __future__ import annotations

import polars as pl
import pytest

from alignkit.align.scorer import WIRE_ID_SCORE
from alignkit.align.stage import align_candidates
from alignkit.config import AlignSettings
from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.errors import SchemaError, StageError
from alignkit.pair.stage import find_candidates
from alignkit.schema import CANDIDATES, HEADLINES
from samples import ENGLISH, JAPANESE, headline, headlines


def align(table, **settings):
    return align_candidates(table, find_candidates(table), settings=AlignSettings(**settings))


def test_headlines_of_one_story_are_aligned():
    pairs = align(headlines(), threshold=0)
    assert {(f"en{n}", f"ja{n}") for n in range(6)} == set(pairs.select("en_id", "ja_id").rows())
    assert pairs["score"].is_between(0, 1).all()


def test_reprints_of_one_story_share_its_story_id():
    pairs = align(headlines(japanese=(*JAPANESE, "北海の島で強い揺れ、津波なし")), threshold=0)
    assert pairs.filter(en_id="en0")["story_id"].n_unique() == 1
    assert pairs.filter(en_id="en0").height == 2
    assert pairs["story_id"].n_unique() == 6


def test_the_result_does_not_depend_on_the_order_of_rows():
    table = headlines()
    candidates = find_candidates(table)
    assert align_candidates(table, candidates).equals(align_candidates(table.reverse(), candidates.reverse()))


def test_a_shared_wire_id_is_believed():
    table = HEADLINES.frame([headline("en0", ENGLISH[0], wire_id="7"), headline("ja0", JAPANESE[4], wire_id="7")])
    pairs = align(table)
    assert pairs["wire_id"].to_list() == ["7"]
    assert pairs["score"][0] >= WIRE_ID_SCORE


def test_no_candidate_gives_an_empty_table():
    assert align_candidates(headlines(), CANDIDATES.frame([])).height == 0


def test_candidates_of_other_headlines_are_refused():
    candidates = CANDIDATES.frame([{"en_id": "en9", "ja_id": "ja0", "reason": "neighbour"}])
    with pytest.raises(SchemaError, match="row 1, column 'en_id': names no headline: 'en9'"):
        align_candidates(headlines(), candidates)


def test_an_encoder_without_a_calibrated_score_is_refused(tmp_path):
    class Other:
        name, version, dimension = "other", "1", 4

        def encode(self, texts):  # pragma: no cover - never reached
            raise AssertionError(texts)

    embedder = Embedder(Other(), EmbeddingCache(Other(), tmp_path))
    with pytest.raises(StageError, match="has no trained score: 'other'"):
        align_candidates(headlines(), CANDIDATES.frame([]), embedder=embedder)


def test_pairs_carry_what_the_headlines_say():
    table = headlines().with_columns(outlet=pl.col("lang") + "-outlet", section=pl.lit("society"))
    pair = align(table, threshold=0).filter(en_id="en1").row(0, named=True)
    assert (pair["en"], pair["ja"]) == (ENGLISH[1], JAPANESE[1])
    assert (pair["en_outlet"], pair["ja_outlet"], pair["section"]) == ("en-outlet", "ja-outlet", "society")
