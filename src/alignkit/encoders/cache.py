"""Embeddings kept on disk, so that no text is encoded twice by the same encoder."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.user_cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from alignkit.encoders.base import Encoder

_LOG: Final = logging.getLogger(__name__)

_KEYS_PER_QUERY: Final = 500
_PAGE_SIZE: Final = 8192  # a vector of 512 numbers and its row fit one page four times; on pages of 4,096 bytes, once
_LONGEST_SLUG: Final = 60
_SECONDS_TO_WAIT_FOR_A_LOCK: Final = 60.0


class EmbeddingCache:
    """One encoder's embeddings in an SQLite file, by the hash of their text.

    Several processes may use it at once. A killed process loses what it had not yet put in, and nothing else. A file
    that is damaged is moved aside, and a folder that cannot be written to is done without: the cache is never the
    reason that a run fails.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        self._dimension = encoder.dimension
        folder = folder if folder is not None else cache_folder()
        self.path = folder / "embeddings" / f"{_slug(f'{encoder.name}-{encoder.version}')}.sqlite"
        self._usable = self._prepare()

    def find(self, texts: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Give those of the distinct texts that are in the cache with their vectors, as they are read."""
        try:
            for start in range(0, len(texts) if self._usable else 0, _KEYS_PER_QUERY):
                by_key = {_key(text): text for text in texts[start : start + _KEYS_PER_QUERY]}
                yield from self._look_up(by_key)
        except sqlite3.Error as error:
            self._give_up(error)

    def put(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of texts, one row each, in one transaction."""
        if not self._usable:
            return
        rows = [(_key(text), vector.tobytes()) for text, vector in zip(texts, vectors.astype("<f4"), strict=True)]
        try:
            with closing(self._connect()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _look_up(self, by_key: dict[bytes, str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
        query = f"SELECT key, vector FROM embeddings WHERE key IN ({','.join('?' * len(by_key))})"  # noqa: S608 - marks
        with closing(self._connect()) as connection:
            rows = connection.execute(query, list(by_key)).fetchall()
        for key, blob in rows:
            if len(blob) == self._dimension * 4:
                yield by_key[key], np.frombuffer(blob, dtype="<f4")

    def _prepare(self) -> bool:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._create()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.path.replace(self.path.with_suffix(".damaged"))
                _LOG.warning("%s was damaged; a new one is begun", self.path)
                self._create()
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
            return False
        return True

    def _create(self) -> None:
        with closing(self._connect()) as connection, connection:
            connection.execute(f"PRAGMA page_size={_PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode=WAL")
            # With row ids: the vectors are then written one after the other, and only their keys in order.
            connection.execute("CREATE TABLE IF NOT EXISTS embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_SECONDS_TO_WAIT_FOR_A_LOCK)
        # A power cut may take the last batches with it, which are then encoded again; the file stays whole.
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        _LOG.warning("embeddings are not cached: %s cannot be used (%s)", self.path, error)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def _slug(identity: str) -> str:
    """Turn any text into a file's name that no other text has."""
    slug = "".join(character if character.isalnum() else "-" for character in identity)[:_LONGEST_SLUG]
    return f"{slug}-{hashlib.sha256(identity.encode(errors='surrogatepass')).hexdigest()[:8]}"
