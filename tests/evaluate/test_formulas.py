from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from alignkit.evaluate import formulas

WORDS = st.lists(st.sampled_from(["島", "地震", "で", "強い", "の"]), max_size=8).map(" ".join)
TEXTS = st.lists(st.tuples(WORDS, st.lists(WORDS.filter(bool), min_size=1, max_size=3)), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("metric", "formula"),
    [
        (BLEU(tokenize="none"), formulas.bleu),
        (BLEU(tokenize="none", effective_order=True), formulas.sentence_bleu),
        (CHRF(), formulas.chrf),
        (CHRF(word_order=2), formulas.chrf),
        (TER(), formulas.ter),
    ],
    ids=["BLEU", "sentence BLEU", "chrF", "chrF++", "TER"],
)
@given(texts=TEXTS)
def test_every_sum_has_sacrebleus_score(metric, formula, texts):
    hypotheses = [hypothesis for hypothesis, _ in texts]
    most = max(len(references) for _, references in texts)
    streams = [[refs[n] if n < len(refs) else None for _, refs in texts] for n in range(most)]
    rows = metric._extract_corpus_statistics(hypotheses, streams)
    expected = [metric._aggregate_and_compute([row]).score for row in rows] + [
        metric._aggregate_and_compute(rows).score
    ]
    sums = np.array([*rows, np.sum(rows, axis=0)], dtype=np.float64)
    assert formula(sums) == pytest.approx(expected, abs=1e-9)


def test_the_mean_of_segments_scores():
    assert formulas.mean(np.array([[3.0, 2.0], [0.0, 0.0]])).tolist() == [1.5, 0.0]
