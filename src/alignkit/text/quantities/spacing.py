"""Spaces between a number and its counter, as machines write them in Japanese: 1820 年, 1500 万人."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.numerals import DIGITS
from alignkit.text.quantities.tables import unit_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignkit.text.quantities.model import Quantity

# A space before the number, too, shows that it does not part two phrases: 新記録の28 日本勢.
_APART: Final = re.compile(f"(?:^|(?<=[ 、。・「『(]))第?{DIGITS}(?P<gap> )(?=[^ ])")
_SCALE: Final = re.compile("[万億兆]")
# What begins a longer word is no counter: 3 日本勢, 5 月面.
_WORD_GOES_ON: Final = re.compile("[\u4e00-\u9fffァ-ヺー](?!曜)")


def gaps(folded: str) -> list[int]:
    """Give where spaces stand between a number and what belongs to it.

    Args:
        folded: The text as `alignkit.text.quantities.folding.fold` gives it.
    """
    return [match.start("gap") for match in _APART.finditer(folded) if _is_counted(folded, match.end("gap"))]


def without(text: str, places: Sequence[int]) -> str:
    """Give a text without the characters at some places."""
    left_out = set(places)
    return "".join(character for place, character in enumerate(text) if place not in left_out)


def placed(quantities: Iterable[Quantity], text: str, places: Sequence[int]) -> Iterator[Quantity]:
    """Give quantities of a text without the characters at some places as they stand in the whole text."""
    left_out = set(places)
    origin = [place for place in range(len(text)) if place not in left_out]
    for quantity in quantities:
        start, end = origin[quantity.start], origin[quantity.end - 1] + 1
        yield replace(quantity, start=start, end=end, text=text[start:end])


def _is_counted(folded: str, start: int) -> bool:
    if _SCALE.match(folded, start):
        return True
    unit = unit_pattern("ja").match(folded, start)
    if unit is None:
        return False
    if unit[0].isascii():
        return not folded[unit.end() : unit.end() + 1].isalnum() or not folded[unit.end()].isascii()
    return len(unit[0]) > 1 or not _WORD_GOES_ON.match(folded, unit.end())
