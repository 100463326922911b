"""The word tables beside this file, each loaded when it is first needed."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.text.quantities.model import Approximation

Language = Literal["en", "ja"]

LONGEST_ENGLISH_PHRASE: Final = 3


class Unit(NamedTuple):
    """A word after a number: what kind of quantity it makes, in which unit, and how many of that unit it is.

    Attributes:
        kind: A kind of `alignkit.text.quantities.model.Kind`, or the name of what has rules of its own (clock, wari, …).
        unit: The unit that values are given in.
        factor: How many of that unit one is.
        kanji: Whether kanji numerals before it are a number.
    """

    kind: str
    unit: str
    factor: float
    kanji: bool = True


@cache
def units(lang: Language) -> dict[str, Unit]:
    """Give what may follow a number: Japanese counters, or English units and nouns."""
    rows = _rows("japanese_units.tsv" if lang == "ja" else "english_units.tsv")
    return {
        word: Unit(kind, unit.strip("-"), float(factor), "digits" not in rest)
        for word, kind, unit, factor, *rest in rows
    }


@cache
def unit_pattern(lang: Language) -> re.Pattern[str]:
    """Give a pattern that finds the longest unit at a place."""
    return any_of(units(lang))


@cache
def words(lang: Language) -> dict[str, Unit]:
    """Give the words that are a quantity without a number, as units whose factor is the value."""
    return {
        word: Unit(kind, unit.strip("-"), float(value))
        for language, word, kind, unit, value in _rows("words.tsv")
        if language == lang
    }


@cache
def number_words(group: str) -> dict[str, float]:
    """Give the English words of a group (unit, ten, scale, ordinal, vague) with their values."""
    return {word: float(value) for word, in_group, value in _rows("english_numbers.tsv") if in_group == group}


@cache
def approximations(lang: Language, side: Literal["before", "after"]) -> dict[str, Approximation]:
    """Give the words beside a number that open it, and which way."""
    return {
        word: cast("Approximation", way.strip("-"))
        for language, where, word, way in _rows("approximations.tsv")
        if (language, where) == (lang, side)
    }


@cache
def roles(lang: Language, side: Literal["before", "after"]) -> dict[str, str]:
    """Give the words beside a number that say what happened to the people counted."""
    return {word: role for language, where, word, role in _rows("roles.tsv") if (language, where) == (lang, side)}


@cache
def names_with_numbers(lang: Language) -> dict[str, tuple[tuple[str, int], ...]]:
    """Give the names and idioms that hold a number, by the numeral they hold, each with where in it that stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    for language, name, numeral in _rows("names.tsv"):
        if language == lang:
            found.setdefault(numeral, []).append((name, name.index(numeral)))
    return {numeral: tuple(names) for numeral, names in found.items()}


@cache
def name_prefixes(lang: Language) -> tuple[str, ...]:
    """Give the words after which a number is part of a name."""
    return tuple(word for language, word in _rows("name_prefixes.tsv") if language == lang)


@cache
def stop_words() -> frozenset[str]:
    """Give the English words that end the noun phrase after a number."""
    return frozenset(word for (word,) in _rows("english_stops.tsv"))


@cache
def eras() -> dict[str, int]:
    """Give the Japanese eras, with the year before their first."""
    return {era: int(year) for era, year in _rows("eras.tsv")}


def any_of(choices: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern of any of these strings, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(choices, key=len, reverse=True))))


def _rows(name: str) -> list[list[str]]:
    content = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in content.splitlines() if line and not line.startswith("#")]
