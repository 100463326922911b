"""Periods that a headline tells by their distance from now: 'last year' and 昨年, 'tomorrow' and あす."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.data import read_rows
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from alignkit.schema import Language

_YEAR: Final = "year"
_OF_A_YEAR: Final = frozenset({"spring", "summer", "autumn", "winter"})
_ALIKE: Final = frozenset({_YEAR, "season", "time", "term"})


class Turn(NamedTuple):
    """A period told by its distance from now.

    Attributes:
        start: Where it begins in the text that was given.
        end: Where it ends.
        period: What kind of period it is: 'year', 'season', 'summer', 'day' and so on, alike in both languages.
        step: How many periods from now: -1 the last, 0 this one, 1 the next.
    """

    start: int
    end: int
    period: str
    step: int


@dataclass(frozen=True, slots=True)
class TurnCheck:
    """What became of the turns of a pair of headlines.

    Attributes:
        matched: Those that are the same, one to one, as indices of the English and of the Japanese turn.
        conflicting: Those of one period but different steps, likewise.
        left: How many English ones are not matched, the conflicting among them.
    """

    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]
    left: int


def read_turns(text: str, lang: Language) -> list[Turn]:
    """Give the turns of a text, in their order.

    Args:
        text: The text, published or normalised.
        lang: The language that it is in.
    """
    return list(_read_japanese(text) if lang == "ja" else _read_english(text))


def compare_turns(en: Sequence[Turn], ja: Sequence[Turn]) -> TurnCheck:
    """Compare the turns of two headlines; a season is also told by its year: 昨夏 matches 'last year'.

    Args:
        en: What `read_turns` reads in the English headline.
        ja: What it reads in the Japanese headline.
    """
    matched = _pair(en, ja, range(len(en)), range(len(ja)), _is_same)
    matched += _pair(en, ja, *_left(en, ja, matched), _is_alike)
    conflicting = _pair(en, ja, *_left(en, ja, matched), _is_other)
    return TurnCheck(tuple(sorted(matched)), tuple(sorted(conflicting)), len(en) - len(matched))


def _pair(
    en: Sequence[Turn],
    ja: Sequence[Turn],
    ones: Iterable[int],
    others: Iterable[int],
    fits: Callable[[Turn, Turn], bool],
) -> list[tuple[int, int]]:
    """Pair English and Japanese turns of some places that fit, each with the first that is left."""
    free = list(others)
    pairs = []
    for one in ones:
        other = next((place for place in free if fits(en[one], ja[place])), None)
        if other is not None:
            free.remove(other)
            pairs.append((one, other))
    return pairs


def _left(en: Sequence[Turn], ja: Sequence[Turn], pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Give the places of the turns of both sides that are in no pair."""
    paired_en, paired_ja = {one for one, _ in pairs}, {other for _, other in pairs}
    return (
        [place for place in range(len(en)) if place not in paired_en],
        [place for place in range(len(ja)) if place not in paired_ja],
    )


def _is_same(one: Turn, other: Turn) -> bool:
    return (one.period, one.step) == (other.period, other.step)


def _is_alike(one: Turn, other: Turn) -> bool:
    """Tell whether two turns are of one step and of periods that the languages exchange: 'last summer' may be 昨年."""
    periods = {one.period, other.period}
    return one.step == other.step and (periods <= _ALIKE or (_YEAR in periods and bool(periods & _OF_A_YEAR)))


def _is_other(one: Turn, other: Turn) -> bool:
    """Tell whether two turns are of one period, or of a year and a part of it, but not of one step."""
    periods = {one.period, other.period}
    return one.step != other.step and (len(periods) == 1 or (_YEAR in periods and bool(periods & _OF_A_YEAR)))


def _read_english(text: str) -> Iterator[Turn]:
    steps, periods, words = (_table("en", what) for what in ("step", "period", "word"))
    for match in _pattern("en").finditer(text):
        said = match["word"]
        if said:
            yield _whole_word(match.span(), words[said.lower()])
        else:
            yield Turn(*match.span(), periods[match["period"].lower()], int(steps[match["step"].lower()]))


def _read_japanese(text: str) -> Iterator[Turn]:
    """Read turns that begin and end where words do: in 日本年金 there is no 本年."""
    pattern = _pattern("ja")
    if not pattern.search(text):
        return
    steps, periods, words = (_table("ja", what) for what in ("step", "period", "word"))
    tokens = tokenise([text], "ja")[0]
    ends = {token.end for token in tokens}
    for token in tokens:
        match = pattern.match(text, token.start)
        if match is None or match.end() not in ends:
            continue
        said = match["word"]
        if said:
            yield _whole_word(match.span(), words[said])
        else:
            yield Turn(*match.span(), periods[match["period"]], int(steps[match["step"]]))


def _whole_word(span: tuple[int, int], value: str) -> Turn:
    period, step = value.split(" ")
    return Turn(*span, period, int(step))


@cache
def _pattern(lang: Language) -> re.Pattern[str]:
    step, period, word = (
        "|".join(sorted(_table(lang, what), key=len, reverse=True)) for what in ("step", "period", "word")
    )
    if lang == "ja":
        return re.compile(f"(?P<word>{word})|(?P<step>{step})(?P<period>{period})")
    between = "(?: few| several| fiscal)?"
    return re.compile(rf"\b(?:(?P<word>{word})|(?P<step>{step}){between} (?P<period>{period}))\b", re.IGNORECASE)


@cache
def _table(lang: Language, what: str) -> dict[str, str]:
    return {word: value for language, of, word, value in read_rows("turns.tsv") if (language, of) == (lang, what)}
