"""Export and import: what goes out of a store comes back the same."""

from __future__ import annotations

import json
import sqlite3

import polars as pl
import pytest

from alignkit.errors import InputError, StageError, UsageError
from alignkit.schema import HEADLINES
from alignkit.storage import read_table
from alignkit.store.headline_store import HeadlineStore
from alignkit.store.model import Counts
from alignkit.store.reading import Selection
from store.store_samples import NOON, URL, at, collect, content, fetch, row


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A store with revisions, rejects and a snapshot."""
    path = tmp_path_factory.mktemp("full") / "full.sqlite"
    collect(path)
    with HeadlineStore.open(path) as store:
        undated = [row("古い見出し", url=None, collected_at=None, published_at=at(-1)), row("A", lang="en", id="en1")]
        store.add(fetch(99, content=b"<rss/>"), undated)
        yield store


@pytest.fixture
def empty(tmp_path):
    with HeadlineStore.open(tmp_path / "empty.sqlite") as store:
        yield store


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
@pytest.mark.parametrize("revisions", [False, True])
def test_what_is_exported_is_imported_the_same(full, empty, tmp_path, suffix, revisions):
    out = tmp_path / f"out.{suffix}"
    table = full.headlines(revisions=revisions)
    assert full.export(out, selection=Selection(revisions=revisions)) == table.height
    counts = empty.import_(out)
    assert (counts.new, counts.new + counts.revised, counts.rejected) == (full.stats().headlines, table.height, 0)
    assert empty.headlines(revisions=revisions).equals(table)
    assert empty.import_(out).new == 0
    assert empty.headlines(revisions=revisions).equals(table)
    assert empty.stats().fetches == 1
    assert empty.verify() == []


def test_parquet_is_the_table_headlines_by_id(full, tmp_path):
    full.export(tmp_path / "out.parquet")
    table = read_table(HEADLINES, tmp_path / "out.parquet")
    assert table["id"].is_sorted()
    assert table.equals(full.headlines())


def test_json_lines_are_utf_8_with_times_as_iso_8601(empty, tmp_path):
    empty.add(fetch(), [row(published_at=NOON)])
    assert empty.export(tmp_path / "out.jsonl") == 1
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "最後の小学校" in text
    assert json.loads(text)["published_at"].startswith("2031-05-12T12:00:00")


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_an_empty_store_is_exported_empty(empty, tmp_path, suffix):
    assert empty.export(tmp_path / f"out.{suffix}") == 0
    assert (tmp_path / f"out.{suffix}").exists()


def test_another_store_is_imported_with_revisions_fetches_rejects_and_snapshots(full, empty):
    counts = empty.import_(full.path)
    assert (counts.new, counts.rejected) == (full.stats().headlines, 0)
    theirs, ours = content(full), content(empty)
    assert ours[:3] == theirs[:3]
    assert [fetched[2:] for fetched in ours[3]] == [fetched[2:] for fetched in theirs[3]]
    assert [reject[1:] for reject in ours[4]] == [reject[1:] for reject in theirs[4]]
    assert empty.snapshot(full.fetches()["sha256"].drop_nulls()[0]) == b"<rss/>"
    assert empty.verify() == []
    before = empty.stats()
    assert empty.import_(full.path).new == 0
    assert (empty.stats().revisions, empty.stats().fetches, empty.stats().rejects) == (
        before.revisions,
        before.fetches,
        before.rejects,
    )
    assert content(empty) == ours


def test_bad_lines_are_rejected_with_their_row_and_the_good_are_kept(empty, write):
    lines = [
        '\ufeff{"lang": "ja", "text": "良い見出し"}',
        "",
        "{",
        "[1]",
        '{"lang": "ja", "text": "\\ud800"}',
        '{"lang": "ja", "text": "別の見出し", "published_at": "12 May"}',
    ]
    file = write("lines.jsonl", "\n".join(lines).encode() + b'\n{"lang": "ja", "text": "\xff"}\n')
    assert empty.import_(file) == Counts(new=2, rejected=5)
    assert empty.headlines()["text"].sort().to_list() == ["別の見出し", "良い見出し"]
    assert empty.headlines()["collected_at"].to_list() == [None, None]
    assert empty.rejects()["row"].to_list() == [3, 4, 7, 5, 6]
    assert set(empty.rejects()["source"]) == {"lines.jsonl"}
    assert empty.import_(file) == Counts(unchanged=2, rejected=5)
    assert empty.stats().rejects == 5


def test_a_parquet_file_of_other_columns_is_taken_for_what_it_has(empty, tmp_path):
    pl.DataFrame({"lang": ["ja", "xx"], "text": ["見出し", "?"], "likes": [3, 4]}).write_parquet(
        tmp_path / "in.parquet"
    )
    assert empty.import_(tmp_path / "in.parquet") == Counts(new=1, rejected=2)
    assert empty.rejects()["column"].to_list() == ["likes", "lang"]
    pl.DataFrame({"title": ["見出し"]}).write_parquet(tmp_path / "other.parquet")
    with pytest.raises(InputError, match=r"'lang': is missing\. Columns found: title\."):
        empty.import_(tmp_path / "other.parquet")


def test_files_that_cannot_be_imported_are_refused(empty, write, tmp_path):
    for file, problem in (
        (tmp_path / "nothing.jsonl", "does not exist"),
        (tmp_path, "is a folder, not a file"),
        (write("lines.txt", "見出し"), "is neither Parquet, JSON Lines"),
        (write("empty.jsonl", ""), "is empty"),
        (write("cut.parquet", b"PAR1" + bytes(100)), "is not a Parquet file that can be read"),
        (write("cut.sqlite", b"SQLite format 3\0" + bytes(10)), "is "),
    ):
        with pytest.raises(InputError, match=problem) as refused:
            empty.import_(file)
        assert str(file) in str(refused.value)
    with pytest.raises(UsageError, match="is the store itself"):
        empty.import_(empty.path)


def test_a_damaged_store_is_not_imported(full, empty, tmp_path):
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(full.path.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE revisions SET fetch = 999 WHERE revision = 5")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="is damaged: row 5 of revisions names a row of fetches that is not there"):
        empty.import_(path)
    assert empty.stats().fetches == 0


def test_exports_that_make_no_sense_are_refused(empty, tmp_path):
    with pytest.raises(UsageError, match=r"End it with \.parquet or \.jsonl"):
        empty.export(tmp_path / "out.csv")
    with pytest.raises(UsageError, match="is the store itself"):
        empty.export(empty.path, "jsonl")
    (tmp_path / "file").touch()
    with pytest.raises(StageError, match="cannot be written"):
        empty.export(tmp_path / "file" / "out.parquet")


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_a_damaged_store_is_said_and_leaves_no_file(tmp_path, suffix):
    path, out = tmp_path / "store.sqlite", tmp_path / f"out.{suffix}"
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row(f"見出し {n}", url=f"{URL}{n}") for n in range(3000)])
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)
    with HeadlineStore.open(path, read_only=True) as store, pytest.raises(InputError, match="is damaged"):
        store.export(out)
    assert not out.exists()


def test_progress_is_told(full, empty, tmp_path):
    told = []
    full.export(tmp_path / "out.jsonl", progress=lambda *step: told.append(step))
    empty.import_(tmp_path / "out.jsonl", progress=lambda *step: told.append(step))
    assert [(task, done == total) for task, done, total in told] == [
        ("exporting", False),
        ("exporting", True),
        ("importing", False),
        ("importing", True),
    ]
