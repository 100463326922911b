from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.collect.files import format_of, read_file
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError, UsageError


def read(path, **options):
    items = list(read_file(path, **options))
    records = [item.fields for item in items if isinstance(item, Record)]
    rejects = [(item.row, item.reason) for item in items if isinstance(item, Reject)]
    return records, rejects


ROWS = [{"text": "First", "outlet": "A"}, {"text": "Second", "outlet": "B"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "text\toutlet\nFirst\tA\nSecond\tB\n"),
        ("a.csv", "text,outlet\r\nFirst,A\r\nSecond,B\r\n"),
        ("a.csv", "\ufeffHeadline,Publisher\nFirst,A\nSecond,B"),
        ("a.jsonl", '{"text": "First", "outlet": "A"}\n{"text": "Second", "outlet": "B", "mood": 3}\n'),
        ("a.json", json.dumps(ROWS)),
        ("a.ndjson", '{"title": "First", "outlet": "A"}\n{"sentence": "Second", "publisher": "B"}\n'),
    ],
)
def test_every_format_gives_the_same_records(write, name, content):
    assert read(write(name, content)) == (ROWS, [])


def test_parquet_gives_the_same_records_and_leaves_nulls_out(tmp_path):
    pl.DataFrame([*ROWS, {"text": "Third", "outlet": None}]).write_parquet(tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == ([*ROWS, {"text": "Third"}], [])


def test_plain_text_is_one_headline_a_line_whatever_the_line_ends(write):
    records, rejects = read(write("a.txt", "First\r\nSecond\n\nThird\r"))
    assert [record["text"] for record in records] == ["First", "Second", "Third"]
    assert rejects == [(3, "is empty")]


def test_a_language_code_names_the_text_column_of_a_parallel_table(write):
    path = write("parallel.tsv", "en\tja\nFirst\t第一\n")
    assert read(path, aliases=["ja"])[0] == [{"text": "第一"}]


def test_the_column_that_is_named_is_taken(write):
    path = write("a.csv", "text,ja_title\nno,はい\n")
    assert read(path, text_column="ja_title")[0] == [{"text": "はい"}]
    with pytest.raises(InputError, match="has no column 'headline'"):
        read(path, text_column="headline")


@pytest.mark.parametrize(("name", "content"), [("a.tsv", "id\tbody\n1\tx\n"), ("a.csv", "one\ntwo\n")])
def test_a_table_without_a_text_column_is_refused_with_the_columns_it_has(write, name, content):
    columns = ", ".join(content.split("\n")[0].split("\t"))
    with pytest.raises(InputError, match=rf"has no column 'text'.*Its columns are: {columns}"):
        read(write(name, content))


def test_bad_rows_cost_no_good_row(write):
    records, rejects = read(write("a.jsonl", '{"text": "First"}\n{"text": \n[1]\n{"body": "x"}\n\n{"text": "Last"}\n'))
    assert [record["text"] for record in records] == ["First", "Last"]
    assert [row for row, _ in rejects] == [2, 3, 4, 5]
    assert [reason.split(" (")[0] for _, reason in rejects] == [
        "is not JSON",
        "is neither an object nor a string",
        "has no column 'text'",
        "is empty",
    ]


def test_bytes_of_another_encoding_cost_their_row_only(write):
    path = write("a.txt", b"First\n" + b"caf\xe9\n" + "第三\nFourth é\n".encode())
    records, rejects = read(path)
    assert [record["text"] for record in records] == ["First", "第三", "Fourth é"]
    assert rejects == [(2, "has bytes that are not UTF-8")]


def test_too_many_fields_are_a_reject_and_too_few_are_nulls(write):
    records, rejects = read(write("a.csv", "text,outlet\nFirst,A,B\nSecond\n"))
    assert records == [{"text": "Second"}]
    assert rejects == [(2, "has 3 fields where the header has 2")]


@pytest.mark.parametrize(("name", "content"), [("a.parquet", b"PAR1 no"), ("a.json", b"{"), ("a.json", b'{"a": 1}')])
def test_files_that_are_not_what_they_are_called_are_refused(write, name, content):
    with pytest.raises(InputError, match=name):
        read(write(name, content))


def test_formats_are_told_by_name(tmp_path):
    assert format_of(tmp_path / "a.TSV.gz") == "tsv"
    assert format_of(tmp_path / "newstest.src.ja") == "lines"
    with pytest.raises(UsageError, match=r"of a format that is not read here: '\.xlsx'"):
        format_of(tmp_path / "a.xlsx")
