"""Connections to the addresses that were looked at, kept alive by name.

A name is looked up when a connection is opened, every address it has is checked, and the connection goes to one of
those: the name cannot come to mean another address in between. All else knows the host by its name only, so that TLS
verifies the name and a kept connection is found by it.
"""

from __future__ import annotations

import socket
import ssl
import time
from email.utils import formatdate
from functools import cache
from typing import TYPE_CHECKING, Final

import httpcore2
import httpx2

from alignkit.errors import UsageError
from alignkit.web.addresses import is_public, network_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignkit.web.settings import WebSettings

_KEPT_ALIVE: Final = 30.0
_MOST_KEPT_ALIVE: Final = 50


class PrivateAddressError(Exception):
    """A host has an address within this machine or its network."""


class UnknownHostError(Exception):
    """A host has no address."""


class Network(httpx2.BaseTransport):
    """Sends requests over HTTP/1.1.

    The timeouts that httpcore hands through to the stream ('connect', 'read', 'write') are not lengths but one point
    in time, by `time.monotonic`: so they bound the whole answer, however slowly it drips.

    Args:
        settings: How the web is read.

    Raises:
        UsageError: The file of certificates cannot be read.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._timeout = settings.timeout
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_ssl_context(settings),
            max_connections=None,
            max_keepalive_connections=_MOST_KEPT_ALIVE,
            keepalive_expiry=_KEPT_ALIVE,
            network_backend=_Backend(settings),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the answer's content is still to come.

        Raises:
            PrivateAddressError: The host is not to be asked.
            UnknownHostError: There is no such host.
            httpcore2.TimeoutException: The time was up.
            httpcore2.NetworkError: There was no connection, or it broke.
            httpcore2.ProtocolError: The answer is none of HTTP.
        """
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        until = time.monotonic() + self._timeout
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write"), until)}
        answer = self._pool.handle_request(
            httpcore2.Request(request.method, target, headers=request.headers.raw, extensions=extensions)
        )
        headers = httpx2.Headers(answer.headers)
        # RFC 9110, section 6.6.1; without a date nothing that is kept would ever age.
        headers.setdefault("date", formatdate(usegmt=True))
        return httpx2.Response(answer.status, headers=headers, stream=_Content(answer), request=request)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Content(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore2.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, settings: WebSettings) -> None:
        self._sockets = httpcore2.SyncBackend()
        self._allow_private = settings.allow_private
        self._connect_address = settings.connect_address

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        host, port = self._connect_address or (host, port)
        addresses = self._checked(host, port)
        for tried, address in enumerate(addresses):
            left = _left(timeout)
            # One dead address must not use up the time of the others.
            share = None if left is None else left / (len(addresses) - tried)
            try:
                return _Stream(self._sockets.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if tried == len(addresses) - 1:
                    raise
        raise UnknownHostError("has a host without an address")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = network_addresses(host, port)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise httpcore2.ConnectError(error) from error
            raise UnknownHostError(f"has a host that is not found ({error})") from None
        private = [address for address in addresses if not is_public(address)]
        if private and not self._allow_private:
            raise PrivateAddressError(f"is within this machine or its network ({private[0]})")
        return addresses


class _Stream(httpcore2.NetworkStream):
    """A connection whose timeouts are a point in time."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(until: float | None) -> float | None:
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return left


@cache
def _system_authorities() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _ssl_context(settings: WebSettings) -> ssl.SSLContext:
    if settings.ca_file is None:
        return _system_authorities()
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        remedy = "Give a file of certificates in PEM."
        raise UsageError(
            f"cannot be read ({error})", column="ca_file", value=str(settings.ca_file), remedy=remedy
        ) from None
