"""The kept HTTP cache (RFC 9111): what is fresh is not asked for again, what may have changed is asked about.

hishel decides and keeps; here it is made harmless: a cache that is damaged is thrown away, and never costs an answer.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Final

import httpx2
from hishel import CacheOptions, SqliteStorage
from hishel.httpx2 import CacheTransport

from alignkit.errors import UsageError
from alignkit.web.streams import WatchedStream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

_FILE: Final = "http.db"
_MOST_BYTES: Final = 512 * 1024 * 1024
_OPTIONS: Final = CacheOptions(shared=False)

# It says in full what goes wrong in the cache; who wants to read that has a handler of their own.
logging.getLogger("hishel").addHandler(logging.NullHandler())


class CacheFailedError(Exception):
    """The cache cannot answer; the network has to."""


class KeptCache(httpx2.BaseTransport):
    """Answers requests out of what is kept, as far as HTTP allows, else by the network.

    Answers say in their extension 'caching' what was done: 'from_cache', and 'revalidated' if the network was asked
    whether what is kept still holds.

    Args:
        folder: Where it is kept.
        network: What sends requests.

    Raises:
        UsageError: The folder cannot be made.
    """

    def __init__(self, folder: Path, network: httpx2.BaseTransport) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            remedy = "Name a folder that can be written to."
            raise UsageError(f"cannot be made ({error})", column="cache", value=str(folder), remedy=remedy) from None
        self._file = folder / _FILE
        self._network = network
        self._lock = threading.Lock()
        if not _is_sound(self._file):
            self._delete()
        self._storage = self._open()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request.

        Raises:
            CacheFailedError: The cache cannot answer.
        """
        storage = self._storage
        network = _Remembered(self._network)
        with self._harmless(storage), network.closed_on_error():
            response = CacheTransport(network, storage, rfc=_OPTIONS).handle_request(request)
        response.stream = _Harmless(response, self._harmless(storage))
        return response

    def close(self) -> None:
        """Close the cache; the network stays open."""
        self._storage.close()

    @contextmanager
    def _harmless(self, storage: SqliteStorage) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:  # Locked, or the disk is full: nothing that deleting would mend.
            raise CacheFailedError(str(error)) from None
        except (sqlite3.Error, RuntimeError) as error:
            self._drop(storage)
            raise CacheFailedError(str(error)) from None

    def _drop(self, damaged: SqliteStorage) -> None:
        """Begin anew, unless another thread already did."""
        with self._lock:
            if damaged is self._storage:
                damaged.close()
                self._delete()
                self._storage = self._open()

    def _open(self) -> SqliteStorage:
        return SqliteStorage(database_path=self._file, max_size=_MOST_BYTES)

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)


class _Remembered(httpx2.BaseTransport):
    """Remembers what the network answered, because hishel leaves an answer open when its own work fails."""

    def __init__(self, network: httpx2.BaseTransport) -> None:
        self._network = network
        self._answers: list[httpx2.Response] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._network.handle_request(request)
        self._answers.append(answer)
        return answer

    @contextmanager
    def closed_on_error(self) -> Iterator[None]:
        with ExitStack() as answers:
            answers.callback(self._close)
            yield
            answers.pop_all()

    def _close(self) -> None:
        for answer in self._answers:
            answer.close()


class _Harmless(WatchedStream):
    def __init__(self, response: httpx2.Response, harmless: AbstractContextManager[None]) -> None:
        super().__init__(response)
        self._harmless = harmless

    def __iter__(self) -> Iterator[bytes]:
        with self._harmless:
            yield from self.stream


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:  # Another process has it locked.
        return True
    except sqlite3.DatabaseError:
        return False
