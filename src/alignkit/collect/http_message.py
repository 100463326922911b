"""HTTP responses as archives keep them: taken apart, and freed of the encodings of their transfer."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Any, Final, cast

from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    import socket

_PIECE: Final = 1 << 16
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS
_BARE_DEFLATE: Final = -zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A response.

    Attributes:
        status: Its status.
        content_type: What it says that it is; '' if it does not say.
        body: What it holds, as it was sent.
        encodings: How its body is encoded, in the order in which that was done.
    """

    status: int
    content_type: str
    body: bytes
    encodings: tuple[str, ...]

    def content(self, max_bytes: int) -> bytes:
        """Give what it holds, decoded no further than one byte beyond `max_bytes`.

        Many archives keep bodies decoded under the headers of the encoded ones: what cannot be decoded is left as it is.
        """
        content = self.body
        for encoding in reversed(self.encodings):
            content = _decoded(content, encoding, max_bytes + 1)
        return content


def read_http(message: bytes) -> HttpMessage | None:
    """Take a response apart; None if it is none."""
    stream = io.BytesIO(message)
    response = HTTPResponse(cast("socket.socket", _Kept(stream)))
    try:
        response.begin()
    except (HTTPException, ValueError):
        return None
    start = stream.tell()
    body = b""
    if response.chunked:
        try:
            body = response.read()
        except (HTTPException, ValueError):  # cut short, or kept without its chunks
            body = b""
    names = response.headers.get("Content-Encoding", "").lower().split(",")
    encodings = tuple(name for part in names if (name := part.strip()) and name != "identity")
    return HttpMessage(response.status, response.headers.get("Content-Type", ""), body or message[start:], encodings)


class _Kept:
    """Stands in for the connection that a response came over."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def makefile(self, *_: object) -> io.BytesIO:
        return self._stream


def _decoded(content: bytes, encoding: str, limit: int) -> bytes:
    if encoding in {"gzip", "x-gzip"}:
        return _inflated(content, _GZIP_OR_ZLIB, limit) or content
    if encoding == "deflate":
        return _inflated(content, _GZIP_OR_ZLIB, limit) or _inflated(content, _BARE_DEFLATE, limit) or content
    readers = {"br": "BrotliReader", "zstd": "ZstdReader"}
    if encoding not in readers:
        return content
    reader = getattr(import_extra("fastwarc.stream_io"), readers[encoding])(io.BytesIO(content))
    return _read(reader, limit) or content


def _inflated(content: bytes, window: int, limit: int) -> bytes:
    """Inflate as far as it goes; nothing, if it is not deflated."""
    try:
        return zlib.decompressobj(window).decompress(content, limit)
    except zlib.error:
        return b""


def _read(reader: Any, limit: int) -> bytes:  # noqa: ANN401 - a reader of a library that is imported late
    pieces: list[bytes] = []
    size = 0
    try:
        while size < limit and (piece := reader.read(min(_PIECE, limit - size))):
            pieces.append(piece)
            size += len(piece)
    except OSError:
        pass
    return b"".join(pieces)
