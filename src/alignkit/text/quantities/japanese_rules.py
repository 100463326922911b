"""What a Japanese counter makes of the number before it, where that takes more than a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.japanese_dates import DATE_RULES, exact
from alignkit.text.quantities.numerals import Numeral, read_digits, read_japanese
from alignkit.text.quantities.reading import Site
from alignkit.text.quantities.tables import eras

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.text.quantities.model import Quantity

_BU: Final = re.compile("(?P<bu>[1-9])分")
_NUMERATOR: Final = re.compile("[0-9]{1,3}|[一二三四五六七八九]")
_MINUS: Final = re.compile("(?:零下|氷点下|マイナス|(?<![0-9])-)$")
_TEMPERATURE_BEFORE: Final = re.compile("(?:気温|体温|水温|温度|最高|最低)は?$")
_TEMPERATURES: Final = (10, 60)
_DECADES: Final = range(10, 100, 10)
_WITH_HALVES: Final = (5, 6)


def read_special(text: str, match: re.Match[str]) -> Quantity | None:
    """Read a magnitude, an intensity or an era's first year.

    Args:
        text: The text as given.
        match: Where one was found in the folded text, with the name of its group.
    """
    site = Site(text, match.string, match.start(), match.end(), exact(0))
    if match.lastgroup == "magnitude":
        return site.quantity("magnitude", "M", site.end, read_digits(match["magnitude_value"]))
    if match.lastgroup == "intensity":
        return site.quantity("intensity", "shindo", site.end, _intensity(int(match["value"]), match["half"]))
    return site.quantity("year", "", site.end, exact(eras()[match[0].removesuffix("元年")] + 1))


def _intensity(value: int, half: str | None) -> Numeral:
    """Give 5 for 5弱, 5.5 for 5強, and both for 5 alone."""
    if half is None:
        return Numeral(value, value + 0.5 * (value in _WITH_HALVES), 0)
    return exact(value + 0.5 * (half == "強"))


def _tenths(site: Site, end: int) -> Quantity | None:
    """Read 割 as ten per cent, with 分 after it as one."""
    percent = site.numeral.times(10)
    if bu := _BU.match(site.folded, end):
        more = percent.low + int(bu["bu"])
        return site.quantity("percent", "%", bu.end(), Numeral(more, more, 1))
    return site.quantity("percent", "%", end, percent)


def _part(site: Site, end: int) -> Quantity | None:
    """Read 3分の1 as per cent."""
    numerator = _NUMERATOR.match(site.folded, end)
    if numerator is None or not site.numeral.low:
        return None
    value = read_japanese(numerator[0])
    if value is None:
        return None
    percent = 100 * value.low / site.numeral.low
    return site.quantity("percent", "%", numerator.end(), Numeral(percent, percent, 1))


def _degrees(site: Site, end: int) -> Quantity | None:
    """Read 度 as a temperature where it is one, and as times elsewhere."""
    before = max(0, site.start - 4)
    minus = _MINUS.search(site.folded, before, site.start)
    least, most = _TEMPERATURES
    is_temperature = (
        minus is not None
        or site.numeral.precision < 1
        or _TEMPERATURE_BEFORE.search(site.folded, before, site.start) is not None
        or least <= site.numeral.low <= most
    )
    if site.folded.startswith("目", end):
        return site.quantity("ordinal", "", end + 1)
    if not is_temperature:
        return site.quantity("count", "time", end)
    return _temperature(site, end, minus)


def _temperature(site: Site, end: int, minus: re.Match[str] | None) -> Quantity:
    start = site.start if minus is None else minus.start()
    value = site.numeral if minus is None else site.numeral.times(-1)
    value = Numeral(min(value.low, value.high), max(value.low, value.high), abs(value.precision))
    return site.quantity("temperature", "C", end, value, start=start)


def _celsius(site: Site, end: int) -> Quantity | None:
    return _temperature(site, end, _MINUS.search(site.folded, max(0, site.start - 4), site.start))


def _fahrenheit(site: Site, end: int) -> Quantity | None:
    low, high, precision = site.numeral
    return site.quantity("temperature", "C", end, Numeral((low - 32) / 1.8, (high - 32) / 1.8, precision / 1.8))


def _ages(site: Site, end: int) -> Quantity | None:
    """Read 40代 as an age from 40 to 49, and 4代 and 4代目 as a place in a row."""
    if site.numeral.low in _DECADES and not site.folded.startswith("目", end):
        return site.quantity("age", "year", end, Numeral(site.numeral.low, site.numeral.high + 9, 0))
    return site.quantity("ordinal", "", end + site.folded.startswith("目", end))


def _nothing(_site: Site, _end: int) -> Quantity | None:
    """Read nothing: the number is part of a name or an idiom."""
    return None


RULES: Final[dict[str, Callable[[Site, int], Quantity | None]]] = {
    "decade": _ages,
    "degree": _degrees,
    "fahrenheit": _fahrenheit,
    "name": _nothing,
    "part": _part,
    "temperature": _celsius,
    "wari": _tenths,
    **DATE_RULES,
}
"""By the name that japanese_units.tsv gives a counter: what its rule makes of a site and the end of the counter."""
