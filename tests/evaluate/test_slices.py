from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alignkit.evaluate.fidelity import measure_fidelity
from alignkit.evaluate.metrics import METRICS
from alignkit.evaluate.slices import slice_rows, slices
from alignkit.evaluate.statistics import extract
from alignkit.evaluate.systems import SystemOutput
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

OUTLETS = ("north.example", "south.example")


def sliced_set():
    """The samples, with outlets of references, sections and days."""
    segments = []
    for place, segment in enumerate(evaluation_set().segments):
        references = tuple(
            replace(reference, outlet=OUTLETS[at % 2], relation="equivalent")
            for at, reference in enumerate(segment.references)
        )
        known = {"section": "news" if place % 2 else "sport", "published_at": f"20{30 + place % 2}-05-01"}
        segments.append(replace(segment, references=references, attributes=known))
    return replace(evaluation_set(), segments=tuple(segments))


@pytest.fixture(scope="module")
def found():
    test_set = sliced_set()
    statistics = extract(METRICS["chrf"], list(SYSTEMS.values()), [test_set.references], "ja")
    fidelity = measure_fidelity(test_set, [SystemOutput(name, outputs) for name, outputs in SYSTEMS.items()])
    return statistics, slices(test_set, [statistics], fidelity)


def test_the_set_is_sliced_by_what_tells_segments_apart(found):
    _, parts = found
    by = {(part.by, part.value): part for part in parts}
    assert by["section", "news"].segments == by["section", "sport"].segments == 3
    assert by["year", "2030"].segments == 3
    # A story is in the slice of every outlet that reprinted it.
    assert [by["outlet", outlet].segments for outlet in OUTLETS] == [6, 4]
    assert [part.value for part in parts if part.by == "references"] == ["1", "2", "3"]
    assert [part.value for part in parts if part.by == "source length"] == ["short", "medium", "long"]
    assert by["has number", "yes"].segments == 4
    # All are equivalent: there is nothing to slice by.
    assert not any(part.by == "relation" for part in parts)
    assert all(part.is_small for part in parts)


def test_a_slice_has_the_corpus_score_of_its_segments(found):
    statistics, parts = found
    part = next(part for part in parts if (part.by, part.value) == ("section", "news"))
    expected = statistics.score_of(np.arange(6) % 2 == 1).tolist()
    assert part.scores == {"chrF2": tuple(expected)}
    assert part.kept["numbers"][0] == 1.0
    row = slice_rows(part, list(SYSTEMS))[0]
    assert (row["system"], row["measure"], row["score"]) == ("good", "chrF2", expected[0])
    assert part.as_dict(list(SYSTEMS))["scores"]["chrF2"]["good"] == expected[0]


def test_without_fidelity_there_are_scores_alone():
    parts = slices(sliced_set(), [])
    assert parts
    assert all(not part.kept and not part.scores for part in parts)
