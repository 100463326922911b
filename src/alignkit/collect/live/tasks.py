"""What live sources give to read: one task for each feed, sitemap, page, list, archive or document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from alignkit.collect.paths import matching_files
from alignkit.collect.sources import FeedsSource, MentionsSource, PagesSource, SitemapsSource, WarcSource
from alignkit.errors import InputError
from alignkit.outlets.registry import find, outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignkit.collect.sources import LiveSource
    from alignkit.schema import Language

Collector = Literal["feeds", "sitemaps", "pages", "lists", "warc", "mentions"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to read.

    Attributes:
        collector: How it is read.
        address: Where it is: an address of the web, or a file.
        lang: The language of headlines that do not name their own.
        outlet: The outlet of headlines at addresses of no registered outlet.
        timezone: Where times without a zone are meant.
        selector: The CSS selector of the links on a list.
        hosts: The hosts whose pages of an archive are read.
        is_file: Whether it is a file on this machine.
    """

    collector: Collector
    address: str
    lang: Language | None = None
    outlet: str | None = None
    timezone: str = "Asia/Tokyo"
    selector: str | None = None
    hosts: tuple[str, ...] = ()
    is_file: bool = False

    @property
    def host(self) -> str:
        """The host that is asked; '' for a file."""
        return "" if self.is_file else urlsplit(self.address).netloc.lower()

    @property
    def line(self) -> str:
        """What its progress and its counts are shown under: the outlet, else the host, else the file's name."""
        if self.outlet is not None:
            return self.outlet
        known = None if self.is_file else outlet_of(self.address)
        return known.name_en if known is not None else self.host or Path(self.address).name


def plan(sources: Iterable[LiveSource], *, folder: Path, outlets: Sequence[str] = ()) -> list[Task]:
    """List what sources give to read, each once.

    Args:
        sources: The sources.
        folder: What their files' paths are relative to.
        outlets: Ids or names of outlets; only their tasks, if there is any.

    Raises:
        InputError: A file is not there, or nothing is left of these outlets.
    """
    tasks = list(dict.fromkeys(task for source in sources for task in _tasks(source, folder)))
    if not outlets:
        return tasks
    names = {outlet.name_en if (outlet := find(name)) is not None else name for name in outlets}
    chosen = [task for task in tasks if task.line in names]
    if not chosen:
        known = ", ".join(sorted({task.line for task in tasks})) or "none"
        raise InputError("is no outlet of the sources", value=", ".join(outlets), remedy=f"They read: {known}.")
    return chosen


def _tasks(source: LiveSource, folder: Path) -> Iterator[Task]:
    def task(
        collector: Collector,
        address: str,
        *,
        outlet: str | None = None,
        selector: str | None = None,
        is_file: bool = False,
    ) -> Task:
        hosts = source.hosts if isinstance(source, WarcSource) else ()
        return Task(
            collector, address, source.lang, outlet or source.outlet, source.timezone, selector, hosts, is_file=is_file
        )

    match source:
        case FeedsSource():
            yield from (task("feeds", url) for url in source.urls)
            for name, url in _registered(source.outlets, "feed"):
                yield task("feeds", url, outlet=name)
        case SitemapsSource():
            yield from (task("sitemaps", url) for url in source.urls)
            for name, url in _registered(source.outlets, "sitemap"):
                yield task("sitemaps", url, outlet=name)
        case PagesSource():
            yield from (task("lists", url, selector=source.selector) for url in source.lists)
            yield from (task("pages", url) for url in source.urls)
        case WarcSource():
            yield from (task("warc", address, is_file=is_file) for address, is_file in _files(source.path, folder))
        case MentionsSource():
            yield from (task("mentions", url) for url in source.urls)
            if source.path is not None:
                yield from (task("mentions", address, is_file=True) for address, _ in _files(source.path, folder))


def _registered(names: Sequence[str], what: Literal["feed", "sitemap"]) -> Iterator[tuple[str, str]]:
    """Give registered outlets' names with their feeds or sitemaps."""
    for name in names:
        outlet = find(name)
        if outlet is None:
            remedy = "'alignkit outlets list' shows those that are known; 'outlet_files' names files of your own."
            raise InputError("is no registered outlet", value=name, remedy=remedy)
        addresses = outlet.feed_urls if what == "feed" else outlet.sitemap_urls
        if not addresses:
            raise InputError(f"is an outlet of which no {what} is known", value=name)
        yield from ((outlet.name_en, url) for url in addresses)


def _files(path: str, folder: Path) -> list[tuple[str, bool]]:
    """Give the files of a pattern, sorted, or an address that fsspec is to open, and whether it is a file here."""
    if "://" in path:
        return [(path, False)]
    return [(str(match), True) for match in matching_files(path, folder)]
