from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alignkit.evaluate.parting import parting_line

LINES = [f"第{number}町に{number * 7}館目の図書館{'が開館' * (number % 3)}" for number in range(1, 30)]
REFERENCES = [(line, "別の見出し") for line in LINES]


@given(at=st.integers(0, 28), count=st.integers(1, 3))
def test_it_finds_where_lines_are_missing(at, count):
    left = LINES[:at] + LINES[at + count :]
    assert parting_line(left, REFERENCES) == at + 1


@given(at=st.integers(0, 29), count=st.integers(1, 3))
def test_it_finds_where_lines_are_too_many(at, count):
    assert parting_line(LINES[:at] + ["余計な行"] * count + LINES[at:], REFERENCES) == at + 1


def test_nothing_fits_an_empty_file():
    assert parting_line([], REFERENCES) == 1
