"""Years, months, days, weekdays, clock times and ages in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.numerals import Numeral
from alignkit.text.quantities.reading import word_quantity
from alignkit.text.quantities.tables import Unit, eras, words

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.reading import Site

_YEARS: Final = range(1000, 2200)
_COMMON_YEARS: Final = range(1900, 2100)
_MOST_YEARS_OF_AGE: Final = 125
_DAYS: Final = range(1, 32)
_NOON: Final = 12
_HALF: Final = 0.5

_AMBIGUOUS_MONTHS: Final = frozenset({"may", "march"})
_MONTH_BEFORE: Final = re.compile(
    r"(?:\b(?:in|on|by|until|till|since|last|next|this|early|late|mid|from|of|to|through|before|after|around|[0-9]{1,2}(?:st|nd|rd|th)?)[ -]|[(/])$"
)
_DAY_AFTER: Final = re.compile(" [0-9]{1,2}(?![0-9:.])|, ?[0-9]{4}| [0-9]{4}")
_MONTH_ENDING: Final = re.compile(r"\b(?P<month>[a-z]{3,9}\.?) (?:the )?$")
_MONTH_FOLLOWING: Final = re.compile(r"(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9}\.?)")
_DAY_TO: Final = re.compile("-(?P<other>[0-9]{1,2})(?![0-9:.-])")
_FISCAL_BEFORE: Final = re.compile(r"(?:\bfy ?|\bfiscal (?:year )?)$")
_ERA_BEFORE: Final = re.compile("(?P<era>reiwa|heisei|showa) $")
_YEAR_BEFORE: Final = re.compile(
    r"(?:\b(?:in|by|since|until|till|of|from|before|after|during|through|to|the|for|late|early|fiscal|year|mid|and|around|than)[ -]|[a-z]\.? [0-9]{1,2}, |[12][0-9]{3}-)$"
)
_AGE_BEFORE: Final = re.compile(r"(?:[a-z.] ?\(|[a-z]['\"]?, )$")
_AGE_AFTER: Final = re.compile(r"[,);]|$")
_AS_OLD_AS: Final = re.compile(r"\b(?:as (?:young|old) as|age of|aged?) $")
_AT_AGE: Final = re.compile(
    r"\b(?:die[sd]?|dead|death|passe[sd] away|retire[sd]?|retirement|debuts?|hit|champion)\b.{0,40} at (?:record-old |age )?$"
)
_DECADE_BEFORE: Final = re.compile(r"\bin (?:(?:his|her|their|the|late|early|mid|around)[ -])*$|\bmid-$")
_CLOCK: Final = re.compile(
    "(?P<mark>(?:: ?[0-9]{2})?[ -]?(?:[ap]\\.?m\\b\\.?|o'clock))|:(?P<minutes>[0-5][0-9])(?![0-9:])(?!\\.[0-9])"
)
_MINUTES: Final = re.compile(": ?(?P<minutes>[0-5][0-9])")
_ELAPSED: Final = re.compile(r":(?P<seconds>[0-5][0-9])\.(?P<hundredths>[0-9]{1,2})(?![0-9])")


def read_calendar_word(site: Site, word: str, unit: Unit) -> Quantity | None:
    """Read the name of a month or weekday, where it is written and used as one: not the modal may, nor the sun."""
    if not site.text[site.start].isupper():
        return None
    if word in _AMBIGUOUS_MONTHS and not (
        _MONTH_BEFORE.search(site.folded, max(0, site.start - 10), site.start)
        or _DAY_AFTER.match(site.folded, site.end)
    ):
        return None
    return word_quantity(site.text, site.start, site.end, unit)


def is_month(word: str) -> bool:
    """Tell whether a folded word is the name of a month, or its abbreviation with or without a full stop."""
    table = words("en")
    unit = table.get(word) or table.get(word.rstrip(".")) or table.get(f"{word}.")
    return unit is not None and unit.kind == "month"


def read_day(site: Site) -> Quantity | None:
    """Read the day beside a month: July 26, July 26-28, 26 July, 26th of July."""
    folded, value = site.folded, site.numeral.low
    if value not in _DAYS:
        return None
    before = _MONTH_ENDING.search(folded, max(0, site.start - 16), site.start)
    if before and is_month(before["month"]):
        if (other := _DAY_TO.match(folded, site.end)) and int(other["other"]) in _DAYS:
            return site.quantity("day", "", other.end(), site.numeral.to(_exact(float(other["other"]))))
        return site.quantity("day", "", site.end)
    after = _MONTH_FOLLOWING.match(folded, site.end)
    if after and is_month(after["month"]) and site.text[after.start("month")].isupper():
        return site.quantity("day", "", site.end)
    return None


def read_year(site: Site, *, counts: bool) -> Quantity | None:
    """Read four figures as a year, unless they count something.

    Args:
        site: The figures.
        counts: Whether what they count follows them.
    """
    folded, value = site.folded, site.numeral.low
    fiscal = _FISCAL_BEFORE.search(folded, max(0, site.start - 12), site.start)
    if fiscal:
        return site.quantity("year", "" if value in _YEARS else "short", site.end, _exact(value), start=fiscal.start())
    era = _ERA_BEFORE.search(folded, max(0, site.start - 7), site.start)
    if era and value < _MOST_YEARS_OF_AGE:
        return site.quantity("year", "", site.end, _exact(eras()[era["era"]] + value), start=era.start())
    if site.end - site.start != len("2031") or value not in _YEARS:
        return None
    in_time = _YEAR_BEFORE.search(folded, max(0, site.start - 10), site.start)
    if in_time or (value in _COMMON_YEARS and not counts):
        return site.quantity("year", "", site.end, _exact(value))
    return None


def read_decade(site: Site) -> Quantity | None:
    """Read the 2040s as ten years, and 'in his 40s' as an age."""
    end = site.end + 1
    if site.end - site.start == len("2040") and site.numeral.low in _YEARS:
        return site.quantity("year", "", end, Numeral(site.numeral.low, site.numeral.low + 9, 0))
    if site.numeral.low % 10 or not _DECADE_BEFORE.search(site.folded, max(0, site.start - 20), site.start):
        return None
    return site.quantity("age", "year", end, Numeral(site.numeral.low, site.numeral.low + 9, 0))


def read_age(site: Site) -> Quantity | None:
    """Read a bare number as an age: 'Arisa Tsukino, 24,', 'dies at 88', 'aged 45', 'Konno (26)'."""
    if not 0 < site.numeral.low <= _MOST_YEARS_OF_AGE or site.numeral.precision != 1:
        return None
    folded = site.folded
    beside = _AGE_BEFORE.search(folded, max(0, site.start - 10), site.start) and _AGE_AFTER.match(folded, site.end)
    as_old = _AS_OLD_AS.search(folded, max(0, site.start - 12), site.start)
    if beside or as_old or _AT_AGE.search(folded, max(0, site.start - 70), site.start):
        return site.quantity("age", "year", site.end)
    return None


def read_clock(site: Site) -> Quantity | None:
    """Read a clock time: 7 a.m., 7:30 p.m., 8am, three o'clock; or an elapsed time to the hundredth: 4:05.71."""
    folded, hour = site.folded, site.numeral.low
    if elapsed := _ELAPSED.match(folded, site.end):
        seconds = hour * 60 + float(f"{elapsed['seconds']}.{elapsed['hundredths']}")
        precision = 10.0 ** -len(elapsed["hundredths"])
        return site.quantity("duration", "second", elapsed.end(), Numeral(seconds, seconds, precision))
    clock = _CLOCK.match(folded, site.end)
    if clock is None or hour > 2 * _NOON or site.numeral.precision != 1:
        return None
    minutes = _MINUTES.match(folded, site.end)
    mark = (clock["mark"] or "").strip(" -:0123456789")
    if mark.startswith(("a", "p")):
        hour = hour % _NOON + _NOON * mark.startswith("p")
    value = hour + (int(minutes["minutes"]) / 60 if minutes else 0)
    unit = "24h" if mark.startswith(("a", "p")) or value > _NOON + 1 else "12h"
    return site.quantity("time", unit, clock.end(), Numeral(value, value, 1 / 60 if minutes else _HALF))


def _exact(value: float) -> Numeral:
    return Numeral(value, value, 0)
