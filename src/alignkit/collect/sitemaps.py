"""A site's sitemaps, walked newest first and only as far back as asked.

read_sitemap(content, url="https://news.example/sitemap.xml")              ->  Sitemap
walk_sitemaps(fetch, "https://news.example/sitemap.xml", since=last_week)  ->  SitemapEntry | Record | Reject, ...
"""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from alignkit.collect.periods import period_in
from alignkit.collect.record import Record, Reject
from alignkit.collect.sitemap_file import Sitemap as Sitemap
from alignkit.collect.sitemap_file import SitemapEntry as SitemapEntry
from alignkit.collect.sitemap_file import read_sitemap as read_sitemap
from alignkit.collect.sites import site_of
from alignkit.errors import AlignkitError, MissingExtraError, UsageError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_LONG_AGO: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
_DAY: Final = dt.timedelta(days=1)
_DEEPEST: Final = 3


def walk_sitemaps(
    fetch: Callable[[str], bytes],
    url: str,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    limit: int = 500,
    named: Collection[str] = (),
    timezone: str = "Asia/Tokyo",
) -> Iterator[SitemapEntry | Record | Reject]:
    """Read a sitemap and those that it names, each once, the newest first.

    Newest is what was changed last; of two that do not say, or say the same, the one whose name has the later date;
    then the one that is named first. Nothing is left out for its date unless that is sure to lie outside: a page that
    was changed after `until` may have been published before.

    Args:
        fetch: Gives what is at an address; whatever it raises costs that one sitemap.
        url: Where to begin.
        since: What is older is left out.
        until: What was published later is left out.
        limit: The most sitemaps that are fetched.
        named: The sitemaps that the site's robots.txt names. What an index names is read if it is of the site of one of
            these, or of `url`.
        timezone: Where times without a zone are meant.

    Yields:
        A `Record` for each headline that is given with its page, a `SitemapEntry` for each other page, and a `Reject`
        for what could not be read. Records name their sitemap in `place`, rejects in `file`.

    Raises:
        MissingExtraError: Something that fetching or comparing hosts needs is not installed.
    """
    zone = ZoneInfo(timezone)
    window = _Window(since, until, zone)
    sites = {site_of(address) for address in (url, *named)}
    waiting = _Waiting(zone)
    waiting.push(SitemapEntry(url), depth=0)
    for _ in range(limit):
        if (here := waiting.pop()) is None:
            return
        try:
            content = fetch(here.url)
        except (MissingExtraError, UsageError):
            raise
        except Exception as error:  # noqa: BLE001 - it is the caller's, who may use any client with any errors
            yield _unfetched(here.url, error)
            continue
        sitemap = read_sitemap(content, url=here.url, timezone=timezone)
        yield from (replace(reject, file=here.url) for reject in sitemap.rejects)
        yield from (_placed(entry, here.url) for entry in sitemap.entries if window.may_have(entry))
        for row, child in enumerate(sitemap.sitemaps, start=1):
            reason = _refusal(child, here.depth + 1, sites)
            if reason:
                value = quoted(child.url)
                yield Reject(row, reason, column="url", value=value, file=here.url)
            elif window.may_lead_to(child):
                waiting.push(child, depth=here.depth + 1)
    if left := len(waiting):
        yield Reject(
            None, f"names more sitemaps than are read ({limit:,}): {left:,} are left", dropped="file", file=url
        )


class _Place(NamedTuple):
    """A sitemap that is to be read."""

    url: str
    depth: int


class _Waiting:
    """Sitemaps that are still to be read, the newest first; each is taken once only."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self._zone = zone
        self._heap: list[tuple[dt.timedelta, dt.timedelta, int, _Place]] = []
        self._known: set[str] = set()
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._heap)

    def push(self, entry: SitemapEntry, *, depth: int) -> None:
        address = urldefrag(entry.url).url
        if address in self._known:
            return
        self._known.add(address)
        period = period_in(address, self._zone)
        by_name = _LONG_AGO if period is None else period.end
        newest = (_LONG_AGO - (entry.lastmod or by_name), _LONG_AGO - by_name)
        heapq.heappush(self._heap, (*newest, next(self._numbers), _Place(address, depth)))

    def pop(self) -> _Place | None:
        return heapq.heappop(self._heap)[-1] if self._heap else None


@dataclass(frozen=True)
class _Window:
    """The time that headlines are wanted from."""

    since: dt.datetime | None
    until: dt.datetime | None
    zone: dt.tzinfo

    def may_have(self, entry: SitemapEntry | Record) -> bool:
        """Tell whether a page may have been published in it."""
        if isinstance(entry, SitemapEntry):
            return not self._is_before(entry.lastmod)
        time = entry.fields.get("published_at")
        return not isinstance(time, dt.datetime) or not (self._is_before(time) or self._is_after(time))

    def may_lead_to(self, sitemap: SitemapEntry) -> bool:
        """Tell whether a sitemap may name pages that were published in it."""
        if self._is_before(sitemap.lastmod):
            return False
        period = period_in(sitemap.url, self.zone)
        if period is None or not period.is_sure:
            return True
        is_over = self.since is not None and period.end <= _aware(self.since, self.zone)
        return not (is_over or self._is_after(period.start))

    def _is_before(self, time: dt.datetime | None) -> bool:
        if time is None or self.since is None:
            return False
        # Midnight is what a day alone becomes; it may mean any time of that day.
        is_day = not (time.hour or time.minute or time.second)
        return time < _aware(self.since, self.zone) - (_DAY if is_day else dt.timedelta())

    def _is_after(self, time: dt.datetime) -> bool:
        return self.until is not None and time > _aware(self.until, self.zone)


def _aware(time: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return time if time.tzinfo is not None else time.replace(tzinfo=zone)


def _refusal(sitemap: SitemapEntry, depth: int, sites: Collection[str | None]) -> str:
    """Say why a sitemap is not to be read; '' if it is."""
    if depth > _DEEPEST:
        return f"lies more than {_DEEPEST} sitemaps deep"
    if site_of(sitemap.url) not in sites:
        return "is a sitemap of another site, which robots.txt does not name"
    return ""


def _unfetched(url: str, error: Exception) -> Reject:
    problem = error.problem if isinstance(error, AlignkitError) else f"{type(error).__name__}: {error}"
    return Reject(None, f"cannot be fetched ({problem})", dropped="file", file=url)


def _placed(entry: SitemapEntry | Record, url: str) -> SitemapEntry | Record:
    """Say in a record's place which of all sitemaps it is in."""
    return replace(entry, place=f"{url} {entry.place}") if isinstance(entry, Record) else entry
