"""SQLite: one table, `pairs` or `headlines`, whose columns are explained in its own definition.

Times are text, in a form that SQLite's date functions read and that sorts by time.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar, Final

import polars as pl

from alignkit.errors import InputError
from alignkit.export.formats.cells import from_text, times_as_text
from alignkit.export.formats.checking import KNOWN_TABLES, CheckedFrames, table_with
from alignkit.export.formats.model import ROWS_AT_ONCE, OneFile
from alignkit.export.formats.writing import reading, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Column, Table

_INDEXED: Final = frozenset(
    {"story_id", "en_id", "ja_id", "wire_id", "en_published_at", "ja_published_at", "score"}
    | {"lang", "outlet", "url", "published_at"}
)

_CACHE_KIBIBYTES: Final = 64 * 1024


class Sqlite(OneFile):
    """Tables as SQLite databases."""

    name: ClassVar[str] = "sqlite"
    suffixes: ClassVar[tuple[str, ...]] = (".sqlite", ".sqlite3", ".db")
    tables: ClassVar[tuple[Table, ...]] = KNOWN_TABLES
    readable: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write a table; its indexes are made when all rows are there."""
        checked = CheckedFrames(frames, self.tables)
        table = checked.table
        with whole_file(path) as temporary, closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
            # A file that is not complete is thrown away as a whole, so it needs no journal.
            connection.execute("PRAGMA journal_mode=OFF")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("BEGIN")
            connection.execute(_definition(table))
            marks = ", ".join("?" * len(table.columns))
            for batch in checked:
                rows = times_as_text(batch.frame).iter_rows()
                connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608 - own names
            for name in table.schema:
                if name in _INDEXED:
                    connection.execute(f"CREATE INDEX {table.name}_by_{name} ON {table.name} ({name})")
            connection.execute("COMMIT")
        return checked.report()

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read a table back: `pairs` if the database has it, else `headlines`."""
        with reading(path):
            pass
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                yield from _read(connection, path)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise InputError(f"is not an SQLite database that can be read ({error})", path=path) from None


def _read(connection: sqlite3.Connection, path: Path) -> Iterator[pl.DataFrame]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    name = next((table.name for table in KNOWN_TABLES if table.name in there), None)
    if name is None:
        found = ", ".join(sorted(there)) or "none"
        raise InputError("has no table 'pairs' or 'headlines'", path=path, remedy=f"Tables found: {found}.")
    cursor = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")  # noqa: S608 - a name of ours
    columns = [column for column, *_ in cursor.description]
    table = table_with(columns)
    numbers = {column for column, dtype in table.schema.items() if dtype == pl.Float64} if table else set()
    schema = {column: pl.Float64() if column in numbers else pl.String() for column in columns}
    passed = 0
    while (rows := cursor.fetchmany(ROWS_AT_ONCE)) or not passed:
        # Not strict: a database from elsewhere may have a whole number in a column of text.
        frame = pl.DataFrame(rows, schema=schema, orient="row", strict=False)
        yield from_text(frame, table, path=path, passed=passed)
        if not rows:
            return
        passed += len(rows)


def _definition(table: Table) -> str:
    lines = [_column_definition(column) for column in table.columns]
    # The comment ends the line, so that the comma goes before it.
    columns = "\n".join(f"  {definition},  -- {meaning}" for definition, meaning in lines)
    return f"CREATE TABLE {table.name} (\n{columns}\n  PRIMARY KEY ({', '.join(table.key)})\n) STRICT"


def _column_definition(column: Column) -> tuple[str, str]:
    kind = "REAL" if column.dtype == pl.Float64 else "TEXT"
    allowed = ", ".join(f"'{value}'" for value in column.allowed or ())
    check = f" CHECK ({column.name} IN ({allowed}))" if allowed else ""
    meaning = " ".join(column.meaning.split())
    return f"{column.name} {kind}{'' if column.nullable else ' NOT NULL'}{check}", meaning
