from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.delimited import read_csv, read_tsv

FIELDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
TABLES = st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=1, max_size=6)


def fields(lines) -> list[list[str]]:
    return [line.fields for line in lines]


@given(TABLES)
def test_whatever_python_writes_as_csv_is_read_back(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    assert fields(read_csv(buffer.getvalue().splitlines(keepends=True))) == rows


@given(TABLES)
def test_whatever_python_writes_as_fully_quoted_tsv_is_read_back(rows):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)
    assert fields(read_tsv(buffer.getvalue().splitlines(keepends=True))) == rows


def test_a_stray_quotation_mark_does_not_swallow_the_rows_after_it():
    lines = ["text,outlet\n", '"Miracle survivor found,A\n', "Second,B\n", "Third,C\n"]
    assert fields(read_csv(lines))[1:] == [['"Miracle survivor found', "A"], ["Second", "B"], ["Third", "C"]]


def test_quotation_marks_that_do_not_follow_the_rules_are_letters():
    assert fields(read_csv(["text\n", '"Miracle" survivor found\n']))[1] == ['"Miracle" survivor found']


def test_a_quoted_field_may_span_lines_and_lines_are_counted_right():
    lines = ["text,outlet\n", '"First\n', 'half",A\n', "Second,B\n"]
    assert [(line.number, line.fields) for line in read_csv(lines)][1:] == [
        (2, ["First\nhalf", "A"]),
        (4, ["Second", "B"]),
    ]


def test_quotation_marks_in_tsv_belong_to_the_headline():
    lines = ["text\toutlet\n", '"Miracle" survivor found\tA\n', '"All quoted"\tB\n', '"He said ""no"""\tC\n']
    assert [line.fields[0] for line in read_tsv(lines)][1:] == [
        '"Miracle" survivor found',
        '"All quoted"',
        'He said "no"',
    ]


def test_nothing_gives_nothing():
    assert fields(read_csv([])) == fields(read_tsv([])) == []
