"""Web addresses taken apart, and the network addresses behind their hosts."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final, NamedTuple
from urllib.parse import urljoin

from alignkit.web.errors import FetchError
from alignkit.web.extras import import_extra

_WEB: Final = ("http", "https")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052, section 2.1
_LAST_32_BITS: Final = 0xFFFF_FFFF


class Place(NamedTuple):
    """A web address in the form in which it is asked for.

    Attributes:
        url: The whole of it, in ASCII, without a fragment and without a user.
        origin: Its scheme, host and port, if that is not the scheme's own.
        host: Its host.
        target: Its path and query.
    """

    url: str
    origin: str
    host: str
    target: str


def read_place(url: str) -> Place:
    """Take a web address apart.

    Raises:
        FetchError: It is none of the web.
        MissingExtraError: httpx2 is not installed.
    """
    httpx2 = import_extra("httpx2")
    try:
        given = httpx2.URL(url.strip())
        host = given.raw_host.decode("ascii").rstrip(".").lower()
        if given.scheme not in _WEB or not host:
            raise FetchError("address", "is no http or https address", url)
        clean = given.copy_with(host=host, username=None, password=None, fragment=None)
    except (httpx2.InvalidURL, ValueError):
        raise FetchError("address", "is no address", url) from None
    origin = f"{clean.scheme}://{clean.netloc.decode('ascii')}"
    target = clean.raw_path.decode("ascii")
    return Place(origin + target, origin, host, target)


def join_place(place: Place, reference: str) -> Place:
    """Take apart where a page refers to.

    Raises:
        FetchError: That is no address of the web.
    """
    try:
        url = urljoin(place.url, reference)
    except ValueError:
        raise FetchError("address", "redirects to what is no address", place.url) from None
    return read_place(url)


def network_addresses(host: str, port: int) -> list[str]:
    """Look up the addresses that a host has now, those of IPv4 first.

    Raises:
        OSError: It has none (socket.gaierror), or the port is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (UnicodeError, OverflowError) as error:
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from None
    return sorted({str(entry[4][0]) for entry in found}, key=lambda address: (":" in address, address))


def is_public(address: str) -> bool:
    """Say whether a network address is one that everyone reaches: not of this machine, nor of a network of its own.

    An address of IPv6 that leads to one of IPv4 (mapped, 6to4, NAT64) is public if that is.
    """
    given = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(given, ipaddress.IPv4Address):
        return given.is_global and not given.is_multicast
    within = given.ipv4_mapped or given.sixtofour
    if given in _NAT64:
        within = ipaddress.IPv4Address(int(given) & _LAST_32_BITS)
    if within is not None:
        return is_public(str(within))
    return given.is_global and not (given.is_multicast or given.is_reserved or given.is_site_local)
