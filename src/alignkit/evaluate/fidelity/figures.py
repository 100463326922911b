"""The figures of a text, read or not: what no rule takes for a number can still be seen to be another one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.quantities.folding import fold
from alignkit.text.quantities.numerals import DIGITS, KANJI, LONGEST_NUMERAL, read_digits, read_japanese
from alignkit.text.quantities.tables import number_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.schema import Language
    from alignkit.text.quantities import Quantity

_REMEMBERED: Final = 1 << 16
_ENGLISH: Final = re.compile(rf"(?P<digits>{DIGITS})|(?<![a-z])(?P<word>[a-z]{{3,}})(?![a-z])")
_JAPANESE: Final = re.compile(f"(?P<digits>{DIGITS})|(?P<kanji>[{KANJI}]+)")
# Other kanji numerals are parts of words more often than numbers: 一部, 三菱.
_COUNTS: Final = "つ目"


class Figure(NamedTuple):
    """A figure, where it stands.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        value: What number it is.
        plain: Whether it is a number wherever it stands; a kanji numeral or an English word may be a part of an idiom.
    """

    start: int
    end: int
    value: float
    plain: bool


@lru_cache(maxsize=_REMEMBERED)
def figures_of(text: str, lang: Language) -> tuple[Figure, ...]:
    """Give the digits and numerals of a text."""
    return tuple(_english(fold(text)) if lang == "en" else _japanese(fold(text)))


def unread_figures(reading: Reading) -> list[Figure]:
    """Give the plain figures of a text that are in none of its certain quantities."""
    figures = [figure for figure in figures_of(reading.text, reading.lang) if figure.plain]
    if not figures:
        return []
    read = _places(quantity for quantity in reading.facts.quantities if quantity.certain)
    return [figure for figure in figures if figure.start not in read]


def unread_values(reading: Reading) -> set[float]:
    """Give the values of the figures of a text, plain or not, that are in none of its quantities."""
    read = _places(reading.facts.quantities)
    return {figure.value for figure in figures_of(reading.text, reading.lang) if figure.start not in read}


def values_of(reading: Reading) -> set[float]:
    """Give the values of all figures of a text, and those of its quantities."""
    values = {figure.value for figure in figures_of(reading.text, reading.lang)}
    return values.union(*((quantity.low, quantity.high) for quantity in reading.facts.quantities))


def _places(quantities: Iterable[Quantity]) -> set[int]:
    return {place for quantity in quantities for place in range(quantity.start, quantity.end)}


def _english(folded: str) -> Iterator[Figure]:
    for match in _ENGLISH.finditer(folded):
        if len(match[0]) > LONGEST_NUMERAL:
            continue
        if match["digits"]:
            yield Figure(*match.span(), read_digits(match[0]).low, plain=True)
        elif value := _words().get(match[0]):
            # 'One' is a pronoun, and 'first' comes and goes.
            yield Figure(*match.span(), value, plain=value > 1)


def _japanese(folded: str) -> Iterator[Figure]:
    for match in _JAPANESE.finditer(folded):
        if len(match[0]) > LONGEST_NUMERAL:
            continue
        if match["digits"]:
            yield Figure(*match.span(), read_digits(match[0]).low, plain=True)
        elif value := read_japanese(match[0]):
            yield Figure(*match.span(), value.low, plain=folded.startswith(_COUNTS, match.end()))


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    return number_words("unit") | number_words("ten") | number_words("ordinal")
