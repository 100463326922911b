"""What every encoder is, and the ones that can be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from alignkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def _use() -> Encoder:
    from alignkit.encoders.use import UseEncoder  # noqa: PLC0415

    return UseEncoder()


ENCODERS: dict[str, Callable[[], Encoder]] = {"use": _use}
"""Encoders by name; each is loaded when it is asked for."""


def load_encoder(name: str) -> Encoder:
    """Load an encoder by its name.

    Raises:
        UsageError: No encoder has this name.
    """
    try:
        return ENCODERS[name]()
    except KeyError:
        known = ", ".join(sorted(ENCODERS))
        raise UsageError("is no known encoder", value=name, remedy=f"Known: {known}.") from None
