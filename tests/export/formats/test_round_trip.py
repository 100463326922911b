from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from alignkit.errors import SchemaError
from alignkit.export.formats import EXPORTERS, WriteSettings
from alignkit.schema import HEADLINES, PAIRS
from export.formats.format_samples import PLAIN, headlines, hostile_tables, pair, pairs, read_back

READERS = [exporter for exporter in EXPORTERS.values() if exporter.readable]
TABLE_READERS = [reader for reader in READERS if HEADLINES in reader.tables]
XML_CANNOT_HOLD = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"

each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
each_table_reader = pytest.mark.parametrize("reader", TABLE_READERS, ids=lambda reader: reader.name)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("round-trip") / "table"


@each_table_reader
@given(table=hostile_tables(PAIRS))
@settings(max_examples=20, deadline=None)
def test_whatever_pairs_hold_comes_back_as_it_was(reader, path, table):
    report = reader.write([table], path, settings=PLAIN)
    assert (report.rows, report.rejects) == (table.height, ())
    assert _same(reader, path, table)


@each_table_reader
@given(table=hostile_tables(HEADLINES))
@settings(max_examples=20, deadline=None)
def test_whatever_headlines_hold_comes_back_as_it_was(reader, path, table):
    reader.write([table], path, settings=PLAIN)
    assert _same(reader, path, table)


@pytest.mark.parametrize("name", ["tmx", "xliff"])
@given(table=hostile_tables(PAIRS))
@settings(max_examples=20, deadline=None)
def test_xml_gives_back_every_pair_that_xml_can_hold_and_names_the_others(name, path, table):
    exporter = EXPORTERS[name]
    bad = table.select(pl.any_horizontal(pl.col(pl.String).str.contains(XML_CANNOT_HOLD).fill_null(value=False)))
    good = table.filter(~bad.to_series())
    # A pair of which nothing is wrong goes first, since XLIFF holds one at least.
    whole = pl.concat([pairs(pair(pair_id="a first one, which no other is called")), table])
    report = exporter.write([whole], path, settings=PLAIN)
    assert report.rows == good.height + 1
    assert {reject.row - 2 for reject in report.rejects} == set(bad.to_series().arg_true())
    assert read_back(exporter, path)[1:].equals(good)


@each_reader
def test_it_does_not_matter_how_the_rows_are_cut(reader, tmp_path):
    whole = pairs()
    for number, cut in enumerate(([whole], [whole[:1], whole[1:1], whole[1:]], whole.iter_slices(1))):
        reader.write(cut, tmp_path / f"{number}", settings=PLAIN)
    assert all(read_back(reader, tmp_path / f"{number}").equals(whole) for number in range(3))


@each_reader
def test_very_long_text_comes_back(reader, tmp_path):
    table = pairs(pair(en="word, " * 50_000, ja="長" * 200_000))
    reader.write([table], tmp_path / "long", settings=PLAIN)
    assert read_back(reader, tmp_path / "long").equals(table)


@each_reader
def test_no_value_and_an_empty_text_are_told_apart(reader, tmp_path):
    table = pairs(pair(0, section=None), pair(1, section=""))
    reader.write([table], tmp_path / "empty", settings=PLAIN)
    assert read_back(reader, tmp_path / "empty")["section"].to_list() == [None, ""]


@each_table_reader
def test_a_table_without_rows_comes_back_as_one(reader, tmp_path):
    for table in (pairs()[:0], headlines()[:0]):
        assert reader.write([table], tmp_path / "none", settings=PLAIN).rows == 0
        frames = list(reader.read(tmp_path / "none"))
        if reader.name == "jsonl":  # which has no header: nothing is left of it
            assert frames == []
        else:
            assert pl.concat(frames).equals(table)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_byte_order_mark_is_written_when_asked_for_and_not_read_as_text(name, tmp_path):
    exporter = EXPORTERS[name]
    for table in (pairs(), headlines()):
        exporter.write([table], tmp_path / "bom", settings=WriteSettings(bom=True))
        assert (tmp_path / "bom").read_bytes().startswith(b"\xef\xbb\xbf")
        assert read_back(exporter, tmp_path / "bom").equals(table)


@each_reader
@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused_with_its_row_and_column(reader, tmp_path, wrong):
    for column in ("score", "margin"):
        frames = [pairs(), pairs(pair(6), pair(7, **{column: wrong}))]
        with pytest.raises(SchemaError, match=rf"row 8, column '{column}'") as caught:
            reader.write(frames, tmp_path / "wrong", settings=PLAIN)
        assert caught.value.row == 8
        assert list(tmp_path.iterdir()) == []


def _same(reader, path, table):
    frames = list(reader.read(path))
    return table.is_empty() if not frames else pl.concat(frames).equals(table)
