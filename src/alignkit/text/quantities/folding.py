"""Folding that keeps the length, so that a span of the folded text is a span of the text."""

from __future__ import annotations

from typing import Final

_FULL_WIDTH_OFFSET: Final = 0xFEE0
_ASCII: Final = range(0x21, 0x7F)
_DASHES: Final = "‐‑‒–—―−─ｰ"
_WAVES: Final = "〜∼"
_SPACES: Final = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"

_FOLDS: Final = (
    {code + _FULL_WIDTH_OFFSET: chr(code) for code in _ASCII}
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _WAVES), "~")
    | dict.fromkeys(map(ord, _SPACES), " ")
    | {ord("￥"): "¥", ord("￡"): "£", ord("’"): "'", ord("℃"): "°"}
)
_LOWER: Final = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
_FOLDS_AND_LOWER: Final = {code: char.lower() for code, char in _FOLDS.items()} | _LOWER


def fold(text: str) -> str:
    """Give the text with half-width lower-case letters, one kind of dash, wave and space, and the same length."""
    return text.translate(_FOLDS_AND_LOWER)
