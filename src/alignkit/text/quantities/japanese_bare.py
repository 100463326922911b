"""Digits in Japanese that no counter follows: scores, dates with a slash, ages in brackets, and the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.numerals import Numeral

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.reading import Site

_SCORE: Final = re.compile("(?: ?[-ー] ?|対)(?P<other>[0-9]{1,3})(?![0-9.,-])")
_AGE_BEFORE: Final = re.compile(r"[^\W0-9a-z] ?[(=]$")
_AGE_AFTER: Final = re.compile(" ?[)、,=]")
_SHIRT_BEFORE: Final = re.compile("背番号[「は]?$")
_NAME_BEFORE: Final = re.compile("[ァ-ヺー]")
_LATIN: Final = re.compile("[a-z]")
# What stands before the later figures of 03-1234 and of a batting average, 打率.346.
_CHAIN: Final = frozenset("-.・")
_IS_YEAR: Final = re.compile("(?P<era>\\((?:明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)\\)年)|[~-](?:[0-9]{2}){1,2}年")
_MOST_IN_SCORE: Final = 999
_MOST_YEARS: Final = 125
_FOUR_FIGURES: Final = re.compile("[0-9]{4}")


def read_bare(site: Site) -> Quantity | None:
    """Read digits without a counter, or give None where they are part of a name or of a chain such as 03-1234."""
    folded, start, end = site.folded, site.start, site.end
    before = folded[start - 1 : start]
    if before in _CHAIN:
        return None
    if score := _SCORE.match(folded, end):
        return _score(site, score)
    is_four = _FOUR_FIGURES.fullmatch(folded, start, end) is not None
    if is_four and (year := _IS_YEAR.match(folded, end)):
        return site.quantity("year", "", year.end() if year["era"] else end)
    if before == "/" or _LATIN.match(folded, end) or folded.startswith(("-", "/"), end):
        return None
    # After katakana, and of four figures, it is more often part of a name: マーズ2020, トップ4.
    site.certain = not is_four and not _NAME_BEFORE.match(folded, start - 1)
    return _ordinal_or_age(site) or site.quantity("count", "", end)


def _ordinal_or_age(site: Site) -> Quantity | None:
    folded, start, end = site.folded, site.start, site.end
    if folded[start - 1 : start] == "第" or _SHIRT_BEFORE.search(folded, start - 5, start):
        return site.quantity("ordinal", "", end)
    is_beside = _AGE_AFTER.match(folded, end) and _AGE_BEFORE.search(folded, start - 3, start)
    return site.quantity("age", "year", end) if is_beside and site.numeral.low <= _MOST_YEARS else None


def read_record(site: Site, match: re.Match[str]) -> Quantity | None:
    """Read 14勝1敗, which English writes as a score: 14-1."""
    return _score(site, match)


def _score(site: Site, match: re.Match[str]) -> Quantity | None:
    one, other = site.numeral.low, float(match["other"])
    if one > _MOST_IN_SCORE or site.numeral.precision != 1:
        return None
    return site.quantity("score", "", match.end(), Numeral(min(one, other), max(one, other), 0))
