"""Web archives (WARC, ISO 28500), such as CC-NEWS: the articles in them, read as they stream.

reading = read_warc("s3://commoncrawl/crawl-data/CC-NEWS/….warc.gz", hosts=outlet.hosts)
for item in reading:
    ...                       # a Record or a Reject
    keep(reading.offset)      # read_warc(…, start_offset=…) goes on behind it
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from alignkit.collect.decoding import unreadable
from alignkit.collect.http_message import read_http
from alignkit.collect.pages import Page, read_page
from alignkit.collect.record import Record, Reject
from alignkit.collect.warc_records import Damage, walk_records
from alignkit.errors import InputError, UsageError, quoted
from alignkit.outlets.address import parse_address, parse_domain
from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from alignkit.collect.http_message import HttpMessage

_MOST_HEADERS: Final = 1 << 17
_REMEMBERED_HOSTS: Final = 1 << 16
_HTML: Final = ("text/html", "application/xhtml+xml")
_OK: Final = 200


def read_warc(
    source: str | Path,
    *,
    hosts: Collection[str] | None = None,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    max_bytes: int = 5_000_000,
    start_offset: int = 0,
    timezone: str = "Asia/Tokyo",
) -> WarcReading:
    """Read the articles of a web archive, record by record.

    Only answers with status 200 that are HTML are looked at, and their HTML is read only if their address and their date
    are wanted.

    Args:
        source: The file, plain or packed as .gz or .zst; or its address, in any way that fsspec knows.
        hosts: Hosts that are wanted, subdomains included; a path may follow, as in `Outlet.hosts`. None for all.
        since: When the page must have been fetched, at the earliest.
        until: Before when it must have been fetched.
        max_bytes: The most that a page may hold, unpacked.
        start_offset: Where to begin, in bytes: an earlier reading's `offset`.
        timezone: Where a time without a zone was meant.

    Returns:
        An iterator over a `Record` for each article, with collected_at and with the id of the WARC record as its place,
        and a `Reject` for each page that is none and for what is damaged. Rows are counted from where reading began.

    Raises:
        UsageError: A host is none, or a time has no zone.
        InputError: The file cannot be opened; is raised when iteration begins.
        MissingExtraError: fastwarc or fsspec is not installed.
    """
    for name, time in (("since", since), ("until", until)):
        if time is not None and time.tzinfo is None:
            raise UsageError("has no time zone", column=name, value=str(time), remedy="Give one, such as +09:00.")
    return WarcReading(source, _Wanted(hosts, since, until), _PageReader(max_bytes, timezone), start_offset)


class WarcReading:
    """The articles of an archive, one after the other, as `read_warc` gives them.

    Attributes:
        offset: From where reading can go on behind the item that came last, in bytes of the file as it lies there. In a
            file that was not packed record by record it stays where reading began.
    """

    def __init__(self, source: str | Path, wanted: _Wanted, pages: _PageReader, start: int) -> None:
        self.offset = start
        self._source = source
        self._wanted = wanted
        self._pages = pages
        self._items = self._read()

    def __iter__(self) -> Iterator[Record | Reject]:
        return self

    def __next__(self) -> Record | Reject:
        return next(self._items)

    def _read(self) -> Iterator[Record | Reject]:
        # Where the record behind an item begins is known only when it is met: until then the item waits.
        waiting: Record | Reject | None = None
        row = 0
        with _opened(self._source) as file:
            size = file.seek(0, os.SEEK_END)
            if not size:
                yield Reject(None, "is empty", dropped="file")
            for row, record in enumerate(walk_records(file, self.offset), 1):
                if waiting is not None:
                    self._move(record.position if isinstance(record, Damage) else record.stream_pos, size)
                    yield waiting
                    waiting = None
                if isinstance(record, Damage):
                    waiting = Reject(None, record.reason, value=f"behind byte {record.position:,}")
                elif self._wanted.admits(record):
                    waiting = self._pages.read(row, record)
        self.offset = size
        if waiting is not None:
            yield waiting

    def _move(self, position: int, size: int) -> None:
        if self.offset < position < size:
            self.offset = position


class _Wanted:
    """Tells the records that are wanted from the others, by their headers."""

    def __init__(self, hosts: Collection[str] | None, since: dt.datetime | None, until: dt.datetime | None) -> None:
        self._since = since
        self._until = until
        self._paths: dict[str, tuple[str, ...]] = {}
        for host in hosts or ():
            domain = parse_domain(host)
            if domain is None:
                raise UsageError("is no host", column="hosts", value=host, remedy="Give one such as news.example.")
            self._paths[domain.host] = (*self._paths.get(domain.host, ()), domain.path)
        self._is_for_all = hosts is None
        self._paths_at = lru_cache(_REMEMBERED_HOSTS)(self._find_paths)

    def admits(self, record: Any) -> bool:  # noqa: ANN401 - a record of fastwarc, which is imported late
        """Tell whether a record is wanted."""
        if not self._is_for_all and not self._admits_address(record.headers.get("WARC-Target-URI") or ""):
            return False
        if self._since is None and self._until is None:
            return True
        date = record.record_date
        if date is None:
            return False
        return (self._since is None or self._since <= date) and (self._until is None or date < self._until)

    def _admits_address(self, url: str) -> bool:
        parts = url.split("/", 3)
        paths = self._paths_at(parts[2]) if len(parts) > 2 else ()  # noqa: PLR2004 - https:, nothing, host
        if not paths or "" in paths:
            return bool(paths)
        address = parse_address(url.strip("<>"))
        path = address.path if address is not None else ""
        return any(path == start or path.startswith(f"{start}/") for start in paths)

    def _find_paths(self, authority: str) -> tuple[str, ...]:
        """Give the beginnings of the paths that are wanted of a host; '' for all."""
        address = parse_address(f"//{authority.strip('<>')}")
        if address is None:
            return ()
        labels = address.host.split(".")
        return tuple(path for first in range(len(labels)) for path in self._paths.get(".".join(labels[first:]), ()))


class _PageReader:
    """Reads the pages that records hold."""

    def __init__(self, max_bytes: int, timezone: str) -> None:
        self._max_bytes = max_bytes
        self._timezone = timezone

    def read(self, row: int, record: Any) -> Record | Reject | None:  # noqa: ANN401 - as above
        """Read a record, or give None if it holds no page."""
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if not url.startswith(("http://", "https://")):
            return None
        if record.content_length > self._max_bytes + _MOST_HEADERS:
            return self._too_large(row, url)
        message = record.reader.read(record.content_length)
        if len(message) < record.content_length:  # the file ends here, and a Damage will say so
            return None
        response = read_http(message)
        if response is None:
            return Reject(row, "holds no HTTP response", value=quoted(url))
        item = self._read_response(row, url, response)
        if not isinstance(item, Page):
            return item
        read = item.record(row, record.record_id or str(row))
        date = record.record_date
        return read if date is None else replace(read, fields={**read.fields, "collected_at": date.astimezone(dt.UTC)})

    def _read_response(self, row: int, url: str, response: HttpMessage) -> Page | Reject | None:
        kind = response.content_type.partition(";")[0].strip().lower()
        if response.status != _OK or (kind and kind not in _HTML):
            return None
        content = response.content(self._max_bytes)
        if len(content) > self._max_bytes:
            return self._too_large(row, url)
        page = read_page(content, url=url, content_type=response.content_type, timezone=self._timezone)
        return replace(page, row=row, dropped="row") if isinstance(page, Reject) else page

    def _too_large(self, row: int, url: str) -> Reject:
        return Reject(row, f"has more than {self._max_bytes:,} bytes", value=quoted(url))


@contextmanager
def _opened(source: str | Path) -> Iterator[IO[bytes]]:
    if "://" not in str(source):
        path = Path(source)
        try:
            file: IO[bytes] = path.open("rb")
        except OSError as error:
            raise unreadable(path, error) from None
    else:
        fsspec = import_extra("fsspec")
        try:
            file = cast("IO[bytes]", fsspec.open(str(source), "rb").open())
        except FileNotFoundError:
            raise InputError("does not exist", path=str(source)) from None
        except (OSError, ValueError, ImportError) as error:
            remedy = "fsspec needs a package for each kind of address, such as s3fs for s3://."
            raise InputError(f"cannot be opened ({error})", path=str(source), remedy=remedy) from None
    with file:
        yield file
