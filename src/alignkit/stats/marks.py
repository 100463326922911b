"""A headline in pieces: what the other headline says too, what it says differently, and what is left over."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from alignkit.schema import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alignkit.align.explained import ExplainedPair

LEFT_OVER: Final = 0

Piece: TypeAlias = "str | tuple[str, int, str]"
"""A stretch of a headline: plain text; or text, mark and kind. The mark is `LEFT_OVER`, or the number of a match, which
the stretch of the other headline that says the same has too, or minus the number of a conflict."""

_MOST_TELLING: Final = ("number", "date", "name", "polarity", "word")
"""The kinds of matches; where two are of one stretch, the first of these names it."""


class _Link(NamedTuple):
    """A match or a conflict: its kind, and its stretch of each headline."""

    kind: str
    conflicts: bool
    spans: Mapping[str, tuple[int, int]]


def marked_headlines(pair: ExplainedPair) -> tuple[list[Piece], list[Piece]]:
    """Cut an explained pair's two headlines, as published, into pieces.

    Stretches that overlap in either headline are of one match; so each character is in one piece.

    Args:
        pair: The pair.

    Returns:
        The pieces of the English and of the Japanese headline; joined, they are the headlines as published.
    """
    explained = pair.as_dict()
    links = sorted(_links(explained), key=lambda link: (link.spans["en"], link.spans["ja"]))
    numbers = _numbers(links)
    one, other = (_pieces(explained[lang], lang, links, numbers) for lang in LANGUAGES)
    return one, other


def _links(explained: Mapping[str, Any]) -> Iterator[_Link]:
    for name in ("matches", "conflicts"):
        for link in explained[name]:
            # That both go the same way is said by verbs which are matched as words too, if they are alike.
            if name == "conflicts" or link["kind"] != "polarity":
                en, ja = ((link[lang]["start"], link[lang]["end"]) for lang in LANGUAGES)
                yield _Link(link["kind"], name == "conflicts", {"en": en, "ja": ja})


def _numbers(links: list[_Link]) -> list[int]:
    """Number links from 1 in the order of the English headline; those that overlap in either headline are one."""
    groups: list[list[int]] = []
    for place, link in enumerate(links):
        near = [group for group in groups if any(_overlap(link, links[other]) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append(sorted([place, *(member for group in near for member in group)]))
    number_of = {place: number for number, group in enumerate(sorted(groups), 1) for place in group}
    return [number_of[place] for place in range(len(links))]


def _overlap(one: _Link, other: _Link) -> bool:
    return one.conflicts == other.conflicts and any(
        one.spans[lang][0] < other.spans[lang][1] and other.spans[lang][0] < one.spans[lang][1] for lang in LANGUAGES
    )


def _pieces(side: Mapping[str, Any], lang: str, links: list[_Link], numbers: list[int]) -> list[Piece]:
    marks: list[tuple[int, str] | None] = [None] * len(side["published"])
    for left in side["left"]:
        _paint(marks, (left["start"], left["end"]), (LEFT_OVER, left["kind"]))
    # What is painted last shows: conflicts over matches, and the most telling kind over the others.
    ranked = sorted(
        zip(links, numbers, strict=True), key=lambda each: (each[0].conflicts, -_MOST_TELLING.index(each[0].kind))
    )
    for link, number in ranked:
        _paint(marks, link.spans[lang], (-number if link.conflicts else number, link.kind))
    pieces: list[Piece] = []
    for mark, characters in groupby(zip(side["published"], marks, strict=True), key=lambda each: each[1]):
        text = "".join(character for character, _ in characters)
        pieces.append(text if mark is None else (text, *mark))
    return pieces


def _paint(marks: list[tuple[int, str] | None], span: tuple[int, int], mark: tuple[int, str]) -> None:
    start, end = span
    marks[start:end] = [mark] * (end - start)
