"""How a store's file is opened: what is refused, how it is set up, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alignkit.errors import AlignkitError, InputError, StageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

APPLICATION_ID: Final = int.from_bytes(b"aknt")
"""What marks an SQLite file as a store of alignkit."""

SQLITE_MAGIC: Final = b"SQLite format 3\0"

_CACHE_KIBIBYTES: Final = 64 * 1024
_PAGES_PER_CHECKPOINT: Final = 8192  # 32 MB: a page that many batches touch is then copied once, not once a batch
_LARGEST_IDLE_LOG: Final = 64 * 1024 * 1024
_PAUSE: Final = 0.01


def migrations() -> list[str]:
    """Give the scripts that make a store's tables, each of which takes them one version further."""
    folder = files("alignkit.store") / "migrations"
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def connect(path: Path, *, read_only: bool, create: bool, timeout: float) -> sqlite3.Connection:
    """Open a store's file, and bring its tables up to date.

    Args:
        path: The file.
        read_only: Whether nothing is to be written.
        create: Whether to begin a store where there is none.
        timeout: How long to wait for another process's lock, in seconds.

    Raises:
        InputError: The file is not there, is no store, or is damaged.
        StageError: It cannot be opened, is locked, or is from another version.
    """
    _check_file(path, may_be_new=create and not read_only)
    with translating(path):
        connection = _connect(path, read_only=read_only, timeout=timeout)
        try:
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
            _check_identity(connection, path, may_be_new=create and not read_only)
            _check_version(connection, path, read_only=read_only)
            if not read_only:
                _set_up(connection, timeout)
                _migrate(connection, migrations())
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def snapshot(path: Path, timeout: float) -> Iterator[sqlite3.Connection]:
    """Give a connection that sees a store as it is at its first query, whatever is written meanwhile.

    Raises:
        InputError: The store is damaged.
        StageError: It cannot be opened.
    """
    connection = connect(path, read_only=True, create=False, timeout=timeout)
    try:
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Raise what SQLite raises as errors of alignkit that name the store.

    Raises:
        InputError: The store is damaged.
        StageError: It is locked, or cannot be read or written.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that is written in the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk or a damaged page makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _translated(error: sqlite3.Error, path: Path) -> AlignkitError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StageError("is locked by another process", path=path, remedy="Try again when that is done.")
    if code == sqlite3.SQLITE_FULL:
        remedy = "What was added before is kept; make room and run it again."
        return StageError("cannot be written, the disk is full", path=path, remedy=remedy)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        remedy = "Take a copy from before, or export what can still be read and import it into a new store."
        return InputError(f"is damaged ({error})", path=path, remedy=remedy)
    return StageError(f"cannot be used ({error})", path=path)


def _check_file(path: Path, *, may_be_new: bool) -> None:
    try:
        if path.is_dir():
            raise InputError("is a folder, not a headline store", path=path)
        if not path.exists():
            if not may_be_new:
                raise InputError("does not exist", path=path)
            path.parent.mkdir(parents=True, exist_ok=True)
            return
        with path.open("rb") as stream:
            start = stream.read(len(SQLITE_MAGIC))
    except OSError as error:
        raise StageError(f"cannot be opened ({error.strerror or error})", path=path) from None
    if start != SQLITE_MAGIC and not (may_be_new and not start):
        problem = "is no headline store" if start else "is empty, and no headline store"
        raise InputError(problem, path=path, remedy="Name an SQLite file that alignkit made.")


def _connect(path: Path, *, read_only: bool, timeout: float) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    try:
        return _connect_to(f"{address}?mode={'ro' if read_only else 'rwc'}", timeout)
    except sqlite3.OperationalError as error:
        # In a folder that cannot be written to, SQLite reads a write-ahead log's file only if it is told that nobody writes.
        unopened = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
        if not read_only or not unopened or path.with_name(f"{path.name}-wal").exists():
            raise
        return _connect_to(f"{address}?mode=ro&immutable=1", timeout)


def _connect_to(address: str, timeout: float) -> sqlite3.Connection:
    # Whoever uses the connection from several threads keeps them apart by a lock of their own.
    connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_identity(connection: sqlite3.Connection, path: Path, *, may_be_new: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or tables or _version(connection) or not may_be_new:
            raise InputError("is an SQLite file, but no headline store", path=path)


def _check_version(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    version, known = _version(connection), len(migrations())
    if version > known:
        problem = f"is of version {version}; this alignkit knows versions up to {known}"
        raise StageError(problem, path=path, remedy="Install a newer alignkit.")
    if version < known and read_only:
        remedy = "'alignkit store vacuum' brings it up to date."
        raise StageError(f"is of version {version}, older than {known}", path=path, remedy=remedy)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _set_up(connection: sqlite3.Connection, timeout: float) -> None:
    _write_ahead(connection, timeout)
    for pragma in (
        # A power cut may take the last batches with it, which are then collected again; the file stays whole.
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"wal_autocheckpoint={_PAGES_PER_CHECKPOINT}",
        f"journal_size_limit={_LARGEST_IDLE_LOG}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection, timeout: float) -> None:
    """Turn the write-ahead log on; SQLite does not wait for another process that does the same, so this does."""
    until = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _migrate(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    if _version(connection) == len(scripts):
        return
    with transaction(connection):
        # Another process may have done it while this one waited for the lock.
        for script in scripts[_version(connection) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={len(scripts)}")


def _statements(script: str) -> Iterator[str]:
    """Split a script, because sqlite3's own way to run one ends the transaction that it is run in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
