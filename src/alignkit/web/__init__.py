"""Pages of the web, fetched politely."""

from __future__ import annotations

from alignkit.web.client import PoliteClient
from alignkit.web.errors import FetchError, Refusal
from alignkit.web.reservations import Reservation, meta_reservations
from alignkit.web.responses import Fetcher, Page, Response
from alignkit.web.settings import WebSettings

__all__ = [
    "FetchError",
    "Fetcher",
    "Page",
    "PoliteClient",
    "Refusal",
    "Reservation",
    "Response",
    "WebSettings",
    "meta_reservations",
]
