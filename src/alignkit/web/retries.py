"""When to try again."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""The HTTP statuses of failures that may pass."""

_FIRST_WAIT: Final = 1.0
_MOST_DOUBLINGS: Final = 32


def backoff(attempt: int, max_wait: float, rng: random.Random) -> float:
    """Give the seconds to wait after a failed attempt: exponential, with full jitter.

    'Full jitter' is drawn evenly from nothing to the whole wait (M. Brooker, Exponential Backoff And Jitter, 2015).

    Args:
        attempt: Which attempt failed, from 0.
        max_wait: The longest wait.
        rng: What draws.
    """
    longest = min(max_wait, _FIRST_WAIT * 2 ** min(attempt, _MOST_DOUBLINGS))
    return rng.uniform(0.0, longest)


def retry_after(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Give the seconds after which an answer asks to come again (RFC 9110, section 10.2.3); None if it does not.

    Args:
        headers: The answer's headers, by their names in small letters.
        now: The time here (UTC), for a server that does not tell its own.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _http_date(value)
    if until is None:
        return None
    # The server's date is by the server's clock, which may be wrong.
    return max(0.0, (until - (_http_date(headers.get("date", "")) or now)).total_seconds())


def _http_date(value: str) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=dt.UTC) if date.tzinfo is None else date
