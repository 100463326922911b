"""Folding that keeps case and length, so that a span of the folded text is a span of the text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from alignkit.text.characters import without_marks

_REMEMBERED: Final = 1 << 16
_FULL_WIDTH_OFFSET: Final = 0xFEE0
_FOLDS: Final = (
    {code + _FULL_WIDTH_OFFSET: chr(code) for code in range(0x21, 0x7F)}
    | dict.fromkeys(map(ord, "\u3000\u00a0"), " ")
    | dict.fromkeys(map(ord, "’‘"), "'")
    | dict.fromkeys(map(ord, "·•･"), "・")
    # Forms of kanji that names are written with and dictionaries leave out.
    | str.maketrans("髙﨑濵德瀨栁隆邉槇", "高崎浜徳瀬柳隆辺槙")
)


def fold(text: str) -> str:
    """Give the text with half-width letters, one kind of space and apostrophe, and the common form of some kanji."""
    return text.translate(_FOLDS)


@lru_cache(maxsize=_REMEMBERED)
def plain(word: str) -> str:
    """Give a word in lower case, without marks on its letters."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return without_marks(lowered)
