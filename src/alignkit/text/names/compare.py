"""Whether the names of an English and of a Japanese headline are the same ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final, Literal

from alignkit.text.names.forms import is_romaji
from alignkit.text.names.katakana import OTHER_NAME, SAME_NAME, transliteration_distance
from alignkit.text.names.tables import prefectures_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.text.names.model import Name

NameVerdict = Literal["agree", "conflict", "absent"]

_LEAST_KATAKANA: Final = 3
_LEAST_LATIN: Final = 3
# An English headline names Japan where a Japanese one need not, and Europe where that names a country of it.
_NEVER_IN_CONFLICT: Final = frozenset({"country:EU"})
_JAPAN: Final = "country:JP"
_LEAST_KANJI: Final = 2
_MOST_ALIKE: Final = 4
# More names than a headline has; of a longer text only the first are compared one by one.
_MOST_COMPARED: Final = 40
_MOST_PEOPLE: Final = 2


@dataclass(frozen=True, slots=True)
class NameCheck:
    """What comparing the names of two headlines gave.

    Attributes:
        verdict: 'agree' if a name of one is a name of the other and nothing is in conflict; 'conflict' if both have names
            of one kind left over that are surely different; 'absent' otherwise.
        matched: Pairs of indices, English and Japanese, of names that are one.
        conflicting: Pairs of indices of left-over names that are surely different.
        en_left: Indices of English names that are no Japanese one's.
        ja_left: Indices of Japanese names that are no English one's.
    """

    verdict: NameVerdict
    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]
    en_left: tuple[int, ...]
    ja_left: tuple[int, ...]


def compare_names(en: Sequence[Name], ja: Sequence[Name]) -> NameCheck:
    """Compare the names of an English and of a Japanese headline.

    Names are one if they share a key, or if the Latin spelling of one can be heard in the katakana of the other. Headlines
    drop names freely, so that a name on one side alone says nothing; only countries, places of different prefectures and
    persons that are left over on both sides can be in conflict.

    Args:
        en: The names of the English headline, as `read_names` gives them.
        ja: The names of the Japanese one.
    """
    matched = _sharing_keys(en, ja)
    matched |= _heard(en, _left(en, matched, 0), ja, _left(ja, matched, 1))
    en_left, ja_left = _left(en, matched, 0), _left(ja, matched, 1)
    conflicting = tuple(
        (i, j) for i in _comparable(en, en_left) for j in _comparable(ja, ja_left) if _are_different(en[i], ja[j])
    )
    verdict: NameVerdict = "conflict" if conflicting else "agree" if matched else "absent"
    return NameCheck(verdict, tuple(sorted(matched)), conflicting, en_left, ja_left)


def _left(names: Sequence[Name], matched: set[tuple[int, int]], side: int) -> tuple[int, ...]:
    """Give the indices of the names of one side that have no partner."""
    partnered = {pair[side] for pair in matched}
    return tuple(at for at in range(len(names)) if at not in partnered)


def _sharing_keys(en: Sequence[Name], ja: Sequence[Name]) -> set[tuple[int, int]]:
    """Pair names that share a key; where one is named over and over, each with the first few of the other side."""
    en_by_key, ja_by_key = _by_key(en), _by_key(ja)
    matched = {(i, j) for i, name in enumerate(en) for key in name.keys for j in ja_by_key.get(key, ())[:_MOST_ALIKE]}
    return matched | {
        (i, j) for j, name in enumerate(ja) for key in name.keys for i in en_by_key.get(key, ())[:_MOST_ALIKE]
    }


def _by_key(names: Sequence[Name]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for key in name.keys:
            found[key].append(at)
    return found


def _heard(
    en: Sequence[Name], en_left: Sequence[int], ja: Sequence[Name], ja_left: Sequence[int]
) -> set[tuple[int, int]]:
    """Pair names in katakana with names that sound like them."""
    in_kana = [(j, kana) for j in ja_left if (kana := ja[j].forms("kana"))]
    return {(i, j) for j, kana in in_kana[:_MOST_COMPARED] for i in en_left[:_MOST_COMPARED] if _is_heard(en[i], kana)}


def _is_heard(en: Name, kana: list[str]) -> bool:
    """Tell whether a word of the English name may be written in these katakana."""
    return any(
        transliteration_distance(word, part) <= SAME_NAME
        for word in en.forms("latin")
        if len(word) >= _LEAST_LATIN
        for part in kana
        if len(part) >= _LEAST_KATAKANA
    )


def _comparable(names: Sequence[Name], left: Sequence[int]) -> list[int]:
    """Leave out people where many are left over: a list of names is easily misread on either side."""
    people = [at for at in left if names[at].kind == "person"]
    return [at for at in left[:_MOST_COMPARED] if names[at].kind != "person" or len(people) <= _MOST_PEOPLE]


def _are_different(en: Name, ja: Name) -> bool:
    """Tell whether two names that do not match are surely different ones of one kind."""
    if en.kind != ja.kind:
        return False
    if en.kind == "country":
        return not (en.keys | ja.keys) & _NEVER_IN_CONFLICT and _JAPAN not in en.keys
    if en.kind == "place":
        en_lies_in, ja_lies_in = _prefectures(en), _prefectures(ja)
        return bool(en_lies_in and ja_lies_in) and en_lies_in.isdisjoint(ja_lies_in)
    return en.kind == "person" and _are_different_people(en, ja)


def _prefectures(name: Name) -> frozenset[str]:
    table = prefectures_of()
    return frozenset[str]().union(*(table.get(key, frozenset()) for key in name.keys))


def _are_different_people(en: Name, ja: Name) -> bool:
    """Tell whether two people are surely different: both Japanese and read differently, or both foreign and unlike."""
    words, kana = en.forms("latin"), ja.forms("kana")
    looks_japanese = all(is_romaji(word) for word in words)
    if kana:
        return not looks_japanese and all(
            transliteration_distance(word, part) >= OTHER_NAME for word in words for part in kana
        )
    readings = ja.forms("romaji")
    return (
        looks_japanese
        and len(ja.text) >= _LEAST_KANJI
        and not any(_is_close(word, reading) for word in en.forms("romaji") for reading in readings)
    )


def _is_close(first: str, second: str) -> bool:
    """Tell whether two readings are the same but for a letter, as slips of romanisation are, or one is in the other."""
    if first in second or second in first:
        return True
    common = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(first, second, strict=False)))
    first, second = first[common:], second[common:]
    return first[1:] == second[1:] or first[1:] == second or first == second[1:]
