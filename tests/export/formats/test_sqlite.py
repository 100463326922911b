from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from alignkit.errors import InputError
from alignkit.export.formats import EXPORTERS
from alignkit.schema import PAIRS
from export.formats.format_samples import PLAIN, headlines, pair, pairs, read_back

SQLITE = EXPORTERS["sqlite"]


@pytest.fixture
def database(tmp_path):
    """A connection to a database of six pairs."""
    SQLITE.write([pairs()], tmp_path / "pairs.sqlite", settings=PLAIN)
    with closing(sqlite3.connect(tmp_path / "pairs.sqlite")) as connection:
        yield connection


def test_columns_have_types_keys_and_explanations(database):
    columns = {name: (kind, required) for _, name, kind, required, _, _ in database.execute("PRAGMA table_info(pairs)")}
    assert list(columns) == PAIRS.schema.names()
    assert columns["en"] == ("TEXT", 1)
    assert columns["score"] == ("REAL", 1)
    assert columns["days_apart"] == ("REAL", 0)
    (definition,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'pairs'").fetchone()
    assert "en TEXT NOT NULL,  -- the English headline as published\n" in definition
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO pairs SELECT * FROM pairs")


@pytest.mark.parametrize("column", ["story_id", "en_id", "ja_published_at", "score"])
def test_what_is_searched_by_has_an_index(database, column):
    (plan,) = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM pairs WHERE {column} = 1").fetchall()  # noqa: S608
    assert f"USING INDEX pairs_by_{column}" in plan[3]


def test_dates_can_be_reckoned_with(database):
    query = "SELECT date(en_published_at, '+1 day'), typeof(score) FROM pairs WHERE en_published_at > '2031-05-12'"
    assert database.execute(query).fetchone() == ("2031-05-13", "real")


def test_headlines_are_a_table_of_their_own(tmp_path):
    SQLITE.write([headlines()], tmp_path / "headlines.db", settings=PLAIN)
    assert read_back(SQLITE, tmp_path / "headlines.db").equals(headlines())


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_what_is_no_such_database_is_refused(tmp_path, content):
    path = tmp_path / "a#b?.sqlite"
    if content is None:
        SQLITE.write([pairs(pair(ja="長" * 9000))], path, settings=PLAIN)
        content = path.read_bytes()[:8192]
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is not an SQLite database|has no table 'pairs' or 'headlines'"):
        read_back(SQLITE, path)
