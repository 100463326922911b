"""A foreign name's consonants, the same from its Latin spelling and from its katakana.

Katakana keeps a name's consonants, roughly, and fills in vowels: 'Whitlock' becomes ウィットロック. What is left of both when the
vowels are taken away and letters that katakana cannot tell apart are merged is a key under which the two meet.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from alignkit.text.characters import without_marks
from alignkit.text.romaji import spell

_REMEMBERED: Final = 1 << 16
_LEAST_CONSONANTS: Final = 3

_NOT_LETTERS: Final = re.compile("[^a-z]+")
_LATIN: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"tion\b", "shon"),
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"wh", "w"),
        (r"th", "s"),
        (r"dge?(?=[eiy]|$)|g(?=[eiy])", "j"),
        (r"ck|q(?:u(?=[aeiou]))?", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"tz", "ts"),
        (r"r(?![aeiouy])", ""),
        (r"(?<=[aeiou])h(?![aeiou])", ""),
    )
)
_COMMON: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"v", "b"),
        (r"l", "r"),
        (r"z", "j"),
        (r"m(?=[bpm])", "n"),
        (r"(?<!^)[wy]", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<!^)[aeiou]+", ""),
        (r"^[aeiou]+", "a"),
    )
)


@lru_cache(maxsize=_REMEMBERED)
def latin_skeleton(word: str) -> str:
    """Give the key of a name in Latin letters; empty where too little is left to tell it from others."""
    return _skeleton(_replaced(_NOT_LETTERS.sub("", without_marks(word.lower())), _LATIN))


@lru_cache(maxsize=_REMEMBERED)
def kana_skeleton(kana: str) -> str:
    """Give the key of a name in katakana; empty where too little is left to tell it from others."""
    return _skeleton(spell(kana))


def _skeleton(letters: str) -> str:
    key = _replaced(letters, _COMMON)
    return key if len(key) >= _LEAST_CONSONANTS else ""


def _replaced(letters: str, replacements: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, form in replacements:
        letters = pattern.sub(form, letters)
    return letters
