"""JSON-LD of news pages (https://schema.org/NewsArticle): the article that a page says it is, also where it is broken."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.collect.titles import plain_title
from alignkit.outlets.address import parse_address

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_MOST_THINGS: Final = 500
_MOST_OF_ONE_PAGE: Final = 2  # some sites tell of one article twice, the headline cut off in one
_LONGEST_TEXT: Final = 2_000
_MOST_OF_BROKEN: Final = 100_000
_INNER: Final = ("@graph", "mainEntity", "mainEntityOfPage")
_ALSO_ARTICLES: Final = frozenset({"BlogPosting", "LiveBlogPosting"})

# Spaces are counted out, so that a million of them take no time.
_WRAPPING: Final = re.compile(r"<!--|-->|(?://|/\*)?\s{0,9}(?:<!\[CDATA\[|\]\]>)\s{0,9}(?:\*/)?")
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_ARTICLE_TYPE: Final = re.compile(r"\"@type\"\s{0,9}:\s{0,9}\[?\s{0,9}\"(?:https?://schema\.org/)?\w{0,40}Article\"")
_CONTROL: Final = re.compile("[\0-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article as JSON-LD tells of it; '' for what it does not say.

    Attributes:
        headline: Its headline.
        published: When it was published, as it stands there.
        modified: When it was last changed.
        section: Its section.
        url: Its address.
        lang: Its language.
        publisher: Who published it.
    """

    headline: str
    published: str = ""
    modified: str = ""
    section: str = ""
    url: str = ""
    lang: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the JSON-LD of a page tells of.

    Attributes:
        articles: The articles.
        types: The types of all things it tells of.
    """

    articles: tuple[LinkedArticle, ...] = ()
    types: frozenset[str] = frozenset()

    def article_at(self, paths: Container[str]) -> LinkedArticle | None:
        """Give the article that a page is, or None where it is none, or lists several others.

        Args:
            paths: The paths of the page's own addresses.
        """
        for article in self.articles:
            if (address := parse_address(article.url)) is not None and address.target in paths:
                return article
        others = [article for article in self.articles if article.headline]
        return others[0] if others and len({article.headline for article in others}) <= _MOST_OF_ONE_PAGE else None


def read_json_ld(texts: Iterable[str]) -> LinkedData:
    """Read the JSON-LD of a page; what cannot be read of it is left out.

    Args:
        texts: Its scripts of the type application/ld+json.
    """
    articles: list[LinkedArticle] = []
    types: set[str] = set()
    for text in texts:
        values = _parse(text)
        if values is None and (broken := _from_broken(text)) is not None:
            articles.append(broken)
            types.add("Article")
        for thing in _things(values):
            named = _types(thing)
            types |= named
            if any(name.endswith("Article") or name in _ALSO_ARTICLES for name in named):
                articles.append(_article(thing))
    return LinkedData(tuple(articles), frozenset(types))


def _parse(text: str) -> object:
    """Parse JSON with line breaks in its strings; failing that, mend what is often wrong. None if nothing helps."""
    for attempt in (str, _mended, _unescaped):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(attempt(text).lstrip())
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, (dict, list)) else None
    return None


def _mended(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", text).strip().lstrip("\ufeff;"))


def _unescaped(text: str) -> str:
    return _mended(html.unescape(text))


def _from_broken(text: str) -> LinkedArticle | None:
    """Take from what is no JSON the strings that say most."""
    text = text[:_MOST_OF_BROKEN]
    if _ARTICLE_TYPE.search(text) is None:
        return None
    headline, published, modified, url = (
        _string_after(name, text) for name in ("headline", "datePublished", "dateModified", "url")
    )
    return LinkedArticle(headline, published, modified, url=url)


def _string_after(name: str, text: str) -> str:
    # A quotation mark that is followed by neither comma nor brace belongs to the text: it was not escaped.
    match = re.search(rf"\"{name}\"\s*:\s*\"(.{{0,1000}}?)(?<!\\)\"\s*(?:[,}}\n]|\Z)", text)
    if match is None:
        return ""
    try:
        return _text(json.loads(f'"{match[1]}"', strict=False))
    except ValueError:
        return _text(match[1].replace('\\"', '"'))


def _things(value: object) -> Iterator[dict[str, object]]:
    """Give the objects that a page tells of, but not what they merely mention."""
    waiting = deque([value])
    for _ in range(_MOST_THINGS):
        if not waiting:
            return
        thing = waiting.popleft()
        if isinstance(thing, list):
            waiting.extend(thing[:_MOST_THINGS])
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[name] for name in _INNER if name in thing)


def _types(thing: dict[str, object]) -> set[str]:
    named = thing.get("@type")
    names = named if isinstance(named, list) else [named]
    return {re.split("[/:#]", name)[-1] for name in names if isinstance(name, str)}


def _article(thing: dict[str, object]) -> LinkedArticle:
    return LinkedArticle(
        headline=_first(thing, "headline", "name"),
        published=_first(thing, "datePublished", "dateCreated", "uploadDate"),
        modified=_first(thing, "dateModified"),
        section=_first(thing, "articleSection"),
        url=_first(thing, "url", "mainEntityOfPage", "@id"),
        lang=_first(thing, "inLanguage"),
        publisher=_first(thing, "publisher", "sourceOrganization"),
    )


def _first(thing: dict[str, object], *names: str) -> str:
    return next((text for name in names if (text := _text(thing.get(name)))), "")


def _text(value: object) -> str:
    """Give the text of a value, of the first of several, or of the name of a thing; '' if it is none."""
    if isinstance(value, str):
        plain = plain_title(_CONTROL.sub("", value[:_LONGEST_TEXT]))
        return "" if _has_surrogate(plain) else plain
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return next((text for inner in value[:10] if not isinstance(inner, list) and (text := _text(inner))), "")
    if isinstance(value, dict):
        named = (value.get(name) for name in ("@value", "name", "alternateName", "@id", "url"))
        return next((text for inner in named if isinstance(inner, str) and (text := _text(inner))), "")
    return ""


def _has_surrogate(text: str) -> bool:
    """Tell whether half of a character, as JSON's escapes can write it, is in a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
