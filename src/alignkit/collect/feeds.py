"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom, read for headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lxml import etree

from alignkit.collect.links import is_whole_address, resolve_address
from alignkit.collect.record import Record, Reject
from alignkit.collect.times import parse_time
from alignkit.collect.titles import element_title, plain_title
from alignkit.collect.xml_text import REPLACEMENT, SAFE, local_name, mend, read_xml_text, syntax_problem
from alignkit.errors import quoted

if TYPE_CHECKING:
    import datetime as dt

    from alignkit.collect.record import Records

FEED_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
"""The local names of feeds' roots."""

_ITEMS: Final = ("{*}item", "{*}entry")
_ATOM: Final = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
_RSS: Final = (
    "",
    "{http://purl.org/rss/1.0/}",
    "{http://backend.userland.com/rss2}",
    "{http://my.netscape.com/rdf/simple/0.9/}",
    "{http://channel.netscape.com/rdf/simple/0.9/}",
)
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_DC_TERMS: Final = "{http://purl.org/dc/terms/}"
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NAMES: Final = {
    "title": "title",
    "guid": "guid",
    "id": "guid",
    "category": "category",
    "pubDate": "published",
    "published": "published",
    "issued": "published",
    "updated": "updated",
    "modified": "updated",
}
# What an element is to us. Where an item has several that are the same, the first counts.
_ROLES: Final[dict[object, str]] = {
    **{namespace + name: role for namespace in _RSS + _ATOM for name, role in _NAMES.items()},
    **{namespace + "link": "link" for namespace in _RSS},
    _DC + "title": "dc:title",
    _DC + "subject": "dc:subject",
    _DC + "date": "dc:date",
    _DC_TERMS + "issued": "dc:date",
    _DC_TERMS + "created": "dc:date",
    _DC_TERMS + "modified": "updated",
}
_DATES: Final = ("published", "dc:date", "updated")
_LINKS_BY_HREF: Final = tuple(f"{namespace}link" for namespace in _ATOM + _RSS)
_ALTERNATE: Final = ("alternate", "http://www.iana.org/assignments/relation/alternate")


def read_feed(content: bytes, *, url: str, content_type: str = "", timezone: str = "Asia/Tokyo") -> Records:
    """Read a feed item by item.

    The language that a feed says it is in is not taken over: many say there what their software came with.

    Args:
        content: The feed, in whatever encoding.
        url: Where it was found; its relative links start from there.
        content_type: What it was said to be when it was fetched.
        timezone: Where times without a zone are meant.

    Yields:
        A `Record` for each item, with text and, where the item has them, url, published_at and section; a `Reject` for
        each item without a title, for each date and link that cannot be read, and for a feed that is not well-formed
        or is none. An item that is there twice is given once. Nothing for an empty feed.
    """
    source = read_xml_text(content, content_type)
    if not source.content:
        return
    if source.is_html:
        yield Reject(None, "is HTML, not a feed", dropped="file")
        return
    root, problem = _parse(source.content, url)
    if root is None:
        yield Reject(None, problem, dropped="file")
    elif (name := local_name(root)) not in FEED_ROOTS:
        reason = f"is no feed: it is in <{name}>, not <rss>, <rdf:RDF> or <feed>"
        yield Reject(None, reason, dropped="file")
    else:
        if problem:
            yield Reject(None, f"{problem}; what can be recovered was read", dropped="value")
        yield from _read_items(root, url, ZoneInfo(timezone), is_lossy=source.is_lossy)


def _read_items(root: etree._Element, url: str, zone: dt.tzinfo, *, is_lossy: bool) -> Records:
    known: set[tuple[str, str]] = set()
    for row, item in enumerate(root.iter(*_ITEMS), start=1):
        parts = _parts(item)
        text = _title(parts)
        link, element = _link(item, parts)
        if not text or (is_lossy and REPLACEMENT in text):
            reason = "holds bytes that are no text in the feed's encoding" if text else "has no title, or no text in it"
            yield Reject(row, reason, column="text", value=quoted(text or link) if text or link else None)
            continue
        guid = _text(parts.get("guid"))
        if (key := (text, link or guid)) in known:
            continue
        known.add(key)
        fields: dict[str, object] = {"text": text}
        if link:
            address = link if is_whole_address(link) else resolve_address(element.base or url, link)
            if address is None:
                yield _bad_value(row, "url", "is no web address", link)
            else:
                fields["url"] = address
        time, unread = _time(parts, zone)
        if time is not None:
            fields["published_at"] = time
        elif unread:
            yield _bad_value(row, "published_at", "is no date that can be read", unread)
        if section := _section(parts):
            fields["section"] = section
        yield Record(row, fields, f"item {row}", guid)


def _parts(item: etree._Element) -> dict[str, etree._Element]:
    parts: dict[str, etree._Element] = {}
    for child in item:
        role = _ROLES.get(child.tag)
        if role is not None and role not in parts:
            parts[role] = child
    return parts


def _parse(content: bytes, url: str) -> tuple[etree._Element | None, str]:
    """Parse a document, mended and with what libxml2 can recover of it if need be; say what is wrong with it."""
    try:
        return etree.fromstring(content, etree.XMLParser(**SAFE), base_url=url), ""
    except etree.XMLSyntaxError as error:
        problem = syntax_problem(error)
    try:
        return etree.fromstring(mend(content), etree.XMLParser(**SAFE, recover=True), base_url=url), problem
    except etree.XMLSyntaxError:
        return None, problem


def _bad_value(row: int, column: str, reason: str, value: str) -> Reject:
    return Reject(row, reason, column=column, value=quoted(value), dropped="value")


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _title(parts: dict[str, etree._Element]) -> str:
    for role in ("title", "dc:title"):
        if (element := parts.get(role)) is not None and (text := element_title(element)):
            return text
    return ""


def _link(item: etree._Element, parts: dict[str, etree._Element]) -> tuple[str, etree._Element]:
    """Give the item's link as it stands, and the element with it, whose base is the link's."""
    link = parts.get("link")
    if link is not None and (text := _text(link)):
        return text, link
    if (alternate := _alternate(item)) is not None:
        return alternate.get("href", "").strip(), alternate
    if about := item.get(_RDF_ABOUT, "").strip():
        return about, item
    guid = parts.get("guid")
    if guid is not None:
        text, permanent = _text(guid), guid.get("isPermaLink")
        if permanent == "true" or (permanent is None and text.startswith(("https://", "http://"))):
            return text, guid
    return "", item


def _alternate(item: etree._Element) -> etree._Element | None:
    """Give the link, among those that name their target in an attribute, that leads to the page: HTML before others."""
    found = None
    for link in item.iterchildren(*_LINKS_BY_HREF):
        if link.get("rel", "alternate") in _ALTERNATE and link.get("href", "").strip():
            if "html" in link.get("type", "html"):
                return link
            found = link if found is None else found
    return found


def _time(parts: dict[str, etree._Element], zone: dt.tzinfo) -> tuple[dt.datetime | None, str]:
    """Give the first of the item's dates that can be read; if none can, the first as it stands."""
    unread = ""
    for role in _DATES:
        if (element := parts.get(role)) is not None and (text := _text(element)):
            time = parse_time(text, zone)
            if time is not None:
                return time, ""
            unread = unread or text
    return None, unread


def _section(parts: dict[str, etree._Element]) -> str:
    category = parts.get("category")
    if category is None:
        return plain_title(_text(parts.get("dc:subject")))
    return plain_title(_text(category) or category.get("label") or category.get("term") or "")
