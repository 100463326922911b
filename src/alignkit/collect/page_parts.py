"""The parts of a page that say what its headline is: metadata, titles, and the text around them.

lxml tells of tags and text as it meets them, and no tree is built: trees take a time that grows with the square of how
deep elements are nested (lexbor) or of how many attributes one has (libxml2), and a hostile page can have 100,000 of each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from alignkit.collect.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP: Final = 1 << 14
_MOST_TAGS: Final = 100_000
_MOST_JSON: Final = 1_000_000
_MOST_METAS: Final = 500
_MOST_BLOCKS: Final = 1_000
_LONGEST_END: Final = 2_000
_LONGEST_TITLE: Final = 2_000
_PROSE: Final = 40

_SILENT: Final = frozenset({"style", "script", "noscript", "template", "svg", "select", "textarea", "iframe", "button"})
_READINGS: Final = frozenset({"rt", "rp"})
_TITLES: Final = frozenset({"title", "h1"})
_ROOTS: Final = frozenset({"article", "main"})
_BLOCKS: Final = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("section", "table", "td", "th", "tr", "ul"),
    ]
)


class Block(NamedTuple):
    """A paragraph, or other text that stands by itself.

    Attributes:
        text: It, on one line.
        linked: How many of its characters are links.
    """

    text: str
    linked: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph of a story: long, and not for the most part links."""
        return len(self.text) >= _PROSE and self.linked * 3 < len(self.text)


class Heading(NamedTuple):
    """An <h1>.

    Attributes:
        text: What it says.
        block: The index of the first block behind it.
        is_inside: Whether it stands in an <article> or <main>.
    """

    text: str
    block: int
    is_inside: bool


@dataclass(slots=True)
class PageParts:
    """What a page says about itself.

    Attributes:
        lang: The language that it says it is in.
        base: What its links are relative to, if it says so.
        title: Its <title>.
        canonical: The address that it says is its own.
        metas: Names and contents of its <meta> elements; names in small letters.
        json_ld: Its scripts of JSON-LD.
        headings: Its <h1> elements.
        times: What its <time> elements within an <article> or <main>, or behind an <h1>, say in 'datetime'.
        blocks: Its text.
        articles: How many <article> elements it has.
        has_password: Whether it asks for a password.
        is_marked_article: Whether an element says by microdata that it is an article.
    """

    lang: str = ""
    base: str = ""
    title: str = ""
    canonical: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    articles: int = 0
    has_password: bool = False
    is_marked_article: bool = False

    @property
    def story(self) -> list[Block]:
        """The text behind the article's heading; all, if it has none."""
        inside = [heading for heading in self.headings if heading.is_inside] or self.headings
        return self.blocks[inside[0].block :] if inside else self.blocks

    def meta(self, *names: str) -> str:
        """Give the first content of the first of these names that has one, or ''."""
        for name in names:
            for found, content in self.metas:
                if found == name and content.strip():
                    return content.strip()
        return ""


def page_parts(content: bytes) -> PageParts:
    """Read a page as far as is needed.

    It is read to its end, unless its metadata have a headline in JSON-LD, and its story has been read: what follows then
    are links to other stories.

    Args:
        content: The page in UTF-8.
    """
    listener = _Listener()
    target: Any = listener  # what it does not define is not called, which the types of lxml do not say
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    try:
        for start in range(0, len(content), _STEP):
            parser.feed(content[start : start + _STEP])
            if listener.is_done:
                break
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it at all; what was heard of counts
        pass
    return listener.parts


class _Listener:
    """Hears of tags and text, and keeps what counts."""

    def __init__(self) -> None:
        self.parts = PageParts()
        self.is_done = False
        self._tags = 0
        self._silent = 0
        self._roots = 0
        self._links = 0
        self._in: str = ""  # the title or script that is being read
        self._words: list[str] = []
        self._block: list[str] = []
        self._linked = 0
        self._json_left = _MOST_JSON
        self._has_headline = False
        self._has_story = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._tags += 1
        self.is_done = self.is_done or self._tags > _MOST_TAGS
        if tag in _BLOCKS:
            self._end_block()
        if tag in _SILENT or tag in _READINGS:
            self._silent += 1
        if tag in _TITLES and not self._silent and not self._in:
            self._in, self._words = tag, []
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self._in, self._words = "json", []
        elif tag == "a":
            self._links += 1
        elif tag in _ROOTS:
            self._roots += 1
            self.parts.articles += tag == "article"
        elif tag == "time" and (self._roots or self.parts.headings):
            _keep_time(self.parts, attributes)
        elif tag in _KEPT:
            _KEPT[tag](self.parts, attributes)
        if "itemtype" in attributes and attributes["itemtype"].rstrip("/").endswith("Article"):
            self.parts.is_marked_article = True

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
        if tag == "script" and self._in == "json":
            self._end_json()
        elif tag == self._in:
            self._end_title()
        if tag in _SILENT or tag in _READINGS:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _ROOTS:
            self._roots = max(0, self._roots - 1)
            self.is_done = self.is_done or (not self._roots and self._has_headline and self._has_story)

    def data(self, text: str) -> None:
        if self._in == "json" or (self._in and not self._silent):
            self._words.append(text)
        elif not self._silent:
            self._block.append(text)
            self._linked += len(text) if self._links else 0

    def close(self) -> None:
        self._end_block()

    def _end_block(self) -> None:
        if not self._block:
            return
        text = " ".join("".join(self._block).split())
        if text and len(self.parts.blocks) < _MOST_BLOCKS:
            block = Block(_shortened(text), self._linked)
            self.parts.blocks.append(block)
            self._has_story = self._has_story or (bool(self.parts.headings) and block.is_prose)
        self._block, self._linked = [], 0

    def _end_title(self) -> None:
        text = plain_title("".join(self._words)[:_LONGEST_TITLE])
        if self._in == "h1" and text:
            self.parts.headings.append(Heading(text, len(self.parts.blocks), bool(self._roots)))
        elif not self.parts.title:
            self.parts.title = text
        self._in = ""

    def _end_json(self) -> None:
        text = "".join(self._words)
        self._json_left -= len(text)
        if self._json_left >= 0:
            self.parts.json_ld.append(text)
            self._has_headline = self._has_headline or '"headline"' in text
        self._in = ""


def _shortened(text: str) -> str:
    """Leave out the middle of a long text: credits stand at its ends."""
    return text if len(text) <= 2 * _LONGEST_END else text[:_LONGEST_END] + text[-_LONGEST_END:]


def _keep_meta(parts: PageParts, attributes: Mapping[str, str]) -> None:
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    if name and len(parts.metas) < _MOST_METAS:
        parts.metas.append((name.strip().lower(), attributes.get("content", "")))


def _keep_link(parts: PageParts, attributes: Mapping[str, str]) -> None:
    if "canonical" in attributes.get("rel", "").lower().split() and not parts.canonical:
        parts.canonical = attributes.get("href", "").strip()


def _keep_time(parts: PageParts, attributes: Mapping[str, str]) -> None:
    if "datetime" in attributes and len(parts.times) < _MOST_METAS:
        parts.times.append(attributes["datetime"].strip())


def _keep_base(parts: PageParts, attributes: Mapping[str, str]) -> None:
    parts.base = parts.base or attributes.get("href", "").strip()


def _keep_lang(parts: PageParts, attributes: Mapping[str, str]) -> None:
    parts.lang = attributes.get("lang", "").strip() or attributes.get("xml:lang", "").strip()


def _keep_input(parts: PageParts, attributes: Mapping[str, str]) -> None:
    parts.has_password = parts.has_password or attributes.get("type", "").lower() == "password"


_KEPT: Final = {
    "meta": _keep_meta,
    "link": _keep_link,
    "base": _keep_base,
    "html": _keep_lang,
    "input": _keep_input,
}
