"""How the web is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import alignkit
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_CONTACT: Final = re.compile(r"https?://[!-~]+\.[!-~]+|[!-~]+@[!-~]+\.[!-~]+")
_PRODUCT: Final = re.compile(r"[A-Za-z][A-Za-z_-]*(?:/[A-Za-z0-9._-]+)?")
_HOST_AND_PORT: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(?P<port>[0-9]{1,5})")
_HIGHEST_PORT: Final = 65_535


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """How the web is read.

    Attributes:
        contact: An address of the web or of e-mail at which whoever runs this can be reached; is sent along.
        user_agent: The name and version to go by. robots.txt is read for the name.
        delay: The least time from the end of a host's answer to the next request to it, in seconds. A host's own
            Crawl-delay counts if it is longer.
        timeout: The longest time that an answer may take, from connecting to its last byte, in seconds.
        max_bytes: The most that a page may hold, on its way as well as unpacked.
        retries: How often more a request that fails in passing is sent.
        max_wait: The longest time to wait because a host asks for it (Retry-After, Crawl-delay), in seconds; a host
            that asks for more is left alone.
        max_redirects: How many redirects are followed.
        allow_private: Whether hosts within this machine or its network may be asked.
        heed_reservations: Whether pages that are reserved from text and data mining are refused.
        connect_to: 'host:port' to connect to whatever the host of an address is, as curl's --connect-to does.
        ca_file: The certificates, in PEM, of the authorities to trust, instead of the system's.
        cache: The folder of the kept HTTP cache; none is kept without one.

    Raises:
        UsageError: The contact is none, or another setting makes no sense.
    """

    contact: str
    user_agent: str = f"alignkit/{alignkit.__version__}"
    delay: float = 2.0
    timeout: float = 20.0
    max_bytes: int = 5_000_000
    retries: int = 3
    max_wait: float = 120.0
    max_redirects: int = 5
    allow_private: bool = False
    heed_reservations: bool = True
    connect_to: str | None = None
    ca_file: Path | None = None
    cache: Path | None = None

    def __post_init__(self) -> None:
        if not _CONTACT.fullmatch(self.contact):
            remedy = "Give an e-mail address or a web address at which you can be reached."
            raise UsageError("is no contact", column="contact", value=self.contact, remedy=remedy)
        if not _PRODUCT.fullmatch(self.user_agent):
            remedy = "Give a name, with a version if you like, such as 'my-crawler/1.0'."
            raise UsageError("is no name of a program", column="user_agent", value=self.user_agent, remedy=remedy)
        if self.connect_to is not None and _host_and_port(self.connect_to) is None:
            remedy = "Give a host and a port, such as '127.0.0.1:8443'."
            raise UsageError("is no host with a port", column="connect_to", value=self.connect_to, remedy=remedy)
        self._check_numbers()

    @property
    def product(self) -> str:
        """The name without the version, by which robots.txt and X-Robots-Tag name a crawler."""
        return self.user_agent.partition("/")[0]

    @property
    def user_agent_header(self) -> str:
        """The User-Agent that is sent: the name and where to reach whoever runs it."""
        return f"{self.user_agent} (+{self.contact})"

    @property
    def connect_address(self) -> tuple[str, int] | None:
        """The host and the port of `connect_to`."""
        return None if self.connect_to is None else _host_and_port(self.connect_to)

    def _check_numbers(self) -> None:
        for name in ("delay", "retries", "max_wait", "max_redirects"):
            if not getattr(self, name) >= 0:
                raise UsageError("is less than 0", column=name, value=getattr(self, name), remedy="Give 0 or more.")
        for name in ("timeout", "max_bytes"):
            if not getattr(self, name) > 0:
                raise UsageError("is not more than 0", column=name, value=getattr(self, name), remedy="Give more.")


def _host_and_port(text: str) -> tuple[str, int] | None:
    found = _HOST_AND_PORT.fullmatch(text)
    if found is None or not 0 < int(found["port"]) <= _HIGHEST_PORT:
        return None
    return found["host"].strip("[]"), int(found["port"])
