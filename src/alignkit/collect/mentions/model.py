"""What passes between the steps of reading a document, and the lead that comes out beside headlines."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from alignkit.schema import Language

Format = Literal["html", "markdown", "text"]
BlockKind = Literal["paragraph", "item", "row", "heading"]


@dataclass(frozen=True, slots=True)
class Lead:
    """An outlet that a document names as having carried a story, under a headline that it does not quote.

    Attributes:
        outlet_id: The outlet's id.
        outlet: Its name in English, as the column `outlet` has it.
        lang: The language it publishes in.
        since: The first day on which its headline is to be looked for; None if the document does not say when.
        until: The last day.
        terms: What to look for: names, numbers and words of the quoted headline, in the outlet's language where they
            can be said in it.
        headline: The quoted headline of the story.
        place: Where the document names the outlet: 'paragraph 2, sentence 1'.
        url: Where the outlet's name is a link, the address of its article.
    """

    outlet_id: str
    outlet: str
    lang: Language
    since: dt.date | None
    until: dt.date | None
    terms: tuple[str, ...]
    headline: str
    place: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its span in the text of a block, and its address."""

    start: int
    end: int
    url: str


def address_of(links: Sequence[Link], start: int, end: int) -> str | None:
    """Give the address of the link that a span is in, or that lies in it, or None; links come in their order."""
    following = bisect_left(links, end, key=lambda link: link.start)
    link = links[following - 1] if following else None
    return link.url if link is not None and start < link.end else None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or heading of a document.

    Attributes:
        text: Its text on one line.
        links: The links in it.
        line: The line it begins on, counted from 1.
        kind: What it is.
    """

    text: str
    links: tuple[Link, ...]
    line: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its format's reader gives it.

    Attributes:
        blocks: Its blocks in their order, none of them empty.
        date: The day that it says it is from.
    """

    blocks: tuple[Block, ...]
    date: dt.date | None = None
