"""Which characters of published headlines are one character in different dress, and which one stands for them all.

Unicode's compatibility forms (NFKC) are taken where they only change the dress: full-width letters, half-width kana,
squared words such as ㌔. They are not taken where they would change what is said: in NFKC '10²' is '102' and '第5①' is '第51'.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain
from typing import Final

DASH: Final = "―"
WAVE: Final = "〜"
ELLIPSIS: Final = "…"

_STANDS_FOR: Final = {
    " ": "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
    "": "\u00ad\u200b\u200c\u200d\u2060\ufeff",
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d",
    DASH: "\u2014\u2015\u2500\u2501",
    WAVE: "\u223c\u3030\uff5e",
    ELLIPSIS: "\u2025\u22ef",
    '"': "\u00ab\u00bb\u201c\u201d\u201e\u201f\u301d\u301e\u301f\uff02",
    "'": "\u2018\u2019\u201a\u201b\uff07",
    "・": "\u00b7\u2022\u2027\uff65",
}
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_HALF_WIDTH_KANA: Final = range(0xFF61, 0xFFA0)
_VOICING_MARKS: Final = "\uff9e\uff9f"
_SQUARED_WORDS: Final = (*range(0x3300, 0x3358), *range(0x3380, 0x33E0), 0x2116, 0x2121, *range(0x3231, 0x3244))
_ROMAN_NUMERALS: Final = range(0x2160, 0x2180)
_DOTS: Final = ("...", "。。。", "・・・")


@cache
def replacements() -> dict[str, str]:
    """Give what each sequence of characters is replaced by; of two that begin alike the longer one counts."""
    table = {chr(code): _compatible(chr(code)) for code in chain(_FULL_WIDTH, _SQUARED_WORDS, _ROMAN_NUMERALS)}
    for code in _HALF_WIDTH_KANA:
        table[chr(code)] = _compatible(chr(code))
        for mark in _VOICING_MARKS:
            voiced = _compatible(chr(code) + mark)
            if len(voiced) == 1:
                table[chr(code) + mark] = voiced
    for target, characters in _STANDS_FOR.items():
        table.update(dict.fromkeys(characters, target))
    table.update(dict.fromkeys(_DOTS, ELLIPSIS))
    return table


def without_marks(word: str) -> str:
    """Give a word in Latin letters without accents and other marks, in compatible characters: 'é' becomes 'e'."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def _compatible(characters: str) -> str:
    form = unicodedata.normalize("NFKC", characters)
    return "".join(_one_for_all().get(character, character) for character in form)


@cache
def _one_for_all() -> dict[str, str]:
    return {character: target for target, characters in _STANDS_FOR.items() for character in characters}
