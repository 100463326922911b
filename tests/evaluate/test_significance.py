from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from alignkit.evaluate.formulas import mean
from alignkit.evaluate.metrics import METRICS
from alignkit.evaluate.significance import (
    bootstrap_scores,
    holm,
    interval,
    paired_bootstrap,
    paired_randomisation,
    win_rates,
)
from alignkit.evaluate.statistics import extract, of_segment_scores
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

SEED = 12345
TEST_SET = evaluation_set()
TEXTS = list(SYSTEMS.values())


@pytest.fixture(params=["bleu", "chrf"])
def statistics(request):
    return extract(METRICS[request.param], TEXTS, [TEST_SET.references], "ja", "char")


def sacrebleus(statistics, samples):
    """What sacrebleu finds in the same resamples: the first system, then the others against it."""
    streams = list(zip(*([*texts, None, None][:3] for texts in TEST_SET.references), strict=True))
    metric = BLEU(tokenize="char", references=streams) if statistics.name == "bleu" else CHRF(references=streams)
    test = PairedTest(list(SYSTEMS.items()), {"metric": metric}, None, test_type="bs", n_samples=samples)
    return test()[1][statistics.label]


def test_bootstrap_p_values_and_intervals_are_sacrebleus(statistics):
    theirs = sacrebleus(statistics, 500)
    resampled = bootstrap_scores(statistics.by_unit(TEST_SET.story_codes), statistics.formula, resamples=500, seed=SEED)
    p_values = paired_bootstrap(statistics.scores[0], resampled)
    low, high = interval(resampled, 0.05)
    assert p_values[0, 1:] == pytest.approx([one.p_value for one in theirs[1:]])
    assert (high - low) / 2 == pytest.approx([one.ci for one in theirs])


def test_randomisation_p_values_are_sacrebleus_where_no_exchange_ties():
    rng = np.random.default_rng(3)
    texts = ["".join(rng.choice(list("北南東西島町"), size=12)) for _ in range(180)]
    references, named = [texts[:60]], [("one", texts[60:120]), ("other", texts[120:])]
    theirs = PairedTest(named, {"metric": CHRF(references=references)}, None, test_type="ar", n_samples=1_000)()[1]
    ours = extract(METRICS["chrf"], [outputs for _, outputs in named], [list(zip(*references, strict=True))], "ja")
    p_values = paired_randomisation(ours.values, ours.formula, trials=1_000, seed=SEED)
    assert p_values[0, 1] == theirs["chrF2"][1].p_value
    assert 0.01 < p_values[0, 1] < 1


def test_a_system_against_itself_has_p_1(statistics):
    twice = extract(METRICS[statistics.name], [TEXTS[1], TEXTS[1]], [TEST_SET.references], "ja", "char")
    sums = twice.by_unit(TEST_SET.story_codes)
    resampled = bootstrap_scores(sums, twice.formula, resamples=200, seed=SEED)
    assert (paired_bootstrap(twice.scores[0], resampled) == 1).all()
    assert (paired_randomisation(sums, twice.formula, trials=200, seed=SEED) == 1).all()
    assert (win_rates(resampled, higher_is_better=True) == 0.5).all()


def test_a_clear_difference_has_the_least_p_there_is_and_chance_has_none():
    rng = np.random.default_rng(0)
    base = rng.normal(size=400)
    scores = np.array([base + 1, base, rng.permutation(base)])
    sums = of_segment_scores("x", "", scores, higher_is_better=True).values
    p_values = paired_randomisation(sums, mean, trials=999, seed=SEED)
    assert p_values[0, 1] == 1 / 1000
    assert p_values[1, 2] > 0.9
    assert (p_values == p_values.T).all()
    assert win_rates(bootstrap_scores(sums, mean, resamples=100, seed=SEED), higher_is_better=False)[0, 1] == 0


def test_what_is_drawn_is_a_story_with_all_of_its_segments():
    # Ten segments with the same score in each of 30 stories are no more evidence than one.
    rng = np.random.default_rng(5)
    of_stories = rng.normal(size=(1, 30))
    codes = np.repeat(np.arange(30), 10)
    statistics = of_segment_scores("x", "", np.repeat(of_stories, 10, axis=1), higher_is_better=True)
    by_story = bootstrap_scores(statistics.by_unit(codes), mean, resamples=500, seed=SEED)
    by_segment = bootstrap_scores(statistics.values, mean, resamples=500, seed=SEED)
    alone = of_segment_scores("x", "", of_stories, higher_is_better=True)
    assert by_story == pytest.approx(bootstrap_scores(alone.values, mean, resamples=500, seed=SEED))
    assert by_story.std() > 2.5 * by_segment.std()


def test_stories_need_not_stand_together():
    scores = np.array([[1.0, 2.0, 4.0, 8.0]])
    sums = of_segment_scores("x", "", scores, higher_is_better=True).by_unit(np.array([0, 1, 0, 2]))
    assert sums[0, 0].tolist() == [[5.0, 2.0], [2.0, 1.0], [8.0, 1.0]]


def test_resamples_do_not_depend_on_how_much_fits_into_a_block(statistics, monkeypatch):
    sums = statistics.by_unit(TEST_SET.story_codes)
    whole = bootstrap_scores(sums, statistics.formula, resamples=50, seed=SEED)
    tried = paired_randomisation(sums, statistics.formula, trials=50, seed=SEED)
    monkeypatch.setattr("alignkit.evaluate.significance._BLOCK_NUMBERS", 40)
    assert bootstrap_scores(sums, statistics.formula, resamples=50, seed=SEED) == pytest.approx(whole)
    assert (paired_randomisation(sums, statistics.formula, trials=50, seed=SEED) == tried).all()


def test_holm_multiplies_the_least_by_all_the_next_by_one_less_and_never_falls():
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([])).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_keeps_the_order_and_lies_between_no_correction_and_bonferroni(values):
    p_values = np.array(values)
    corrected = holm(p_values)
    assert (corrected >= p_values).all()
    assert (corrected <= np.minimum(1, p_values * len(p_values)) + 1e-12).all()
    assert (np.diff(corrected[np.argsort(p_values, kind="stable")]) >= 0).all()
