"""Where headlines came from, as it is written: fetches, raw answers, and what could not be kept of them."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Final

from alignkit.store.model import as_time, microseconds, storable

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable

    from alignkit.collect.record import Reject
    from alignkit.store.model import Fetch

_ADD_REJECT: Final = """
INSERT INTO rejects (fetch, file, row, "column", value, reason, dropped)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (
    SELECT 1 FROM rejects
    WHERE fetch = ?1 AND file = ?2 AND row IS ?3 AND "column" IS ?4 AND value IS ?5 AND reason = ?6
)
"""


def add_fetch(connection: sqlite3.Connection, fetch: Fetch, run: int | None) -> int:
    """Write a fetch, and its content if it has any, and give its number."""
    cursor = connection.execute(
        "INSERT INTO fetches (run, collector, source, fetched_at, status, sha256, reservations) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            run,
            storable(fetch.collector),
            storable(fetch.source),
            microseconds(fetch.fetched_at),
            fetch.status,
            fetch.sha256,
            json.dumps(list(fetch.reservations)),
        ),
    )
    if fetch.content is not None:
        add_snapshot(connection, fetch.sha256 or "", zlib.compress(fetch.content))
    return int(cursor.lastrowid or 0)


def find_fetch(connection: sqlite3.Connection, fetch: Fetch, *, at_any_time: bool) -> int | None:
    """Give the number of a fetch of the same source and content, or None."""
    found = connection.execute(
        """
        SELECT fetch FROM fetches
        WHERE source = ? AND collector = ? AND sha256 IS ? AND (? OR fetched_at = ?) ORDER BY fetch LIMIT 1
        """,
        (
            storable(fetch.source),
            storable(fetch.collector),
            fetch.sha256,
            at_any_time,
            microseconds(fetch.fetched_at),
        ),
    ).fetchone()
    return None if found is None else int(found[0])


def last_fetched(connection: sqlite3.Connection, source: str) -> dt.datetime | None:
    """Give when an address was last fetched with success (UTC), or None."""
    query = "SELECT max(fetched_at) FROM fetches WHERE source = ? AND status BETWEEN 200 AND 299"
    (found,) = connection.execute(query, (storable(source),)).fetchone()
    return None if found is None else as_time(found)


def add_snapshot(connection: sqlite3.Connection, sha256: str, compressed: bytes) -> None:
    """Write raw bytes that zlib compressed, unless they are there."""
    connection.execute("INSERT OR IGNORE INTO snapshots (sha256, content) VALUES (?, ?)", (sha256, compressed))


def add_rejects(connection: sqlite3.Connection, rejects: Iterable[tuple[int, Reject]]) -> None:
    """Write rejects with their fetches' numbers, each once a fetch."""
    connection.executemany(_ADD_REJECT, [(fetch, *_as_row(reject)) for fetch, reject in rejects])


def _as_row(reject: Reject) -> tuple[object, ...]:
    texts = [None if text is None else storable(text) for text in (reject.column, reject.value, reject.reason)]
    return storable(reject.file), reject.row, *texts, reject.dropped
