"""One sitemap: an index of others, addresses of pages, or Google News' list of headlines."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lxml import etree

from alignkit.collect.feeds import FEED_ROOTS, read_feed
from alignkit.collect.links import is_whole_address, resolve_address
from alignkit.collect.record import Record, Reject
from alignkit.collect.times import parse_time
from alignkit.collect.titles import plain_title
from alignkit.collect.xml_text import REPLACEMENT, SAFE, XmlText, local_name, mend, read_xml_text, syntax_problem
from alignkit.errors import quoted
from alignkit.outlets.registry import outlet_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

MOST_BYTES: Final = 50 * 1024 * 1024
"""What a sitemap may hold when it is unpacked (sitemaps.org)."""

_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31
# Of a chunk with a fault in it nothing is had.
_CHUNK: Final = 1 << 12
# W3C's dates may end after the year or the month: right, but of no use here.
_MONTH_OR_YEAR: Final = re.compile(r"\d{4}(?:-\d\d)?")
_UNITS: Final = ("{*}url", "{*}sitemap")
_ROOTS: Final = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, or another sitemap, that a sitemap names.

    Attributes:
        url: Its address.
        lastmod: When it was last changed, if the sitemap says; a day alone is its beginning.
    """

    url: str
    lastmod: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds.

    Attributes:
        sitemaps: The sitemaps that it names, if it is an index.
        entries: In its order, a `Record` for each page whose headline it gives, and the others' addresses.
        rejects: What could not be read.
    """

    sitemaps: tuple[SitemapEntry, ...]
    entries: tuple[SitemapEntry | Record, ...]
    rejects: tuple[Reject, ...]


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    sitemaps: list[SitemapEntry] = field(default_factory=list)
    entries: list[SitemapEntry | Record] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, item: SitemapEntry | Record | Reject) -> None:
        if isinstance(item, Reject):
            self.rejects.append(item)
        else:
            self.entries.append(item)

    def extend(self, other: _Found) -> None:
        self.sitemaps += other.sitemaps
        self.entries += other.entries
        self.rejects += other.rejects


def read_sitemap(content: bytes, *, url: str, timezone: str = "Asia/Tokyo", max_bytes: int = MOST_BYTES) -> Sitemap:
    """Read a sitemap: XML, a feed, or plain text with an address a line; gzipped or not, whatever it is called.

    Args:
        content: The sitemap.
        url: Where it was found; its relative addresses start from there.
        timezone: Where times without a zone are meant.
        max_bytes: The most that it may hold when it is unpacked; nothing beyond that is read.

    Returns:
        What it holds. A `Record` has text, url and, where the sitemap says, lang, published_at and, if no outlet is
        known at the sitemap's address, outlet.
    """
    found = _Found()
    if content.startswith(_GZIP):
        content, problem = _unpack(content, max_bytes)
    else:
        problem = f"holds more than {max_bytes:,} bytes" if len(content) > max_bytes else ""
    if problem:
        found.add(Reject(None, f"{problem}; what comes before was read", dropped="file"))
    source = read_xml_text(content[:max_bytes])
    if source.is_html:
        found.add(Reject(None, "is HTML, not a sitemap", dropped="file"))
    elif source.root_name in FEED_ROOTS:
        for item in read_feed(source.content, url=url, timezone=timezone):
            found.add(item)
    elif source.content.startswith(b"<"):
        found.extend(_XmlReader(source, url, ZoneInfo(timezone)).read())
    else:
        for line_item in _read_lines(source):
            found.add(line_item)
    return Sitemap(tuple(found.sitemaps), tuple(found.entries), tuple(found.rejects))


def _unpack(content: bytes, max_bytes: int) -> tuple[bytes, str]:
    """Unpack gzip, member by member and not much more than `max_bytes`, and say what is wrong with it."""
    unpacked = bytearray()
    stream = io.BytesIO(content)
    member = zlib.decompressobj(_GZIP_WINDOW)
    while packed := member.unused_data or stream.read(_CHUNK):
        if member.eof:
            if not packed.startswith(_GZIP):  # what is appended is no gzip, and no part of the file
                break
            member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            unpacked += member.decompress(packed, max_bytes + 1 - len(unpacked))
        except zlib.error:
            return bytes(unpacked), "is damaged gzip"
        if len(unpacked) > max_bytes:
            return bytes(unpacked), f"holds more than {max_bytes:,} bytes when it is unpacked"
    return bytes(unpacked), "" if member.eof else "is gzip that breaks off"


def _read_lines(source: XmlText) -> Iterator[SitemapEntry | Reject]:
    for row, line in enumerate(io.StringIO(source.content.decode()), start=1):
        link = line.strip()
        if is_whole_address(link):
            yield SitemapEntry(link)
        elif link:
            yield Reject(row, "is no web address", column="url", value=quoted(link))


class _XmlReader:
    """Reads a sitemap's elements one by one, and forgets each, so that there is never a tree of them all.

    Args:
        source: The sitemap's text.
        url: Where it was found.
        zone: Where times without a zone are meant.
    """

    def __init__(self, source: XmlText, url: str, zone: dt.tzinfo) -> None:
        self._source = source
        self._url = url
        self._zone = zone
        self._outlet_is_known = outlet_of(url) is not None

    def read(self) -> _Found:
        """Read it all; one that is not well-formed is mended and read anew."""
        found = _Found()
        try:
            root = self._read(self._source.content, found, recover=False)
        except etree.XMLSyntaxError as error:
            found, root = self._read_broken(syntax_problem(error))
        if root not in _ROOTS and not found.sitemaps and not found.entries:
            name = f"it is in <{root}>, not <urlset> or <sitemapindex>" if root else "it has no elements"
            found.add(Reject(None, f"is no sitemap: {name}", dropped="file"))
        return found

    def _read_broken(self, problem: str) -> tuple[_Found, str]:
        found = _Found()
        found.add(Reject(None, f"{problem}; what can be recovered was read", dropped="value"))
        try:
            return found, self._read(mend(self._source.content), found, recover=True)
        except etree.XMLSyntaxError:
            return found, ""

    def _read(self, content: bytes, found: _Found, *, recover: bool) -> str:
        """Read all elements, and give the name of the root."""
        events = etree.iterparse(io.BytesIO(content), tag=_UNITS, recover=recover, **SAFE)
        for row, (_, unit) in enumerate(events, start=1):
            values = {local_name(child): child for child in unit.iterchildren(reversed=True)}
            entry = self._entry(row, values, found)
            if entry is not None and local_name(unit) == "sitemap":
                found.sitemaps.append(entry)
            elif entry is not None:
                headline = self._headline(row, entry.url, values["news"], found) if "news" in values else None
                found.add(headline or entry)
            _forget(unit)
        return "" if events.root is None else local_name(events.root)

    def _entry(self, row: int, values: dict[str, etree._Element], found: _Found) -> SitemapEntry | None:
        link = _text(values.get("loc"))
        if not link:
            found.add(Reject(row, "names no address", column="url"))
            return None
        address = link if is_whole_address(link) else resolve_address(self._url, link)
        if address is None:
            found.add(Reject(row, "is no web address", column="url", value=quoted(link)))
            return None
        return SitemapEntry(address, self._time(row, "lastmod", _text(values.get("lastmod")), found))

    def _headline(self, row: int, url: str, news: etree._Element, found: _Found) -> Record | None:
        values = {local_name(part): _text(part) for part in news.iterdescendants()}
        text = plain_title(values.get("title", ""))
        if self._source.is_lossy and REPLACEMENT in text:
            reason = "holds bytes that are no text in the sitemap's encoding"
            found.add(Reject(row, reason, column="text", value=quoted(text), dropped="value"))
            return None
        if not text:
            return None
        fields: dict[str, object] = {"text": text, "url": url}
        if language := values.get("language"):
            fields["lang"] = language
        if time := self._time(row, "published_at", values.get("publication_date", ""), found):
            fields["published_at"] = time
        if not self._outlet_is_known and (name := values.get("name")):
            fields["outlet"] = name
        return Record(row, fields, f"url {row}")

    def _time(self, row: int, column: str, text: str, found: _Found) -> dt.datetime | None:
        time = parse_time(text, self._zone) if text else None
        if text and time is None and not _MONTH_OR_YEAR.fullmatch(text):
            reason = "is no date that can be read"
            found.add(Reject(row, reason, column=column, value=quoted(text), dropped="value"))
        return time


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _forget(unit: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    unit.clear()
    parent = unit.getparent()
    while parent is not None and unit.getprevious() is not None:
        del parent[0]
