"""How far a name in Latin letters is from a name in katakana.

The katakana are taken apart into sounds, and the cheapest way is sought in which the letters of the Latin spelling can
stand for them: a weighted edit distance (Needleman and Wunsch, 1970) whose steps are the rows of `spellings.tsv`, each a
group of letters, the sounds that it may stand for in some language of the news, and what it costs to read it so. What no
row allows costs most. The vowels that katakana put after a consonant to write it at all cost next to nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NamedTuple

from alignkit.text.names.tables import read_table
from alignkit.text.romaji import spell

SAME_NAME: Final = 0.16
"""Up to this distance two spellings are one name; chosen on JMnedict's katakana names, development part."""

OTHER_NAME: Final = 0.34
"""From this distance two spellings are surely not one name; chosen on the same."""

_REMEMBERED: Final = 1 << 16
_LONGEST: Final = 40
_LONGEST_GROUP: Final = 4
_NOT_LETTERS: Final = re.compile("[^a-z]+")
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiou")
# One letter a sound: what Hepburn writes with two is written with a capital.
_SOUNDS: Final = (("sh", "S"), ("ch", "C"), ("ts", "T"))
_ECHO: Final = {"t": "o", "d": "o", "C": "i", "j": "i", "S": "ui", "k": "ui"}
_ECHO_OTHERWISE: Final = "u"
_ALIKE: Final = frozenset(
    frozenset(pair)
    for pair in ("kg", "td", "sz", "pb", "bv", "hf", "Sj", "Cj", "nm", "sS", "zj", "sT", "TC", "fb", "wu")
)


class _Costs(NamedTuple):
    """What a step costs that no row of the table allows."""

    echo: float = 0.08
    added_vowel: float = 0.7
    added_consonant: float = 1.2
    dropped_vowel: float = 0.6
    dropped_weak: float = 0.4
    dropped_consonant: float = 1.2
    other_vowel: float = 0.5
    like_consonant: float = 0.6
    other: float = 1.4


_COST: Final = _Costs()


@lru_cache(maxsize=_REMEMBERED)
def transliteration_distance(latin: str, kana: str) -> float:
    """Give how far a name's Latin spelling is from its katakana.

    Args:
        latin: One word; marks on its letters and its case do not matter.
        kana: One word in katakana.

    Returns:
        The cost of the cheapest reading, divided by the mean of the numbers of letters and of sounds: 0 for one that
        follows the rules. Infinite from `OTHER_NAME` on, and if a side has no letters or is longer than names are.
    """
    letters, sounds = _letters(latin), kana_sounds(kana)
    if not (0 < len(letters) <= _LONGEST and 0 < len(sounds) <= _LONGEST):
        return math.inf
    length = (len(letters) + len(sounds)) / 2
    return _cheapest(letters, sounds, OTHER_NAME * length) / length


@lru_cache(maxsize=_REMEMBERED)
def kana_sounds(kana: str) -> str:
    """Give the sounds of katakana, a letter each; neither long vowels nor double consonants count."""
    sounds = spell(kana)
    for hepburn, sound in _SOUNDS:
        sounds = sounds.replace(hepburn, sound)
    return _DOUBLED.sub(r"\1", sounds.replace("cC", "C").replace("sS", "S").replace("tT", "T"))


@lru_cache(maxsize=_REMEMBERED)
def _letters(latin: str) -> str:
    plain = unicodedata.normalize("NFKD", latin.lower().replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    return _DOUBLED.sub(r"\1\1", _NOT_LETTERS.sub("", plain))


def _cheapest(letters: str, sounds: str, limit: float) -> float:
    """Fill the table of distances between all beginnings of the two, row by row, and give its last cell.

    Ways that cost the limit already are not followed.
    """
    width = len(sounds) + 1
    table = [[math.inf] * width for _ in range(len(letters) + 1)]
    table[0][0] = 0.0
    for i, row in enumerate(table):
        _add_sounds(row, sounds)
        if i == len(letters):
            break
        steps = _readings(letters, i)
        below = table[i + 1]
        dropped, letter = _dropping(letters, i), letters[i]
        for j, cost in enumerate(row):
            if cost >= limit:
                continue
            below[j] = min(below[j], cost + dropped)
            if j < len(sounds):
                below[j + 1] = min(below[j + 1], cost + _mistaking(letter, sounds[j]))
            for length, sound, extra in steps:
                if sounds.startswith(sound, j):
                    target = table[i + length]
                    target[j + len(sound)] = min(target[j + len(sound)], cost + extra)
    return table[-1][-1] if table[-1][-1] < limit else math.inf


def _add_sounds(row: list[float], sounds: str) -> None:
    """Let sounds follow that no letter stands for."""
    for j, sound in enumerate(sounds):
        if sound not in _VOWELS:
            cost = _COST.added_consonant
        elif j and sounds[j - 1] not in _VOWELS and sound in _ECHO.get(sounds[j - 1], _ECHO_OTHERWISE):
            cost = _COST.echo
        else:
            cost = _COST.added_vowel
        row[j + 1] = min(row[j + 1], row[j] + cost)


def _dropping(letters: str, at: int) -> float:
    letter = letters[at]
    if at and letter == letters[at - 1]:
        return 0.0
    if letter in _VOWELS:
        return _COST.dropped_vowel
    return _COST.dropped_weak if letter in "hrwy" else _COST.dropped_consonant


@cache
def _mistaking(letter: str, sound: str) -> float:
    if letter in _VOWELS and sound in _VOWELS:
        return _COST.other_vowel
    return _COST.like_consonant if frozenset((letter, sound)) in _ALIKE else _COST.other


def _readings(letters: str, at: int) -> list[tuple[int, str, float]]:
    """Give the rows of the table that begin here: how many letters, which sounds, at what cost."""
    table = _spellings()
    found = []
    for length in range(1, min(_LONGEST_GROUP, len(letters) - at) + 1):
        group = letters[at : at + length]
        found += [(length, sound, cost) for sound, cost in table.get(group, ())]
        if at + length == len(letters):
            found += [(length, sound, cost) for sound, cost in table.get(f"{group}$", ())]
        if at == 0:
            found += [(length, sound, cost) for sound, cost in table.get(f"^{group}", ())]
    return found


@cache
def _spellings() -> dict[str, tuple[tuple[str, float], ...]]:
    """Give the table: letters, with the sounds that they may stand for."""
    return {
        group: tuple(
            ("" if sound == "-" else sound, float(cost))
            for sound, _, cost in (reading.partition(":") for reading in readings.split(" "))
        )
        for group, readings in read_table("spellings.tsv")
    }
