"""HTML: the blocks of what a reader of the page would call its text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from alignkit.collect.mentions.blocks import BlockText
from alignkit.collect.mentions.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.collect.mentions.model import Block, BlockKind

_SKIPPED: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "pre",
        "code",
        "samp",
        "kbd",
    ]
)
_BLOCKS: Final[dict[str, BlockKind]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    "tr": "row",
    **dict.fromkeys(
        [
            "address",
            "article",
            "blockquote",
            "body",
            "caption",
            "center",
            "details",
            "div",
            "dl",
            "fieldset",
            "figcaption",
            "figure",
            "hr",
            "main",
            "ol",
            "p",
            "section",
            "summary",
            "table",
            "tbody",
            "thead",
            "tfoot",
            "ul",
        ],
        "paragraph",
    ),
}
_CELLS: Final = frozenset({"td", "th"})
_DATE_NAMES: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "article:modified_time",
)
_DAY: Final = re.compile(r"\s*([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")


def read_html(text: str, *, first_line: int = 1) -> Document:
    """Read a page, or a piece of one; navigation, scripts, forms and code are left out.

    Args:
        text: The page.
        first_line: The number of its first line.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        return Document(())
    if root is None:
        return Document(())
    return Document(tuple(_blocks(root, first_line)), _published(root))


def read_day(text: str) -> dt.date | None:
    """Read the day that a date or time in ISO 8601 (also with / for -) begins with, or give None."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _blocks(root: etree._Element, first_line: int) -> Iterator[Block]:
    """Walk through the page; a block ends where another begins or ends."""
    current = _Current()
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag in _SKIPPED:
            skipped += 1 if starts else -1
        elif not skipped and element.tag in _BLOCKS:
            if block := current.text.block(current.kind):
                yield block
            current = _Current(_BLOCKS[element.tag] if starts else "paragraph")
        elif not skipped:
            current.mark(element, starts=starts)
        if not skipped:
            line = (element.sourceline or 1) + first_line - 1
            current.text.add((element.text if starts else element.tail) or "", line=line)
    if block := current.text.block(current.kind):
        yield block


class _Current:
    """The block that is being read.

    Args:
        kind: What it is.
    """

    def __init__(self, kind: BlockKind = "paragraph") -> None:
        self.text = BlockText()
        self.kind = kind
        self._anchors: list[int] = []

    def mark(self, element: etree._Element, *, starts: bool) -> None:
        """Take in where an element within a block starts or ends; a link that spans blocks is one from its last block's start."""
        line = element.sourceline or 1
        if element.tag == "a":
            if starts:
                self._anchors.append(self.text.length)
            else:
                self.text.add_link(self._anchors.pop() if self._anchors else 0, str(element.get("href") or ""))
        elif element.tag in _CELLS and not starts:
            self.text.end_cell()
        elif element.tag == "br" and starts:
            self.text.add("\n", line=line)
        elif element.tag == "q":
            self.text.add("“" if starts else "”", line=line)


def _published(root: etree._Element) -> dt.date | None:
    """Give the day of a page by its meta data, or by the first time that it marks."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        named.setdefault(name, str(meta.get("content") or ""))
    times = [str(time.get("datetime") or "") for time in root.iter("time")]
    candidates = [*(named.get(name, "") for name in _DATE_NAMES), *times]
    return next((day for candidate in candidates if (day := read_day(candidate))), None)
