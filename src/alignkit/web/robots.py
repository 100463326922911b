"""robots.txt, as RFC 9309 asks of a crawler."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.web.errors import FetchError
from alignkit.web.extras import import_extra
from alignkit.web.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

    from alignkit.web.addresses import Place
    from alignkit.web.exchange import Answer

MOST_BYTES: Final = 500 * 1024
"""How much of a robots.txt is read (RFC 9309, section 2.5: at least that much)."""

_LONGEST_KEPT: Final = 86_400.0  # RFC 9309, section 2.4
_FAILURE_KEPT: Final = 600.0  # Long enough to leave a broken host in peace, short enough to see that it is mended.
_TOO_MANY_REQUESTS: Final = 429


@dataclass(frozen=True)
class Rules:
    """What the robots.txt of an origin says to a crawler.

    Attributes:
        product: The crawler's name.
        parsed: The file; None if it could not be had, so that nothing may be fetched.
        failure: Why it could not be had.
    """

    product: str
    parsed: Protego | None
    failure: FetchError | None = None

    def check(self, url: str) -> None:
        """Let pass what may be fetched.

        Raises:
            FetchError: It may not.
        """
        if self.failure is not None:
            raise self.failure.of(url)
        if not self.allow(url):
            raise FetchError("robots", "is not to be fetched, says robots.txt", url)

    def allow(self, url: str) -> bool:
        """Say whether a page may be fetched."""
        return self.parsed is not None and self.parsed.can_fetch(url, self.product)

    @property
    def crawl_delay(self) -> float:
        """The seconds between two requests that it asks for; 0 if it does not."""
        asked = None if self.parsed is None else self.parsed.crawl_delay(self.product)
        return asked if asked is not None and math.isfinite(asked) and asked > 0 else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return () if self.parsed is None else tuple(self.parsed.sitemaps)


class RobotsTxt:
    """Knows the robots.txt of origins, each read once a day.

    Args:
        ask: Fetches a file, following redirects, cut at `MOST_BYTES`.
        product: The crawler's name.
        clock: Gives the time in seconds.
    """

    def __init__(self, ask: Callable[[str], Answer], product: str, clock: Callable[[], float]) -> None:
        self._ask = ask
        self._product = product
        self._rules = Once(self._read, clock)

    def rules(self, place: Place) -> Rules:
        """Give what the robots.txt that governs a page says."""
        return self._rules.get(place.origin)

    def _read(self, origin: str) -> tuple[Rules, float]:
        """Read it: without one all may be fetched, with a broken server nothing (RFC 9309, section 2.3.1)."""
        url = f"{origin}/robots.txt"
        try:
            answer = self._ask(url)
        except FetchError as error:
            if error.refusal == "redirects":
                return self._parsed(b""), _LONGEST_KEPT
            return Rules(self._product, None, error), _FAILURE_KEPT
        # 429 is of the 4xx that allow all, but says 'too much', which is no leave to ask for more.
        if answer.status >= 500 or answer.status == _TOO_MANY_REQUESTS:  # noqa: PLR2004 - the server's fault
            problem = f"is not to be fetched: its robots.txt answers with status {answer.status}"
            return Rules(self._product, None, FetchError("robots", problem, url, status=answer.status)), _FAILURE_KEPT
        found = 200 <= answer.status < 300  # noqa: PLR2004 - success
        return self._parsed(answer.content if found else b""), _LONGEST_KEPT

    def _parsed(self, content: bytes) -> Rules:
        if len(content) >= MOST_BYTES:
            # Half a line may say the opposite of the whole.
            content = content[: content.rfind(b"\n") + 1]
        text = content.decode("utf-8-sig", "replace")
        return Rules(self._product, import_extra("protego").Protego.parse(text))
