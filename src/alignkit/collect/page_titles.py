"""The headline of a page, chosen among all that it calls its title."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alignkit.collect.xml_text import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.collect.page_parts import Heading, PageParts
    from alignkit.outlets.model import Outlet

HeadlineSource = Literal["json-ld", "opengraph", "twitter", "h1", "title"]

_SEPARATOR: Final = re.compile(r"\s*[|｜：»／]\s*|\s+[-–—―:/<]\s+|\s*[-–—―]\s*(?=[^-–—―]*\Z)")
_CUT_OFF: Final = re.compile(r"\s*(?:…+|\.{3,}|・{3,})\Z")
_LONGEST_LINKED: Final = 110  # what a search engine once asked for, and many sites cut headlines to
_MOST_AFFIXES: Final = 3


class Title(NamedTuple):
    """Something that a page calls its title.

    Attributes:
        source: Where it says so.
        text: What it says.
    """

    source: HeadlineSource
    text: str


def choose_headline(titles: Sequence[Title], outlet: Outlet | None, names: Iterable[str]) -> Title | None:
    """Choose a page's headline, and take off what names the outlet.

    Args:
        titles: What the page calls its title, what counts first first.
        outlet: The outlet, if it is known: what it puts around headlines comes off.
        names: Other names that a separator may set off from the headline: the site's and the section's.

    Returns:
        The first title that is more than a name; or, where that was cut off, the next one that goes on.
    """
    around = {_folded(name) for name in names if name} | ({_folded(name) for name in outlet.names} if outlet else set())
    bare = [title._replace(text=_without_affixes(title.text, outlet, around)) for title in titles]
    usable = [title for title in bare if _folded(title.text) not in around | {""}]
    whole = [title for title in usable if REPLACEMENT not in title.text] or usable
    if not whole:
        return None
    first = whole[0]
    return next((title for title in whole[1:] if _goes_on(first.text, title.text)), first)


def article_heading(parts: PageParts) -> str:
    """Give the <h1> that is the article's, for on many sites the logo is one too; '' if there is none.

    Args:
        parts: The parts of the page, whose <title> often begins with the headline.
    """
    title = _folded(parts.title)

    def rank(heading: Heading) -> tuple[bool, bool]:
        text = _folded(heading.text)
        return not heading.is_inside, text == title or not title.startswith(text)

    return min(parts.headings, key=rank).text if parts.headings else ""


def _without_affixes(text: str, outlet: Outlet | None, around: set[str]) -> str:
    for _ in range(_MOST_AFFIXES):
        shorter = _without_one_affix(text, outlet, around)
        if not shorter or shorter == text:
            break
        text = shorter
    return text


def _without_one_affix(text: str, outlet: Outlet | None, around: set[str]) -> str:
    for suffix in outlet.suffixes if outlet else ():
        if text.endswith(suffix):
            return text.removesuffix(suffix).rstrip()
    for prefix in outlet.prefixes if outlet else ():
        if text.startswith(prefix):
            return text.removeprefix(prefix).lstrip()
    for separator in _SEPARATOR.finditer(text):
        if _folded(text[separator.end() :]) in around:
            return text[: separator.start()]
        if _folded(text[: separator.start()]) in around:
            return text[separator.end() :]
    return text


def _goes_on(cut: str, text: str) -> bool:
    """Tell whether a text is what another was before it was cut off."""
    stem = _CUT_OFF.sub("", cut)
    if stem == cut and len(cut) < _LONGEST_LINKED:
        return False
    return len(text) > len(stem) and _CUT_OFF.search(text) is None and _folded(text).startswith(_folded(stem))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
