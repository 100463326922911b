from __future__ import annotations

import numpy as np

from alignkit.align.measures import TEXT_MEASURES, _plausible, measure_texts


def measured(en, ja, cosine):
    rows, columns = (grid.ravel() for grid in np.indices((len(en), len(ja))))
    values = measure_texts(en, ja, rows, columns, np.array(cosine, dtype=np.float32), None)
    return [dict(zip(TEXT_MEASURES, row, strict=True)) for row in values.tolist()]


def test_facts_are_counted_and_judged():
    (found,) = measured(["WHO: 3 dead, 5 hurt"], ["WHO「3人死亡」　9人けが"], [0.5])
    assert (found["numbers_conflict"], found["numbers_agree"]) == (1.0, 0.0)
    assert found["names_agree"] == 1.0
    assert found["matched_facts"] >= 2
    assert found["conflicting_facts"] == 1.0


def test_negations_turns_and_names_that_can_be_heard_are_counted():
    (found,) = measured(["Tokyo and Narazuki not to reopen last year"], ["東京、来年再開"], [0.5])
    assert (found["heard"], found["unheard"]) == (1.0, 1.0)
    assert (found["negations_en_more"], found["negations_ja_more"]) == (1.0, 0.0)
    assert (found["turns_matched"], found["turns_conflicting"], found["turns_left"]) == (0.0, 1.0, 1.0)


def test_only_candidates_about_as_close_as_the_closest_are_checked():
    near, far = measured(["3 dead", "3 dead in fire"], ["3人死亡"], [0.9, 0.1])
    assert near["numbers_agree"] == 1.0
    assert far["matched_facts"] == 0.0


def test_the_closest_of_each_japanese_headline_are_plausible():
    places = np.array([0, 0, 1, 0, 1])
    closeness = np.array([0.2, 0.9, 0.1, 0.8, 0.3])
    assert sorted(_plausible(places, closeness)) == [1, 2, 3, 4]
    assert len(_plausible(np.zeros(50, dtype=np.int64), np.ones(50))) < 20
