"""Web addresses, taken apart so that what cannot be one gives None."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

LONGEST_ADDRESS: Final = 8_000
"""Longer ones are not looked at (RFC 9110, section 4.1, asks for no more of a server)."""

_HOST: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_WEB: Final = ("http", "https")


class Address(NamedTuple):
    """A web address.

    Attributes:
        host: The host, in small letters and ASCII (an internationalised name as 'xn--…'), without port and user.
        path: The path, from its '/'.
        query: The query's parameters as they stand, in alphabetical order.
    """

    host: str
    path: str
    query: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The path, with the ordered query after a '?' where there is one."""
        return f"{self.path}?{'&'.join(self.query)}" if self.query else self.path


def parse_address(url: str) -> Address | None:
    """Take an address apart.

    Args:
        url: An http or https address ('//host/path' is one too); anything else gives None.
    """
    if len(url) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if host is None or (parts.scheme and parts.scheme not in _WEB):
        return None
    ascii_host = _ascii(host)
    if ascii_host is None:
        return None
    query = tuple(sorted(parameter for parameter in parts.query.split("&") if parameter))
    return Address(ascii_host, parts.path or "/", query)


def parse_domain(domain: str) -> Address | None:
    """Take apart what an outlet's file names as its domain: a host, and a path where one follows."""
    if ":" in domain or "@" in domain or "?" in domain:
        return None
    address = parse_address(f"//{domain}")
    return None if address is None else address._replace(path=address.path.rstrip("/"))


def _ascii(host: str) -> str | None:
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None
