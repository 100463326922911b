"""Texts to vectors through an encoder and its cache, each distinct text once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.checking import encode_checked
from alignkit.encoders.registry import load_encoder
from alignkit.progress import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from alignkit.encoders.base import Encoder
    from alignkit.progress import Progress

_TEXTS_PER_BATCH: Final = 256


class Embedder:
    """An encoder with its cache.

    Args:
        encoder: An encoder, or the name of one.
        cache: Where its embeddings are kept; None for the user's cache folder.

    Raises:
        AlignkitError: The encoder of this name cannot be loaded, as `alignkit.encoders.registry.load_encoder` says.
    """

    def __init__(self, encoder: Encoder | str = "use", cache: EmbeddingCache | None = None) -> None:
        self.encoder = load_encoder(encoder) if isinstance(encoder, str) else encoder
        self._cache = cache or EmbeddingCache(self.encoder)

    def embed(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """Give the vectors of texts, those that are new put into the cache batch by batch.

        New texts are encoded in the order of their lengths, then of their code points: vectors do not depend on the
        order of rows, and an encoder that fills up the texts of a batch to the longest fills up little.

        Args:
            texts: n texts, each not empty.
            progress: Told how many of the distinct texts are encoded.

        Returns:
            float32 of shape (n, dimension), each row of length 1.

        Raises:
            StageError: The encoder gave something else than unit vectors of its dimension.
        """
        row_of: dict[str, int] = {}
        source = np.fromiter((row_of.setdefault(text, row) for row, text in enumerate(texts)), np.int64, len(texts))
        matrix = np.empty((len(texts), self.encoder.dimension), dtype=np.float32)
        new = set(row_of)
        for text, vector in self._cache.find(list(row_of)):
            matrix[row_of[text]] = vector
            new.discard(text)
        ordered = sorted(new, key=lambda text: (len(text), text))
        for start in range(0, len(ordered), _TEXTS_PER_BATCH):
            progress("encoding", start, len(ordered))
            batch = ordered[start : start + _TEXTS_PER_BATCH]
            vectors = encode_checked(self.encoder, batch)
            matrix[[row_of[text] for text in batch]] = vectors
            self._cache.put(batch, vectors)
        progress("encoding", len(ordered), len(ordered))
        repeated = np.flatnonzero(source != np.arange(len(texts)))
        matrix[repeated] = matrix[source[repeated]]
        return matrix
