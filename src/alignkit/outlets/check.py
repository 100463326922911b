"""What is known of an outlet's feeds, held against the feeds themselves."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from alignkit.outlets.address import parse_address
from alignkit.progress import silent
from alignkit.web.errors import FetchError
from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.outlets.model import Outlet
    from alignkit.progress import Progress
    from alignkit.web.errors import Refusal
    from alignkit.web.responses import Fetcher, Page

Verdict = Literal["holds", "empty", "no feed"]


@dataclass(frozen=True)
class FeedCheck:
    """What a feed is found to be.

    Attributes:
        outlet: The outlet's id.
        url: The feed's address.
        verdict: 'holds'; 'empty', if it has no entries; 'no feed', if it is neither RSS nor Atom; or what stood in the
            way of fetching it.
        detail: The same in a clause; '' if it holds.
        entries: How many entries it has.
        newest: When its newest entry is of (UTC), if it says.
        affix_share: The share of entries whose title has a suffix or prefix of the outlet; None if none is known.
        wire_id_share: The share of entries whose address carries a wire id; None if no rule is known.
    """

    outlet: str
    url: str
    verdict: Verdict | Refusal
    detail: str = ""
    entries: int = 0
    newest: dt.datetime | None = None
    affix_share: float | None = None
    wire_id_share: float | None = None

    def as_dict(self) -> dict[str, object]:
        """Give the fields as a plain dictionary, the time in ISO 8601."""
        return asdict(self) | {"newest": self.newest and self.newest.isoformat()}


def check_outlets(outlets: Iterable[Outlet], fetcher: Fetcher, progress: Progress = silent) -> list[FeedCheck]:
    """Fetch each feed of some outlets and say what still holds of what is known.

    Args:
        outlets: The outlets.
        fetcher: What fetches their feeds.
        progress: Told of each feed.

    Raises:
        MissingExtraError: feedparser is not installed.
    """
    feeds = [(outlet, url) for outlet in outlets for url in outlet.feed_urls]
    checks: list[FeedCheck] = []
    for outlet, url in feeds:
        checks.append(_check_feed(outlet, url, fetcher))
        progress("feeds", len(checks), len(feeds))
    return checks


def _check_feed(outlet: Outlet, url: str, fetcher: Fetcher) -> FeedCheck:
    try:
        page = fetcher.fetch(url)
    except FetchError as error:
        return FeedCheck(outlet.id, url, error.refusal, error.problem)
    feed = _parse(page)
    if not feed.version:
        return FeedCheck(
            outlet.id, url, "no feed", f"is neither RSS nor Atom ({page.content_type or 'without a type'})"
        )
    entries = feed.entries
    if not entries:
        return FeedCheck(outlet.id, url, "empty", "has no entries")
    return FeedCheck(
        outlet.id,
        url,
        "holds",
        entries=len(entries),
        newest=_newest(entries),
        affix_share=_affix_share([entry.get("title", "") for entry in entries], outlet),
        wire_id_share=_wire_id_share([entry.get("link", "") for entry in entries], outlet),
    )


def _parse(page: Page) -> Any:  # noqa: ANN401 - feedparser has no types
    # Bytes by themselves feedparser would take for the name of a file; a stream it reads.
    headers = {"content-type": page.content_type} if page.content_type else {}
    return import_extra("feedparser").parse(io.BytesIO(page.content), response_headers=headers)


def _newest(entries: Sequence[dict[str, Any]]) -> dt.datetime | None:
    times = [time for entry in entries if (time := entry.get("published_parsed") or entry.get("updated_parsed"))]
    return max((dt.datetime.fromtimestamp(calendar.timegm(time), dt.UTC) for time in times), default=None)


def _affix_share(titles: Sequence[str], outlet: Outlet) -> float | None:
    suffixes, prefixes = (tuple(map(_folded, texts)) for texts in (outlet.suffixes, outlet.prefixes))
    if not suffixes + prefixes:
        return None
    folded = [_folded(title) for title in titles]
    return sum(title.endswith(suffixes) or title.startswith(prefixes) for title in folded) / len(folded)


def _wire_id_share(urls: Sequence[str], outlet: Outlet) -> float | None:
    if not outlet.wire_ids:
        return None
    addresses = [parse_address(url) for url in urls]
    return sum(address is not None and outlet.wire_id(address) is not None for address in addresses) / len(addresses)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
