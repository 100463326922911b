"""The days that a document names, in full or by another day: '26 July 2025', 'a day later', 「翌27日」."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])"
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ERAS: Final = {"令和": 2018, "平成": 1988}
# In the order in which they are tried where several begin at one place.
_DATE: Final = re.compile(
    rf"""
      (?<![0-9/-])(?P<iso>(?:19|20)[0-9]{{2}}([-/.])(?:1[0-2]|0?[1-9])\2{_DAY})(?![0-9])
    | \b(?:(?:{"|".join(_WEEKDAYS)}),?\ )?(?:
          (?P<day1>{_DAY})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month1>{_MONTH})\b\.?(?:,?\ (?P<year1>(?:19|20)[0-9]{{2}})\b)?
        | (?P<month2>{_MONTH})\ (?P<day2>{_DAY})(?:st|nd|rd|th)?\b(?!:)(?:,?\ (?P<year2>(?:19|20)[0-9]{{2}})\b)?
      )
    | (?:(?P<year3>(?:19|20)[0-9]{{2}})年|(?P<era>令和|平成)(?P<era_year>元|[0-9]{{1,2}})年|(?:同年)?)
      (?<![0-9])(?P<month3>1[0-2]|0?[1-9])月(?P<day3>{_DAY})日
    | (?<![0-9月年])[同翌]?(?P<day4>{_DAY})日(?![間後ぶ連目以])
    | (?P<same>(?i:\b(?:the\ )?same\ (?:day|date|morning|evening)\b|\bthat\ (?:same\ )?day\b)|同日|同じ日)
    | (?P<next>(?i:\b(?:the\ )?(?:next|following)\ (?:day|morning)\b)|翌日|翌朝)
    | (?P<previous>(?i:\bthe\ (?:previous\ day|day\ before)\b)|前日)
    | \b(?P<shift>(?i:a|one|two|three|four|five|six|seven)|[2-9])\ days?\ (?P<way>later|after|earlier|before)\b
    | (?<![0-9])(?P<after>[1-9]|[12][0-9])日後
    | (?P<today>\b[Tt]oday\b|\b[Tt]his\ morning\b|本日|今日|きょう|今朝)
    | (?P<yesterday>\b[Yy]esterday\b|昨日|きのう|昨夜)
    | \b[Oo]n\ (?P<weekday>{"|".join(_WEEKDAYS)})\b
    """,
    re.VERBOSE,
)
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_MIDYEAR: Final = (7, 1)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day that a text names: its span, and the day if it can be told."""

    start: int
    end: int
    day: dt.date | None


class Calendar:
    """Tells the days that a document names, in the order in which it names them.

    Args:
        document: The day the document is from, if known.
        texts: All of the document's text: where a day is named without its year, the year is that of the day named
            before it; for the first such day that of the document, or of the first full date, or the only year named.
    """

    def __init__(self, document: dt.date | None, texts: Sequence[str]) -> None:
        self._document = document
        self._last: dt.date | None = None
        self._around = document or _first_day(texts) or _only_year(texts)

    def read(self, text: str) -> list[DateMention]:
        """Give the days that the next piece of the document names."""
        found = []
        for match in _DATE.finditer(half_width(text)):
            day = self._resolve(match)
            if day is not None:
                self._last = day
            found.append(DateMention(match.start(), match.end(), day))
        return found

    def _resolve(self, match: re.Match[str]) -> dt.date | None:
        try:
            return self._of_document(match) or self._of_last(match) or self._written(match)
        except (ValueError, OverflowError):
            return None

    def _of_document(self, match: re.Match[str]) -> dt.date | None:
        """Read what stands for a day by the day of writing."""
        if self._document is None:
            return None
        if match["today"] or match["yesterday"]:
            return self._document - dt.timedelta(days=1 if match["yesterday"] else 0)
        if match["weekday"]:
            back = (self._document.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
            return self._document - dt.timedelta(days=back)
        return None

    def _of_last(self, match: re.Match[str]) -> dt.date | None:
        """Read what stands for a day by the one named before it."""
        shift = None
        if match["same"]:
            shift = 0
        elif match["next"]:
            shift = 1
        elif match["previous"]:
            shift = -1
        elif match["after"]:
            shift = int(match["after"])
        elif match["shift"]:
            number = match["shift"].lower()
            shift = _NUMBERS.get(number) or int(number)
            shift = {"later": shift, "earlier": -shift}.get(match["way"])
        return None if shift is None or self._last is None else self._last + dt.timedelta(days=shift)

    def _written(self, match: re.Match[str]) -> dt.date | None:
        """Read figures; what is left out is taken so that the day is nearest to the one before."""
        near = self._last or self._around
        full = full_day(match)
        if full is not None:
            return full
        month = _month(match)
        if near is None:
            return None
        if month is not None:
            day = int(match["day1"] or match["day2"] or match["day3"])
            years = (near.year - 1, near.year, near.year + 1)
            return _nearest(near, [(year, month, day) for year in years])
        if match["day4"]:
            months = [near.year * 12 + near.month - 1 + shift for shift in (-1, 0, 1)]
            return _nearest(near, [(count // 12, count % 12 + 1, int(match["day4"])) for count in months])
        return None


def half_width(text: str) -> str:
    """Give a text with its full-width figures and letters in half width, each still one character."""
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def full_day(match: re.Match[str]) -> dt.date | None:
    """Give the day of a date that names its year, or None.

    Raises:
        ValueError: There is no such day.
    """
    if match["iso"]:
        return dt.date(*map(int, re.split("[-/.]", match["iso"])))
    month = _month(match)
    year = match["year1"] or match["year2"] or match["year3"]
    if match["era"]:
        year = str(_ERAS[match["era"]] + (1 if match["era_year"] == "元" else int(match["era_year"])))
    if month is None or year is None:
        return None
    return dt.date(int(year), month, int(match["day1"] or match["day2"] or match["day3"]))


def _month(match: re.Match[str]) -> int | None:
    if match["month3"]:
        return int(match["month3"])
    name = match["month1"] or match["month2"]
    return _MONTHS.index(name[:3]) + 1 if name else None


def _nearest(near: dt.date, days: list[tuple[int, int, int]]) -> dt.date | None:
    possible = []
    for year, month, day in days:
        try:
            possible.append(dt.date(year, month, day))
        except ValueError:
            continue
    return min(possible, key=lambda day: abs(day - near), default=None)


def _first_day(texts: Sequence[str]) -> dt.date | None:
    for text in texts:
        for match in _DATE.finditer(half_width(text)):
            try:
                day = full_day(match)
            except ValueError:
                continue
            if day is not None:
                return day
    return None


def _only_year(texts: Sequence[str]) -> dt.date | None:
    years = {year for text in texts for year in _YEAR.findall(half_width(text))}
    return dt.date(int(years.pop()), *_MIDYEAR) if len(years) == 1 else None
