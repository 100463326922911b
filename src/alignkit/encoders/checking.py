"""What an encoder gives, checked before it is used or kept: a wrong vector would spoil scores without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.errors import StageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from alignkit.encoders.base import Encoder

_TOLERANCE: Final = 1e-3


def encode_checked(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Encode a batch, and check the vectors.

    Half a surrogate pair, which is no character, is encoded as U+FFFD.

    Args:
        encoder: The encoder.
        texts: n texts, each not empty.

    Returns:
        float32 of shape (n, dimension), each row of length 1 within 0.001.

    Raises:
        StageError: The encoder gave something else.
    """
    vectors: object = encoder.encode([_without_surrogates(text) for text in texts])
    expected = (len(texts), encoder.dimension)
    if not isinstance(vectors, np.ndarray):
        raise StageError(f"the encoder {encoder.name!r} gave {type(vectors).__name__}, not an array of numpy")
    if vectors.dtype != np.float32:
        raise StageError(f"the encoder {encoder.name!r} gave vectors of {vectors.dtype}, not float32")
    if vectors.shape != expected:
        raise StageError(f"the encoder {encoder.name!r} gave vectors of shape {vectors.shape}, not {expected}")
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= _TOLERANCE))
    if len(wrong):
        length = lengths[wrong[0]]
        problem = f"is not of length 1 but {length:.4g}" if np.isfinite(length) else "has numbers that are not finite"
        raise StageError(f"a vector of the encoder {encoder.name!r} {problem}, for the text", value=texts[wrong[0]])
    return vectors


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
