from __future__ import annotations

import polars as pl
import pytest

from alignkit.errors import InputError, SchemaError, StageError
from alignkit.schema import HEADLINES
from alignkit.storage import folder_hash, read_table, remove_leftovers, replacing_file, replacing_folder, write_table
from samples import headlines


class BrokenOffError(Exception):
    pass


def test_a_table_comes_back_as_it_was(tmp_path):
    write_table(headlines(), tmp_path / "new" / "headlines.parquet")
    assert read_table(HEADLINES, tmp_path / "new" / "headlines.parquet").equals(headlines())


def test_what_breaks_off_leaves_what_was_there(tmp_path):
    path, folder = tmp_path / "a.txt", tmp_path / "folder"
    path.write_text("before")
    folder.mkdir()
    (folder / "a.txt").write_text("before")
    with pytest.raises(BrokenOffError), replacing_file(path) as temporary:
        temporary.write_text("half")
        raise BrokenOffError
    with pytest.raises(BrokenOffError), replacing_folder(folder) as temporary:
        (temporary / "b.txt").write_text("half")
        raise BrokenOffError
    assert path.read_text() == (folder / "a.txt").read_text() == "before"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "folder"]


def test_leftovers_of_killed_runs_are_removed(tmp_path):
    (tmp_path / ".alignkit-tmp-x").write_text("half")
    (tmp_path / ".alignkit-tmp-y").mkdir()
    (tmp_path / "kept.txt").write_text("mine")
    remove_leftovers(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.txt"]


def test_files_that_cannot_be_read_or_written_are_named(tmp_path, write):
    with pytest.raises(InputError, match="does not exist"):
        read_table(HEADLINES, tmp_path / "nowhere.parquet")
    with pytest.raises(SchemaError, match="is not a Parquet file"):
        read_table(HEADLINES, write("a.parquet", "no"))
    pl.DataFrame({"text": ["x"]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(SchemaError, match=r"b.parquet, 'id': is missing"):
        read_table(HEADLINES, tmp_path / "b.parquet")
    with pytest.raises(StageError, match="cannot be written"):
        write_table(headlines(), write("file", "x") / "headlines.parquet")


def test_a_folders_hash_knows_names_and_contents(tmp_path):
    (tmp_path / "a").write_text("1")
    first = folder_hash(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = folder_hash(tmp_path)
    (tmp_path / "b").write_text("2")
    assert len({first, renamed, folder_hash(tmp_path)}) == 3
