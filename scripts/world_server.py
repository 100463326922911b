"""A real HTTP server on loopback that serves many sites under their own names, and remembers who was asked for what.

Point a client at it with `connect_to=server.address`; the replies of `world_replies` say how it answers.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from world_replies import status

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from email.message import Message

    from world_replies import Answer


@dataclass(frozen=True)
class Request:
    """A request that came in.

    Attributes:
        host: The host that it was meant for.
        path: The path and query.
        time: When it came, by `time.monotonic`.
        headers: Its headers.
        connection: The client's port: requests that have it in common came over one connection.
    """

    host: str
    path: str
    time: float
    headers: Message
    connection: int


class Server(ThreadingHTTPServer):
    """Serves answers by path ('/rss') or by host and path ('hibari.example/rss'); 404 where it has none.

    Args:
        answers: The answers to begin with.
        ssl_context: Makes it speak TLS.
        port: Where it listens; any free port if 0.

    Attributes:
        answers: The answers.
        requests: What was asked.
        together: The most connections of a host that were being answered at the same time, by host.
        stopping: Is set when the server is about to stop.
    """

    daemon_threads = True

    def __init__(
        self, answers: Mapping[str, Answer] | None = None, ssl_context: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.address = f"127.0.0.1:{self.server_port}"
        self.base = f"{'https' if ssl_context else 'http'}://{self.address}"
        self.answers = dict(answers or {})
        self.requests: list[Request] = []
        self.together: dict[str, int] = {}
        self.stopping = threading.Event()
        self._busy: dict[str, int] = {}
        self._lock = threading.Lock()
        if ssl_context is not None:
            # The handshake is left to the thread of the connection.
            self.socket = ssl_context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def paths(self, host: str | None = None) -> list[str]:
        """Give what was asked for, of all hosts or of one."""
        return [request.path for request in self.requests if host in (None, request.host)]

    def times(self, host: str) -> list[float]:
        """Give when a host was asked, by `time.monotonic`."""
        return [request.time for request in self.requests if request.host == host]

    @contextmanager
    def answering(self, request: Request) -> Iterator[None]:
        """Take note of a request, and of its host being busy until the block is left."""
        with self._lock:
            self.requests.append(request)
            self._busy[request.host] = self._busy.get(request.host, 0) + 1
            self.together[request.host] = max(self.together.get(request.host, 0), self._busy[request.host])
        try:
            yield
        finally:
            with self._lock:
                self._busy[request.host] -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients are meant to hang up on it."""


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection, as the server's answers say."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 10
    # Headers and content are sent apart, and the second must not wait until the first is acknowledged.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer."""
        host = self.headers.get("Host", "").partition(":")[0]
        request = Request(host, self.path, time.monotonic(), self.headers, self.client_address[1])
        with self.server.answering(request):
            answers = self.server.answers
            (answers.get(f"{host}{self.path}") or answers.get(self.path) or status(404))(self)

    def start(self, code: int, headers: Mapping[str, str | list[str]]) -> None:
        """Send the status and headers."""
        self.send_response(code)
        for name, value in headers.items():
            for line in value if isinstance(value, list) else [value]:
                self.send_header(name, line)
        try:
            self.end_headers()
        except OSError:
            self.close_connection = True

    def write(self, content: bytes) -> bool:
        """Send a part of the content; False if nobody listens any more."""
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True
            return False
        return True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(
    answers: Mapping[str, Answer] | None = None, ssl_context: ssl.SSLContext | None = None, *, port: int = 0
) -> Iterator[Server]:
    """Serve until the block is left."""
    with Server(answers, ssl_context, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()
