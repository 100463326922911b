from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import alignkit
from alignkit.errors import InputError, UsageError
from alignkit.evaluate.agreement import HumanScores
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.stage import evaluate
from alignkit.evaluate.statistics import of_segment_scores
from evaluate.evaluation_samples import SYSTEMS, evaluation_set, many

QUICK = EvaluationSettings(metrics=("chrf",), resamples=200, trials=500)


def settings(**changes):
    return EvaluationSettings(**({"metrics": ("chrf",), "resamples": 200, "trials": 500} | changes))


@pytest.fixture(scope="module")
def result():
    """Three systems on 120 stories with one to three references."""
    test_set, outputs = many(20)
    return evaluate(test_set, outputs, settings(metrics=("bleu", "chrf"), tokenize="char"))


def test_systems_are_scored_compared_and_clustered(result):
    chrf = result.metrics[1]
    assert [score.system for score in chrf.ranked()] == ["good", "fair", "poor"]
    assert [score.standing.cluster for score in chrf.ranked()] == [1, 2, 3]
    assert all(score.low <= score.score <= score.high and score.spread is None for score in chrf.scores)
    first = chrf.comparisons[0]
    assert (first.first, first.second, first.told_apart) == ("good", "fair", True)
    assert first.difference == pytest.approx(chrf.scores[0].score - chrf.scores[1].score)
    assert first.low <= first.difference <= first.high
    assert first.holm_randomisation >= first.p_randomisation == 1 / 501
    assert first.wins == 1.0


def test_references_are_studied(result):
    chrf = result.metrics[1]
    assert [(row.references, row.segments) for row in chrf.by_count] == [(1, 40), (2, 40), (3, 40)]
    assert [row.references for row in chrf.worth] == [1, 2, 3]
    assert chrf.ceiling.segments == 80
    # Reprints say the same in words that differ more from each other than a good system's from theirs.
    assert chrf.ceiling.scores[1] < chrf.ceiling.people


def test_the_signature_says_what_was_done(result):
    assert result.metrics[0].statistics.signature.startswith("nrefs:var|case:mixed|eff:no|tok:char|smooth:exp|version:")
    assert result.signature == (
        "alignkit|refs:all|draws:1|segments:120|stories:120|bs:200|ar:500|seed:12345"
        f"|data:{result.test_set.fingerprint}|version:{alignkit.__version__}"
    )


def test_the_same_seed_gives_the_same_evaluation():
    test_set, outputs = many(2)
    one, other = (evaluate(test_set, outputs, settings(protocol="one", draws=3)).as_dict() for _ in range(2))
    assert one == other
    assert one != evaluate(test_set, outputs, settings(protocol="one", draws=3, seed=1)).as_dict()


def test_with_one_reference_each_the_score_is_the_mean_over_draws():
    found = evaluate(evaluation_set(), SYSTEMS, settings(protocol="one", draws=4))
    statistics = found.metrics[0].statistics
    assert statistics.scores.shape == (4, 3)
    assert found.metrics[0].scores[0].score == pytest.approx(statistics.scores[:, 0].mean())
    assert found.metrics[0].scores[0].spread == pytest.approx(statistics.scores[:, 0].std(ddof=1))
    assert statistics.signature.startswith("nrefs:1|")
    assert "|refs:one|draws:4|" in found.signature


def test_with_a_number_of_references_other_segments_are_left_out_and_said_to_be():
    found = evaluate(evaluation_set(), SYSTEMS, settings(protocol="k=3"))
    assert [segment.id for segment in found.test_set.segments] == ["s1", "s5"]
    assert found.systems[0].outputs == (SYSTEMS["good"][0], SYSTEMS["good"][4])
    assert (found.left_out, found.metrics[0].by_count) == (4, ())
    assert any("4 segments are left out" in warning for warning in found.warnings)


def test_metrics_from_elsewhere_are_compared_in_the_same_way():
    scores = np.array([[0.9, 0.8, 0.9, 0.9, 0.7, 0.8], [0.5] * 6, [0.1] * 6])
    imported = of_segment_scores("COMET", "imported:x", scores, higher_is_better=True)
    found = evaluate(evaluation_set(), SYSTEMS, settings(metrics=(), protocol="k=3"), imported=[imported])
    (metric,) = found.metrics
    assert metric.scores[0].score == pytest.approx(0.8)
    assert (metric.worth, metric.ceiling) == ((), None)
    with pytest.raises(InputError, match="COMET has scores for 3 systems and 6 segments"):
        evaluate(evaluation_set(), {"good": SYSTEMS["good"]}, QUICK, imported=[imported])


def test_metrics_are_compared_with_people():
    segments = np.array([[3.0] * 6, [2.0] * 6, [1.0] * 6])
    found = evaluate(evaluation_set(), SYSTEMS, settings(protocol="k=2"), human=HumanScores(segments.mean(1), segments))
    assert [(one.metric, one.level, one.kendall, one.pairs) for one in found.agreement] == [
        ("chrf", "system", 1.0, 3),
        ("chrf", "segment", 1.0, 12),
    ]


def test_what_is_to_be_known_first_is_said():
    outputs = {"good": SYSTEMS["good"], "same": SYSTEMS["good"], "gaps": ("", *SYSTEMS["good"][1:])}
    warnings = "\n".join(evaluate(evaluation_set(), outputs, settings(metrics=("chrf++",), trials=20)).warnings)
    for words in (
        "Segments have 1 to 3 references",
        "same has the same outputs as good.",
        "gaps has 1 empty outputs (the first is segment 1), scored as they are.",
        "chrF2++ counts words between spaces",
        "6 stories are few",
        "20 draws are too few for 3 pairs: corrected, the least p-value there can be is 0.14. Ask for at least 61.",
        "By chrF2++ no two systems can be told apart on 6 stories: differences of less than about",
    ):
        assert words in warnings


def test_wrong_settings_are_refused():
    with pytest.raises(UsageError, match="'--trials': is less than 1: 0"):
        settings(trials=0)
    with pytest.raises(UsageError, match="'--test': is no test: 't'"):
        settings(test="t")
    with pytest.raises(UsageError, match="'--metrics': is missing"):
        evaluate(evaluation_set(), SYSTEMS, settings(metrics=()))
    with pytest.raises(InputError, match="good: has 5 lines where the set 'trial' has 6"):
        evaluate(evaluation_set(), {"good": SYSTEMS["good"][:5]}, QUICK)


def test_the_package_itself_can_be_called():
    import alignkit.evaluate as package  # noqa: PLC0415 - it is the package that is under test

    found = package(evaluation_set(), SYSTEMS, QUICK)
    assert found.metrics[0].ranked()[0].system == "good"


def test_scoring_is_a_few_lines_of_python(write):
    source = write("test.en", "".join(f"{segment.source}\n" for segment in evaluation_set().segments))
    reference = write("test.ja", "".join(f"{texts[0]}\n" for texts in evaluation_set().references))
    outputs = [write(f"{name}.txt", "".join(f"{text}\n" for text in texts)) for name, texts in SYSTEMS.items()]
    script = f"{__file__.rpartition('/tests/')[0]}/scripts/score_mt_systems.py"
    done = subprocess.run(
        [sys.executable, script, source, reference, *outputs], capture_output=True, text=True, check=True
    )
    assert "BLEU" in done.stdout
    assert "tok:char" in done.stdout
