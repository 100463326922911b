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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from alignkit.encoders.base import Encoder

_LOG: Final = logging.getLogger(__name__)

_KEYS_PER_QUERY: Final = 500
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
        version = "".join(character if character.isalnum() else "-" for character in encoder.version)
        self.path = folder / "embeddings" / f"{encoder.name}-{version}.sqlite"
        self._usable = self._prepare()

    def get(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Give the vectors of those of the texts that are in the cache, by text."""
        if not self._usable or not texts:
            return {}
        by_key = {_key(text): text for text in texts}
        keys = list(by_key)
        found: dict[str, NDArray[np.float32]] = {}
        try:
            with closing(self._connect()) as connection:
                for start in range(0, len(keys), _KEYS_PER_QUERY):
                    batch = keys[start : start + _KEYS_PER_QUERY]
                    marks = ",".join("?" * len(batch))
                    for key, blob in connection.execute(
                        f"SELECT key, vector FROM embeddings WHERE key IN ({marks})",  # noqa: S608 - only marks
                        batch,
                    ):
                        vector = np.frombuffer(blob, dtype="<f4").astype(np.float32)
                        if vector.shape == (self._dimension,):
                            found[by_key[key]] = vector
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def put(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors, by text, in one transaction."""
        if not self._usable:
            return
        rows = [(_key(text), vector.astype("<f4").tobytes()) for text, vector in vectors.items()]
        try:
            with closing(self._connect()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

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
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
            )

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_SECONDS_TO_WAIT_FOR_A_LOCK)

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        _LOG.warning("embeddings are not cached: %s cannot be used (%s)", self.path, error)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
