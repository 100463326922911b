"""Quantities in Japanese: where a number stands, what is around it, and which rule reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.folding import fold
from alignkit.text.quantities.japanese_bare import read_bare, read_record
from alignkit.text.quantities.japanese_dates import span
from alignkit.text.quantities.japanese_rules import RULES, read_special
from alignkit.text.quantities.numerals import DIGITS, KANJI, read_japanese
from alignkit.text.quantities.reading import Site, is_named, word_quantity
from alignkit.text.quantities.spacing import gaps, placed, without
from alignkit.text.quantities.tables import (
    Unit,
    approximations,
    eras,
    name_prefixes,
    names_with_numbers,
    roles,
    unit_pattern,
    units,
    words,
)

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity

_MORE: Final = f"(?:{DIGITS}|[{KANJI}])*+"
_DIGITS_RUN: Final = f"{DIGITS}(?:[十百千万億兆]{_MORE})?+"
_KANJI_RUN: Final = f"[{KANJI}]{_MORE}"
_MAGNITUDE: Final = (
    r"(?:(?<![a-z])m|マグニチュード ?\(?m?\)?)(?P<magnitude_value>[0-9](?:[.・][0-9])?)(?![0-9a-z万千億円])"
)
_INTENSITY: Final = "震度(?P<value>[0-7])(?P<half>[強弱])?"
_FIRST: Final = re.compile("初(?![日旬期動診夏春秋冬心級頭耳恋版歩])")

_RANGE: Final = re.compile(f"[-~](?P<other>{_DIGITS_RUN}|{_KANJI_RUN})")
_NEXT: Final = re.compile("[、・](?P<other>[2-9])(?![0-9.,・])")
_RECORD: Final = re.compile("(?P<other>[0-9]{1,3})敗(?!目)")
_SCALE: Final = re.compile("[十百千万億兆]+$")
_SOME_MORE: Final = re.compile("余り?|数(?=[人件台戸棟校頭匹羽隻機本枚冊店社カか回年日時分万億])")

_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LATIN: Final = re.compile("[a-z]")
_LONGEST_BEFORE: Final = 5
_SPEED_BEFORE: Final = re.compile("(?:時速|風速|秒速|毎秒)(?:約|最大)?$")


@cache
def _start() -> re.Pattern[str]:
    """Give a pattern of where a quantity may begin; the name of the group that closes last says which."""
    first_years = "|".join(f"{era}元年" for era in eras())
    singles = "|".join(map(re.escape, sorted(words("ja"), key=len, reverse=True)))
    return re.compile(
        f"(?P<number>{_DIGITS_RUN})|(?P<magnitude>{_MAGNITUDE})|(?P<intensity>{_INTENSITY})"
        f"|(?P<era>{first_years})|(?P<word>{singles})|(?P<kanji>{_KANJI_RUN})"
    )


def read_japanese_text(text: str) -> list[Quantity]:
    """Read the quantities of a Japanese text, as `alignkit.text.quantities.read_quantities` says."""
    folded = fold(text)
    if " " in folded and (places := gaps(folded)):
        closed = without(text, places)
        return list(placed(_read_all(closed, fold(closed)), text, places))
    return _read_all(text, folded)


def _read_all(text: str, folded: str) -> list[Quantity]:
    search = _start().search
    found: list[Quantity] = []
    position = 0
    while match := search(folded, position):
        quantity = _read(text, match)
        position = match.end()
        if quantity is not None and (not found or quantity.start >= found[-1].end):
            found.append(quantity)
            position = quantity.end
    return found


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    group = match.lastgroup
    if group in {"number", "kanji"}:
        return _read_number(text, match.string, match.span(), kanji=group == "kanji")
    if group == "word":
        if match[0] == "初" and not _FIRST.match(match.string, match.start()):
            return None
        return word_quantity(text, *match.span(), words("ja")[match[0]])
    return read_special(text, match)


def _read_number(text: str, folded: str, place: tuple[int, int], *, kanji: bool) -> Quantity | None:
    start, end = place
    run = folded[start:end]
    if _is_name(folded, start, run):
        return None
    numeral = read_japanese(run)
    if numeral is None:
        return None
    site = Site(text, folded, start, end, numeral)
    if kanji:
        # 一 alone, and 数 alone, are idiom more often than number.
        site.certain = run not in {"一", "数"}
    _read_approximation_before(site)
    return _read_range(site, kanji=kanji) or _read_counter(site, kanji=kanji) or (None if kanji else read_bare(site))


def _is_name(folded: str, start: int, run: str) -> bool:
    """Tell whether the number is part of a name: G7, 国道152号, 四国, 北九州."""
    if is_named(folded, start, names_with_numbers("ja").get(run, ())):
        return True
    if run[0] not in "0123456789":
        return is_named(folded, start, names_with_numbers("ja").get(run[0], ()))
    before = folded[start - 1 : start]
    if "a" <= before <= "z" or (before == "-" and _LATIN.match(folded, max(0, start - 2))):
        return True
    return folded.endswith(name_prefixes("ja"), max(0, start - 8), start)


def _read_approximation_before(site: Site) -> None:
    openers = approximations("ja", "before")
    for length in range(_LONGEST_BEFORE, 0, -1):
        if way := openers.get(site.folded[max(0, site.start - length) : site.start]):
            site.approximate = way
            return


def _read_range(site: Site, *, kanji: bool) -> Quantity | None:
    """Read 3~5人 and 2、3人: two numbers that share a counter."""
    folded = site.folded
    match = _RANGE.match(folded, site.end)
    following = None if match else _NEXT.match(folded, site.end)
    other = match or following
    if other is None:
        return None
    end = read_japanese(other["other"])
    if end is None:
        return None
    first = site.numeral
    scale = _SCALE.search(other["other"])
    if scale and not _SCALE.search(folded, site.start, site.end):
        first = first.times(max(1, end.precision))
    is_upward = first.high < end.low if match else first.low + 1 == end.low
    if not is_upward:
        return None
    whole = replace(site, end=other.end(), numeral=first.to(end))
    if following:
        whole.approximate = "about"
    return _read_counter(whole, kanji=kanji)


def _read_counter(site: Site, *, kanji: bool) -> Quantity | None:
    """Read the number by the counter that follows it, or give None where none does."""
    folded, end = site.folded, site.end
    if more := _SOME_MORE.match(folded, end):
        end = more.end()
        site.approximate = "over"
    match = unit_pattern("ja").match(folded, end + folded.startswith(" %", end))
    if match is None or ("a" <= match[0][-1] <= "z" and _LATIN.match(folded, match.end())):
        return None
    unit = units("ja")[match[0]]
    if kanji and not unit.kanji and site.end - site.start == 1:
        return None
    _read_approximation_after(site, match.end())
    if rule := RULES.get(unit.kind):
        return rule(site, match.end())
    return _read_plain(site, unit, match.end())


def _read_plain(site: Site, unit: Unit, end: int) -> Quantity | None:
    folded, is_count = site.folded, unit.kind == "count"
    if unit.unit == "win" and (record := _RECORD.match(folded, end)):
        return read_record(site, record)
    if unit.kind == "duration" or (is_count and folded.startswith(("目", "連続"), end)):
        return span(site, unit.unit, end)
    if is_count and folded[site.start - 1 : site.start] == "第":
        return site.quantity("ordinal", "", end)
    if unit.kind in {"length", "kilo"} and (speed := _SPEED_BEFORE.search(folded, max(0, site.start - 4), site.start)):
        # 時速 is kilometres an hour; 風速 and 秒速 are metres a second.
        return site.quantity("speed", "km/h", end, site.numeral.times(1.0 if speed[0].startswith("時") else 3.6))
    quantity = site.quantity(unit.kind, unit.unit, end, site.numeral.times(unit.factor))
    has_role = is_count and unit.unit in {"people", ""}
    return replace(quantity, role=_role(folded, site.start, end)) if has_role else quantity


def _read_approximation_after(site: Site, end: int) -> None:
    openers = approximations("ja", "after")
    for length in range(_LONGEST_BEFORE, 0, -1):
        word = site.folded[end : end + length]
        if way := openers.get(word):
            # 強 and 弱 before another kanji begin a word of their own: 3人強盗, 5人弱者.
            if not (word in {"強", "弱"} and _HAN.match(site.folded, end + 1)):
                site.approximate = way
            return


def _role(folded: str, start: int, end: int) -> str:
    after = roles("ja", "after")
    for length in range(_LONGEST_BEFORE, 0, -1):
        if role := after.get(folded[end : end + length]):
            return role
    before = roles("ja", "before")
    for length in range(_LONGEST_BEFORE, 0, -1):
        if role := before.get(folded[max(0, start - length) : start]):
            return role
    return ""
