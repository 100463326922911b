"""One question to a host and its answer: in turn, within limits, tried again where that may help."""

from __future__ import annotations

import datetime as dt
import itertools
import ssl
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import httpcore2
import httpx2

from alignkit.web.cache import CacheFailedError, KeptCache
from alignkit.web.connections import Network, PrivateAddressError, UnknownHostError
from alignkit.web.errors import FetchError
from alignkit.web.in_turn import InTurn
from alignkit.web.limits import ACCEPTED_ENCODINGS, TooLargeError, read_content
from alignkit.web.retries import PASSING, backoff, retry_after
from alignkit.web.turns import TooLongAWait

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from alignkit.web.addresses import Place
    from alignkit.web.settings import WebSettings
    from alignkit.web.turns import Turns


_LONGEST_WAIT: Final = 365 * 86_400.0


@dataclass(frozen=True)
class Answer:
    """What a host answers.

    Attributes:
        place: What it was asked for.
        status: The HTTP status.
        header_lines: The headers as they came, each with its name in small letters.
        content: What it holds, without the encoding of its transfer.
        from_cache: Whether the content comes out of the kept cache.
        not_modified: Whether the host was asked, and said that what is kept still holds.
    """

    place: Place
    status: int
    header_lines: tuple[tuple[str, str], ...]
    content: bytes
    from_cache: bool
    not_modified: bool

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers by their names in small letters; those that were repeated joined by commas."""
        joined: dict[str, str] = {}
        for name, value in self.header_lines:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return MappingProxyType(joined)


_ASK_ANYHOW: Final = {"Cache-Control": "max-age=0"}  # RFC 9111, section 5.2.1.1


class Exchange:
    """Asks hosts.

    Args:
        settings: How the web is read.
        turns: Whose turn it is.
        rng: What draws the waits between attempts.

    Raises:
        UsageError: The settings' file of certificates cannot be read.
        MissingExtraError: hishel is not installed, and a cache is to be kept.
    """

    def __init__(self, settings: WebSettings, turns: Turns, rng: random.Random) -> None:
        self._settings = settings
        self._turns = turns
        self._rng = rng
        self._network = InTurn(Network(settings), turns)
        self._cache = None if settings.cache is None else KeptCache(settings.cache, self._network)
        self._headers = {
            "User-Agent": settings.user_agent_header,
            "Accept": "*/*",
            "Accept-Encoding": ", ".join(ACCEPTED_ENCODINGS),
        }

    def close(self) -> None:
        """Close all connections, and the cache."""
        if self._cache is not None:
            self._cache.close()
        self._network.close()

    def ask(
        self, place: Place, max_bytes: int, *, cut: bool = False, cached: bool = True, fresh: bool = False
    ) -> Answer:
        """Ask for a page, again if it fails in passing.

        Args:
            place: The page.
            max_bytes: The most that it may hold.
            cut: Whether one that holds more is cut there; else it is refused.
            cached: Whether the kept cache may answer.
            fresh: Whether the host is asked even if what is kept is fresh enough; it may answer that nothing changed.

        Raises:
            FetchError: There is no answer.
        """
        for attempt in itertools.count():
            last = attempt == self._settings.retries
            wait = backoff(attempt, self._settings.max_wait, self._rng)
            try:
                answer = self._once(place, max_bytes, cut=cut, cached=cached, fresh=fresh)
            except _FailedInPassing as failure:
                if last:
                    raise FetchError("connection", str(failure), place.url) from None
            else:
                if answer.status not in PASSING:
                    return answer
                asked_for = retry_after(answer.headers, dt.datetime.now(dt.UTC))
                wait = wait if asked_for is None else asked_for
            # The whole host is put off, not only this page; the next try then waits for its turn as any request does.
            self._turns.put_off(place.host, wait)
            if wait > self._settings.max_wait:
                raise _come_again(f"answers with status {answer.status}", place, wait, answer.status)
            if last:
                break
        return answer

    def _once(self, place: Place, max_bytes: int, *, cut: bool, cached: bool, fresh: bool) -> Answer:
        cache = self._cache if cached else None
        if cache is not None:
            try:
                return self._send(cache, place, max_bytes, cut=cut, fresh=fresh)
            except CacheFailedError:
                pass
        return self._send(self._network, place, max_bytes, cut=cut, fresh=False)

    def _send(self, transport: httpx2.BaseTransport, place: Place, max_bytes: int, *, cut: bool, fresh: bool) -> Answer:
        try:
            return self._read(transport, place, max_bytes, cut=cut, fresh=fresh)
        except TooLargeError:
            raise FetchError("size", f"holds more than {max_bytes:,} bytes", place.url) from None
        except TooLongAWait as error:
            raise _come_again("is not to be asked for now", place, error.seconds) from None
        except PrivateAddressError as error:
            raise FetchError("address", str(error), place.url) from None
        except UnknownHostError as error:
            raise FetchError("connection", str(error), place.url) from None
        except httpcore2.TimeoutException:
            raise FetchError("time", f"takes more than {self._settings.timeout:g} s", place.url) from None
        except httpcore2.ConnectError as error:
            raise _unreachable(error, place) from None
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
            raise _FailedInPassing(f"gives no answer that can be read ({error})") from None
        except (httpcore2.ProtocolError, httpx2.DecodingError, httpx2.InvalidURL) as error:
            raise FetchError("connection", f"gives no answer that can be read ({error})", place.url) from None

    def _read(self, transport: httpx2.BaseTransport, place: Place, max_bytes: int, *, cut: bool, fresh: bool) -> Answer:
        headers = self._headers | (_ASK_ANYHOW if fresh else {})
        request = httpx2.Request("GET", place.url, headers=headers)
        response = transport.handle_request(request)
        try:
            content = read_content(response, max_bytes, cut=cut)
        finally:
            response.close()
        kept = response.extensions.get("caching", {})
        return Answer(
            place,
            response.status_code,
            tuple(response.headers.multi_items()),
            content,
            from_cache=kept.get("from_cache", False),
            not_modified=kept.get("from_cache", False) and kept.get("revalidated", False),
        )


class _FailedInPassing(Exception):  # noqa: N818 - never leaves this module
    """There was no answer, but there may be one next time."""


def _unreachable(error: httpcore2.ConnectError, place: Place) -> Exception:
    problem = f"cannot be reached ({error})"
    # httpcore gives what happened as the error's argument, and not as its cause.
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args):
        return FetchError("connection", problem, place.url)
    return _FailedInPassing(problem)


def _come_again(problem: str, place: Place, seconds: float, status: int | None = None) -> FetchError:
    # Who asks to be left alone for a million years does not get a date.
    again_at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=min(seconds, _LONGEST_WAIT))
    return FetchError("status", problem, place.url, status=status, again_at=again_at)
