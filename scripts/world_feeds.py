"""Feeds as papers have them: RSS 2.0, RSS 1.0 (RDF) in Shift_JIS, and Atom, with dates in this way and that."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Literal

from world_replies import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from world_stories import Story

Dates = Literal["zone", "no zone", "no zone, UTC", "none"]
"""How a feed of RSS 2.0 dates its items: in full; as the clock in Japan or in Greenwich shows, without saying so; not."""


def rss(title: str, stories: Iterable[Story], dates: Dates = "zone") -> Reply:
    """Give a feed of RSS 2.0.

    Args:
        title: The name of the site.
        stories: What is in it.
        dates: How its items are dated.
    """
    items = "".join(
        f"<item><title>{escape(story.text)}</title><link>{escape(story.url)}</link>"
        f'<guid isPermaLink="false">{story.path}</guid>{_pub_date(story.published_at, dates)}'
        f"<category>{story.section}</category></item>\n"
        for story in stories
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0"><channel><title>{escape(title)}</title>\n{items}</channel></rss>'
    )
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml; charset=utf-8"})


def rdf(title: str, stories: Iterable[Story], encoding: str = "Shift_JIS") -> Reply:
    """Give a feed of RSS 1.0.

    Args:
        title: The name of the site.
        stories: What is in it.
        encoding: What it is encoded in; only its own declaration says so.
    """
    items = "".join(
        f'<item rdf:about="{escape(story.url)}"><title>{escape(story.text)}</title><link>{escape(story.url)}</link>'
        f"<dc:date>{story.published_at.isoformat()}</dc:date><dc:subject>{story.section}</dc:subject></item>\n"
        for story in stories
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">'
        f'<channel rdf:about="feed"><title>{escape(title)}</title></channel>\n{items}</rdf:RDF>'
    )
    # What sites call Shift_JIS is Microsoft's, which has more characters.
    codec = "cp932" if encoding == "Shift_JIS" else encoding
    return Reply(text.encode(codec, "xmlcharrefreplace"), headers={"Content-Type": "application/xml"})


def atom(title: str, stories: Iterable[Story], base: str) -> Reply:
    """Give a feed of Atom, with times in UTC.

    Args:
        title: The name of the site.
        stories: What is in it.
        base: What its links are relative to.
    """
    entries = "".join(
        f'<entry><title type="html">{escape(escape(story.text, quote=False))}</title><id>tag:{story.path}</id>'
        f'<link rel="alternate" type="text/html" href="{escape(story.path)}"/>'
        f"<published>{_utc(story.published_at)}</published><updated>{_utc(story.published_at)}</updated>"
        f'<category term="{story.section}"/></entry>\n'
        for story in stories
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}/"><title>{escape(title)}</title><id>{base}/</id>\n'
        f"{entries}</feed>"
    )
    return Reply(text.encode(), headers={"Content-Type": "application/atom+xml"})


def _pub_date(time: dt.datetime, dates: Dates) -> str:
    match dates:
        case "zone":
            return f"<pubDate>{format_datetime(time)}</pubDate>"
        case "no zone":
            return f"<pubDate>{time:%Y/%m/%d %H:%M}</pubDate>"
        case "no zone, UTC":
            return f"<pubDate>{time.astimezone(dt.UTC):%a, %d %b %Y %H:%M:%S}</pubDate>"
        case "none":
            return ""


def _utc(time: dt.datetime) -> str:
    return f"{time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
