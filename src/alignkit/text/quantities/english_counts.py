"""What an English number counts or measures, by the words after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.english_context import (
    Following,
    approximation_after,
    approximation_before,
    noun_after,
    role_of,
    unit_after,
    words_after,
)
from alignkit.text.quantities.numerals import Numeral

if TYPE_CHECKING:
    from alignkit.text.quantities.english_context import Word
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.reading import Site

_ROW: Final = frozenset({"straight", "consecutive", "successive"})
_LEAST_IN_WON: Final = 1000
_MOST_YEARS_OF_AGE: Final = 125
_MOST_HOURS: Final = 24
_FREEZING_FAHRENHEIT: Final = 32
_MINUS: Final = ("minus ", "-")
_BELOW_ZERO: Final = " below zero"


def read_counted(site: Site) -> Quantity | None:
    """Read a number by the words after it, as a bare count where none of them tells.

    Args:
        site: The number; which way it is opened is entered into it.

    Returns:
        None where letters follow that are no unit: 5G, 4WD.
    """
    words = words_after(site.folded, site.end)
    site.approximate = site.approximate or approximation_before(site.folded, site.start)
    if words and words[0].text in _ROW:
        return site.quantity("ordinal", "row", site.end)
    following = unit_after(site.text, words)
    if following is not None and following.unit.kind != "count":
        return _measured(site, following)
    if words and not words[0].gap:
        return None
    site.approximate = site.approximate or approximation_after(site.folded, site.end)
    return _count(site, following or noun_after(words), words)


def _count(site: Site, noun: Following | None, words: list[Word]) -> Quantity:
    unit = noun.unit.unit if noun else ""
    role = role_of(site.folded, site.start, words) if unit in {"people", ""} else ""
    quantity = site.quantity("count", unit or ("people" if role else ""), site.end)
    return replace(quantity, role=role) if role else quantity


def _measured(site: Site, following: Following) -> Quantity | None:
    kind, unit, factor, _ = following.unit
    end, value = following.end, site.numeral.times(factor)
    site.approximate = site.approximate or approximation_after(site.folded, end)
    if kind == "clock":
        return site.quantity("time", "12h", end) if value.high <= _MOST_HOURS else None
    if kind == "won":
        return site.quantity("money", "KRW", end) if value.low >= _LEAST_IN_WON else _count(site, None, [])
    if kind == "century":
        return site.quantity("duration", "year", end, value.times(100))
    if kind in {"temperature", "fahrenheit"}:
        return _temperature(site, end, is_fahrenheit=kind == "fahrenheit")
    if kind == "age" and value.low > _MOST_YEARS_OF_AGE:
        kind = "duration"
    return site.quantity(kind, unit, end, value)


def _temperature(site: Site, end: int, *, is_fahrenheit: bool) -> Quantity:
    low, high, precision = site.numeral
    start = site.start
    before = site.folded[max(0, start - len(_MINUS[0])) : start]
    minus = next((mark for mark in _MINUS if before.endswith(mark)), "")
    if minus:
        low, high, start = -high, -low, start - len(minus)
    elif site.folded.startswith(_BELOW_ZERO, end):
        low, high, end = -high, -low, end + len(_BELOW_ZERO)
    if is_fahrenheit:
        low, high, precision = (
            (low - _FREEZING_FAHRENHEIT) / 1.8,
            (high - _FREEZING_FAHRENHEIT) / 1.8,
            precision / 1.8,
        )
    return site.quantity("temperature", "C", end, Numeral(low, high, precision), start=start)
