"""Lists of articles: links and headlines of a page, where a CSS selector says that they stand."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from lxml import etree

from alignkit.collect.links import resolve_address
from alignkit.collect.page_encoding import page_in_utf_8, problem_of_type
from alignkit.collect.page_times import first_time
from alignkit.collect.record import Record, Reject
from alignkit.collect.titles import plain_title
from alignkit.collect.xml_text import REPLACEMENT
from alignkit.errors import UsageError, quoted
from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from alignkit.collect.record import Records

_MOST_ATTRIBUTES: Final = 2_000
_MOST_IN_ITEM: Final = 20
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNREAD: Final = ("script", "style", "template", "time", "rt", "rp")
# Only parents are looked at: all ancestors of all texts are more than hostile pages leave time for.
_TEXTS: Final[Callable[..., object]] = etree.XPath(
    f".//text()[not({' or '.join(f'parent::{name}' for name in _UNREAD)})]", smart_strings=False
)


class _Link(NamedTuple):
    row: int
    href: str
    text: str
    times: tuple[str, ...]


def read_list(
    content: bytes, *, url: str, selector: str, content_type: str = "", timezone: str = "Asia/Tokyo"
) -> Records:
    """Read the links of a list of articles.

    Args:
        content: The page as it came.
        url: Where it was read.
        selector: A CSS selector of the links, or of elements that each hold a link or stand in one.
        content_type: Its Content-Type header; '' if there was none.
        timezone: Where a time without a zone was meant.

    Yields:
        A `Record` with text and url, and published_at where a <time> says so, for each address: the links around its
        picture and its other repetitions are left out. A `Reject` for each link that is none, and for a page that
        cannot be read.

    Raises:
        UsageError: The selector is none.
        MissingExtraError: cssselect is not installed.
    """
    select = _selecting(selector)
    problem = problem_of_type(content, content_type)
    root = None if problem else _tree(page_in_utf_8(content, content_type))
    if root is None:
        yield Reject(None, problem or "is no page that can be read", value=quoted(url), dropped="file")
        return
    zone = ZoneInfo(timezone)
    base = resolve_address(url, next((element.get("href", "") for element in root.iter("base")), "")) or url
    links = [_link(row, element) for row, element in enumerate(select(root), 1)]
    if not links:
        yield Reject(None, "has nothing that the selector selects", value=quoted(selector), dropped="file")
    best = {link.href: link.row for link in sorted(links, key=lambda link: (not link.text, link.row), reverse=True)}
    for link in links:
        if not link.href or best[link.href] == link.row:
            yield _item(link, base, zone)


def _item(link: _Link, base: str, zone: dt.tzinfo) -> Record | Reject:
    address = resolve_address(base, link.href) if link.href else None
    if address is None:
        return Reject(link.row, "is no link to a page", column="url", value=quoted(link.href or link.text))
    if not link.text:
        return Reject(link.row, "has no text", column="text", value=quoted(address))
    if REPLACEMENT in link.text:
        return Reject(link.row, "has bytes that its encoding does not allow", column="text", value=quoted(link.text))
    published_at, unread = first_time(link.times, zone)
    time = published_at or unread
    fields = {"text": link.text, "url": address} | ({"published_at": time} if time else {})
    return Record(link.row, fields, f"item {link.row}")


def _selecting(selector: str) -> Callable[[etree._Element], list[etree._Element]]:
    cssselect = import_extra("cssselect")
    try:
        compiled = etree.XPath(cssselect.HTMLTranslator().css_to_xpath(selector))
    except (cssselect.SelectorError, etree.XPathError) as error:
        remedy = "Write one such as 'ul.news li a'."
        raise UsageError(f"is no CSS selector ({error})", value=selector, remedy=remedy) from None

    def select(root: etree._Element) -> list[etree._Element]:
        found = compiled(root)
        return [element for element in found if etree.iselement(element)] if isinstance(found, list) else []

    return select


class _Guard:
    """Hears of tags, and stops at one that a tree could not be built of in time: libxml2 looks through all attributes before each."""

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > _MOST_ATTRIBUTES:
            raise ValueError

    def end(self, tag: str) -> None:
        """Hear of nothing."""

    def close(self) -> None:
        """Give nothing."""


def _tree(content: bytes) -> etree._Element | None:
    try:
        guard: Any = _Guard()
        etree.fromstring(content, etree.HTMLParser(target=guard, encoding="utf-8"))
        return etree.fromstring(content, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _link(row: int, element: etree._Element) -> _Link:
    links = _linking(element.iter("a"))
    inside = next((link for link in links if _text(link)), links[0] if links else None)
    link = inside if links else next(iter(_linking(element.iterancestors("a"))), None)
    if link is None:
        return _Link(row, "", _text(element), ())
    around, told = (link, element) if inside is None else (element, link)
    heading = next(told.iter(*_HEADINGS), None)
    times = tuple(
        time.get("datetime") or "".join(time.itertext()) for time in islice(around.iter("time"), _MOST_IN_ITEM)
    )
    return _Link(row, link.get("href", "").strip(), _text(told if heading is None else heading), times)


def _linking(elements: Iterable[etree._Element]) -> list[etree._Element]:
    return [element for element in islice(elements, _MOST_IN_ITEM) if element.get("href")]


def _text(element: etree._Element) -> str:
    texts = _TEXTS(element)
    return plain_title("".join(map(str, texts))) if isinstance(texts, list) else ""
