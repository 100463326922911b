"""Where the characters of a normalised headline stand in the published one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final

from alignkit.text.characters import replacements

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY: Final = re.compile(r"&#?\w{1,31};")


def places_in_published(published: str, text: str) -> list[tuple[int, int]]:
    """Say where each character of a normalised headline comes from.

    Args:
        published: The headline as published.
        text: The same, normalised (`alignkit.text.normalise.normalise`).

    Returns:
        For each character of `text`, the start and the exclusive end of the characters of `published` that it stands for;
        for one that cannot be placed, the place between its neighbours.
    """
    characters = list(_dressed(published))
    dressed = "".join(character for character, _, _ in characters)
    found = dressed.find(text)
    if found >= 0:
        return [(start, end) for _, start, end in characters[found : found + len(text)]]
    places: list[tuple[int, int] | None] = [None] * len(text)
    for block in SequenceMatcher(None, dressed, text, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            _, start, end = characters[block.a + offset]
            places[block.b + offset] = (start, end)
    return list(_filled(places))


def published_span(places: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Give the span of the published headline that a span of the normalised one stands for."""
    if not places[start:end]:
        return (0, 0)
    return min(place[0] for place in places[start:end]), max(place[1] for place in places[start:end])


def _dressed(published: str) -> Iterator[tuple[str, int, int]]:
    """Give the characters that a published headline has in normalised dress, each with what it stands for."""
    table = replacements()
    after_space = True
    for match in _pieces().finditer(published):
        piece = match[0]
        dress = unescape(piece) if _ENTITY.fullmatch(piece) else table.get(piece, piece)
        for character in dress:
            space = character.isspace()
            if not (space and after_space):
                yield " " if space else character, match.start(), match.end()
            after_space = space


def _filled(places: list[tuple[int, int] | None]) -> Iterator[tuple[int, int]]:
    before = (0, 0)
    for place in places:
        before = place if place is not None else (before[1], before[1])
        yield before


@cache
def _pieces() -> re.Pattern[str]:
    longest_first = sorted(replacements(), key=len, reverse=True)
    several = "|".join(re.escape(piece) for piece in longest_first if len(piece) > 1)
    return re.compile(f"{_ENTITY.pattern}|{several}|.", re.DOTALL)
