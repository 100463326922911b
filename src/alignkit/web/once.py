"""Finding things out once, whoever asks, and again when they no longer hold."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


class Once(Generic[Found]):
    """Keeps what was found out for a key as long as it holds. Of several threads that ask at once, one finds out.

    Args:
        find: Finds out for a key: what was found, and for how many seconds it holds.
        clock: Gives the time in seconds.
    """

    def __init__(self, find: Callable[[str], tuple[Found, float]], clock: Callable[[], float]) -> None:
        self._find = find
        self._clock = clock
        self._kept: dict[str, tuple[Found, float]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def get(self, key: str) -> Found:
        """Give what holds for a key, finding it out if need be."""
        with self._lock:
            lock = self._locks[key]
        with lock:
            kept = self._kept.get(key)
            if kept is None or kept[1] <= self._clock():
                found, seconds = self._find(key)
                self._kept[key] = kept = (found, self._clock() + seconds)
            return kept[0]
