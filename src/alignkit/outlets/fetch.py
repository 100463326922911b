"""Pages fetched politely: under an honest name, as robots.txt allows, not too often, not too much.

`Fetcher` is all that its users know of it, so that a fuller client can take its place.
"""

from __future__ import annotations

import importlib
import ipaddress
import re
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol
from urllib.parse import urljoin, urlsplit

import alignkit
from alignkit.errors import AlignkitError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2
    from protego import Protego

Refusal = Literal["address", "robots", "connection", "time", "size", "redirects", "status"]

_ROBOTS_SIZE: Final = 500 * 1024  # RFC 9309, section 2.5: at least that much is read.
_MOST_REDIRECTS: Final = 5  # RFC 9309, section 2.3.1.2, for robots.txt; kept for pages too.
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CONTACT: Final = re.compile(r"https?://[!-~]+\.[!-~]+|[!-~]+@[!-~]+\.[!-~]+")
_PRODUCT: Final = re.compile(r"[A-Za-z][A-Za-z_-]*(?:/[A-Za-z0-9._-]+)?")


class FetchError(AlignkitError):
    """A page cannot be had.

    Args:
        refusal: What stood in the way, in one word.
        problem: The same in a clause.
        url: The page.
    """

    def __init__(self, refusal: Refusal, problem: str, url: str) -> None:
        super().__init__(problem, path=url)
        self.refusal: Refusal = refusal


class Page(Protocol):
    """A page that was fetched."""

    @property
    def content(self) -> bytes:
        """What it holds, without the encoding of its transfer."""

    @property
    def content_type(self) -> str:
        """What it says that it is; '' if it does not say."""


class Fetcher(Protocol):
    """What fetches pages."""

    def fetch(self, url: str) -> Page:
        """Fetch a page.

        Raises:
            FetchError: It cannot be had.
        """


@dataclass(frozen=True)
class Response:
    """An answer.

    Attributes:
        status: The HTTP status.
        content: What it holds, without the encoding of its transfer.
        content_type: What it says that it is; '' if it does not say.
        location: Where it redirects to; '' if it does not.
    """

    status: int
    content: bytes
    content_type: str
    location: str


class PoliteFetcher:
    """Fetches pages over HTTP, with httpx2, as RFC 9309 (robots.txt) asks of a crawler.

    Args:
        contact: An address of the web or of e-mail at which whoever runs this can be reached; is sent along.
        user_agent: The name and version that it goes by.
        delay: The least time between two requests to a host, in seconds; a host's own Crawl-delay counts if longer.
        timeout: The longest time that a page may take, in seconds.
        max_bytes: The most that a page may hold.
        allow_private: Whether hosts within this machine or its network may be asked.

    Raises:
        UsageError: The contact is none, or the name is none.
        MissingExtraError: httpx2 or Protego is not installed.
    """

    def __init__(
        self,
        contact: str,
        *,
        user_agent: str = f"alignkit/{alignkit.__version__}",
        delay: float = 2.0,
        timeout: float = 20.0,
        max_bytes: int = 5_000_000,
        allow_private: bool = False,
    ) -> None:
        if not _CONTACT.fullmatch(contact):
            remedy = "Give an e-mail address or a web address at which you can be reached."
            raise UsageError("is no contact", column="--contact", value=contact, remedy=remedy)
        if not _PRODUCT.fullmatch(user_agent):
            remedy = "Give a name, with a version if you like, such as 'my-crawler/1.0'."
            raise UsageError("is no name of a program", column="--user-agent", value=user_agent, remedy=remedy)
        self._httpx: Any = import_extra("httpx2")
        self._protego: Any = import_extra("protego")
        self._header = f"{user_agent} (+{contact})"
        self._token = user_agent.partition("/")[0]
        self._delay = delay
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._allow_private = allow_private
        self._robots: dict[str, Protego | None] = {}
        self._free_at: dict[str, float] = {}

    def fetch(self, url: str) -> Response:
        """Fetch a page, if its host's robots.txt allows it.

        Args:
            url: An http or https address.

        Raises:
            FetchError: It cannot be had, or is not to be had.
        """
        response = self._follow(url, self._max_bytes, heed_robots=True)
        if response.status != 200:  # noqa: PLR2004 - OK
            raise FetchError("status", f"answers with status {response.status}", url)
        return response

    def _follow(self, url: str, max_bytes: int, *, heed_robots: bool) -> Response:
        place = url
        for _ in range(_MOST_REDIRECTS + 1):
            if heed_robots and not self._allowed(place):
                raise FetchError("robots", "is not to be fetched, says robots.txt", place)
            response = self._request(place, max_bytes)
            if response.status not in _REDIRECTS or not response.location:
                return response
            try:
                place = urljoin(place, response.location)
            except ValueError:
                raise FetchError("address", "redirects to what is no address", place) from None
        raise FetchError("redirects", f"redirects more than {_MOST_REDIRECTS} times", url)

    def _allowed(self, url: str) -> bool:
        rules = self._rules(_origin(url))
        return rules is not None and rules.can_fetch(url, self._token)

    def _rules(self, origin: str) -> Protego | None:
        """Give a host's rules; None where it cannot be asked, and so nothing of it may be fetched."""
        if origin not in self._robots:
            self._robots[origin] = self._read_rules(origin)
        return self._robots[origin]

    def _read_rules(self, origin: str) -> Protego | None:
        """Read robots.txt: without one everything may be fetched, with a broken server nothing (RFC 9309, 2.3.1)."""
        try:
            response = self._follow(f"{origin}/robots.txt", _ROBOTS_SIZE, heed_robots=False)
        except FetchError as error:
            if error.refusal in {"address", "connection", "time"}:
                raise
            return self._parse_rules("") if error.refusal == "redirects" else None
        if response.status >= 500:  # noqa: PLR2004 - the server's fault
            return None
        found = response.status == 200  # noqa: PLR2004 - OK
        return self._parse_rules(response.content.decode("utf-8-sig", "replace") if found else "")

    def _parse_rules(self, text: str) -> Protego:
        rules: Protego = self._protego.Protego.parse(text)
        return rules

    def _request(self, url: str, max_bytes: int) -> Response:
        """Ask for a page when its host's turn has come."""
        addresses = self._addresses(url)
        host = urlsplit(url).hostname or ""
        time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
        try:
            return self._ask_any(url, addresses, max_bytes)
        finally:
            rules = self._robots.get(_origin(url))
            asked = None if rules is None else rules.crawl_delay(self._token)
            self._free_at[host] = time.monotonic() + max(self._delay, asked or 0.0)

    def _ask_any(self, url: str, addresses: list[str], max_bytes: int) -> Response:
        """Ask the first of a host's addresses that can be reached."""
        problem = "has a host without an address"
        for address in addresses:
            try:
                return self._ask(url, address, max_bytes)
            except self._httpx.ConnectError as error:
                problem = f"cannot be reached ({error})"
            except self._httpx.TimeoutException:
                raise self._too_slow(url) from None
            except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
                raise FetchError("connection", f"gives no answer that can be read ({error})", url) from None
        raise FetchError("connection", problem, url)

    def _ask(self, url: str, address: str, max_bytes: int) -> Response:
        """Ask the address that was looked at, so that the name cannot come to mean another one in between."""
        until = time.monotonic() + self._timeout
        target = self._httpx.URL(url)
        headers = {"Host": target.netloc.decode("ascii")}
        extensions = {"sni_hostname": target.raw_host.decode("ascii")}
        with (
            self._client() as client,
            client.stream("GET", target.copy_with(host=address), headers=headers, extensions=extensions) as answer,
        ):
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise FetchError("size", f"holds more than {max_bytes:,} bytes", url)
                if time.monotonic() > until:
                    raise self._too_slow(url)
            known = answer.headers
            return Response(
                answer.status_code, bytes(content), known.get("content-type", ""), known.get("location", "")
            )

    @contextmanager
    def _client(self) -> Iterator[httpx2.Client]:
        with self._httpx.Client(
            headers={"User-Agent": self._header},
            timeout=self._timeout,
            follow_redirects=False,
            trust_env=False,
        ) as client:
            yield client

    def _addresses(self, url: str) -> list[str]:
        """Give the addresses of a host, those of IPv4 first, if all of them may be asked."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise FetchError("address", "is no address", url) from None
        if parts.scheme not in {"http", "https"} or not host:
            raise FetchError("address", "is no http or https address", url)
        try:
            found = socket.getaddrinfo(host, port or parts.scheme, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("connection", f"has a host that is not found ({error})", url) from None
        addresses = sorted({str(entry[4][0]) for entry in found}, key=lambda address: (":" in address, address))
        private = [address for address in addresses if not _is_public(address)]
        if private and not self._allow_private:
            raise FetchError("address", f"is within this machine or its network ({private[0]})", url)
        return addresses

    def _too_slow(self, url: str) -> FetchError:
        return FetchError("time", f"takes more than {self._timeout:g} s", url)


def import_extra(package: str) -> Any:  # noqa: ANN401 - a module that may have no types
    """Import a package of the extra 'collect'.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError:
        raise MissingExtraError(package, extra="collect", purpose="reading from the web") from None


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError("address", "is no address", url) from None
    return f"{parts.scheme}://{parts.netloc}".lower()


def _is_public(address: str) -> bool:
    host = ipaddress.ip_address(address.partition("%")[0])
    mapped = host.ipv4_mapped if isinstance(host, ipaddress.IPv6Address) else None
    return (mapped or host).is_global and not host.is_multicast
