"""Runs: what one collection has done so far, so that it goes on where it was stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from alignkit.errors import StageError
from alignkit.store.connection import transaction
from alignkit.store.model import as_time, microseconds, storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


@dataclass(frozen=True)
class Run:
    """One collection with one set of settings, from `HeadlineStore.begin_run` to `HeadlineStore.finish_run`.

    Attributes:
        number: Its number in the store.
        key: What tells its settings from others.
        begun_at: When it was begun, UTC.
        continued: Whether it goes on where an earlier process was stopped.
        state: Looks up whether a unit is done, and if not how far it has come.
    """

    number: int
    key: str
    begun_at: dt.datetime
    continued: bool
    state: Callable[[str], tuple[bool, int | None]] = field(repr=False, compare=False)

    def done(self, unit: str) -> bool:
        """Say whether a unit (a URL or a file) was added whole in this run."""
        return self.state(unit)[0]

    def position(self, unit: str) -> int | None:
        """Give how far a unit was added that is not done; None if it is done or was not begun."""
        return self.state(unit)[1]


@dataclass(frozen=True)
class Begun:
    """A run as it stands in the store, with the lock that keeps other processes from it."""

    number: int
    begun_at: dt.datetime
    continued: bool
    lock: FileLock


def begin(connection: sqlite3.Connection, path: Path, key: str) -> Begun:
    """Continue the unfinished run that has a key, or begin one.

    Raises:
        StageError: Another process is at it.
    """
    while True:
        with transaction(connection):
            query = "SELECT run, begun_at FROM runs WHERE key = ? AND finished_at IS NULL"
            found = connection.execute(query, (key,)).fetchone()
            number, began = found or (None, microseconds(dt.datetime.now(dt.UTC)))
            if number is None:
                insert = "INSERT INTO runs (key, begun_at) VALUES (?, ?)"
                number = int(connection.execute(insert, (key, began)).lastrowid or 0)
        lock = _lock(path, number)
        # Another process may have finished it between the two.
        if _is_unfinished(connection, number):
            return Begun(number, as_time(began), found is not None, lock)
        lock.release()


def finish(connection: sqlite3.Connection, number: int) -> None:
    """Take note that a run is finished, and forget how it went about it."""
    with transaction(connection):
        now = microseconds(dt.datetime.now(dt.UTC))
        connection.execute("UPDATE runs SET finished_at = ? WHERE run = ? AND finished_at IS NULL", (now, number))
        connection.execute("DELETE FROM units WHERE run = ?", (number,))


def mark(connection: sqlite3.Connection, run: int, unit: str, position: int | None) -> None:
    """Take note of how far a unit has come; None: it is done."""
    connection.execute(
        "INSERT INTO units (run, unit, position) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position",
        (run, storable(unit), position),
    )


def state(connection: sqlite3.Connection, run: int, unit: str) -> tuple[bool, int | None]:
    """Say whether a unit is done, and if not how far it has come."""
    query = "SELECT position FROM units WHERE run = ? AND unit = ?"
    found = connection.execute(query, (run, storable(unit))).fetchone()
    return (False, None) if found is None else (found[0] is None, found[0])


def remove_lock(lock: FileLock) -> None:
    """Let go of a finished run's lock; no other run will ever have its name."""
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


def _lock(path: Path, number: int) -> FileLock:
    lock = FileLock(path.with_name(f"{path.name}-run-{number}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StageError(
            "is being collected into by another process with the same settings",
            path=path,
            remedy="Wait until it is done: two would ask the same sites for the same pages.",
        ) from None
    except OSError as error:
        raise StageError(f"cannot be locked ({error.strerror or error})", path=path) from None
    return lock


def _is_unfinished(connection: sqlite3.Connection, number: int) -> bool:
    query = "SELECT 1 FROM runs WHERE run = ? AND finished_at IS NULL"
    return connection.execute(query, (number,)).fetchone() is not None
