from __future__ import annotations

import sqlite3

import pytest

from alignkit.errors import InputError, StageError
from alignkit.store import connection
from alignkit.store.headline_store import HeadlineStore
from store.store_samples import fetch, row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "headlines.sqlite"


def refusal(path, **how):
    with pytest.raises((InputError, StageError)) as refused, HeadlineStore.open(path, **how):
        pass
    return str(refused.value)


def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path, path):
    assert refusal(tmp_path) == f"{tmp_path}: is a folder, not a headline store"
    for how in ({"create": False}, {"read_only": True}):
        assert refusal(path, **how) == f"{path}: does not exist"
        assert not path.exists()
    path.write_text("町の話題\n" * 1000, encoding="utf-8")
    assert refusal(path) == f"{path}: is no headline store. Name an SQLite file that alignkit made."
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert f"{path}: is " in refusal(path)
    path.unlink()
    sqlite3.connect(path).executescript("CREATE TABLE notes (note)").close()
    before = path.read_bytes()
    assert refusal(path) == f"{path}: is an SQLite file, but no headline store"
    assert path.read_bytes() == before


def test_an_empty_file_is_a_store_that_was_not_begun(path):
    path.touch()
    for how in ({"create": False}, {"read_only": True}):
        assert "is empty, and no headline store" in refusal(path, **how)
    with HeadlineStore.open(path) as store:
        assert store.headlines().height == 0


def test_a_process_that_was_killed_while_it_began_a_store_is_no_trouble(path):
    begun = sqlite3.connect(path)
    begun.execute("PRAGMA journal_mode=WAL")
    begun.close()
    with HeadlineStore.open(path) as store:
        assert store.verify() == []


def test_folders_on_the_way_are_made(tmp_path):
    with HeadlineStore.open(tmp_path / "a" / "b" / "headlines.sqlite") as store:
        assert store.stats().headlines == 0
    blocked = tmp_path / "file"
    blocked.touch()
    assert "cannot be opened" in refusal(blocked / "headlines.sqlite")


def test_names_that_mean_something_in_an_address_are_just_names(tmp_path):
    path = tmp_path / "見出し?mode=memory#1 %41.sqlite"
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row()])
    with HeadlineStore.open(path, read_only=True) as store:
        assert store.headlines().height == 1


def test_a_store_of_a_newer_version_is_refused(path):
    with HeadlineStore.open(path) as store:
        store._connection.execute("PRAGMA user_version=99")
    message = "is of version 99; this alignkit knows versions up to 1. Install a newer alignkit."
    assert refusal(path) == refusal(path, read_only=True) == f"{path}: {message}"


def test_a_store_of_an_older_version_is_brought_up_to_date(path, monkeypatch):
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row()])
    scripts = [
        *connection.migrations(),
        "ALTER TABLE headlines ADD COLUMN note TEXT;\nUPDATE headlines SET note = ';';\n",
    ]
    monkeypatch.setattr(connection, "migrations", lambda: scripts)
    assert "is of version 1, older than 2" in refusal(path, read_only=True)
    with HeadlineStore.open(path) as store:
        assert store.stats().version == 2
        assert store._connection.execute("SELECT note FROM headlines").fetchall() == [(";",)]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path, monkeypatch):
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row()])
    bad = [*connection.migrations(), "DROP TABLE rejects;\nSELECT * FROM nowhere;\n"]
    with monkeypatch.context() as patched:
        patched.setattr(connection, "migrations", lambda: bad)
        assert "cannot be used (no such table: nowhere)" in refusal(path)
    with HeadlineStore.open(path) as store:
        assert store.stats().version == 1
        assert store.rejects().height == 0
