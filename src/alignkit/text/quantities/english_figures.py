"""Figures in English: money, magnitudes, scores, ranges, years and all else that begins with a digit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities import english_dates as dates
from alignkit.text.quantities.english_context import approximation_before, noun_after, unit_after, words_after
from alignkit.text.quantities.english_counts import read_counted
from alignkit.text.quantities.english_numerals import read_digits_and_scale
from alignkit.text.quantities.english_ordinals import read_fraction, read_numbered, read_suffixed
from alignkit.text.quantities.numerals import DIGITS, Numeral, read_digits
from alignkit.text.quantities.reading import Site, is_named
from alignkit.text.quantities.tables import name_prefixes, names_with_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.text.quantities.model import Quantity

_CURRENCY_BEFORE: Final = re.compile(r"(?P<code>(?<![a-z])(?:us|hk|nt|nz|[acs]))?(?P<sign>[$€£¥₩₹]|(?<![a-z])rs\.?) ?$")
_CURRENCIES: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "rs": "INR", "rs.": "INR"}
_DOLLARS: Final = {"a": "AUD", "c": "CAD", "hk": "HKD", "nt": "TWD", "nz": "NZD", "s": "SGD", "us": "USD"}
_MAGNITUDE_BEFORE: Final = re.compile(r"(?:(?<![a-z0-9])m|\bmagnitude(?: of |[ -]))$")
_MAGNITUDE_AFTER: Final = re.compile("[ -]magnitude")
_HALF_BEFORE: Final = re.compile(r"\b(?P<half>upper|strong|lower|weak) $")
_INTENSITY_BEFORE: Final = re.compile(r"\b(?:shindo|intensity)(?: of| level)? (?P<half>(?:upper|strong|lower|weak) )?$")
_INTENSITY_WORDS: Final = ("intensity", "shindo", "quake", "seismic")
# No earthquake reaches magnitude 10.
_TOO_STRONG: Final = 10
_MOST_INTENSITY: Final = 7
_PREFIX_BEFORE: Final = re.compile(r"\b(?:mid|pre|post|late|early|non|near|ex)-$")
_NAME_BEFORE: Final = re.compile("[a-z]-?$")
_WORD_BEFORE: Final = re.compile("[a-z]+(?= $)")
_DASHED: Final = re.compile(f"-(?P<other>{DIGITS})(?![-:0-9a-rt-z])")
_TO: Final = re.compile(f"(?: (?:to|or)(?: as many as)? | and )(?P<other>{DIGITS})(?![-:0-9])")
_BETWEEN: Final = re.compile(r"\bbetween (?P<sign>[$€£¥])?$")
_FROM: Final = re.compile(r"\bfrom $")
_MOST_IN_SCORE: Final = 999
_RESULTS: Final = frozenset({"win", "loss", "draw", "game", "goal", "team", "vote", "seat", "point"})


def read_figure(site: Site) -> Quantity | None:
    """Read the number that begins with these digits, or give None where they are part of a name."""
    if currency := _CURRENCY_BEFORE.search(site.folded, max(0, site.start - 4), site.start):
        return _money(site, currency)
    for reader in _READERS_OF_MARKED:
        if (quantity := reader(site)) is not None:
            return quantity
    if _is_name(site):
        return None
    if site.folded.startswith("s", site.end) and not site.folded[site.end + 1 : site.end + 2].isalpha():
        return dates.read_decade(site)
    site.numeral, site.end = _with_scale(site)
    for reader in _READERS:
        if (quantity := reader(site)) is not None:
            return quantity
    return None


def _with_scale(site: Site) -> tuple[Numeral, int]:
    read = read_digits_and_scale(site.folded, site.start, site.end, money=False)
    return read.numeral, read.end


def _money(site: Site, currency: re.Match[str]) -> Quantity:
    site.approximate = approximation_before(site.folded, currency.start())
    read = read_digits_and_scale(site.folded, site.start, site.end, money=True)
    unit = _DOLLARS.get(currency["code"] or "", "USD") if currency["sign"] == "$" else _CURRENCIES[currency["sign"]]
    return site.quantity("money", unit, read.end, read.numeral, start=currency.start())


def _magnitude(site: Site) -> Quantity | None:
    before = _MAGNITUDE_BEFORE.search(site.folded, max(0, site.start - 13), site.start)
    if before is None and not _MAGNITUDE_AFTER.match(site.folded, site.end):
        return None
    start = before.start() if before else site.start
    is_small_letter = before is not None and before[0] == "m" and site.text[start].islower()
    if site.numeral.low >= _TOO_STRONG or is_small_letter:
        return None
    return site.quantity("magnitude", "M", site.end, start=start)


def _intensity(site: Site) -> Quantity | None:
    """Read seismic intensity: 'upper 5', 'intensity of 4'."""
    if site.numeral.low > _MOST_INTENSITY or site.numeral.precision != 1:
        return None
    folded = site.folded
    named = _INTENSITY_BEFORE.search(folded, max(0, site.start - 26), site.start)
    half = _HALF_BEFORE.search(folded, max(0, site.start - 8), site.start)
    if named is None and not (half and any(word in folded for word in _INTENSITY_WORDS)):
        return None
    value = site.numeral.low
    if half is None:
        return site.quantity("intensity", "shindo", site.end, Numeral(value, value + 0.5 * (value in {5, 6}), 0))
    value += 0.5 * (half["half"] in {"upper", "strong"})
    return site.quantity("intensity", "shindo", site.end, Numeral(value, value, 0), start=half.start())


def _is_name(site: Site) -> bool:
    """Tell whether the digits are part of a name: G7, F-35, Route 152, 24/7."""
    folded, start, end = site.folded, site.start, site.end
    if is_named(folded, start, names_with_numbers("en").get(folded[start:end], ())):
        return True
    if folded[start - 1 : start] in {"/", "."} or folded.startswith("/", end):
        return True
    if _NAME_BEFORE.search(folded, max(0, start - 2), start):
        return not (
            _PREFIX_BEFORE.search(folded, max(0, start - 6), start) or folded.startswith("fy", max(0, start - 2))
        )
    word = _WORD_BEFORE.search(folded, max(0, start - 16), start)
    return word is not None and word[0] in name_prefixes("en") and site.text[word.start()].isupper()


def _joined(site: Site) -> Quantity | None:
    """Read two numbers joined by a dash or a word: a score (3-1), or a range (3-5 people, 3 to 5 people)."""
    folded = site.folded
    dashed = _DASHED.match(folded, site.end)
    match = dashed or _TO.match(folded, site.end)
    if match is None or (not dashed and _FROM.search(folded, max(0, site.start - 5), site.start)):
        return None
    if " and " in match[0] and not _BETWEEN.search(folded, max(0, site.start - 9), site.start):
        return None
    read = read_digits_and_scale(folded, match.start("other"), match.end("other"), money=False)
    if (ranged := _range(site, read.numeral, read.end)) is not None:
        return ranged
    one, other = site.numeral, read_digits(match["other"])
    if not dashed or max(one.low, other.low) > _MOST_IN_SCORE or (one.precision, other.precision) != (1, 1):
        return None
    return site.quantity("score", "", match.end(), Numeral(min(one.low, other.low), max(one.low, other.low), 0))


def _range(site: Site, end: Numeral, place: int) -> Quantity | None:
    words = words_after(site.folded, place)
    unit = unit_after(site.text, words) or noun_after(words[:2])
    low = site.numeral.times(end.precision) if end.precision > site.numeral.high >= 1 else site.numeral
    if unit is None or low.high >= end.low or unit.unit.unit in _RESULTS:
        return None
    return read_counted(replace(site, end=place, numeral=low.to(end)))


def _year(site: Site) -> Quantity | None:
    words = words_after(site.folded, site.end)
    counted = unit_after(site.text, words) or noun_after(words[:1])
    return dates.read_year(site, counts=counted is not None)


_READERS_OF_MARKED: Final[tuple[Callable[[Site], Quantity | None], ...]] = (
    _magnitude,
    read_numbered,
    _intensity,
)
_READERS: Final[tuple[Callable[[Site], Quantity | None], ...]] = (
    read_suffixed,
    dates.read_clock,
    dates.read_day,
    _joined,
    _year,
    dates.read_age,
    read_fraction,
    read_counted,
)
