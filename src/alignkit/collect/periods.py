"""The year, month or day that an address names: 'sitemap-2031-05.xml', '/2031/05/12/', '?yyyy=2031&mm=05'."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

_NAMED: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:(?:[-_/.]?|&mm?=)(?P<month>0[1-9]|1[0-2])(?:(?:[-_/.]?|&dd?=)(?P<day>0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
_DECEMBER: Final = 12


class Period(NamedTuple):
    """A stretch of time.

    Attributes:
        start: When it begins.
        end: When the next begins.
        is_sure: Whether it is named so that it can hardly be something else: four digits alone may be any number.
    """

    start: dt.datetime
    end: dt.datetime
    is_sure: bool


def period_in(url: str, zone: dt.tzinfo) -> Period | None:
    """Read the last period that an address names behind its host.

    Args:
        url: The address.
        zone: Where its days begin.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    found = None
    for match in _NAMED.finditer(f"{parts.path}?{parts.query}"):
        found = _period(match, zone) or found
    return found


def _period(match: re.Match[str], zone: dt.tzinfo) -> Period | None:
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    try:
        start = dt.datetime(year, month or 1, day or 1, tzinfo=zone)
    except ValueError:  # the thirtieth of February
        return None
    if day:
        return Period(start, start + dt.timedelta(days=1), is_sure=True)
    if month:
        after = start.replace(year=year + month // _DECEMBER, month=month % _DECEMBER + 1)
        return Period(start, after, is_sure=True)
    return Period(start, start.replace(year=year + 1), is_sure=False)
