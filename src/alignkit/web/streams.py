"""Contents that are watched while they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator


class WatchedStream(httpx2.SyncByteStream):
    """The content of an answer as it comes in, to be watched by a subclass.

    Args:
        response: The answer, not read yet.
    """

    def __init__(self, response: httpx2.Response) -> None:
        # Our transports give no other streams.
        self.stream = cast("httpx2.SyncByteStream", response.stream)

    def __iter__(self) -> Iterator[bytes]:
        yield from self.stream

    def close(self) -> None:
        """Close what it watches."""
        self.stream.close()
