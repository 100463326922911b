"""Requests that wait for their turn at a host, and keep it until the answer is read."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx2

from alignkit.web.streams import WatchedStream

if TYPE_CHECKING:
    from alignkit.web.turns import Turns


class InTurn(httpx2.BaseTransport):
    """Sends requests in turn. Whoever asks must close the answer, or nobody else gets a turn at that host.

    Args:
        transport: What sends them.
        turns: Whose turn it is.
    """

    def __init__(self, transport: httpx2.BaseTransport, turns: Turns) -> None:
        self._transport = transport
        self._turns = turns

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Wait for a turn and send a request.

        Raises:
            TooLongAWait: The host was put off for too long.
        """
        with ExitStack() as turn:
            turn.enter_context(self._turns.turn(request.url.raw_host.decode("ascii")))
            response = self._transport.handle_request(request)
            response.stream = _UntilClosed(response, turn.pop_all())
            return response

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()


class _UntilClosed(WatchedStream):
    def __init__(self, response: httpx2.Response, turn: ExitStack) -> None:
        super().__init__(response)
        self._turn = turn

    def close(self) -> None:
        with self._turn:
            super().close()
