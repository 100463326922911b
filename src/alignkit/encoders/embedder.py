"""Texts to vectors through an encoder and its cache, each distinct text once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.encoders.base import load_encoder
from alignkit.encoders.cache import EmbeddingCache
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
    """

    def __init__(self, encoder: Encoder | str = "use", cache: EmbeddingCache | None = None) -> None:
        self.encoder = load_encoder(encoder) if isinstance(encoder, str) else encoder
        self._cache = cache or EmbeddingCache(self.encoder)

    def embed(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """Give the vectors of texts, those that are new put into the cache batch by batch.

        New texts are encoded in the order of their code points, so that vectors do not depend on the order of rows.

        Args:
            texts: n texts, each not empty.
            progress: Told how many of the distinct texts are encoded.

        Returns:
            float32 of shape (n, dimension), each row of length 1.
        """
        distinct = sorted(set(texts))
        row_of = {text: row for row, text in enumerate(distinct)}
        matrix = np.empty((len(distinct), self.encoder.dimension), dtype=np.float32)
        known = self._cache.get(distinct)
        for text, vector in known.items():
            matrix[row_of[text]] = vector
        new = [text for text in distinct if text not in known]
        for start in range(0, len(new), _TEXTS_PER_BATCH):
            progress("encoding", start, len(new))
            batch = new[start : start + _TEXTS_PER_BATCH]
            vectors = self.encoder.encode(batch)
            matrix[[row_of[text] for text in batch]] = vectors
            self._cache.put(dict(zip(batch, vectors, strict=True)))
        progress("encoding", len(new), len(new))
        return matrix[[row_of[text] for text in texts]] if texts else matrix
