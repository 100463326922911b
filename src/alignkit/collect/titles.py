"""Headlines out of markup: what feeds and sitemaps call a title, as plain text."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING, Final

from lxml import etree

from alignkit.collect.xml_text import local_name

if TYPE_CHECKING:
    from collections.abc import Callable

_RUBY: Final = ("rp", "rt")
_BREAKING: Final = ("br", "div", "p")
_INLINE: Final = (
    *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "div", "em", "font", "i", "ins"),
    *("mark", "nobr", "p", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
    *("tt", "u", "wbr"),
)
_NAMES: Final = "|".join(_INLINE)
_TAG: Final = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# How a character is read, in small letters above it, is no part of the text.
_READING: Final = re.compile(r"<(rt|rp)(?:\s[^<>]*)?>[^<>]*</\1>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<(?:br|/p|/div)\s*/?>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|([A-Za-z]\w{1,30};))")
_TIMES_ESCAPED: Final = 2
_SPACES: Final = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_AROUND: Final = " \u3000\xa0\ufeff\u200b"
_TEXTS: Final[Callable[..., object]] = etree.XPath(
    ".//text()[not(ancestor::*[local-name() = 'rt' or local-name() = 'rp'])]", smart_strings=False
)


def plain_title(text: str) -> str:
    """Give a title without tags and entities, on one line; what looks like a tag and is none of HTML's stays: '<独自>'.

    Args:
        text: What stands in the XML; may be HTML, and may have been escaped twice.
    """
    if "&" in text or "<" in text:
        text = _without_markup(text)
    if not text.isprintable():
        text = _SPACES.sub(" ", text)
    return text.strip(_AROUND)


def element_title(element: etree._Element) -> str | None:
    """Give the title that an element holds, or None if it holds what does not belong in a title.

    That happens in XML that is not well-formed: a title that is not closed runs on through what follows it.
    """
    if not len(element):
        return plain_title(element.text or "")
    for inner in element.iterdescendants("*"):
        name = local_name(inner).lower()
        if name not in _INLINE + _RUBY:
            return None
        if name in _BREAKING:
            inner.tail = f" {inner.tail or ''}"
    texts = _TEXTS(element)
    return plain_title("".join(map(str, texts))) if isinstance(texts, list) else None


def _without_markup(text: str) -> str:
    for _ in range(_TIMES_ESCAPED):
        text = _ENTITY.sub(_character, text)
    return _TAG.sub("", _BREAK.sub(" ", _READING.sub("", text)))


def _character(entity: re.Match[str]) -> str:
    # html.unescape would also take the beginning of a name that is none: '&notes;' for '¬es;'.
    name = entity[1]
    return html.unescape(entity[0]) if name is None else html5.get(name, entity[0])
