"""Collects a source of the demonstration world by hand: fetches what it names, and reads it with the reader that fits."""

from __future__ import annotations

from dataclasses import dataclass, field

from alignkit.collect.feeds import read_feed
from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.list_pages import read_list
from alignkit.collect.pages import read_page
from alignkit.collect.record import Record, Reject
from alignkit.collect.sitemaps import walk_sitemaps
from alignkit.collect.warc import read_warc
from alignkit.web import FetchError
from world_config import ARCHIVE
from world_stories import Row


@dataclass
class Collected:
    """The rows that each kind of source gave, and what was not to be fetched."""

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    refused: list[FetchError] = field(default_factory=list)

    def table(self, *, without=None):
        """Give what the corpus says of each headline, put together from all kinds of sources but one."""
        known = {}
        for kind, rows in self.rows.items():
            for row in rows if kind != without else ():
                said = known.setdefault((row["url"], row["text"]), {})
                said |= {name: row[name] for name in Row._fields if row[name] is not None}
        return {Row(**{name: said.get(name) for name in Row._fields}) for said in known.values()}


class ByHand:
    def __init__(self, client, folder):
        self.client = client
        self.folder = folder

    def collect(self, sources):
        """Read sources of one site, one after the other."""
        found = Collected()
        for source in sources:
            for item in getattr(self, f"_{source['kind']}")(source, found):
                if isinstance(item, Reject):
                    found.rejects.append(item)
                    continue
                # Each has a builder of its own, because one that gives a headline twice takes the second for a mistake.
                builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=1000)
                row, rejects = builder.build("", item, collector=source["kind"], defaults=source)
                found.rows.setdefault(source["kind"], []).append(row)
                found.rejects += rejects
        return found

    def _feeds(self, source, _found):
        zone = source.get("timezone", "Asia/Tokyo")
        for url in source["urls"]:
            answer = self.client.fetch(url)
            yield from read_feed(answer.content, url=url, content_type=answer.content_type, timezone=zone)

    def _sitemaps(self, source, found):
        for url in source["urls"]:
            named = self.client.sitemaps(url)
            for item in walk_sitemaps(lambda address: self.client.fetch(address).content, url, named=named):
                yield item if isinstance(item, (Record, Reject)) else from_page(self.client, item.url, found)

    def _pages(self, source, found):
        for url in source["lists"]:
            answer = self.client.fetch(url)
            for item in read_list(answer.content, url=url, selector=source["selector"]):
                yield from_page(self.client, item.fields["url"], found)
        for url in source.get("urls", ()):
            yield from_page(self.client, url, found)

    def _warc(self, source, _found):
        return read_warc(self.folder / ARCHIVE, hosts=source["hosts"])


def from_page(client, url, found):
    """Read an article; one that is not to be fetched is noted."""
    try:
        answer = client.fetch(url)
    except FetchError as error:
        found.refused.append(error)
        return Reject(None, error.problem)
    page = read_page(answer.content, url=url, content_type=answer.content_type)
    return page if isinstance(page, Reject) else page.record()
