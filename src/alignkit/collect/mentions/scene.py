"""One sentence as the rules see it: its words, with one marker for each quotation, outlet and day."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.mentions.dates import DateMention
    from alignkit.collect.mentions.newsstand import OutletMention
    from alignkit.collect.mentions.quotations import Quotation

QUOTE: Final = "\ue000"
OUTLET: Final = "\ue001"
DAY: Final = "\ue002"
_FARTHEST_IN_A_GROUP: Final = 120
_LONGEST: Final = 2_000


class _Mention(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Spanned = TypeVar("_Spanned", bound=_Mention)


@dataclass(frozen=True, slots=True)
class Group:
    """Outlets named in one breath ('A, B and C'): the span in the skeleton, and their numbers in the scene."""

    start: int
    end: int
    outlets: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """A sentence.

    Attributes:
        skeleton: The sentence, each quotation, outlet and day replaced by its marker.
        quotations: What the markers `QUOTE` stand for, in their order.
        outlets: What the markers `OUTLET` stand for.
        days: What the markers `DAY` stand for.
        listed: Whether it is an item of a list of outlets that carried the story.
    """

    skeleton: str
    quotations: tuple[Quotation, ...]
    outlets: tuple[OutletMention, ...]
    days: tuple[DateMention, ...]
    listed: bool = False
    _places: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {marker: _places(self.skeleton, marker) for marker in (QUOTE, OUTLET, DAY)}
        object.__setattr__(self, "_places", places)

    def places(self, marker: str) -> tuple[int, ...]:
        """Give where in the skeleton a marker stands."""
        return self._places[marker]

    def groups(self, connection: re.Pattern[str]) -> tuple[Group, ...]:
        """Give the outlets in groups.

        Args:
            connection: What stands between two outlets of a group.
        """
        groups: list[Group] = []
        for number, place in enumerate(self.places(OUTLET)):
            last = groups[-1] if groups else None
            near = last is not None and place - last.end <= _FARTHEST_IN_A_GROUP
            if last is not None and near and connection.fullmatch(self.skeleton, last.end, place):
                groups[-1] = Group(last.start, place + 1, (*last.outlets, number))
            else:
                groups.append(Group(place, place + 1, (number,)))
        return tuple(groups)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a quotation.

    Attributes:
        kind: Whether it is a headline, a translation of one, something else, or the sentence leaves open what it is.
        publishers: The numbers of the outlets whose headline it is; none if the sentence does not say.
    """

    kind: Literal["headline", "gloss", "other", "open"]
    publishers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of a sentence: a verdict for each quotation, and the numbers of outlets that carried the story."""

    verdicts: tuple[Verdict, ...]
    carriers: tuple[int, ...]


def make_scene(
    text: str,
    span: tuple[int, int],
    quotations: Sequence[Quotation],
    outlets: Sequence[OutletMention],
    days: Sequence[DateMention],
    *,
    listed: bool,
) -> Scene | None:
    """Make a scene of a sentence.

    Args:
        text: The paragraph that the sentence is in.
        span: Where in it the sentence is.
        quotations: The paragraph's quotations, in their order.
        outlets: The outlets that it names outside of them, in their order.
        days: The days that it names outside of them, in their order.
        listed: Whether it is an item of a list of outlets that carried the story.

    Returns:
        The scene; None if there is neither a quotation nor an outlet in the sentence, or if it is too long for one.
    """
    start, end = span
    here = _within(quotations, start, end), _within(outlets, start, end), _within(days, start, end)
    if end - start > _LONGEST or not (here[0] or here[1]):
        return None
    marked = [(found.start, found.end, QUOTE) for found in here[0]]
    marked += [(found.start, found.end, OUTLET) for found in here[1]]
    marked += [(found.start, found.end, DAY) for found in here[2]]
    parts, position = [], start
    for first, last, marker in sorted(marked):
        parts += [text[position:first], marker]
        position = last
    return Scene("".join([*parts, text[position:end]]), *here, listed)


def _within(mentions: Sequence[_Spanned], start: int, end: int) -> tuple[_Spanned, ...]:
    first = bisect_left(mentions, start, key=lambda found: found.start)
    return tuple(mentions[first : bisect_left(mentions, end, key=lambda found: found.start)])


def _places(skeleton: str, marker: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer(marker, skeleton))
