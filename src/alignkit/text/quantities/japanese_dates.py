"""Years, months, days, clock times and durations in Japanese, which share their counters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.numerals import Numeral
from alignkit.text.quantities.tables import eras

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.reading import Site

_FOUR_FIGURES: Final = re.compile("[12][0-9]{3}|[一二][〇一二三四五六七八九]{3}")
_SHORT_YEARS: Final = range(10, 100)
_LAST_YEAR_OF_ERA: Final = 64
_MONTHS, _DAYS, _HOURS = 12, 31, 24
_NOON: Final = 12
_HALF: Final = 0.5
_MARCH: Final = 3

_FISCAL_PERIOD: Final = re.compile("(?P<month>[0-9]{1,2})月期")
_TERM_MONTHS: Final = re.compile("(?P<months>[0-9]{1,2})(?P<counter>[カかヵヶケ箇]?)月")
_TERM_BEFORE: Final = re.compile("刑|懲役|禁錮|禁固|猶予")
_SPAN_OF_YEARS: Final = re.compile(
    "[間半余前後超弱強分]|ぶり|以上|以内|以下|未満|近[くい]|がかり|越し|ほど|あまり|にわた|ごと|経|周年|契約|求刑|判決|遅れ|延長|の(?:歴史|節目|刑|実刑|懲役)"
)
_SHORT_YEAR: Final = re.compile("[春夏秋冬末初産]|[0-9]{1,2}月|まで|から|に|大会|五輪|時点|発売|開[館業始]|W杯")
_SPAN_OF_DAYS: Final = re.compile(
    "[間前後分半余超]|ぶり|以上|以内|以下|未満|遅|早[くいまめ]|がかり|近く|ほど|あまり|で1"
)
_SPAN_END: Final = re.compile("間(?!近|もな|違)|ぶり")
_ENDS_YEARS: Final = re.compile("[12][0-9]{3}[-~]$")
_LEADING_ZERO: Final = re.compile("0[0-9](?:[-~]0[0-9])?")
_MINUTES: Final = re.compile("(?P<minutes>[0-9]{1,2})分(?:間)?|(?P<half>半)")
_SECONDS: Final = re.compile("(?P<seconds>[0-9]{1,2})秒(?P<hundredths>[0-9]{1,2})?")
_HUNDREDTHS: Final = re.compile("[0-9]{1,2}(?![0-9])")
_MORNING: Final = re.compile("(?:午前|朝|未明|早朝)の?$")
_EVENING: Final = re.compile("(?:午後|夜|夕方|夕)の?$")
_LONGEST_BEFORE: Final = len("1869~")


def exact(value: float) -> Numeral:
    """Give a value that is exact."""
    return Numeral(value, value, 0)


def span(site: Site, unit: str, end: int) -> Quantity | None:
    """Make a duration, or a place in a row where 目 or 連続 follows, of a number and its counter up to `end`."""
    folded = site.folded
    if folded.startswith("目", end):
        return site.quantity("ordinal", "", end + 1)
    if folded.startswith("連続", end):
        return site.quantity("ordinal", "row", end + 2)
    value = site.numeral
    if folded.startswith("半", end) and not folded.startswith(("半減", "半額", "半数", "半ば", "半分"), end):
        value, end = Numeral(value.low + _HALF, value.high + _HALF, _HALF), end + 1
    if more := _SPAN_END.match(folded, end):
        end = more.end()
    return site.quantity("duration", unit, end, value)


def _year(site: Site, end: int) -> Quantity | None:
    """Read 年: a year, a year of an era, a span, or (two digits with nothing that tells) either."""
    folded, value = site.folded, site.numeral.low
    era = eras().get(folded[max(0, site.start - 2) : site.start])
    if era is not None and value <= _LAST_YEAR_OF_ERA:
        return site.quantity("year", "", end + folded.startswith("度", end), exact(era + value), start=site.start - 2)
    if period := _FISCAL_PERIOD.match(folded, end):
        # The fiscal year that ends in March bears the number of the year before.
        year = exact(value - (int(period["month"]) <= _MARCH))
        return site.quantity("year", "" if value > _SHORT_YEARS[-1] else "short", period.end(), year)
    if _FOUR_FIGURES.fullmatch(folded, site.start, site.end) and not folded.startswith(("前", "間", "ぶり"), end):
        return _decade(site, end) if folded.startswith("代", end) else site.quantity("year", "", end, site.numeral)
    return _short_year_or_span(site, end)


def _decade(site: Site, end: int) -> Quantity:
    """Read 1950年代 as its ten years."""
    return site.quantity("year", "", end + 1, Numeral(site.numeral.low, site.numeral.high + 9, 0))


def _short_year_or_span(site: Site, end: int) -> Quantity | None:
    folded, value, before = site.folded, site.numeral.low, max(0, site.start - _LONGEST_BEFORE)
    is_term = _TERM_BEFORE.search(folded, before, site.start) is not None
    months = _TERM_MONTHS.match(folded, end)
    if months and (months["counter"] or is_term):
        years = value + int(months["months"]) / _MONTHS
        return site.quantity("duration", "year", months.end(), Numeral(years, years, 1 / _MONTHS))
    if folded.startswith("生", end):
        return site.quantity("ordinal", "", end + 1)
    if _ENDS_YEARS.search(folded, before, site.start) or _LEADING_ZERO.fullmatch(folded, site.start, site.end):
        return site.quantity("year", "short", end)
    is_counted = folded.startswith(("目", "連続"), end) or _SPAN_OF_YEARS.match(folded, end) is not None
    if is_term or is_counted or value not in _SHORT_YEARS:
        return span(site, "year", end)
    is_year = _SHORT_YEAR.match(folded, end) is not None
    return site.quantity("year", "short", end, exact(value)) if is_year else site.quantity("years", "year", end)


def _fiscal_year(site: Site, end: int) -> Quantity | None:
    folded, value = site.folded, site.numeral.low
    era = eras().get(folded[max(0, site.start - 2) : site.start])
    if era is not None:
        return site.quantity("year", "", end, exact(era + value), start=site.start - 2)
    if value in _SHORT_YEARS:
        return site.quantity("year", "short", end, exact(value))
    return site.quantity("year", "", end) if _FOUR_FIGURES.fullmatch(folded, site.start, site.end) else None


def _month(site: Site, end: int) -> Quantity | None:
    return site.quantity("month", "", end) if 1 <= site.numeral.low <= site.numeral.high <= _MONTHS else None


def _day(site: Site, end: int) -> Quantity | None:
    """Read 日: a day of the month, or a number of days."""
    compared = site.folded[max(0, site.start - 2) : site.start] == "より"
    is_span = (
        compared
        or site.approximate
        or site.folded.startswith(("目", "連続"), end)
        or _SPAN_OF_DAYS.match(site.folded, end)
    )
    if is_span or not 1 <= site.numeral.low <= site.numeral.high <= _DAYS:
        return span(site, "day", end)
    return site.quantity("day", "", end)


def _clock(site: Site, end: int) -> Quantity | None:
    """Read 時 with the minutes after it; 午後 and its like before it add twelve hours."""
    folded, hour = site.folded, site.numeral.low
    if hour > _HOURS or site.numeral.precision < 1:
        return None
    before = max(0, site.start - _LONGEST_BEFORE)
    evening = _EVENING.search(folded, before, site.start)
    mark = evening or _MORNING.search(folded, before, site.start)
    if mark is None and folded[site.start] not in "0123456789":
        return None
    start = site.start if mark is None else mark.start()
    value, precision = hour + _NOON * (evening is not None and hour < _NOON), _HALF
    if minutes := _MINUTES.match(folded, end):
        value += _HALF if minutes["half"] else int(minutes["minutes"]) / 60
        precision, end = 1 / 60, minutes.end()
    unit = "24h" if mark or hour > _NOON else "12h"
    return site.quantity("time", unit, end, Numeral(value, value, precision), start=start)


def _hours(site: Site, end: int) -> Quantity | None:
    """Read 時間, with minutes after it."""
    minutes = _MINUTES.match(site.folded, end)
    if minutes is None or minutes["half"]:
        return span(site, "hour", end)
    value = site.numeral.low + int(minutes["minutes"]) / 60
    return site.quantity("duration", "hour", minutes.end(), Numeral(value, value, 1 / 60))


def _minutes(site: Site, end: int) -> Quantity | None:
    """Read 分, with seconds and hundredths after it: 4分5秒71."""
    seconds = _SECONDS.match(site.folded, end)
    if seconds is None:
        return span(site, "minute", end)
    digits = f"{seconds['seconds']}.{seconds['hundredths'] or ''}"
    value = site.numeral.low * 60 + float(digits)
    precision = 10.0 ** -len(seconds["hundredths"] or "")
    return site.quantity("duration", "second", seconds.end(), Numeral(value, value, precision))


def _seconds(site: Site, end: int) -> Quantity | None:
    """Read 秒, with hundredths after it: 9秒97."""
    hundredths = _HUNDREDTHS.match(site.folded, end)
    if hundredths is None:
        return span(site, "second", end)
    value = float(f"{site.numeral.low:.0f}.{hundredths[0]}")
    return site.quantity("duration", "second", hundredths.end(), Numeral(value, value, 10.0 ** -len(hundredths[0])))


DATE_RULES: Final[dict[str, Callable[[Site, int], Quantity | None]]] = {
    "clock": _clock,
    "day": _day,
    "fiscal": _fiscal_year,
    "hours": _hours,
    "minute": _minutes,
    "month": _month,
    "second": _seconds,
    "year": _year,
}
