"""Pages fetched politely: under an honest name, as the sites allow, not too often, not too much."""

from __future__ import annotations

import datetime as dt
import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Self

from alignkit.web import robots, tdmrep
from alignkit.web.addresses import join_place, read_place
from alignkit.web.errors import FetchError
from alignkit.web.extras import import_extra
from alignkit.web.reservations import header_reservations
from alignkit.web.responses import Response
from alignkit.web.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignkit.web.addresses import Place
    from alignkit.web.exchange import Answer
    from alignkit.web.reservations import Reservation
    from alignkit.web.robots import Rules
    from alignkit.web.settings import WebSettings

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ROBOTS_REDIRECTS: Final = 5  # RFC 9309, section 2.3.1.2
_PACKAGES: Final = ("httpx2", "protego", "hishel")


class PoliteClient:
    """Fetches pages over HTTP; threads may share it, and no host is asked by two of them at once.

    Every request, be it for a page, a redirect, a second try or a robots.txt, waits for its host's turn.

    Args:
        settings: How the web is read.
        clock: Gives the time in seconds, for the turns; it never goes back.
        sleep: Waits for some seconds.
        rng: What draws the waits before second tries.

    Raises:
        UsageError: The settings' certificates cannot be read, or the folder of the cache cannot be made.
        MissingExtraError: httpx2, Protego or hishel is not installed.
    """

    def __init__(
        self,
        settings: WebSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        rng: random.Random | None = None,
    ) -> None:
        for package in _PACKAGES:
            import_extra(package)
        from alignkit.web.exchange import Exchange  # noqa: PLC0415 - it needs what was just looked for

        self.settings = settings
        self._turns = Turns(settings.delay, settings.max_wait, clock=clock, sleep=sleep)
        self._exchange = Exchange(settings, self._turns, rng or random.Random())  # noqa: S311 - no secret
        self._robots = robots.RobotsTxt(self._ask_robots, settings.product, clock)
        self._tdmrep = tdmrep.TdmRep(self._ask_tdmrep, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections, and the cache."""
        self._exchange.close()

    @property
    def counts(self) -> dict[str, int]:
        """How many requests went to each host."""
        return self._turns.taken

    def fetch(self, url: str, *, max_bytes: int | None = None, fresh: bool = False) -> Response:
        """Fetch a page, if its site allows it.

        Args:
            url: An http or https address.
            max_bytes: The most that it may hold, if that is not what the settings say.
            fresh: Whether the host is asked even if the kept cache has the page and takes it for fresh.

        Raises:
            FetchError: It cannot be had, or is not to be had.
        """
        limit = self.settings.max_bytes if max_bytes is None else max_bytes
        place = read_place(url)
        for _ in range(self.settings.max_redirects + 1):
            self._check_rules(place)
            said = self._tdmrep.reservations(place)
            self._check_reservations(said, url)
            answer = self._exchange.ask(place, limit, fresh=fresh)
            following = _redirected(answer)
            if following is None:
                return self._response(url, answer, said)
            place = following
        raise FetchError("redirects", f"redirects more than {self.settings.max_redirects} times", url)

    def allowed(self, url: str) -> bool:
        """Say whether a page's robots.txt allows fetching it; asks for it, if it is not known yet."""
        try:
            self._check_rules(read_place(url))
        except FetchError:
            return False
        return True

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Give the sitemaps that the robots.txt of a page's origin names.

        Raises:
            FetchError: It is no address of the web.
        """
        return self._rules(read_place(url)).sitemaps

    def _response(self, url: str, answer: Answer, said: Sequence[Reservation]) -> Response:
        if not 200 <= answer.status < 300:  # noqa: PLR2004 - success
            raise FetchError("status", f"answers with status {answer.status}", url, status=answer.status)
        reservations = (*header_reservations(answer.header_lines, self.settings.product), *said)
        self._check_reservations(reservations, url)
        return Response(
            url=url,
            final_url=answer.place.url,
            status=answer.status,
            headers=answer.headers,
            content=answer.content,
            fetched_at=_fetched_at(answer),
            from_cache=answer.from_cache,
            not_modified=answer.not_modified,
            reservations=reservations,
        )

    def _rules(self, place: Place) -> Rules:
        rules = self._robots.rules(place)
        self._turns.slow_down(place.host, min(rules.crawl_delay, self.settings.max_wait))
        return rules

    def _check_rules(self, place: Place) -> None:
        rules = self._rules(place)
        rules.check(place.url)
        if rules.crawl_delay > self.settings.max_wait:
            problem = f"is not to be fetched: its robots.txt asks for {rules.crawl_delay:g} s between two requests"
            raise FetchError("robots", problem, place.url)

    def _check_reservations(self, reservations: Sequence[Reservation], url: str) -> None:
        forbidding = next((reservation for reservation in reservations if reservation.forbids), None)
        if forbidding is not None and self.settings.heed_reservations:
            raise FetchError("reserved", f"is reserved: {forbidding}", url)

    def _ask_robots(self, url: str) -> Answer:
        return self._follow(url, _ROBOTS_REDIRECTS, robots.MOST_BYTES, lambda _: None)

    def _ask_tdmrep(self, url: str) -> Answer:
        return self._follow(url, self.settings.max_redirects, tdmrep.MOST_BYTES, self._check_rules)

    def _follow(self, url: str, redirects: int, max_bytes: int, check: Callable[[Place], None]) -> Answer:
        """Fetch a file of an origin, anew each time: the kept cache could hold it for longer than its RFC allows."""
        place = read_place(url)
        for _ in range(redirects + 1):
            check(place)
            answer = self._exchange.ask(place, max_bytes, cut=True, cached=False)
            following = _redirected(answer)
            if following is None:
                return answer
            place = following
        raise FetchError("redirects", f"redirects more than {redirects} times", url)


def _redirected(answer: Answer) -> Place | None:
    location = answer.headers.get("location")
    return join_place(answer.place, location) if location and answer.status in _REDIRECTS else None


def _fetched_at(answer: Answer) -> dt.datetime:
    """Give the time of the answer: of what was kept and not asked about, the time of its own date."""
    now = dt.datetime.now(dt.UTC)
    if answer.from_cache and not answer.not_modified:
        try:
            return min(now, parsedate_to_datetime(answer.headers.get("date", "")).astimezone(dt.UTC))
        except (ValueError, OverflowError):
            return now
    return now
