"""Times as feeds, sitemaps and pages write them, by the standards or nearly so."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

_LONGEST: Final = 100
_MONTH_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_RFC_822: Final = re.compile(
    r"[A-Z][a-z]{2}, (\d\d) (" + "|".join(_MONTHS) + r") (\d{4}) (\d\d:\d\d:\d\d) (?:([+-]\d{4})|GMT|UTC|Z)"
)
_WEEKDAY: Final = r"(?:(?:[A-Za-z]{3,9}|[月火水木金土日]),? )?"
_DATES: Final = (
    # 2031/05/12, 2031-5-12, 2031年5月12日(月)
    re.compile(
        r"(?P<year>\d{4})[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2})(?!\d)日? ?(?:\([月火水木金土日]\))?"
    ),
    # Mon, 12 May 2031, 12-May-31, 月, 12 5月 2031
    re.compile(_WEEKDAY + r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9}|\d{1,2}月)\.?[ -](?P<year>\d{4}|\d{2})(?!\d)"),
    # May 12, 2031
    re.compile(_WEEKDAY + r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?!\d)"),
)
_CLOCK: Final = re.compile(
    r"[T, ]*(?:at )?(?P<before>午前|午後)? ?"
    r"(?:(?P<hour>\d{1,2})[:時] ?(?P<minute>\d{1,2})?分?(?:[: ]?(?P<second>\d{1,2})秒?(?:[.,]\d+)?)?)?"
    r" ?(?P<after>[AP]M\b)? ?(?P<zone>.*)",
    re.IGNORECASE,
)
# Mon May 12 09:30:00 2031, as C writes it
_CLOCK_BEFORE_YEAR: Final = re.compile(r"\A(.*) (\d\d?:\d\d(?::\d\d)?) (\d{4})\Z")
_OFFSET: Final = re.compile(r"(?:GMT|UTC)? ?([+-])(\d{1,2}):?(\d\d)?")
_HOURS_OF_ZONES: Final = dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0) | {
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "JST": 9,
    "KST": 9,
    # of the United States, as RFC 822 has them
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_HALF_DAY: Final = 12
_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100


def parse_time(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """Read a time; a date alone is the beginning of its day.

    Args:
        text: A time in the ways of RFC 822, ISO 8601, W3C or Japan; also with what is often wrong in them.
        zone: Where a time without a zone is meant.

    Returns:
        The time, with its zone; None if it is none, or no full date.
    """
    if match := _RFC_822.fullmatch(text):
        day, month, year, clock, offset = match.groups()
        text = f"{year}-{_MONTHS[month]:02}-{day}T{clock}{offset or 'Z'}"
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return _parse_sloppy(text, zone)
    return time if time.tzinfo is not None else time.replace(tzinfo=zone)


def _parse_sloppy(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    plain = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    plain = _CLOCK_BEFORE_YEAR.sub(r"\1 \3 \2", plain)
    date = next((match for pattern in _DATES if (match := pattern.match(plain))), None)
    clock = date and _CLOCK.fullmatch(plain, date.end())
    if not date or not clock:
        return None
    try:
        named = _zone(clock["zone"]) if clock["zone"] else zone
        year, month, day = int(date["year"]), _month(date["month"]), int(date["day"])
        minute, second = (int(clock[name] or 0) for name in ("minute", "second"))
        year += _CENTURY if year < _TWO_DIGITS else 0
        return dt.datetime(year, month, day, _hour(clock), minute, second, tzinfo=named)
    except (ValueError, KeyError):  # the thirtieth of February, a zone that nobody knows
        return None


def _month(text: str) -> int:
    return _MONTHS[text[:3].title()] if text[0].isalpha() else int(text.rstrip("月"))


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["hour"] or 0)
    half = (clock["before"] or clock["after"] or "").upper()
    if not half or hour > _HALF_DAY:
        return hour
    return hour % _HALF_DAY + (_HALF_DAY if half in {"午後", "PM"} else 0)


def _zone(text: str) -> dt.tzinfo:
    if match := _OFFSET.fullmatch(text):
        offset = dt.timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return dt.timezone(-offset if match[1] == "-" else offset)
    return dt.timezone(dt.timedelta(hours=_HOURS_OF_ZONES[text.upper()]))
