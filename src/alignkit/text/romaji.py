"""Japanese in Latin letters: from kana, and to one form whatever the system of romanisation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from alignkit.text.characters import without_marks
from alignkit.text.data import read_rows

_SYLLABLE_LENGTH: Final = 2
_REMEMBERED: Final = 1 << 16
_SMALL_TSU: Final = "ッ"
_NOT_LETTERS: Final = re.compile("[^a-z]+")
_FOLDS: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"o[ou]+", "o"),
        (r"uu", "u"),
        (r"oh(?![aeiou])", "o"),
        (r"aa", "a"),
        (r"m(?=[bpm])", "n"),
        (r"tch", "cch"),
        (r"sy(?=[auo])", "sh"),
        (r"ty(?=[auo])", "ch"),
        (r"[zj]y(?=[auo])", "j"),
        (r"si", "shi"),
        (r"zi", "ji"),
        (r"ti", "chi"),
        (r"tu", "tsu"),
        (r"(?<![cs])hu", "fu"),
        (r"dz", "z"),
    )
)


@lru_cache(maxsize=_REMEMBERED)
def fold_romaji(word: str) -> str:
    """Bring a romanised word to one form: no macron, no mark of a long vowel, Hepburn's consonants, lower case.

    'Ōsaka', 'Oosaka' and 'Osaka' become 'osaka'; 'Shinbun' and 'Shimbun' become 'shinbun'. A word of another language is
    changed the same way, which does no harm where both sides of a comparison are.
    """
    folded = _NOT_LETTERS.sub("", without_marks(word.lower()))
    for pattern, form in _FOLDS:
        folded = pattern.sub(form, folded)
    return folded


@lru_cache(maxsize=_REMEMBERED)
def romanise(kana: str) -> str:
    """Give katakana or hiragana in Hepburn's romanisation without macrons: 'トーキョー' and 'とうきょう' become 'tokyo'.

    What is not kana is left out.
    """
    return fold_romaji(spell(kana))


def spell(kana: str) -> str:
    """Give katakana or hiragana syllable by syllable in Latin letters, marks of long vowels left out."""
    table = _table()
    text = unicodedata.normalize("NFKC", kana).translate(_HIRAGANA_TO_KATAKANA)
    out: list[str] = []
    double = False
    at = 0
    while at < len(text):
        if text[at] == _SMALL_TSU:
            double = True
            at += 1
            continue
        length = next((n for n in (_SYLLABLE_LENGTH, 1) if text[at : at + n] in table), 0)
        if length:
            syllable = table[text[at : at + length]]
            out.append(_doubled(syllable) if double else syllable)
        double = False
        at += length or 1
    return "".join(out)


def _doubled(syllable: str) -> str:
    return ("c" if syllable.startswith("ch") else syllable[:1]) + syllable


def _table() -> dict[str, str]:
    if not _TABLE:
        _TABLE.update((kana, latin) for kana, latin in read_rows("kana.tsv"))
    return _TABLE


_TABLE: Final[dict[str, str]] = {}
_HIRAGANA_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
