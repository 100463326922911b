"""/.well-known/tdmrep.json: which pages of an origin are reserved from text and data mining."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.web.errors import FetchError
from alignkit.web.once import Once
from alignkit.web.reservations import Reservation, tdm_reservations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignkit.web.addresses import Place
    from alignkit.web.exchange import Answer

PATH: Final = "/.well-known/tdmrep.json"
MOST_BYTES: Final = 500 * 1024
_KEPT: Final = 86_400.0
_FAILURE_KEPT: Final = 600.0
_OK: Final = 200
_BROKEN: Final = 500


class Rule(NamedTuple):
    """What is said of some of an origin's pages.

    Attributes:
        location: The pattern of their paths, as in robots.txt: the beginning, '*' for anything, '$' for the end.
        reservations: What is said of them; nothing if they are not reserved.
    """

    location: str
    reservations: tuple[Reservation, ...]

    def matches(self, target: str) -> bool:
        """Say whether it is of a page.

        Args:
            target: The page's path and query.
        """
        first, *others = self.location.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        rest = target[len(first) :]
        last = others.pop() if others and self.location.endswith("$") else None
        for part in others:
            found = rest.find(part)
            if found < 0:
                return False
            rest = rest[found + len(part) :]
        if last is not None:
            return rest.endswith(last)
        return not (self.location.endswith("$") and rest)


class TdmRep:
    """Knows the tdmrep.json of origins, each read once a day.

    Args:
        ask: Fetches a file, following redirects, if its robots.txt allows it.
        clock: Gives the time in seconds.
    """

    def __init__(self, ask: Callable[[str], Answer], clock: Callable[[], float]) -> None:
        self._ask = ask
        self._rules = Once(self._read, clock)

    def reservations(self, place: Place) -> tuple[Reservation, ...]:
        """Give what is said of a page."""
        return reservations_of(self._rules.get(place.origin), place.target)

    def _read(self, origin: str) -> tuple[tuple[Rule, ...], float]:
        try:
            answer = self._ask(origin + PATH)
        except FetchError:
            return (), _FAILURE_KEPT
        found = answer.status == _OK
        return parse_rules(answer.content) if found else (), _FAILURE_KEPT if answer.status >= _BROKEN else _KEPT


def reservations_of(rules: Sequence[Rule], target: str) -> tuple[Reservation, ...]:
    """Give what the rules say of a page: the one with the longest pattern counts, of equals one that reserves.

    Args:
        rules: The rules.
        target: The page's path and query.
    """
    matching = [rule for rule in rules if rule.matches(target)]
    best = max(matching, key=lambda rule: (len(rule.location), len(rule.reservations)), default=None)
    return () if best is None else best.reservations


def parse_rules(content: bytes) -> tuple[Rule, ...]:
    """Read a tdmrep.json; what is none, or is no rule in it, is left out."""
    try:
        listed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ()
    entries = listed if isinstance(listed, list) else [listed]
    return tuple(
        Rule(location, tdm_reservations(entry.get("tdm-reservation"), entry.get("tdm-policy"), "tdmrep.json"))
        for entry in entries
        if isinstance(entry, dict) and isinstance(location := entry.get("location"), str)
    )
