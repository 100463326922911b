"""What is read from a store: headlines as the table `headlines`, and where they came from."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import InputError, UsageError
from alignkit.schema import HEADLINES, LANGUAGES
from alignkit.store.model import Fetch, Revision, Stats, as_time, microseconds

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_OF_REVISION: Final = frozenset({"id", "text", "collector", "collected_at", "source"})
_TIMES: Final = ("published_at", "collected_at")
_RAW_SCHEMA: Final = pl.Schema(
    {name: pl.Int64() if name in _TIMES else dtype for name, dtype in HEADLINES.schema.items()}
)
_COLUMNS: Final = ", ".join(
    f"{'revisions' if name in _OF_REVISION else 'headlines'}.{name}" for name in HEADLINES.schema.names()
)
_OF_FETCH: Final = "collector, source, fetched_at, status, sha256, reservations"
_FETCHES_SCHEMA: Final = {
    "fetch": pl.Int64(),
    "run": pl.Int64(),
    "collector": pl.String(),
    "source": pl.String(),
    "fetched_at": pl.Int64(),
    "status": pl.Int64(),
    "sha256": pl.String(),
    "reservations": pl.String(),
}
_REJECTS_SCHEMA: Final = {
    "fetch": pl.Int64(),
    "file": pl.String(),
    "source": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "dropped": pl.String(),
}


@dataclass(frozen=True)
class Selection:
    """Which headlines are read.

    Attributes:
        since: Only those published at this time or later, or collected where it is not known when they were published.
        until: Only those before this time.
        outlets: Only those of these outlets; None for all.
        langs: Only those in these languages; None for all.
        revisions: Whether texts that a headline no longer has are given too.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    outlets: Sequence[str] | None = None
    langs: Sequence[str] | None = None
    revisions: bool = False

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            time = getattr(self, name)
            if time is not None and time.tzinfo is None:
                raise UsageError("has no time zone", column=name, value=str(time))
        for lang in self.langs or ():
            if lang not in LANGUAGES:
                raise UsageError("is neither en nor ja", column="langs", value=lang)

    def query(self) -> tuple[str, list[object]]:
        """Give the query for the table `headlines`, times as numbers, by id, and its parameters."""
        conditions, parameters = ["TRUE"], list[object]()
        if not self.revisions:
            conditions.append("headlines.current = revisions.revision")
        for operator, time in ((">=", self.since), ("<", self.until)):
            if time is not None:
                conditions.append(f"coalesce(headlines.published_at, revisions.collected_at) {operator} ?")
                parameters.append(microseconds(time))
        for column, values in (("outlet", self.outlets), ("lang", self.langs)):
            if values is not None:
                conditions.append(f"headlines.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - own names
                parameters.append(json.dumps(list(values)))
        # CROSS JOIN: by the index of ids, so that nothing has to be sorted.
        tables = "revisions CROSS JOIN headlines USING (headline)"
        query = f"SELECT {_COLUMNS} FROM {tables} WHERE {' AND '.join(conditions)} ORDER BY revisions.id"  # noqa: S608 - own names; values are parameters
        return query, parameters


def count(connection: sqlite3.Connection, selection: Selection) -> int:
    """Say how many headlines, or with `revisions` how many texts, are selected."""
    query, parameters = selection.query()
    (number,) = connection.execute(f"SELECT count(*) FROM ({query})", parameters).fetchone()  # noqa: S608 - as above
    return int(number)


def iter_frames(connection: sqlite3.Connection, selection: Selection, batch: int) -> Iterator[pl.DataFrame]:
    """Give the table `headlines` by id, in frames of as many rows as `batch` says; none if there is no headline."""
    cursor = connection.execute(*selection.query())
    while rows := cursor.fetchmany(batch):
        yield _with_times(pl.DataFrame(rows, schema=_RAW_SCHEMA, orient="row"), _TIMES)


def fetches(connection: sqlite3.Connection) -> pl.DataFrame:
    """Give all fetches, in the order they were added."""
    rows = connection.execute(f"SELECT fetch, run, {_OF_FETCH} FROM fetches ORDER BY fetch").fetchall()  # noqa: S608 - own names
    return _with_times(pl.DataFrame(rows, schema=_FETCHES_SCHEMA, orient="row"), ("fetched_at",))


def rejects(connection: sqlite3.Connection) -> pl.DataFrame:
    """Give all rejects with their fetches' sources, in the order they were added."""
    query = """
        SELECT fetch, file, source, row, "column", value, reason, dropped
        FROM rejects JOIN fetches USING (fetch) ORDER BY reject
    """
    return pl.DataFrame(connection.execute(query).fetchall(), schema=_REJECTS_SCHEMA, orient="row")


def history(connection: sqlite3.Connection, headline_id: str) -> list[Revision]:
    """Give all texts of the headline that has an id or had it, the one seen first at first."""
    query = f"""
        SELECT id, text, first_seen, last_seen, current = revision, {", ".join(f"fetches.{name}" for name in _OF_FETCH.split(", "))}
        FROM revisions JOIN headlines USING (headline) JOIN fetches USING (fetch)
        WHERE headline = (SELECT headline FROM revisions WHERE id = ?) ORDER BY first_seen, revision
    """  # noqa: S608 - own names
    return [
        Revision(number, row[0], row[1], as_time(row[2]), as_time(row[3]), bool(row[4]), as_fetch(*row[5:]))
        for number, row in enumerate(connection.execute(query, (headline_id,)), 1)
    ]


def as_fetch(
    collector: str, source: str, fetched_at: int, status: int | None, sha256: str | None, reservations: str
) -> Fetch:
    """Give a row of the table `fetches` as what was put in."""
    return Fetch(collector, source, as_time(fetched_at), status, sha256, tuple(json.loads(reservations)))


def snapshot(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """Give the raw bytes that have a hash, or None if they were not kept."""
    found = connection.execute("SELECT content FROM snapshots WHERE sha256 = ?", (sha256,)).fetchone()
    try:
        return None if found is None else zlib.decompress(found[0])
    except zlib.error as error:
        raise InputError(f"is damaged ({error})", path="snapshot", value=sha256) from None


def stats(connection: sqlite3.Connection, path: Path) -> Stats:
    """Say how much a store holds."""

    def one(query: str) -> tuple[int, ...]:
        found: tuple[int, ...] = connection.execute(query).fetchone()
        return found

    by_lang = dict(connection.execute("SELECT lang, count(*) FROM headlines GROUP BY lang ORDER BY lang"))
    by_outlet = dict(
        connection.execute("SELECT coalesce(outlet, ''), count(*) AS n FROM headlines GROUP BY 1 ORDER BY n DESC, 1")
    )
    first, last = one("SELECT min(published_at), max(published_at) FROM headlines")
    runs, finished = one("SELECT count(*), count(finished_at) FROM runs")
    snapshots, snapshot_bytes = one("SELECT count(*), coalesce(sum(length(content)), 0) FROM snapshots")
    return Stats(
        headlines=sum(by_lang.values()),
        revisions=one("SELECT count(*) FROM revisions")[0],
        by_lang=by_lang,
        by_outlet=by_outlet,
        first_published=None if first is None else as_time(first),
        last_published=None if last is None else as_time(last),
        runs=runs,
        unfinished_runs=runs - finished,
        fetches=one("SELECT count(*) FROM fetches")[0],
        rejects=one("SELECT count(*) FROM rejects")[0],
        snapshots=snapshots,
        snapshot_bytes=snapshot_bytes,
        file_bytes=file_bytes(path),
        version=one("PRAGMA user_version")[0],
    )


def file_bytes(path: Path) -> int:
    """Give what a store takes up, its write-ahead log included."""
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _with_times(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    return frame.with_columns(pl.col(names).cast(pl.Datetime("us", "UTC")))
