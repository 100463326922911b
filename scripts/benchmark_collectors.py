"""Print how quick feeds and sitemaps are read, and how many of a feed's items come out right, beside other parsers.

    pip install fastfeedparser feedparser-rs ultimate-sitemap-parser    # those that are not there are left out
    python scripts/benchmark_collectors.py

Feeds and sitemaps are made of the demonstration corpus. Readers take turns, in one thread, so that a ratio is one of
the same minutes; a reader's time is its best. An item is right if its headline, its address and its time are those it
was made of.
"""

from __future__ import annotations

import datetime as dt
import html
import importlib
import io
import json
import time
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from alignkit.collect.feeds import read_feed
from alignkit.collect.record import Record
from alignkit.collect.sitemaps import read_sitemap
from gold_data import DEMO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Item = tuple[str, str, dt.datetime | None]
    Reader = Callable[[bytes], list[Item]]

ROUNDS: Final = 9
FEED_ITEMS: Final = 1_000
SITEMAP_PAGES: Final = 50_000
URL: Final = "https://sorami.example/feed/news.xml"
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OURS: Final = "alignkit"
LXML: Final = "lxml alone"


@dataclass(frozen=True)
class Story:
    """What an item is made of."""

    text: str
    path: str
    time: dt.datetime
    section: str

    @property
    def item(self) -> Item:
        """What is to come out."""
        return self.text, f"https://sorami.example{self.path}", self.time


def main() -> None:
    """Print all figures."""
    stories = demo_stories(FEED_ITEMS)
    readers = feed_readers()
    speed_readers = {**readers, LXML: by_lxml}
    for name, feed in (("headlines alone", rss(stories)), ("with summaries", rss(stories, summaries=True))):
        print_speed(f"Feed of {len(stories):,} items, {name}", speed_readers, feed, len(stories))
    print_right(stories[::5], readers)
    pages = demo_stories(SITEMAP_PAGES)
    for name, sitemap in (("pages", urlset(pages)), ("Google News", urlset(pages, news=True))):
        print_speed(f"Sitemap of {len(pages):,}, {name}", sitemap_readers(), sitemap, len(pages), rounds=3)


# --- what is read -----------------------------------------------------------------------------------------------------


def demo_stories(number: int) -> list[Story]:
    """Give that many stories: the demonstration corpus's headlines, again and again, each time at another address."""
    lines = [
        json.loads(line)
        for language in ("english", "japanese")
        for line in (DEMO / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [
        Story(
            row["text"],
            f"/news/{place:06}.html?from=rss&page=1",
            dt.datetime.fromisoformat(row["published_at"]),
            row["section"],
        )
        for place in range(number)
        for row in (lines[place % len(lines)],)
    ]


def rss(
    stories: Sequence[Story],
    *,
    summaries: bool = False,
    relative: bool = False,
    zone: bool = True,
    encoding: str = "utf-8",
    declared: str = "utf-8",
) -> bytes:
    """Make a feed, with whatever is to be wrong with it."""
    items = []
    for place, story in enumerate(stories):
        when = format_datetime(story.time) if zone else f"{story.time:%a, %d %b %Y %H:%M:%S}"
        items.append(
            f"<item><title>{html.escape(story.text)}</title>"
            f"<link>{'' if relative else 'https://sorami.example'}{html.escape(story.path)}</link>"
            f'<guid isPermaLink="false">sorami-{place}</guid><pubDate>{when}</pubDate><category>{story.section}</category>'
        )
        if summaries:
            body = " ".join(other.text for other in stories[place : place + 4])
            items.append(
                f"<dc:creator>Sorami</dc:creator><description><![CDATA[<p>{html.escape(body)}</p>]]></description>"
                f'<media:content url="https://sorami.example/{place}.jpg" type="image/jpeg"/>'
            )
        items.append("</item>")
    namespaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    head = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<rss version="2.0" {namespaces}><channel><title>Sorami</title>'
    )
    return f"{head}{''.join(items)}</channel></rss>".encode(encoding, "xmlcharrefreplace")


def urlset(stories: Sequence[Story], *, news: bool = False) -> bytes:
    """Make a sitemap."""
    urls = []
    for story in stories:
        urls.append(
            f"<url><loc>https://sorami.example{html.escape(story.path)}</loc><lastmod>{story.time.isoformat()}</lastmod>"
        )
        if news:
            urls.append(
                "<news:news><news:publication><news:name>Sorami</news:name><news:language>ja</news:language>"
                f"</news:publication><news:publication_date>{story.time.isoformat()}</news:publication_date>"
                f"<news:title>{html.escape(story.text)}</news:title></news:news>"
            )
        urls.append("</url>")
    namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {namespaces}>{"".join(urls)}</urlset>'.encode()


# --- who reads it -----------------------------------------------------------------------------------------------------


def feed_readers() -> dict[str, Reader]:
    """Give the readers of feeds that are installed."""
    readers: dict[str, Reader] = {OURS: by_alignkit}
    for package, make in (
        ("feedparser", by_feedparser),
        ("fastfeedparser", by_fastfeedparser),
        ("feedparser_rs", by_feedparser_rs),
    ):
        if (module := installed(package)) is not None:
            readers[package] = make(module)
    return readers


def by_alignkit(content: bytes) -> list[Item]:
    """Read as alignkit does."""
    records = [item.fields for item in read_feed(content, url=URL) if isinstance(item, Record)]
    return [
        (str(fields["text"]), str(fields.get("url")), cast("dt.datetime", fields.get("published_at")))
        for fields in records
    ]


def by_lxml(content: bytes) -> list[tuple[str | None, ...]]:
    """Read as one would with lxml alone; times are left as text."""
    names = ("title", "link", "pubDate", "category")
    return [tuple(item.findtext(name) for name in names) for item in etree.fromstring(content).iter("item")]


def by_feedparser(module: Any) -> Reader:  # noqa: ANN401 - it may not be installed
    """Read as feedparser does, told where the feed was found."""

    def read(content: bytes) -> list[Item]:
        entries = module.parse(io.BytesIO(content), response_headers={"content-location": URL}).entries
        return [(entry.get("title"), entry.get("link"), as_time(entry.get("published_parsed"))) for entry in entries]

    return read


def by_fastfeedparser(module: Any) -> Reader:  # noqa: ANN401 - it may not be installed
    """Read as fastfeedparser does."""

    def read(content: bytes) -> list[Item]:
        return [
            (entry.get("title"), entry.get("link"), dt.datetime.fromisoformat(entry["published"]))
            for entry in module.parse(content).entries
            if entry.get("published")
        ]

    return read


def by_feedparser_rs(module: Any) -> Reader:  # noqa: ANN401 - it may not be installed
    """Read as feedparser-rs does."""

    def read(content: bytes) -> list[Item]:
        entries = module.parse(content).entries
        return [(entry.title, entry.link, as_time(entry.published_parsed)) for entry in entries]

    return read


def sitemap_readers() -> dict[str, Callable[[bytes], object]]:
    """Give the readers of sitemaps that are installed."""
    readers: dict[str, Callable[[bytes], object]] = {
        OURS: lambda content: read_sitemap(content, url=URL),
        LXML: sitemap_by_lxml,
    }
    if (usp := installed("usp.tree")) is not None:
        readers["ultimate-sitemap-parser"] = lambda content: list(usp.sitemap_from_str(content.decode()).all_pages())
    return readers


def sitemap_by_lxml(content: bytes) -> list[tuple[str | None, ...]]:
    """Read as one would with lxml alone; dates are left as text."""
    names = ("loc", "lastmod", "{*}news/{*}title", "{*}news/{*}publication_date", "{*}news/{*}publication/{*}language")
    paths = [name if name.startswith("{") else f"{SITEMAP}{name}" for name in names]
    return [tuple(url.findtext(path) for path in paths) for url in etree.fromstring(content).findall(f"{SITEMAP}url")]


def installed(module: str) -> Any:  # noqa: ANN401 - a module, or None
    """Import a module that may not be installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        print(f"({module.partition('.')[0]} is left out: it is not installed)")
        return None


def as_time(parsed: time.struct_time | None) -> dt.datetime | None:
    """Make a time of what the readers of feeds give, which is in UTC."""
    return dt.datetime(*parsed[:6], tzinfo=dt.UTC) if parsed else None


# --- figures ----------------------------------------------------------------------------------------------------------


def print_speed(
    title: str, readers: Mapping[str, Callable[[bytes], object]], content: bytes, number: int, rounds: int = ROUNDS
) -> None:
    """Print items a second, and how many times as quick as each reader alignkit is."""
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(rounds):
        for name, read in readers.items():
            started = time.perf_counter()
            read(content)
            best[name] = min(best[name], time.perf_counter() - started)
    print(f"\n{f'{title} ({len(content) / 1e6:.1f} MB)':<58}{'items a second':>15}{'alignkit is':>14}")
    for name, seconds in best.items():
        print(f"{name:<58}{number / seconds:>15,.0f}{f'{seconds / best[OURS]:.2f} times':>14}")


def print_right(stories: Sequence[Story], readers: Mapping[str, Reader]) -> None:
    """Print the share of items that come out right, of feeds with this and that wrong with them."""
    feeds = {
        "as it should be": rss(stories),
        "no zone": rss(stories, zone=False),
        "relative": rss(stories, relative=True),
        "Shift_JIS": rss(stories, encoding="cp932", declared="Shift_JIS"),
        "called UTF-8": rss(stories, encoding="cp932"),
        "bare &": rss(stories).replace(b"&amp;", b"&"),
    }
    expected = {story.item for story in stories}
    print(f"\n{'Items that come out right, of feeds with one fault':<50}" + "".join(f"{name:>16}" for name in feeds))
    for name, read in readers.items():
        shares = [len(expected.intersection(attempt(read, feed))) / len(expected) for feed in feeds.values()]
        print(f"{name:<50}" + "".join(f"{share:>16.1%}" for share in shares))


def attempt(read: Reader, content: bytes) -> list[Item]:
    """Read a feed; a reader that gives up has read nothing."""
    try:
        return read(content)
    except Exception as error:  # noqa: BLE001 - each has its own
        print(f"({type(error).__name__}: {error})")
        return []


if __name__ == "__main__":
    main()
