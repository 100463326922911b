"""Quantities in English: which words and figures are numbers, and which rule reads each."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.english_context import noun_after, words_after
from alignkit.text.quantities.english_counts import read_counted
from alignkit.text.quantities.english_dates import read_calendar_word
from alignkit.text.quantities.english_figures import read_figure
from alignkit.text.quantities.english_numerals import read_scale, read_words, some_of
from alignkit.text.quantities.english_ordinals import (
    read_fraction,
    read_numbered,
    read_tens_ordinal,
    read_word_ordinal,
)
from alignkit.text.quantities.folding import fold
from alignkit.text.quantities.numerals import DIGITS, LONGEST_NUMERAL, Numeral, read_digits
from alignkit.text.quantities.reading import Site, is_named, word_quantity
from alignkit.text.quantities.tables import names_with_numbers, number_words, units, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.text.quantities.model import Quantity

_TOKEN: Final = re.compile(rf"(?P<digits>{DIGITS})|(?P<word>[a-z]++\.?)")
_OF_SCALE: Final = re.compile(" of (?P<scale>thousands|millions|billions)")
_HALF_A: Final = re.compile("half[ -](?:an? )?(?P<word>[a-z]+)")
_SOME_WHOLE: Final = re.compile(" (?P<other>two|three|four|five|six|seven|eight|nine|ten)(?![a-z-])")
_ONE: Final = Numeral(1, 1, 1)


def read_english(text: str) -> list[Quantity]:
    """Read the quantities of an English text, as `alignkit.text.quantities.read_quantities` says."""
    folded = fold(text)
    search, readers = _TOKEN.search, _readers()
    found: list[Quantity] = []
    position = 0
    while match := search(folded, position):
        start, position = match.span()
        if position - start > LONGEST_NUMERAL:
            continue
        if match.lastgroup == "digits":
            quantity = read_figure(Site(text, folded, start, position, read_digits(match[0])))
        else:
            word = match[0] if match[0] in readers else match[0].rstrip(".")
            reader = readers.get(word)
            if reader is None or _is_inside_a_word(folded, start, start + len(word)):
                continue
            if is_named(folded, start, names_with_numbers("en").get(word, ())):
                continue
            quantity = reader(Site(text, folded, start, start + len(word), _ONE))
        if quantity is not None and (not found or quantity.start >= found[-1].end):
            found.append(quantity)
            position = max(position, quantity.end)
    return found


@cache
def _readers() -> dict[str, Callable[[Site], Quantity | None]]:
    """Give what reads a number that begins with each word."""
    readers: dict[str, Callable[[Site], Quantity | None]] = {"a": _read_article, "decade": _read_decade_alone}
    for word, unit in words("en").items():
        readers[word] = _read_calendar if unit.kind in {"month", "weekday"} else _read_hint
    readers |= dict.fromkeys(number_words("unit") | number_words("ten"), _read_number_words)
    readers |= dict.fromkeys(number_words("ordinal"), read_word_ordinal)
    readers |= dict.fromkeys(number_words("vague"), _read_vague)
    return readers


def _is_inside_a_word(folded: str, start: int, end: int) -> bool:
    return folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()


def _read_calendar(site: Site) -> Quantity | None:
    word = site.folded[site.start : site.end]
    return read_calendar_word(site, word, words("en")[word])


def _read_hint(site: Site) -> Quantity | None:
    """Read a word that hints at a number: half, both, double, first; 'no' only before what can be counted."""
    word = site.folded[site.start : site.end]
    if word == "half" and (read := _read_half_of(site)) is not None:
        return read
    if word == "no" and noun_after(words_after(site.folded, site.end)[:2]) is None:
        return None
    return word_quantity(site.text, site.start, site.end, words("en")[word])


def _read_half_of(site: Site) -> Quantity | None:
    """Read half a million and half an hour."""
    match = _HALF_A.match(site.folded, site.start)
    if match is None:
        return None
    site.end = match.end()
    if factor := number_words("scale").get(match["word"]):
        site.numeral = Numeral(factor / 2, factor / 2, factor / 10)
        return read_counted(site)
    unit = units("en").get(match["word"])
    if unit is None or unit.kind not in {"duration", "century"}:
        return None
    if unit.kind == "century":
        return site.quantity("duration", "year", site.end, Numeral(50, 50, 1))
    half = unit.factor / 2
    return site.quantity("duration", unit.unit, site.end, Numeral(half, half, half / 10))


def _read_article(site: Site) -> Quantity | None:
    """Read 'a' only where a number follows it: a hundred, a dozen, a third of, a decade."""
    if (fraction := read_fraction(site)) is not None:
        return fraction
    read = read_words(site.folded, site.start)
    if read is None:
        return None
    site.numeral, site.end = read
    return read_counted(site)


def _read_decade_alone(site: Site) -> Quantity | None:
    """Read 'a decade' as ten years."""
    if not site.folded.endswith(("a ", "over ", "past ", "last "), max(0, site.start - 5), site.start):
        return None
    return site.quantity("duration", "year", site.end, Numeral(10, 10, 1))


def _read_number_words(site: Site) -> Quantity | None:
    folded = site.folded
    first = folded[site.start : site.end]
    read = read_words(folded, site.start)
    if read is None:
        return None
    site.numeral, site.end = read
    for reader in (read_tens_ordinal, read_fraction, read_numbered):
        if (quantity := reader(site)) is not None:
            return quantity
    site.numeral, site.end = read_scale(folded, site.numeral, site.end)
    if first == "one" and site.numeral.high == 1:
        return _read_one(site)
    return _read_counted_or_range(site)


def _read_one(site: Site) -> Quantity | None:
    """Read 'one' only right before what it counts, for elsewhere it is a pronoun."""
    following = words_after(site.folded, site.end)
    if not following or following[0].text not in units("en"):
        return None
    return read_counted(site)


def _read_counted_or_range(site: Site) -> Quantity | None:
    """Read 'two or three people' and 'between three and five' as ranges."""
    folded = site.folded
    for joint in (" to", " or", " and"):
        if not folded.startswith(joint, site.end):
            continue
        other = _SOME_WHOLE.match(folded, site.end + len(joint))
        is_range = joint != " and" or folded[: site.start].endswith("between ")
        if other and is_range and folded[max(0, site.start - 5) : site.start] != "from ":
            value = number_words("unit")[other["other"]]
            if value > site.numeral.high:
                site.numeral, site.end = site.numeral.to(Numeral(value, value, 1)), other.end()
    quantity = read_counted(site)
    if quantity is not None and quantity.kind == "count" and not quantity.unit and _is_capital_inside(site):
        return replace(quantity, certain=False)
    return quantity


def _is_capital_inside(site: Site) -> bool:
    """Tell whether a number word begins with a capital amid the text, as in the name of a group."""
    return site.start > 0 and site.text[site.start].isupper()


def _read_vague(site: Site) -> Quantity | None:
    """Read dozens, hundreds and tens of thousands: two to nine of them."""
    value = number_words("vague")[site.folded[site.start : site.end]]
    if match := _OF_SCALE.match(site.folded, site.end):
        value *= number_words("vague")[match["scale"]]
        site.end = match.end()
    elif site.folded.startswith("tens", site.start) or not _is_of_something(site):
        return None
    site.numeral, site.certain = some_of(value), False
    return read_counted(site)


def _is_of_something(site: Site) -> bool:
    """Tell whether a plural number word counts: 'scores of people', not 'scores winner'."""
    return site.folded[site.start : site.end] != "scores" or site.folded.startswith(" of ", site.end)
