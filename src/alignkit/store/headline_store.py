"""The store of headlines that a collection keeps up over months."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Self

import polars as pl

from alignkit.errors import UsageError
from alignkit.progress import silent
from alignkit.schema import HEADLINES
from alignkit.store import checks, exporting, importing, reading, runs
from alignkit.store.connection import connect, snapshot, transaction, translating
from alignkit.store.provenance import add_fetch, add_rejects, last_fetched
from alignkit.store.reading import Selection
from alignkit.store.rows import RowChecker
from alignkit.store.writing import Writer

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from filelock import FileLock

    from alignkit.collect.record import Reject
    from alignkit.progress import Progress
    from alignkit.store.exporting import ExportFormat
    from alignkit.store.model import Counts, Fetch, Finding, Revision, Stats
    from alignkit.store.runs import Run

SECONDS_TO_WAIT_FOR_A_LOCK = 30.0


class HeadlineStore:
    """Headlines in one SQLite file: each once, with all texts it had and where they came from.

    A headline is one URL in one language; one without a URL is what its id says. Seen again, it is not stored again:
    what was empty is filled in, and a text that changed becomes a new revision. Each `add` is one transaction, so that a
    process that is killed loses nothing that was added and leaves nothing half.

    Several processes may read and write one store at once, writers in turn, and several threads may use one
    `HeadlineStore`. Open one with `HeadlineStore.open`; use it in a `with` block or close it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, timeout: float) -> None:
        self.path = path
        self._connection = connection
        self._timeout = timeout
        self._guard = threading.RLock()
        self._locks: dict[int, FileLock] = {}

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, create: bool = True, timeout: float = SECONDS_TO_WAIT_FOR_A_LOCK
    ) -> Self:
        """Open a store.

        Args:
            path: The file.
            read_only: Whether nothing is to be written; the store must be there then.
            create: Whether to begin a store where there is none.
            timeout: How long to wait for another process that writes, in seconds.

        Raises:
            InputError: The file is not there, is no store, or is damaged.
            StageError: It cannot be opened, is locked, or is from a newer version of alignkit.
        """
        connection = connect(path, read_only=read_only, create=create, timeout=timeout)
        return cls(path, connection, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let other processes continue the runs that were not finished."""
        with self._guard:
            for lock in self._locks.values():
                lock.release()
            self._locks.clear()
            self._connection.close()

    def begin_run(self, key: str) -> Run:
        """Continue the unfinished run that has a key, or begin one.

        Args:
            key: What tells its settings from others, such as a hash of them.

        Raises:
            StageError: Another process is at it.
        """
        with self._used() as connection:
            begun = runs.begin(connection, self.path, key)
            self._locks[begun.number] = begun.lock

        def state(unit: str) -> tuple[bool, int | None]:
            with self._used() as connection:
                return runs.state(connection, begun.number, unit)

        return runs.Run(begun.number, key, begun.begun_at, begun.continued, state)

    def finish_run(self, run: Run) -> None:
        """Take note that a run is finished; `begin_run` begins a new one then."""
        with self._used() as connection:
            runs.finish(connection, run.number)
            if (lock := self._locks.pop(run.number, None)) is not None:
                runs.remove_lock(lock)

    def add(
        self,
        fetch: Fetch,
        rows: Sequence[Mapping[str, object]] | pl.DataFrame,
        rejects: Iterable[Reject] = (),
        *,
        run: Run | None = None,
        position: int | None = None,
    ) -> Counts:
        """Add what was read from one fetch, all of it or nothing.

        Args:
            fetch: Where it was read from.
            rows: Rows of the table `headlines`. They must have lang and text; without an id they get one, and without
                collector, collected_at and source what the fetch says. A row that cannot be kept becomes a reject.
            rejects: What the collector could not read; it is kept too.
            run: The run that this is part of; its `done` then says of the fetch's source that it is done.
            position: How far the source was read, if this is not all of it: it is not done then.

        Raises:
            InputError: The store is damaged.
            StageError: The store cannot be written, or another process kept it locked.
        """
        numbered = enumerate(rows.iter_rows(named=True) if isinstance(rows, pl.DataFrame) else rows, 1)
        with self._used() as connection, transaction(connection):
            run_number = None if run is None else run.number
            number = add_fetch(connection, fetch, run_number)
            checker, writer = RowChecker(fetch, number), Writer(connection, run_number)
            writer.write(checker.check(numbered))
            all_rejects = [(number, reject) for reject in chain(rejects, checker.rejects)] + writer.rejects
            add_rejects(connection, all_rejects)
            if run_number is not None:
                runs.mark(connection, run_number, fetch.source, position)
        return replace(writer.counts, rejected=len(all_rejects))

    def iter_frames(self, selection: Selection | None = None, *, batch: int = 20_000) -> Iterator[pl.DataFrame]:
        """Give headlines by id, in frames of `batch` rows, as they are when the first frame is read.

        Args:
            selection: Which; None for all with their current texts.
            batch: How many rows a frame has, but for the last.

        Yields:
            Frames with the columns of the table `headlines`; none if there is no headline.
        """
        with self._reading() as connection:
            yield from reading.iter_frames(connection, selection or Selection(), batch)

    def headlines(
        self,
        *,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        outlets: Sequence[str] | None = None,
        langs: Sequence[str] | None = None,
        revisions: bool = False,
    ) -> pl.DataFrame:
        """Give the table `alignkit.schema.HEADLINES`, by id.

        Args:
            since: As in `Selection`, as is the rest.
            until: Only headlines before this time.
            outlets: Only those of these outlets.
            langs: Only those in these languages.
            revisions: Whether texts that a headline no longer has are given too.
        """
        selection = Selection(since, until, outlets, langs, revisions)
        frames = [HEADLINES.frame([]), *self.iter_frames(selection)]
        return HEADLINES.validate(pl.concat(frames), path=self.path)

    def history(self, headline_id: str) -> list[Revision]:
        """Give all texts of the headline that has an id or had it, the one seen first at first; [] if there is none."""
        with self._used() as connection:
            return reading.history(connection, headline_id)

    def fetches(self) -> pl.DataFrame:
        """Give all fetches, in the order they were added."""
        with self._used() as connection:
            return reading.fetches(connection)

    def last_fetched(self, source: str) -> dt.datetime | None:
        """Give when an address was last fetched with success, or None."""
        with self._used() as connection:
            return last_fetched(connection, source)

    def rejects(self) -> pl.DataFrame:
        """Give all rejects with their fetches' numbers and sources, in the order they were added."""
        with self._used() as connection:
            return reading.rejects(connection)

    def snapshot(self, sha256: str) -> bytes | None:
        """Give the raw bytes of fetches that have a hash, or None if they were not kept."""
        with self._used() as connection:
            return reading.snapshot(connection, sha256)

    def stats(self) -> Stats:
        """Say how much there is."""
        with self._used() as connection:
            return reading.stats(connection, self.path)

    def verify(self) -> list[Finding]:
        """Look the whole store over, and give what is not as it must be; [] if it is whole."""
        with self._reading() as connection:
            return list(checks.findings(connection))

    def vacuum(self) -> tuple[int, int]:
        """Write the file anew without what was deleted, and give its bytes before and after.

        Raises:
            StageError: Another process uses the store, or there is no room.
        """
        with self._used() as connection:
            before = reading.file_bytes(self.path)
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return before, reading.file_bytes(self.path)

    def export(
        self,
        path: Path,
        file_format: ExportFormat | None = None,
        selection: Selection | None = None,
        *,
        progress: Progress = silent,
    ) -> int:
        """Write headlines by id to a Parquet or JSON Lines file, whole or not at all, and give how many.

        Args:
            path: The file.
            file_format: Its format, or None to tell by its name.
            selection: Which headlines; None for all with their current texts.
            progress: Told of the rows.

        Raises:
            UsageError: The file's name names no format, or it is the store itself.
            StageError: The file cannot be written.
        """
        chosen = file_format or exporting.format_of_export(path)
        if _is_same_file(path, self.path):
            raise UsageError("is the store itself", path=path, remedy="Name another file.")
        with self._reading() as connection:
            wanted = selection or Selection()
            total = reading.count(connection, wanted)
            frames = exporting.watched(reading.iter_frames(connection, wanted, exporting.EXPORT_BATCH), total, progress)
            # Around the frames too: polars has them made where no error of SQLite's comes through.
            exporting.write_frames(_translated(frames, self.path), path, chosen)
        return total

    def import_(self, path: Path, *, progress: Progress = silent) -> Counts:
        """Bring in headlines from a Parquet or JSON Lines file with the columns of `headlines`, or from another store.

        What is there already is not stored again, so that an import that was stopped is just done again. Rows that
        cannot be kept become rejects.

        Args:
            path: The file.
            progress: Told of what was read of it.

        Raises:
            InputError: The file cannot be read.
            UsageError: It is the store itself.
            StageError: The store cannot be written, or another process kept it locked.
        """
        file_format = importing.format_of_import(path)
        if _is_same_file(path, self.path):
            raise UsageError("is the store itself", path=path, remedy="Name another file.")
        if file_format != "store":
            with self._used() as connection:
                return importing.import_rows(connection, path, file_format, progress)
        with snapshot(path, self._timeout) as other, self._used() as connection:
            return importing.import_store(connection, importing.Other(path, other), progress)

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        with self._guard, translating(self.path):
            yield self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with snapshot(self.path, self._timeout) as connection, translating(self.path):
            yield connection


def _is_same_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _translated(frames: Iterator[pl.DataFrame], path: Path) -> Iterator[pl.DataFrame]:
    with translating(path):
        yield from frames
