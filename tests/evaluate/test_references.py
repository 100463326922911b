from __future__ import annotations

import pytest

from alignkit.evaluate.metrics import METRICS
from alignkit.evaluate.references import ReferenceStudy, scores_by_count
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.statistics import extract
from evaluate.evaluation_samples import SYSTEMS, evaluation_set, many

CHRF = METRICS["chrf"]
OUTPUTS = list(SYSTEMS.values())


def study(references, outputs):
    return ReferenceStudy(references, outputs, "ja", EvaluationSettings())


def test_scores_are_broken_down_by_how_many_references_segments_have():
    test_set = evaluation_set()
    rows = scores_by_count(extract(CHRF, OUTPUTS, [test_set.references], "ja"), test_set.reference_counts)
    assert [(row.references, row.segments) for row in rows] == [(1, 2), (2, 2), (3, 2)]
    assert all(good > fair > poor for good, fair, poor in (row.scores for row in rows))


def test_more_references_make_higher_scores_of_the_same_segments():
    test_set, outputs = many(5)
    rows = study(test_set.references, list(outputs.values())).worth(CHRF)
    assert [(row.references, row.segments) for row in rows] == [(1, 10), (2, 10), (3, 10)]
    for system in range(3):
        scores = [row.scores[system] for row in rows]
        assert scores == sorted(scores)


def test_what_references_are_worth_is_not_told_from_a_handful_of_segments():
    assert study(evaluation_set().references, OUTPUTS).worth(CHRF) == ()


def test_a_reprint_is_scored_against_the_others_and_the_systems_against_the_same():
    references = [("北の島で強い地震", "強い地震、北の島で")]
    found = study(references, [["北の島で強い地震"], ["島"]]).ceiling(CHRF)
    assert found.segments == 1
    # chrF of one wording against the other, both ways round; the first system has one of them by heart.
    ways = [
        extract(CHRF, [[one]], [[(other,)]], "ja").scores[0, 0] for one, other in (references[0], references[0][::-1])
    ]
    assert found.people == pytest.approx(sum(ways) / 2)
    assert found.scores[0] == pytest.approx((100 + ways[0]) / 2)
    assert found.scores[1] < found.people


def test_the_same_words_in_two_papers_are_one_reference_to_the_study():
    assert study([("北の島で地震", "北の島で地震"), ("図書館",)], [["島", "図書館"]]).ceiling(CHRF) is None
