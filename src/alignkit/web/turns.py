"""Whose turn it is: one request to a host at a time, and not too soon after the last."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class TooLongAWait(Exception):  # noqa: N818 - a reason to leave a host alone, which the caller words
    """A host asked to be left alone for longer than is waited.

    Attributes:
        seconds: How long from now.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    delay: float = 0.0
    ended: float | None = None
    not_before: float = float("-inf")


class Turns:
    """Lets threads go to a host one at a time, each no sooner after the last was done than the host's delay.

    Args:
        delay: The least delay, in seconds.
        max_wait: The longest time, in seconds, that is waited because a host was put off.
        clock: Gives the time in seconds; it never goes back.
        sleep: Waits for some seconds.
    """

    def __init__(
        self, delay: float, max_wait: float, *, clock: Callable[[], float], sleep: Callable[[float], object]
    ) -> None:
        self._delay = delay
        self._max_wait = max_wait
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> dict[str, int]:
        """How many turns were taken at each host."""
        with self._lock:
            return dict(self._taken)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn at a host, and keep it until the block is left.

        Raises:
            TooLongAWait: The host was put off for too long.
        """
        state = self._host(host)
        with state.lock:
            self._wait(state)
            with self._lock:
                self._taken[host] += 1
            try:
                yield
            finally:
                state.ended = self._clock()

    def slow_down(self, host: str, delay: float) -> None:
        """Keep a delay that a host asks for, from the end of its last answer on; of several, the longest."""
        state = self._host(host)
        state.delay = max(state.delay, delay)

    def put_off(self, host: str, seconds: float) -> None:
        """Leave a host alone for some time from now."""
        state = self._host(host)
        state.not_before = max(state.not_before, self._clock() + seconds)

    def _wait(self, state: _Host) -> None:
        put_off = state.not_before - self._clock()
        if put_off > self._max_wait:
            raise TooLongAWait(put_off)
        delayed = 0.0 if state.ended is None else state.ended + max(self._delay, state.delay) - self._clock()
        self._sleep(max(0.0, put_off, delayed))

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
