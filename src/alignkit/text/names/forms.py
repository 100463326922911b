"""The keys under which a word meets its like in the other language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from alignkit.text.names.folding import plain
from alignkit.text.names.model import keyed
from alignkit.text.names.tables import read_word_list
from alignkit.text.romaji import fold_romaji, romanise
from alignkit.text.skeleton import kana_skeleton, latin_skeleton

_REMEMBERED: Final = 1 << 16
_LEAST_ROMAJI: Final = 3
# Syllables of Hepburn's romanisation, as folded. A final n is one only before what cannot continue it.
_ROMAJI: Final = re.compile(
    r"(?:(?:[kgnhbpmr]y?|sh?|ch|ts|[zjtdfwy])?[aeiou]"
    r"(?:n(?![aeiouy])|m(?=[bpm])|k(?=k)|s(?=s)|t(?=[tc])|c(?=c)|p(?=p))?)+"
)


@lru_cache(maxsize=_REMEMBERED)
def latin_keys(word: str) -> frozenset[str]:
    """Give the keys of a word in Latin letters."""
    return frozenset(
        keyed("latin", [plain(word)]) | keyed("skeleton", [latin_skeleton(word)]) | keyed("romaji", [fold_romaji(word)])
    )


@lru_cache(maxsize=_REMEMBERED)
def katakana_keys(word: str) -> frozenset[str]:
    """Give the keys of a word in katakana."""
    return frozenset(
        keyed("kana", [word]) | keyed("skeleton", [kana_skeleton(word)]) | keyed("romaji", [romanise(word)])
    )


@lru_cache(maxsize=_REMEMBERED)
def is_romaji(word: str) -> bool:
    """Tell whether a word may be a Japanese name in romaji: made of its syllables, and no English word."""
    folded = plain(word)
    return (
        len(folded) >= _LEAST_ROMAJI
        and folded not in read_word_list("english_like_romaji.txt")
        and _ROMAJI.fullmatch(fold_romaji(word)) is not None
    )
