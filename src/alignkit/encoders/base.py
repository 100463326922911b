"""What every encoder is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into unit vectors; texts of one meaning in two languages come to lie near each other.

    Attributes:
        name: What it is called; names its embeddings in the cache.
        version: Changes whenever the same text would get another vector.
        dimension: The length of a vector.
    """

    name: str
    version: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Args:
            texts: n texts, each not empty.

        Returns:
            float32 of shape (n, dimension), each row of length 1.
        """
        ...
