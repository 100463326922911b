"""Whether a store is whole: its file, its references, its ids and its snapshots."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Final

from alignkit.collect.headlines import derive_id
from alignkit.store.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_FINDINGS: Final = 20
"""How many findings of one kind are listed: a damaged file can have millions."""


def findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Give what is not as it must be, at most some of each kind; nothing if the store is whole."""
    for name, check in _CHECKS.items():
        try:
            for problem in islice(check(connection), _MOST_FINDINGS):
                yield Finding(name, problem)
        except sqlite3.DatabaseError as error:
            yield Finding(name, f"cannot be checked: {error}")


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (problem,) in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})"):
        if problem != "ok":
            yield str(problem)


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} names a row of {parent} that is not there"


def _currents(connection: sqlite3.Connection) -> Iterator[str]:
    query = """
        SELECT headlines.headline, revisions.headline
        FROM headlines JOIN revisions ON revision = current WHERE revisions.headline <> headlines.headline
    """
    for headline, other in connection.execute(query):
        yield f"headline {headline} has a text of headline {other} as its current one"


def _ids(connection: sqlite3.Connection) -> Iterator[str]:
    query = "SELECT id, lang, url, text FROM revisions JOIN headlines USING (headline) WHERE NOT id_given"
    for headline_id, lang, url, text in connection.execute(query):
        derived = derive_id({"lang": lang, "url": url, "text": text})
        if derived != headline_id:
            yield f"{headline_id} is not the id of its language, URL and text, which is {derived}"


def _snapshots(connection: sqlite3.Connection) -> Iterator[str]:
    for sha256, content in connection.execute("SELECT sha256, content FROM snapshots"):
        try:
            found = hashlib.sha256(zlib.decompress(content)).hexdigest()
        except zlib.error as error:
            yield f"{sha256} cannot be unpacked ({error})"
        else:
            if found != sha256:
                yield f"{sha256} holds bytes that have the hash {found}"


def _reservations(connection: sqlite3.Connection) -> Iterator[str]:
    for (fetch,) in connection.execute("SELECT fetch FROM fetches WHERE NOT json_valid(reservations)"):
        yield f"fetch {fetch} has reservations that are not JSON"


_CHECKS: Final[dict[str, Callable[[sqlite3.Connection], Iterator[str]]]] = {
    "file": _file,
    "references": _references,
    "current texts": _currents,
    "ids": _ids,
    "snapshots": _snapshots,
    "reservations": _reservations,
}
