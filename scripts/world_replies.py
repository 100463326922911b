"""How sites answer, well and badly: what a server of `world_server` does when a page is asked for.

A reply is called with the handler of the request. Those that never end do so when the client hangs up or the server stops.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from world_server import Handler

Answer: TypeAlias = "Callable[[Handler], None]"
"""What answers a request."""

PAGE: Final = (
    "<!DOCTYPE html><html><head><title>雲雀新聞</title></head><body><p>湖の氷、早く解ける</p></body></html>".encode()
)
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """An answer as it should be.

    Attributes:
        content: What it holds.
        status: Its HTTP status.
        headers: Its headers beside Content-Type, which is HTML's unless one is here, and Content-Length; a list is sent
            as several lines.
    """

    content: bytes = PAGE
    status: int = 200
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)

    def __call__(self, handler: Handler) -> None:
        """Answer."""
        usual = {"Content-Type": HTML, "Content-Length": str(len(self.content))}
        handler.start(self.status, {**usual, **self.headers})
        handler.write(self.content)


def page(content: str | bytes = PAGE, **headers: str | list[str]) -> Reply:
    """Answer with a page, and these headers: `page(X_Robots_Tag="noai")`."""
    return Reply(content.encode() if isinstance(content, str) else content, headers=_named(headers))


def status(code: int, **headers: str | list[str]) -> Reply:
    """Answer with a status: `status(429, Retry_After="120")`."""
    return Reply(b"", code, _named(headers))


def redirect(to: str, code: int = 302) -> Reply:
    """Answer that the page is elsewhere."""
    return Reply(b"", code, {"Location": to})


def robots(text: str | bytes, code: int = 200, content_type: str = "text/plain") -> Reply:
    """Answer with a robots.txt."""
    return Reply(text.encode() if isinstance(text, str) else text, code, {"Content-Type": content_type})


def tdmrep(rules: object) -> Reply:
    """Answer with a tdmrep.json."""
    return Reply(json.dumps(rules).encode(), 200, {"Content-Type": "application/json"})


def in_turn(*replies: Answer) -> Answer:
    """Give these answers, one a request; the last for good."""
    left = list(replies)

    def _reply(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return _reply


def validated(content: str | bytes, etag: str = '"1"', **headers: str | list[str]) -> Answer:
    """Answer with a page, or with 304 to who has it already."""

    def _reply(handler: Handler) -> None:
        kept = handler.headers.get("If-None-Match") == etag
        reply = status(304, ETag=etag, **headers) if kept else page(content, ETag=etag, **headers)
        reply(handler)

    return _reply


def slow(seconds: float = 5.0, reply: Answer | None = None) -> Answer:
    """Answer only after some time."""

    def _reply(handler: Handler) -> None:
        if not handler.server.stopping.wait(seconds):
            (reply or page())(handler)

    return _reply


def drip(seconds: float = 0.05, *, in_headers: bool = False) -> Answer:
    """Answer byte after byte, for ever."""

    def _reply(handler: Handler) -> None:
        if in_headers:
            handler.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        else:
            handler.start(200, {"Content-Type": HTML, "Content-Length": "100000"})
        while handler.write(b"x") and not handler.server.stopping.wait(seconds):
            pass

    return _reply


def reset(after: bytes = b"") -> Answer:
    """Reset the connection; after a part of the answer, if one is given."""

    def _reply(handler: Handler) -> None:
        if after:
            handler.start(200, {"Content-Type": HTML, "Content-Length": "100000"})
            handler.write(after)
        # With no time to linger, closing sends a reset instead of an end.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.close_connection = True

    return _reply


def endless() -> Answer:
    """Answer without an end, as fast as it goes."""

    def _reply(handler: Handler) -> None:
        handler.start(200, {"Content-Type": HTML, "Connection": "close"})
        while handler.write(b" " * 65_536) and not handler.server.stopping.is_set():
            pass

    return _reply


def gzip_bomb(unpacked: int = 100_000_000, layers: int = 1) -> Reply:
    """Answer with a little that unpacks to much."""
    packed = gzip.compress(bytes(unpacked), 1)
    for _ in range(layers - 1):
        packed = gzip.compress(packed, 9)
    return Reply(packed, headers={"Content-Encoding": ", ".join(["gzip"] * layers)})


def endless_nothing() -> Answer:
    """Answer with what goes on and on, and unpacks to nothing."""
    start = gzip.compress(b"")[:10]
    empty_block = b"\x00\x00\x00\xff\xff"

    def _reply(handler: Handler) -> None:
        handler.start(200, {"Content-Type": HTML, "Content-Encoding": "gzip", "Connection": "close"})
        handler.write(start)
        while handler.write(empty_block * 10_000) and not handler.server.stopping.is_set():
            pass

    return _reply


def wrong_length(content: bytes = PAGE, claimed: int = 100_000) -> Answer:
    """Answer with less than was announced, and hang up."""

    def _reply(handler: Handler) -> None:
        handler.start(200, {"Content-Type": HTML, "Content-Length": str(claimed)})
        handler.write(content)
        handler.close_connection = True

    return _reply


def nonsense() -> Answer:
    """Answer with what is no HTTP."""

    def _reply(handler: Handler) -> None:
        handler.write(b"\x00\xff nonsense\r\n\r\n")
        handler.close_connection = True

    return _reply


def _named(headers: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
