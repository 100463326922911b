from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alignkit.align.features import pairwise_cosine, ratio_margin
from alignkit.pair.neighbours import Side, neighbour_pairs
from alignkit.progress import silent


def unit(random, rows):
    vectors = random.standard_normal((rows, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_margin_from_candidates_is_the_margin_over_all():
    random = np.random.default_rng(7)
    en, ja = unit(random, 60), unit(random, 80)
    nowhere = [np.full(n, np.nan) for n in (60, 80)]
    pairs = neighbour_pairs(Side(en, nowhere[0]), Side(ja, nowhere[1]), neighbours=6, window_days=1, progress=silent)
    candidates = pl.DataFrame({"en_id": pairs[:, 0], "ja_id": pairs[:, 1]}).with_columns(
        cosine=pl.Series(pairwise_cosine(en, ja, pairs[:, 0], pairs[:, 1]))
    )
    margin = candidates.select(ratio_margin(4)).to_series().to_numpy()

    similarity = (en @ ja.T).astype(float)
    mean_en = np.sort(similarity, axis=1)[:, -4:].mean(axis=1)
    mean_ja = np.sort(similarity, axis=0)[-4:].mean(axis=0)
    expected = similarity / ((mean_en[:, None] + mean_ja[None, :]) / 2)
    assert margin == pytest.approx(expected[pairs[:, 0], pairs[:, 1]], abs=1e-5)


def test_cosines_are_computed_block_by_block(monkeypatch):
    monkeypatch.setattr("alignkit.align.features._ROWS_PER_STEP", 3)
    random = np.random.default_rng(7)
    en, ja = unit(random, 5), unit(random, 5)
    rows = np.arange(5)
    assert pairwise_cosine(en, ja, rows, rows) == pytest.approx((en * ja).sum(axis=1), abs=1e-6)
