"""The headlines that were found so far, and to which of them a lead belongs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.model import Lead
from alignkit.collect.mentions.terms import query_terms

if TYPE_CHECKING:
    from alignkit.outlets.model import Outlet
    from alignkit.schema import Language

# A story is picked up on its own day or soon after; where it is evening here, it is morning there.
_DAYS_BEFORE: Final = dt.timedelta(days=1)
_DAYS_AFTER: Final = dt.timedelta(days=3)
_MOST_BLOCKS_BACK: Final = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """A headline that a document quotes.

    Attributes:
        text: The headline.
        lang: Its language.
        day: When it was published.
        publishers: The ids of the outlets that it is of.
        block: The number of its block.
        sentence: The number of its sentence in that.
        place: Where in the sentence it is.
    """

    text: str
    lang: Language
    day: dt.date | None
    publishers: frozenset[str]
    block: int
    sentence: int
    place: int


class Stories:
    """Headlines in the order in which a document quotes them."""

    def __init__(self) -> None:
        self._quoted: list[Quoted] = []

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._quoted)

    def add(self, quoted: Quoted) -> None:
        """Remember a headline."""
        self._quoted.append(quoted)

    def forget(self) -> None:
        """Begin a new section: what follows does not refer to what was before."""
        self._quoted.clear()

    def told(self, block: int, sentence: int, place: int) -> Quoted | None:
        """Give the headline of the story that an outlet is said to have carried.

        It is the last one before the outlet's name in the same sentence, or else the next one in it, or else the last one
        in the blocks just before; None if there is none.

        Args:
            block: The number of the block that names the outlet.
            sentence: The number of the sentence in it.
            place: Where in the sentence the name is.
        """
        here = list(takewhile(lambda found: (found.block, found.sentence) == (block, sentence), reversed(self._quoted)))
        if here:
            return next((found for found in here if found.place < place), here[-1])
        last = self._quoted[-1] if self._quoted else None
        return last if last is not None and block - last.block <= _MOST_BLOCKS_BACK else None


def make_lead(outlet: Outlet, story: Quoted, *, day: dt.date | None, place: str, url: str | None) -> Lead:
    """Make a lead.

    Args:
        outlet: The outlet to look in.
        story: The quoted headline.
        day: The day on which the outlet is said to have carried the story; None if it is not said.
        place: Where it is said.
        url: The address of the outlet's article, if it is linked to.
    """
    lang = next((lang for lang in outlet.languages if lang != story.lang), outlet.languages[0])
    since, until = (day, day) if day else _around(story.day)
    terms = query_terms(story.text, story.lang, lang)
    return Lead(outlet.id, outlet.name_en, lang, since, until, terms, story.text, place, url)


def _around(day: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    if day is None:
        return None, None
    try:
        return day - _DAYS_BEFORE, day + _DAYS_AFTER
    except OverflowError:
        return day, day
