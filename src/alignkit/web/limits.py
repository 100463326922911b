"""How much is read of an answer, counted on its way as well as unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx2

from alignkit.web.streams import WatchedStream

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED_ENCODINGS: Final = ("gzip", "deflate")
"""What contents may be packed in: what httpx2 unpacks piece by piece, so that no bomb goes off."""


class TooLargeError(Exception):
    """An answer holds more than it may."""


def read_content(response: httpx2.Response, max_bytes: int, *, cut: bool) -> bytes:
    """Read what an answer holds, and no more of it than a limit.

    Args:
        response: The answer, not read yet.
        max_bytes: The most that it may hold.
        cut: Whether one that holds more is cut there.

    Raises:
        TooLargeError: It holds more, and is not to be cut.
        httpx2.DecodingError: It is not packed as it says, or in what was not asked for.
    """
    for encoding in response.headers.get_list("content-encoding", split_commas=True):
        if encoding.strip().lower() not in {*ACCEPTED_ENCODINGS, "identity", ""}:
            raise httpx2.DecodingError(f"it is packed in {encoding.strip()!r}, which was not asked for")
    response.stream = _Counted(response, max_bytes)
    content = bytearray()
    try:
        for piece in _pieces(response, max_bytes):
            content += piece
    except TooLargeError:
        if not cut:
            raise
    return bytes(content[:max_bytes])


def _pieces(response: httpx2.Response, max_bytes: int) -> Iterator[bytes]:
    """Give the unpacked content, the piece that is too much being the last."""
    unpacked = 0
    for piece in response.iter_bytes():
        yield piece
        unpacked += len(piece)
        if unpacked > max_bytes:
            raise TooLargeError


class _Counted(WatchedStream):
    """Counts what comes in, because a packed answer may be long on its way and unpack to nothing."""

    def __init__(self, response: httpx2.Response, max_bytes: int) -> None:
        super().__init__(response)
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for chunk in self.stream:
            read += len(chunk)
            yield chunk
            if read > self._max_bytes:
                raise TooLargeError
