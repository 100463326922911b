from __future__ import annotations

import json
import os
import resource
import stat

import pytest

from alignkit.errors import InputError, SchemaError, StageError, UsageError
from alignkit.export.formats import EXPORTERS, WriteSettings, convert, exporter_for, reader_for
from export.formats.format_samples import PLAIN, headlines, pair, pairs, read_back

each_exporter = pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=list(EXPORTERS))


@pytest.fixture
def source(tmp_path):
    """A file of six pairs."""
    path = tmp_path / "from" / "pairs.parquet"
    write_parquet(pairs(), path)
    return path


def write_parquet(table, path):
    EXPORTERS["parquet"].write([table], path, settings=PLAIN)


@pytest.fixture(params=["data", "data/pairs"])
def build(tmp_path, request):
    """The folder of a build of ten pairs, with its dataset of one or of several tables."""
    table = pairs(*(pair(number) for number in range(10)))
    write_parquet(table, tmp_path / "build" / "pairs.parquet")
    data = tmp_path / "build" / "dataset" / request.param
    write_parquet(table[:3], data / "train-00000-of-00002.parquet")
    write_parquet(table[3:7], data / "train-00001-of-00002.parquet")
    write_parquet(table[7:8], data / "validation-00000-of-00001.parquet")
    write_parquet(table[8:], data / "test-00000-of-00001.parquet")
    write_parquet(headlines(), tmp_path / "build" / "dataset" / "data" / "headlines" / "test-00000-of-00001.parquet")
    return tmp_path / "build"


@each_exporter
def test_every_format_is_named_by_each_of_its_suffixes(exporter, tmp_path):
    for suffix in exporter.suffixes:
        assert exporter_for(tmp_path / f"pairs{suffix.upper()}") is exporter
        if exporter.readable:
            assert reader_for(tmp_path / f"pairs{suffix}") is exporter


@each_exporter
def test_every_format_can_be_written_and_read_back_if_it_says_so(exporter, source, tmp_path):
    target = tmp_path / "to" / f"pairs{exporter.suffixes[0]}"
    made = convert(source, target)
    assert (made.format_name, made.report.rows, made.rejects_file) == (exporter.name, 6, None)
    assert sorted(made.files) == sorted((tmp_path / "to").iterdir())
    if exporter.readable:
        convert(target, tmp_path / "again.jsonl")
        assert read_back(EXPORTERS["jsonl"], tmp_path / "again.jsonl").equals(pairs())


def test_a_folder_stands_for_its_pairs_or_its_dataset(build, tmp_path):
    def ids(source, **options):
        convert(source, tmp_path / "out.jsonl", force=True, **options)
        return [
            int(pair_id.removeprefix("p"))
            for pair_id in read_back(EXPORTERS["jsonl"], tmp_path / "out.jsonl")["pair_id"]
        ]

    assert ids(build) == ids(build / "dataset") == list(range(10))
    assert ids(build / "dataset", split="train") == [0, 1, 2, 3, 4, 5, 6]
    assert ids(build / "dataset", split="validation") == [7]
    assert ids(build, split="test") == [8, 9]


def test_rejects_are_written_beside_the_file_and_go_when_there_are_none(tmp_path):
    source, target = tmp_path / "pairs.jsonl", tmp_path / "pairs.tmx"
    EXPORTERS["jsonl"].write([pairs(pair(0), pair(1, en="bell \a"))], source, settings=PLAIN)
    made = convert(source, target)
    assert made.rejects_file == tmp_path / "pairs.tmx.rejects.jsonl"
    (reject,) = [json.loads(line) for line in made.rejects_file.read_text().splitlines()]
    assert (reject["file"], reject["row"], reject["column"], reject["dropped"]) == (str(source), 2, "en", "row")
    EXPORTERS["jsonl"].write([pairs()], source, settings=PLAIN)
    assert convert(source, target, force=True).rejects_file is None
    assert not (tmp_path / "pairs.tmx.rejects.jsonl").exists()


@each_exporter
def test_what_is_there_stays_unless_it_is_to_be_replaced(exporter, source, tmp_path):
    target = tmp_path / f"pairs{exporter.suffixes[0]}"
    for path in (*exporter.outputs(target), tmp_path / f"{target.name}.rejects.jsonl"):
        path.write_text("mine")
        with pytest.raises(UsageError, match=r"is there already\. Name another file, or replace it with --force"):
            convert(source, target)
        assert path.read_text() == "mine"
        assert convert(source, target, force=True).report.rows == 6
        for output in exporter.outputs(target):
            output.unlink()


def test_a_file_can_be_written_over_itself(source):
    convert(source, source, force=True)
    assert read_back(EXPORTERS["parquet"], source).equals(pairs())


@each_exporter
def test_a_file_that_finds_no_room_is_said_in_one_line_and_leaves_nothing(exporter, tmp_path):
    source = tmp_path / "many.parquet"
    table = pairs(*(pair(number, en=os.urandom(50).hex()) for number in range(2_000)))
    write_parquet(table, source)
    room, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(StageError) as caught:
            convert(source, tmp_path / "to" / f"pairs{exporter.suffixes[0]}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    assert "cannot be written (" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "to").iterdir()) == []


def test_a_file_gets_the_rights_of_any_new_file(source, tmp_path):
    convert(source, tmp_path / "pairs.csv")
    (tmp_path / "other").touch()
    assert stat.S_IMODE((tmp_path / "pairs.csv").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_progress_tells_of_rows(source, tmp_path):
    told = []
    convert(source, tmp_path / "pairs.csv", progress=lambda *steps: told.append(steps))
    assert told[-1] == ("writing", 6, 6)


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("pairs.docx", {}, "does not name a format to write. Known: jsonl (.jsonl .ndjson), csv (.csv), tsv"),
        ("pairs", {}, "does not name a format to write"),
        ("pairs.csv", {"format_name": "xlsx"}, "is no format that is written here: 'xlsx'. Known: jsonl, csv, tsv,"),
        ("pairs.tmx", {"settings": WriteSettings(bom=True)}, "the format tmx has no byte order mark"),
        ("pairs.csv", {"split": "test"}, "is a file, which has no splits"),
        ("from", {"format_name": "csv"}, "is a folder, not a file"),
    ],
)
def test_wrong_use_is_said(source, tmp_path, target, options, message):
    with pytest.raises(UsageError) as caught:
        convert(source, tmp_path / target, **options)
    assert message in str(caught.value)


def test_a_source_that_cannot_be_used_is_named(tmp_path, write):
    empty = tmp_path / "empty"
    empty.mkdir()
    few = write("few.jsonl", '{"pair_id": "p", "en": "Quake", "ja": "地震"}\n')
    two_columns = write("gold.csv", "en,ja\nQuake,地震\n")
    damaged = write("dataset/data/test-00000-of-00001.parquet", "damaged").parents[1]
    for path, options, error, message in (
        (tmp_path / "nowhere.csv", {}, InputError, "nowhere.csv: does not exist"),
        (
            write("pairs.xml", "<dataset/>"),
            {},
            UsageError,
            "does not name a format that is read here. Readable: .jsonl",
        ),
        (empty, {}, InputError, "holds no pairs.parquet and no dataset"),
        (damaged, {"split": "train"}, InputError, "holds no split 'train'"),
        (damaged, {}, InputError, "test-00000-of-00001.parquet: is not a Parquet file that can be read"),
        (few, {}, SchemaError, "few.jsonl, row 1, column 'story_id': is empty"),
        (two_columns, {}, SchemaError, "gold.csv: is no table of pairs or headlines. Columns found: en, ja."),
    ):
        with pytest.raises(error) as caught:
            convert(path, tmp_path / "out.csv", **options)
        assert message in str(caught.value)
    assert not (tmp_path / "out.csv").exists()


def test_headlines_go_to_formats_that_hold_them(tmp_path):
    EXPORTERS["sqlite"].write([headlines()], tmp_path / "headlines.db", settings=PLAIN)
    assert convert(tmp_path / "headlines.db", tmp_path / "headlines.csv").report.rows == 2
    with pytest.raises(SchemaError, match=r"headlines.db: is a table of headlines, where only pairs can be written"):
        convert(tmp_path / "headlines.db", tmp_path / "headlines.tmx")
