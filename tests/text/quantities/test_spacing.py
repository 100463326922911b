from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.quantities import read_quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("橋は 1820 年に開通", [("1820 年", "year", 1820)]),
        ("１８２０ 年に開通", [("１８２０ 年", "year", 1820)]),
        ("祭りは 7 月 26 日", [("7 月", "month", 7), ("26 日", "day", 26)]),
        ("5 月 3 日月曜に開通", [("5 月", "month", 5), ("3 日", "day", 3), ("月曜", "weekday", 1)]),
        ("観客 1500 万人", [("1500 万人", "count", 15_000_000)]),
        ("高さ (137 m) の橋", [("137 m", "length", 137)]),
    ],
)
def test_a_space_may_stand_before_a_counter(text, expected):
    assert [(one.text, one.kind, one.low) for one in read_quantities(text, "ja")] == expected


@pytest.mark.parametrize("text", ["新記録 28 日本勢", "開幕 3 月面着陸", "新記録の28 号外"])
def test_a_space_may_part_two_phrases(text):
    assert [(one.kind, one.unit) for one in read_quantities(text, "ja")] == [("count", "")]


@given(st.text("0123456789 ０１年月日人万mk、。「橋", max_size=24))
def test_spans_are_of_the_text_that_was_given(text):
    found = read_quantities(text, "ja")
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
