"""Countries as Japanese headlines abbreviate them: 米, 日米韓, 訪米, 中国."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.names.tables import country_abbreviations

if TYPE_CHECKING:
    from alignkit.text.names.japanese_text import JapaneseText

# What stands before one abbreviation, and makes a word with it: 訪米, 対中, 在日.
_BEFORE: Final = "訪渡対在駐反親離来帰"
# What stands after an abbreviation that is a common word, too.
_AFTER: Final = re.compile("国(?![内際民会])|[軍側系紙製産兵]|政府|当局|国防|議会|首脳|外交|代表|大使|ミサイル|核")
_CLAUSE_BEGINS: Final = re.compile("[、がはも]")
_DATE: Final = re.compile(r"[0-9〇一二三四五六七八九十月前翌当同連毎昨今即]$")
# What only looks like several countries.
_NOT_COUNTRIES: Final = frozenset(
    {"中日", "日日", "中中", "加比", "北中", "北日", "西日", "東日", "北西", "西北", "土日", "日土"}
)
_MOST_COUNTRIES: Final = 5
_NORTH: Final = "北"
_PAKISTAN: Final = "パ"
_JAPAN: Final = "日"


def countries_at(text: JapaneseText, at: int) -> tuple[list[str], int]:
    """Read the countries whose abbreviations begin at a place.

    Args:
        text: The headline.
        at: Where a word begins.

    Returns:
        Their codes, in order, and where the abbreviation ends; no codes where there is none.
    """
    abbreviations = country_abbreviations()
    folded = text.folded
    visit = folded[at : at + 1] in _BEFORE and folded[at + 1 : at + 2] in abbreviations
    if visit and text.is_edge(at + 2) and folded[at + 1] != _NORTH:
        return [abbreviations[folded[at + 1]][0]], at + 2
    match = _run().match(folded, at)
    if match is None or (folded[at] == _JAPAN and _DATE.search(folded, max(0, at - 1), at)):
        return [], at
    for end in range(match.end(), at + 1, -1):
        if text.is_edge(end) and _are_countries(text, at, end):
            return [abbreviations[character][0] for character in folded[at:end]], end
    return ([abbreviations[folded[at]][0]], at + 1) if _stands_alone(text, at) else ([], at)


def _are_countries(text: JapaneseText, start: int, end: int) -> bool:
    run = text.folded[start:end]
    if run in _NOT_COUNTRIES or len(set(run)) < len(run) or _NORTH in run[:1]:
        return False
    if _PAKISTAN in run:
        return run == "印パ"
    common = sum(country_abbreviations()[character][1] for character in run)
    return common > 0 and text.folded[end : end + 1] not in ("海", "市", "人")


def _stands_alone(text: JapaneseText, at: int) -> bool:
    """Tell whether one kanji is a country: IPADIC says so, or what follows does."""
    end = at + 1
    if not text.is_edge(end):
        return False
    character = text.folded[at]
    word = text.word_at(at)
    before_office = text.is_office(end) or _AFTER.match(text.folded, end) is not None
    if character == _NORTH:
        return before_office or (at == 0 and _CLAUSE_BEGINS.match(text.folded, end) is not None)
    if before_office:
        return word is not None and (word.tag == "country" or character not in "日中")
    return word is not None and word.tag == "country" and country_abbreviations()[character][1]


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{''.join(country_abbreviations())}]{{1,{_MOST_COUNTRIES}}}")
