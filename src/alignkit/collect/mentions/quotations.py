"""Where a text quotes: marks that open and close, told from apostrophes and inches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.model import address_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.mentions.model import Link

_PAIRED: Final = {"“": "”", "«": "»", "「": "」", "『": "』", "〝": "〟"}
_STRAIGHT: Final = frozenset('"＂')
_SINGLE: Final = {"‘": "’", "'": "'"}
_LONGEST: Final = 400
_CLEARLY_AFTER: Final = frozenset({",", ".", ";", ":", ")", ""})
_SHORTENED: Final = re.compile(r"[0-9]0s\b|(?:tis|twas|em|til|cause|n)\b", re.IGNORECASE)
_ABBREVIATION_AT_END: Final = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|a\.m|p\.m)\.)$")
_ENDS_A_SENTENCE: Final = re.compile(r"[.!?][\"'”’)]* +[A-Z“\"]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation.

    Attributes:
        start: Where it begins, its opening mark included.
        end: Where it ends, its closing mark included.
        text: What stands between the marks, without a comma or full stop of the sentence around it.
        mark: The opening mark; empty for the text of a link.
        url: The address it links to.
    """

    start: int
    end: int
    text: str
    mark: str
    url: str | None = None


def find_quotations(text: str, links: Sequence[Link] = ()) -> list[Quotation]:
    """Find the quotations of a text, the outermost ones where they are nested.

    A mark without its partner is none. Where a single mark could be an apostrophe, the quotation ends at the last one
    that may close it before the next opens.

    Args:
        text: One paragraph.
        links: Its links; the address of one that holds the quotation, or lies in it, is the quotation's.
    """
    found: list[Quotation] = []
    position = 0
    while position < len(text):
        end = _closing(text, position)
        if end is None:
            position += 1
            continue
        inner = _trimmed(text[position + 1 : end])
        if inner:
            url = address_of(links, position, end)
            found.append(Quotation(position, end + 1, inner, text[position], url))
        position = end + 1
    return found


def _closing(text: str, start: int) -> int | None:
    """Give where the quotation that opens here closes, or None if none opens here or it does not close."""
    mark = text[start]
    if mark in _PAIRED:
        return _paired(text, start, mark, _PAIRED[mark])
    if mark in _STRAIGHT:
        return _straight(text, start, mark)
    return _single(text, start, _SINGLE[mark]) if mark in _SINGLE else None


def _paired(text: str, start: int, opening: str, closing: str) -> int | None:
    depth = 0
    for position in range(start, min(len(text), start + _LONGEST)):
        depth += (text[position] == opening) - (text[position] == closing)
        if depth == 0:
            return position
    return None


def _straight(text: str, start: int, mark: str) -> int | None:
    after = text[start + 1 : start + 2]
    if not after or after.isspace() or text[start - 1 : start].isdigit():
        return None
    end = text.find(mark, start + 1, start + _LONGEST)
    while end != -1 and text[end - 1].isspace():
        end = text.find(mark, end + 1, start + _LONGEST)
    return end if end > start + 1 else None


def _single(text: str, start: int, closing: str) -> int | None:
    """Find the end of a single-quoted text: the first mark after which the sentence goes on, the last if none is clear."""
    if text[start - 1 : start].isalnum() or not text[start + 1 : start + 2].strip():
        return None
    if _SHORTENED.match(text, start + 1):
        return None
    best = None
    for position in range(start + 2, min(len(text), start + _LONGEST)):
        if text[position] == "‘":
            break
        if text[position] != closing or text[position + 1 : position + 2].isalnum() or text[position - 1].isspace():
            continue
        if best is not None and _ENDS_A_SENTENCE.search(text, best, position):
            break
        best = position
        if text[position - 1].lower() != "s" or text[position + 1 : position + 2] in _CLEARLY_AFTER:
            break
    return best


def _trimmed(inner: str) -> str:
    inner = inner.strip(" \u3000\u00a0")
    if inner.endswith(",") or (
        inner.endswith(".") and not inner.endswith("..") and not _ABBREVIATION_AT_END.search(inner)
    ):
        inner = inner[:-1].rstrip()
    return inner
