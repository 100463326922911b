"""Pages that were fetched, and what is known of whoever fetches them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from alignkit.web.reservations import Reservation


class Page(Protocol):
    """A page that was fetched, as far as its readers care."""

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
    """A page that was fetched.

    Attributes:
        url: What was asked for.
        final_url: Where redirects led.
        status: The HTTP status, a success.
        headers: The headers, by their names in small letters; those that were repeated joined by commas.
        content: What it holds, without the encoding of its transfer.
        fetched_at: When the server sent it, or last said that what is kept of it still holds (UTC).
        from_cache: Whether the content comes out of the kept cache.
        not_modified: Whether the server was asked, and said that what is kept still holds.
        reservations: What the page says about being read by machines, in its headers and its origin's tdmrep.json.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: dt.datetime
    from_cache: bool = False
    not_modified: bool = False
    reservations: tuple[Reservation, ...] = ()

    @property
    def content_type(self) -> str:
        """What it says that it is; '' if it does not say."""
        return self.headers.get("content-type", "")

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()
