"""How one task is read: what is fetched, and what its readers make of it, a batch for each answer."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from alignkit.collect.feeds import read_feed
from alignkit.collect.list_pages import read_list
from alignkit.collect.mentions import Lead, read_mentions
from alignkit.collect.pages import read_page
from alignkit.collect.record import Record, Reject
from alignkit.collect.sitemaps import SitemapEntry, walk_sitemaps
from alignkit.collect.warc import read_warc
from alignkit.errors import InputError
from alignkit.store.model import Fetch
from alignkit.web import FetchError, meta_reservations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignkit.collect.live.tasks import Task
    from alignkit.web import PoliteClient, Response, WebSettings

Item = Record | Reject | Lead

RECORDS_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read from one answer, or why there is none.

    Attributes:
        task: The task that it is part of.
        fetch: The answer.
        items: What was read from it.
        refusal: What stood in the way of fetching it, in one word; '' if nothing did.
        position: How far a file was read, if there is more of it; None if the answer was read whole.
        more: How many answers more the task has come to know of.
    """

    task: Task
    fetch: Fetch
    items: list[Item]
    refusal: str = ""
    position: int | None = None
    more: int = 0


@dataclass(frozen=True)
class Reading:
    """What the tasks of a run are read with.

    Attributes:
        client: Fetches pages; None where there is nothing on the web to read.
        since: What was published before is not looked for.
        until: Nor what was published from then on.
        is_done: Says whether an address was read whole in this run.
        position: Gives how far a file was read in this run, or None.
        last_fetched: Gives when an address was last fetched in any run, or None.
        keeps_content: Whether answers are kept as they came.
    """

    client: PoliteClient | None
    since: dt.datetime | None
    until: dt.datetime | None
    is_done: Callable[[str], bool]
    position: Callable[[str], int | None]
    last_fetched: Callable[[str], dt.datetime | None]
    keeps_content: bool = False

    def batches(self, task: Task) -> Iterator[Batch]:
        """Read a task, an answer at a time.

        Raises:
            AlignkitError: Something that is needed is not installed, or an option makes no sense.
        """
        if task.collector == "warc":
            yield from self._archive(task)
        elif task.collector == "sitemaps":
            yield from self._sitemaps(task)
        elif task.collector == "lists":
            yield from self._list(task)
        elif task.collector == "mentions" or not self.is_done(task.address):
            # The leads of a document are kept nowhere, so that it is read again.
            yield self._document(task)

    def _document(self, task: Task) -> Batch:
        """Read a feed, a page, or a document that mentions headlines."""
        if task.is_file:
            return _file(task)
        return self._fetched(task, task.address, _READERS[task.collector], fresh=task.collector != "pages")

    def _list(self, task: Task) -> Iterator[Batch]:
        batch = self._fetched(task, task.address, _read_list, fresh=True)
        pages = [str(item.fields["url"]) for item in batch.items if isinstance(item, Record)]
        wanted = [url for url in dict.fromkeys(pages) if self._is_wanted(url, None)]
        # What a list calls its articles is often shorter than their headlines, which the pages themselves give.
        yield replace(batch, items=[item for item in batch.items if isinstance(item, Reject)], more=len(wanted))
        yield from (self._fetched(task, url, _read_page) for url in wanted)

    def _sitemaps(self, task: Task) -> Iterator[Batch]:
        """Walk the sitemaps, then fetch the pages whose headlines they do not give."""
        walk = _Walk(self._web)
        named = self._web.sitemaps(task.address)
        pages: dict[str, dt.datetime | None] = {}
        fetches: list[Fetch] = []
        items: list[Item] = []
        for item in walk_sitemaps(
            walk.fetch, task.address, since=self.since, until=self.until, named=named, timezone=task.timezone
        ):
            while len(fetches) < len(walk.answers):
                if fetches:
                    yield Batch(task, fetches[-1], items, more=1)
                    items = []
                fetches.append(self._as_fetch(task, walk.answers[len(fetches)]))
            if isinstance(item, SitemapEntry):
                pages[item.url] = item.lastmod
            else:
                items.append(item)
        wanted = [url for url, lastmod in pages.items() if self._is_wanted(url, lastmod)]
        last = fetches[-1] if fetches else Fetch(task.collector, task.address, dt.datetime.now(dt.UTC))
        yield Batch(task, last, items, "" if fetches else walk.refusal, more=len(wanted))
        yield from (self._fetched(task, url, _read_page) for url in wanted)

    def _archive(self, task: Task) -> Iterator[Batch]:
        """Read an archive, some records at a time, from where the run has come to."""
        if self.is_done(task.address):
            return
        reading = read_warc(
            task.address,
            hosts=task.hosts or None,
            since=self.since,
            start_offset=self.position(task.address) or 0,
            timezone=task.timezone,
        )
        fetch = Fetch("warc", task.address, dt.datetime.now(dt.UTC))
        while True:
            try:
                items: list[Item] = list(islice(reading, RECORDS_AT_A_TIME))
            except InputError as error:
                yield Batch(task, fetch, [Reject(None, error.problem, dropped="file")], refusal="file")
                return
            more = len(items) == RECORDS_AT_A_TIME
            yield Batch(task, fetch, items, position=reading.offset if more else None, more=int(more))
            if not more:
                return

    def _is_wanted(self, url: str, lastmod: dt.datetime | None) -> bool:
        """Say whether a page is to be fetched: not if it was, in this run or since it was last changed."""
        if self.is_done(url):
            return False
        last = self.last_fetched(url)
        return last is None or (lastmod is not None and lastmod > last)

    @property
    def _web(self) -> PoliteClient:
        if self.client is None:
            raise RuntimeError("a task on the web is read without a client")
        return self.client

    def _fetched(self, task: Task, url: str, read: _Reader, *, fresh: bool = False) -> Batch:
        try:
            response = self._web.fetch(url, fresh=fresh)
        except FetchError as error:
            fetch = Fetch(task.collector, url, dt.datetime.now(dt.UTC), error.status)
            return Batch(task, fetch, [Reject(None, error.problem, dropped="file", file=url)], refusal=error.refusal)
        items = list(read(response, task, self._web.settings))
        return Batch(task, self._as_fetch(task, response), items, "reserved" if _is_reserved(items) else "")

    def _as_fetch(self, task: Task, response: Response) -> Fetch:
        return Fetch(
            task.collector,
            response.url,
            response.fetched_at,
            response.status,
            response.sha256,
            reservations=[asdict(reservation) for reservation in response.reservations],
            content=response.content if self.keeps_content else None,
        )


class _Walk:
    """Fetches the sitemaps of one walk, and remembers them."""

    def __init__(self, client: PoliteClient) -> None:
        self.answers: list[Response] = []
        self.refusal = ""
        self._client = client

    def fetch(self, url: str) -> bytes:
        try:
            response = self._client.fetch(url, max_bytes=_MOST_OF_A_SITEMAP, fresh=True)
        except FetchError as error:
            self.refusal = error.refusal
            raise
        self.answers.append(response)
        return response.content


_MOST_OF_A_SITEMAP: Final = 50 * 1024 * 1024  # https://www.sitemaps.org/protocol.html#index
_RESERVED: Final = "is reserved from text and data mining: "

_Reader: TypeAlias = "Callable[[Response, Task, WebSettings], Iterator[Item]]"


def _read_feed(response: Response, task: Task, _settings: WebSettings) -> Iterator[Item]:
    yield from read_feed(
        response.content, url=response.final_url, content_type=response.content_type, timezone=task.timezone
    )


def _read_list(response: Response, task: Task, _settings: WebSettings) -> Iterator[Item]:
    yield from read_list(
        response.content,
        url=response.final_url,
        selector=task.selector or "",
        content_type=response.content_type,
        timezone=task.timezone,
    )


def _read_page(response: Response, task: Task, settings: WebSettings) -> Iterator[Item]:
    page = read_page(
        response.content, url=response.final_url, content_type=response.content_type, timezone=task.timezone
    )
    if isinstance(page, Reject):
        yield replace(page, file=response.url)
        return
    said = meta_reservations(page.reservations, settings.product) if settings.heed_reservations else ()
    if forbidding := next((reservation for reservation in said if reservation.forbids), None):
        yield Reject(None, f"{_RESERVED}{forbidding}", dropped="file", file=response.url)
        return
    record = page.record()
    if page.outlet is None and task.outlet is not None:
        # Whoever wrote the configuration knows it better than what the site calls itself.
        record = replace(record, fields={**record.fields, "outlet": task.outlet})
    yield record


def _read_mentions(response: Response, _task: Task, _settings: WebSettings) -> Iterator[Item]:
    yield from read_mentions(response.content, name=response.final_url)


_READERS: Final = {"feeds": _read_feed, "pages": _read_page, "mentions": _read_mentions}


def _is_reserved(items: list[Item]) -> bool:
    return any(isinstance(item, Reject) and item.reason.startswith(_RESERVED) for item in items)


def _file(task: Task) -> Batch:
    """Read a document that lies on this machine."""
    try:
        content = Path(task.address).read_bytes()
    except OSError as error:
        reject = Reject(None, f"cannot be read ({error.strerror or error})", dropped="file")
        return Batch(task, Fetch(task.collector, task.address, dt.datetime.now(dt.UTC)), [reject], refusal="file")
    digest = hashlib.sha256(content).hexdigest()
    fetch = Fetch(task.collector, task.address, dt.datetime.now(dt.UTC), sha256=digest)
    return Batch(task, fetch, list(read_mentions(content, name=task.address)))
