from __future__ import annotations

import csv

import polars as pl
import pytest

from alignkit.errors import InputError, SchemaError
from alignkit.export.formats import EXPORTERS
from export.formats.format_samples import PLAIN, pair, pairs, read_back

CSV = EXPORTERS["csv"]


@pytest.fixture
def written(tmp_path):
    """The text of a file of six pairs, and a function that reads a file of changed text."""
    path = tmp_path / "pairs.csv"
    CSV.write([pairs()], path, settings=PLAIN)

    def _read(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_back(CSV, path)

    return path.read_text(), _read


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_other_readers_find_the_same_cells(name, separator, tmp_path):
    path = tmp_path / "pairs"
    EXPORTERS[name].write([pairs(pair(en='Mayor: "no"\nto dam, again', section=""))], path, settings=PLAIN)
    with path.open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream, delimiter=separator)
    assert row["en"] == 'Mayor: "no"\nto dam, again'
    assert row["en_published_at"] == "2031-05-12T12:00:00.123456Z"
    assert row["score"] == "0.875"
    assert row["section"] == row["wire_id"] == ""


def test_a_table_that_a_spreadsheet_saved_again_is_read(written):
    text, read = written
    windows = text.replace("\n", "\r\n").replace(".123456Z", ".123456+00:00") + "\r\n\r\n"
    assert read(f"\ufeff{windows}").equals(pairs())


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (("0.875", "0,875"), InputError, "row 1: has 26 fields where the header has 25"),
        (("0.875", '"0,875"'), SchemaError, "row 1, column 'score': is no number: '0,875'"),
        (("2031-05-12T", "12/05/2031 "), SchemaError, "row 1, column 'en_published_at': is no time"),
        (("Hibari", '"Hibari" '), InputError, "row 1: is not quoted by the rules"),
        (("Hibari", '"Hibari'), InputError, "row 1: is not quoted by the rules"),
    ],
    ids=["comma", "quoted comma", "date", "quotes", "open quote"],
)
def test_a_cell_that_cannot_be_read_is_named(written, change, error, message):
    text, read = written
    with pytest.raises(error) as caught:
        read(text.replace(*change, 1))
    assert message in str(caught.value)


def test_bytes_that_are_not_utf_8_are_named(written):
    text, read = written
    with pytest.raises(InputError, match="row 2: has bytes that are not UTF-8"):
        read(text.encode().replace("中央".encode(), b"\x92\x86", 1))


def test_a_file_of_nothing_is_no_table(written):
    _, read = written
    assert read("").columns == []
    assert read("a,b\n1,2\n").equals(pl.DataFrame({"a": ["1"], "b": ["2"]}))
