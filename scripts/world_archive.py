"""The articles of the demonstration world as a web archive (WARC, ISO 28500) has them."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import uuid
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from world_replies import Reply
    from world_site import Site

_ARCHIVED_AFTER: Final = dt.timedelta(hours=1)


def write_archive(path: Path, sites: Iterable[Site]) -> None:
    """Write the articles of sites, those that are gone included, each packed by itself.

    Args:
        path: The file.
        sites: The sites.
    """
    with path.open("wb") as file:
        for site in sites:
            for story in site.stories:
                url = f"https://{site.host}{story.link}"
                file.write(_record(url, story.published_at + _ARCHIVED_AFTER, site.articles[story.link]))


def _record(url: str, time: dt.datetime, page: Reply) -> bytes:
    warc: Any = importlib.import_module("fastwarc.warc")
    streams: Any = importlib.import_module("fastwarc.stream_io")
    record = warc.WarcRecord()
    # The same URL gives the same id, so that the file is the same whenever it is written.
    record.init_headers(warc.WarcRecordType.response, f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}".encode())
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = f"{time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {page.headers['Content-Type']}\r\n\r\n"
    record.set_bytes_content(head.encode() + page.content)
    packed = io.BytesIO()
    stream = streams.GzipWriter(packed)
    record.write(stream)
    stream.finish()
    return packed.getvalue()
