"""Pages of the web: an article, read for its headline, and lists of articles, read for their links (`read_list`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alignkit.collect.article_check import PUBLISHED_NAMES, not_an_article
from alignkit.collect.credit_marks import find_credit
from alignkit.collect.json_ld import LinkedArticle, LinkedData, read_json_ld
from alignkit.collect.links import resolve_address
from alignkit.collect.list_pages import read_list as read_list
from alignkit.collect.page_encoding import page_in_utf_8, problem_of_type
from alignkit.collect.page_parts import PageParts, page_parts
from alignkit.collect.page_times import first_time, times_in_text
from alignkit.collect.page_titles import HeadlineSource, Title, article_heading, choose_headline
from alignkit.collect.record import Record, Reject
from alignkit.collect.sites import site_of
from alignkit.collect.titles import plain_title
from alignkit.collect.xml_text import REPLACEMENT
from alignkit.errors import quoted
from alignkit.outlets.address import parse_address
from alignkit.outlets.registry import registry
from alignkit.text.language import detect_languages
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from alignkit.outlets.model import Outlet

_MODIFIED_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "cxenseparse:modifiedtime", "lastmod")
_SECTION_NAMES = ("article:section", "articlesection", "cxenseparse:category", "section", "category")
_DIRECTIVES = frozenset({"noai", "noimageai", "noindex", "nofollow", "none"})
_LONGEST_HEADLINE = 1_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Page:
    """An article, by what its page says of it.

    Attributes:
        url: Where it was read.
        headline: Its headline, without the outlet's name.
        headline_source: Where the page says so.
        canonical_url: The address that the page gives as its own, if that is of the same site; else `url`.
        published_at: When it was published (UTC).
        modified_at: When it was last changed (UTC).
        unread_date: When it was published, as it stands there, if that could not be read.
        section: The outlet's section.
        credit: The mark that names the agency, as it stands in the text.
        wire_id: The agency's id of the story, where the address carries one.
        lang: The language of the headline: 'en', 'ja', or what the page says; None if nobody knows.
        outlet: The English name of the outlet, if it is known by its address.
        site_name: What the site calls itself.
        reservations: Names and contents of the <meta> elements that say whether machines may use the page.
    """

    url: str
    headline: str
    headline_source: HeadlineSource
    canonical_url: str
    published_at: dt.datetime | None = None
    modified_at: dt.datetime | None = None
    unread_date: str | None = None
    section: str | None = None
    credit: str | None = None
    wire_id: str | None = None
    lang: str | None = None
    outlet: str | None = None
    site_name: str | None = None
    reservations: tuple[tuple[str, str], ...] = ()

    def record(self, row: int = 1, place: str | None = None) -> Record:
        """Give it as a reader's record.

        Args:
            row: Its number among what is read.
            place: What of the file it is; where on the page the headline was found, if not given.
        """
        fields = {
            "text": self.headline,
            "url": self.canonical_url,
            "lang": self.lang,
            "outlet": self.outlet or self.site_name,
            "published_at": self.published_at or self.unread_date,
            "section": self.section,
            "credit": self.credit,
            "wire_id": self.wire_id,
        }
        known = {name: value for name, value in fields.items() if value is not None}
        return Record(row, known, self.headline_source if place is None else place)


def read_page(content: bytes, *, url: str, content_type: str = "", timezone: str = "Asia/Tokyo") -> Page | Reject:
    """Read a page for the headline of its article.

    The headline is that of JSON-LD (https://schema.org/NewsArticle), else of OpenGraph or Twitter, else the <h1> or the
    <title>; a longer one of these replaces one that was cut off.

    Args:
        content: The page as it came.
        url: Where it was read.
        content_type: Its Content-Type header; '' if there was none.
        timezone: Where a time without a zone was meant.

    Returns:
        The article, or why the page is none: it is a list, a search, an error, a login, or no HTML.
    """
    if (problem := problem_of_type(content, content_type)) is not None:
        return _reject(problem, url)
    parts = page_parts(page_in_utf_8(content, content_type))
    linked = read_json_ld(parts.json_ld)
    canonical = _canonical(url, parts)
    article = linked.article_at({address.target for own in (url, canonical) if (address := parse_address(own))})
    if (problem := not_an_article(url, parts, article, linked.types)) is not None:
        return _reject(problem, url)
    outlet = registry().outlet_of(url) or registry().outlet_of(canonical)
    section = _section(parts, article, outlet, canonical)
    site_name = _site_name(parts, article)
    names = (site_name, section, *_publishers(linked))
    title = choose_headline(list(_titles(parts, article)), outlet, names)
    if title is None:
        return _reject("has no headline", url)
    if REPLACEMENT in title.text:
        return _reject("has bytes in its headline that its encoding does not allow", url, title.text)
    if len(title.text) > _LONGEST_HEADLINE:
        return _reject("has a headline that is too long for one", url, title.text)
    zone = ZoneInfo(timezone)
    published_at, unread_date = first_time(_published(parts, article), zone)
    return Page(
        url=url,
        headline=title.text,
        headline_source=title.source,
        canonical_url=canonical,
        published_at=published_at,
        modified_at=first_time([article.modified if article else "", parts.meta(*_MODIFIED_NAMES)], zone)[0],
        unread_date=unread_date,
        section=section or None,
        credit=find_credit(parts.story, [form for group in outlet.credits for form in group.forms] if outlet else ()),
        wire_id=registry().wire_id(canonical) or registry().wire_id(url),
        lang=_lang(title.text, parts, article),
        outlet=outlet.name_en if outlet else None,
        site_name=site_name or None,
        reservations=tuple(_reservations(parts)),
    )


def _reject(reason: str, url: str, value: str | None = None) -> Reject:
    return Reject(None, reason, value=quoted(url if value is None else value), dropped="file")


def _canonical(url: str, parts: PageParts) -> str:
    """Give the address that the page says is its own, unless it cannot be: another site's, or the site's front page."""
    own = parse_address(url)
    for link in (parts.canonical, parts.meta("og:url")):
        address = resolve_address(parts.base or url, link) if link else None
        found = parse_address(address) if address else None
        if not address or not found or not own:
            continue
        is_same_site = found.host == own.host or site_of(address) == site_of(url)
        if is_same_site and (found.path != "/" or found.query or own.path == "/"):
            return address
    return url


def _titles(parts: PageParts, article: LinkedArticle | None) -> Iterator[Title]:
    if article is not None:
        yield Title("json-ld", article.headline)
    yield Title("opengraph", plain_title(parts.meta("og:title")))
    yield Title("twitter", plain_title(parts.meta("twitter:title")))
    yield Title("h1", article_heading(parts))
    yield Title("title", parts.title)


def _publishers(linked: LinkedData) -> Iterator[str]:
    return (article.publisher for article in linked.articles[:1])


def _site_name(parts: PageParts, article: LinkedArticle | None) -> str:
    name = plain_title(parts.meta("og:site_name", "application-name")) or (article.publisher if article else "")
    return name[:_LONGEST_NAME]


def _section(parts: PageParts, article: LinkedArticle | None, outlet: Outlet | None, url: str) -> str:
    named = (article.section if article else "") or plain_title(parts.meta(*_SECTION_NAMES))
    address = parse_address(url)
    if not named and outlet is not None and address is not None:
        named = outlet.section(address) or ""
    return named[:_LONGEST_NAME]


def _published(parts: PageParts, article: LinkedArticle | None) -> Iterator[str]:
    if article is not None:
        yield article.published
    yield parts.meta(*PUBLISHED_NAMES)
    yield from parts.times[:1]
    yield from times_in_text(parts)


def _lang(headline: str, parts: PageParts, article: LinkedArticle | None) -> str | None:
    """Tell the language of the headline: what the page says of itself is often that of its template."""
    said = (article.lang if article else "") or parts.lang or parts.meta("og:locale", "content-language")
    code = said.lower().replace("_", "-").partition("-")[0]
    if code and code not in {"en", "ja"} and not (has_japanese_script(headline) and code not in {"zh", "ko"}):
        return code
    (detected,) = detect_languages([headline])
    return detected if detected in {"en", "ja"} else code or None


def _reservations(parts: PageParts) -> Iterator[tuple[str, str]]:
    """Give what is said to robots, whatever their name, and to those who mine text and data (TDMRep)."""
    for name, content in parts.metas:
        directives = {word.strip() for word in content.lower().split(",")}
        if name == "robots" or name.startswith("tdm-") or directives & _DIRECTIVES:
            yield name, content.strip()
