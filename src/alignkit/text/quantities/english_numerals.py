"""English numerals: digits, number words, and a scale after either."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from alignkit.text.quantities.numerals import Numeral, read_digits
from alignkit.text.quantities.tables import number_words

_WORD: Final = re.compile(r"[ -]?(?:and )?([a-z]+)")
_SCALE: Final = re.compile(r"[ -]?([a-z]+)\.?(?![a-z])")
_HUNDRED: Final = 100
_TEN: Final = 10
_DOZEN: Final = 12
_CURRENCY_SCALES: Final = {"m": 1e6, "b": 1e9, "t": 1e12}
_ATTACHED_SCALES: Final = frozenset({"k", "m", "b", "t", "mn", "tn"})
_LONGEST_IN_WORDS: Final = 100
_AND_A_HALF: Final = re.compile("[ -]and[ -]a[ -]half")
_SOME: Final = (2.0, 9.0)


class Read(NamedTuple):
    """A numeral and where it ends."""

    numeral: Numeral
    end: int


@cache
def _small() -> dict[str, float]:
    return number_words("unit") | number_words("ten")


def read_digits_and_scale(folded: str, start: int, end: int, *, money: bool) -> Read:
    """Read digits and the scale after them: 1.2 million, 120 bil., $5m.

    Args:
        folded: The folded text.
        start: Where the digits begin.
        end: Where they end.
        money: Whether a currency sign stands before them, after which one letter may be a scale.
    """
    numeral = read_digits(folded[start:end])
    return read_scale(folded, numeral, end, money=money)


def read_scale(folded: str, numeral: Numeral, end: int, *, money: bool = False) -> Read:
    """Read the scales after a numeral, two at most: 2 million, 3 hundred thousand."""
    for _ in range(2):
        match = _SCALE.match(folded, end)
        if match is None:
            break
        word = match[1]
        if money and word in _CURRENCY_SCALES:
            factor: float | None = _CURRENCY_SCALES[word]
        else:
            factor = number_words("scale").get(word)
        if factor is None or (word in _ATTACHED_SCALES and not folded.startswith(word, end)):
            break
        numeral, end = numeral.times(factor), match.end(1) + _ends_abbreviation(folded, match)
    return Read(numeral, end)


def _ends_abbreviation(folded: str, match: re.Match[str]) -> bool:
    """Tell whether the full stop after a scale belongs to it: 120 bil. yen."""
    return match[1] in {"mil", "bil", "tril"} and folded.startswith(".", match.end(1))


def read_words(folded: str, start: int) -> Read | None:
    """Read number words: three, twenty-one, a hundred, two dozen, three hundred and five thousand.

    Args:
        folded: The folded text.
        start: Where the first word begins; it may be 'a', where a scale follows.
    """
    total, section, precision = 0.0, 0.0, 1.0
    last = ""
    position = end = start
    small, scales = _small(), number_words("scale")
    while position - start <= _LONGEST_IN_WORDS and (match := _WORD.match(folded, position)):
        word = match[1]
        if word in small and _may_follow(last, word):
            section, precision = section + small[word], 1.0
        elif word in scales and len(word) > 1 and (last or folded.startswith(("a ", "a-"), start)):
            factor = scales[word]
            precision = factor
            if factor in {_HUNDRED, _DOZEN}:
                section = (section or 1) * factor
            else:
                total, section = total + (section or 1) * factor, 0.0
        elif not (position == start and word == "a"):
            break
        last, position = word, match.end()
        if word != "a":
            end = position
    if end == start:
        return None
    value = total + section
    if half := _AND_A_HALF.match(folded, end):
        return Read(Numeral(value + 0.5, value + 0.5, 0.5), half.end())
    return Read(Numeral(value, value, precision), end)


def _may_follow(last: str, word: str) -> bool:
    """Tell whether a small number may stand after this word within one number: twenty-one, but not two three."""
    if not last or last == "a":
        return not last
    units = number_words("unit")
    if last in number_words("ten"):
        return word in units and units[word] < _TEN
    return last in number_words("scale")


def some_of(value: float) -> Numeral:
    """Give what 'dozens' and 'thousands' may be: two to nine of them, and what is left to the next."""
    return Numeral(_SOME[0] * value, (_SOME[1] + 1) * value - 1, 0)
