"""Headlines brought into a store from Parquet, from JSON Lines, or from another store."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import polars as pl

from alignkit.collect.record import Reject
from alignkit.errors import InputError, quoted
from alignkit.schema import HEADLINES
from alignkit.storage import file_hash
from alignkit.store.checks import findings
from alignkit.store.connection import SQLITE_MAGIC, transaction, translating
from alignkit.store.model import Counts, Fetch, as_time
from alignkit.store.provenance import add_fetch, add_rejects, add_snapshot, find_fetch
from alignkit.store.reading import as_fetch
from alignkit.store.rows import RowChecker, Sighting
from alignkit.store.writing import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.progress import Progress

ImportFormat = Literal["parquet", "jsonl", "store"]

_PER_TRANSACTION: Final = 20_000
_PARQUET_MAGIC: Final = b"PAR1"
_TASK: Final = "importing"


def format_of_import(path: Path) -> ImportFormat:
    """Tell by a file's first bytes, or for JSON Lines by its name, what it is.

    Raises:
        InputError: The file is not there, cannot be read, or is of no format that is read here.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(len(SQLITE_MAGIC))
    except FileNotFoundError:
        raise InputError("does not exist", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path=path) from None
    if start == SQLITE_MAGIC:
        return "store"
    if start.startswith(_PARQUET_MAGIC):
        return "parquet"
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        return "jsonl"
    raise InputError(
        "is neither Parquet, JSON Lines (.jsonl) nor a headline store",
        path=path,
        remedy="'alignkit collect' makes Parquet of other files.",
    )


def import_rows(connection: sqlite3.Connection, path: Path, file_format: ImportFormat, progress: Progress) -> Counts:
    """Bring in the rows of a Parquet or JSON Lines file, some a transaction; what cannot be kept becomes rejects.

    Raises:
        InputError: The file as a whole cannot be read.
    """
    fetch = Fetch("import", path.name, dt.datetime.now(dt.UTC), sha256=file_hash(path))
    total, chunks = _parquet_chunks(path) if file_format == "parquet" else _jsonl_chunks(path)
    with transaction(connection):
        number = find_fetch(connection, fetch, at_any_time=True) or add_fetch(connection, fetch, None)
    checker = RowChecker(fetch, number)
    counts = Counts()
    progress(_TASK, 0, total)
    for items, done in chunks:
        with transaction(connection):
            writer = Writer(connection, None)
            rows = ((row, {"collected_at": None} | item) for row, item in items if not isinstance(item, Reject))
            writer.write(checker.check(rows))
            unread = [item for _, item in items if isinstance(item, Reject)]
            rejects = [(number, reject) for reject in unread + checker.rejects] + writer.rejects
            add_rejects(connection, rejects)
        checker.rejects.clear()
        counts += replace(writer.counts, rejected=len(rejects))
        progress(_TASK, done, total)
    return counts


@dataclass(frozen=True)
class Other:
    """A store that is read from."""

    path: Path
    connection: sqlite3.Connection

    def rows(self, query: str, *, at_once: int = _PER_TRANSACTION) -> Iterator[list[tuple[Any, ...]]]:
        """Give what a query finds, some rows at a time; errors name this store."""
        with translating(self.path):
            cursor = self.connection.execute(query)
        while True:
            with translating(self.path):
                rows = cursor.fetchmany(at_once)
            if not rows:
                return
            yield rows


def import_store(connection: sqlite3.Connection, other: Other, progress: Progress) -> Counts:
    """Bring in another store: its headlines with all their texts, its fetches, rejects and snapshots; not its runs.

    Raises:
        InputError: The other store is damaged.
    """
    with translating(other.path):
        if (found := next(findings(other.connection), None)) is not None:
            remedy = "Export what can still be read, and import that."
            raise InputError(f"is damaged: {found.problem}", path=other.path, remedy=remedy)
    numbers = _import_fetches(connection, other)
    for ((sha256, content),) in other.rows("SELECT sha256, content FROM snapshots", at_once=1):
        with transaction(connection):
            add_snapshot(connection, sha256, content)
    query = 'SELECT fetch, row, reason, "column", value, dropped, file FROM rejects ORDER BY reject'
    for rows in other.rows(query):
        with transaction(connection):
            add_rejects(connection, [(numbers[row[0]], Reject(*row[1:])) for row in rows])
    return _import_revisions(connection, other, numbers, progress)


def _import_fetches(connection: sqlite3.Connection, other: Other) -> dict[int, int]:
    """Bring in fetches that are not there, and give their numbers here by their numbers there."""
    numbers: dict[int, int] = {}
    query = "SELECT fetch, collector, source, fetched_at, status, sha256, reservations FROM fetches ORDER BY fetch"
    for rows in other.rows(query):
        with transaction(connection):
            for row in rows:
                fetch = as_fetch(*row[1:])
                found = find_fetch(connection, fetch, at_any_time=False)
                numbers[row[0]] = found or add_fetch(connection, fetch, None)
    return numbers


def _import_revisions(
    connection: sqlite3.Connection, other: Other, numbers: dict[int, int], progress: Progress
) -> Counts:
    (((total,),),) = other.rows("SELECT count(*) FROM revisions")
    names = HEADLINES.schema.names()
    tables = "revisions JOIN headlines USING (headline)"
    query = f"SELECT {', '.join(names)}, fetch, first_seen, last_seen FROM {tables} ORDER BY revision"  # noqa: S608 - own names
    counts, done = Counts(), 0
    checker = RowChecker(Fetch("import", "store", dt.datetime.now(dt.UTC)), 0)
    progress(_TASK, 0, total)
    for rows in other.rows(query):
        with transaction(connection):
            writer = Writer(connection, None)
            checked = checker.check(
                (place, _with_times(dict(zip(names, row, strict=False)))) for place, row in enumerate(rows)
            )
            writer.write(_placed(sighting, rows[sighting.row], numbers) for sighting in checked)
            rejects = [(numbers[rows[reject.row or 0][-3]], reject) for reject in checker.rejects] + writer.rejects
            add_rejects(connection, rejects)
        checker.rejects.clear()
        counts += replace(writer.counts, rejected=len(rejects))
        done += len(rows)
        progress(_TASK, done, total)
    return counts


def _placed(sighting: Sighting, row: tuple[int, ...], numbers: dict[int, int]) -> Sighting:
    fetch, first_seen, last_seen = row[-3:]
    return sighting._replace(fetch=numbers[fetch], first_seen=first_seen, last_seen=last_seen)


def _with_times(row: dict[str, object]) -> dict[str, object]:
    for name in ("published_at", "collected_at"):
        if isinstance(value := row[name], int):
            row[name] = as_time(value)
    return row


_Item: TypeAlias = "tuple[int, dict[str, object] | Reject]"
_Chunks: TypeAlias = "Iterator[tuple[list[_Item], int]]"
"""Numbered rows, some at a time, with how far the file has been read by then."""


def _parquet_chunks(path: Path) -> tuple[int, _Chunks]:
    try:
        scan = pl.scan_parquet(path, glob=False)
        columns = scan.collect_schema().names()
        total = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"is not a Parquet file that can be read ({error})", path=path) from None
    if missing := {"lang", "text"} - set(columns):
        raise InputError("is missing", path=path, column=min(missing), remedy=f"Columns found: {', '.join(columns)}.")
    return total, _parquet_slices(path, scan, total)


def _parquet_slices(path: Path, scan: pl.LazyFrame, total: int) -> _Chunks:
    for start in range(0, total, _PER_TRANSACTION):
        try:
            rows = scan.slice(start, _PER_TRANSACTION).collect().to_dicts()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InputError(f"cannot be read on from row {start + 1:,} ({error})", path=path) from None
        yield list(enumerate(rows, start + 1)), start + len(rows)


def _jsonl_chunks(path: Path) -> tuple[int, _Chunks]:
    if (size := path.stat().st_size) == 0:
        raise InputError("is empty", path=path)
    return size, _jsonl_lines(path)


def _jsonl_lines(path: Path) -> _Chunks:
    with path.open("rb") as stream:
        lines = enumerate(stream, 1)
        while chunk := list(islice(lines, _PER_TRANSACTION)):
            yield [(number, _from_json(number, line)) for number, line in chunk if line.strip()], stream.tell()


def _from_json(number: int, line: bytes) -> dict[str, object] | Reject:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        return Reject(number, f"is not JSON in UTF-8 ({error})", value=quoted(line.decode("utf-8", "replace").strip()))
    return value if isinstance(value, dict) else Reject(number, "is no JSON object", value=quoted(value))
