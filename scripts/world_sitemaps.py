"""Sitemaps as papers have them: an index of months, packed or not, with headlines as Google News wants them or without."""

from __future__ import annotations

import gzip
from html import escape
from typing import TYPE_CHECKING

from world_replies import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from world_stories import Story

_XML = {"Content-Type": "application/xml"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def index(sitemaps: Mapping[str, str]) -> Reply:
    """Give an index of sitemaps.

    Args:
        sitemaps: When each was last changed, by its address.
    """
    entries = "".join(
        f"<sitemap><loc>{escape(url)}</loc><lastmod>{changed}</lastmod></sitemap>\n"
        for url, changed in sitemaps.items()
    )
    return _reply(f'{_HEAD}<sitemapindex xmlns="{_SITEMAP}">\n{entries}</sitemapindex>')


def of_headlines(stories: Iterable[Story], *, packed: bool = False) -> Reply:
    """Give a sitemap of Google News, which says headlines and when they were published."""
    entries = "".join(
        f"<url><loc>{escape(story.url)}</loc><news:news><news:publication><news:name>{story.outlet}</news:name>"
        f"<news:language>{story.lang}</news:language></news:publication>"
        f"<news:publication_date>{story.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.text)}</news:title></news:news></url>\n"
        for story in stories
    )
    return _reply(f'{_HEAD}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n{entries}</urlset>', packed=packed)


def of_pages(urls: Mapping[str, str | None], *, packed: bool = False) -> Reply:
    """Give a sitemap of pages, which says nothing but where they are and when they were changed.

    Args:
        urls: When each was last changed, by its address; None if that is not said.
        packed: Whether it is a file of gzip.
    """
    entries = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for url, changed in urls.items()
    )
    return _reply(f'{_HEAD}<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>', packed=packed)


def _reply(text: str, *, packed: bool = False) -> Reply:
    if packed:
        return Reply(gzip.compress(text.encode(), mtime=0), headers={"Content-Type": "application/gzip"})
    return Reply(text.encode(), headers=_XML)
