"""The HTTP server under the endpoint of one's own: waitress, with limits to what a stranger can take of it.

Rule: all of it can be taken at no cost, its threads, its connections, its memory. So each has a limit in number, in
size and in time, and what is over one is cut off without an answer, or with a status.
"""

import time
from wsgiref.types import WSGIApplication

import waitress
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from coach.alexa.limits import REQUEST_MAX_BYTES
from infra.certificates import WAITING_MAX

HEADERS_MAX_BYTES = 16_000

THREADS = WAITING_MAX + 8
"""How many requests are answered at a time. More than may wait for certificates, so that these hold up nobody else."""

CONNECTIONS_MAX = 500
"""How many may be open at a time. Each takes a file descriptor, of which a process often has 1,024, and with half a
request on it up to HEADERS_MAX_BYTES and REQUEST_MAX_BYTES of memory.
"""

REQUEST_SECONDS = 5
"""How long a request may take to come. A proxy has it at hand, and Alexa waits for an answer no longer than eight."""

IDLE_SECONDS = 20
"""How long nothing may come on a connection, and about how long the proxy may keep it for the next request."""

CLEANUP_SECONDS = 5
"""How often connections are looked for on which nothing came."""


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that is cut off when a request on it is not complete in time, however steadily it trickles: waitress
    by itself cuts off only those on which nothing comes at all.
    """

    _since = 0.0

    def readable(self) -> bool:
        """Whether more may be read. The server's loop asks each connection, once a second or more often."""
        if self.request is None or self.requests:
            self._since = time.monotonic()
        elif time.monotonic() - self._since > REQUEST_SECONDS:
            self.will_close = True
        return bool(super().readable())


def make_server(app: WSGIApplication, host: str, port: int) -> BaseWSGIServer:
    """A server that will `run`; port 0 takes a free one. What is too large it refuses by itself, unread."""
    server = waitress.create_server(
        app,
        host=host,
        port=port,
        ident=None,
        threads=THREADS,
        connection_limit=CONNECTIONS_MAX,
        max_request_header_size=HEADERS_MAX_BYTES,
        max_request_body_size=REQUEST_MAX_BYTES,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        # The default, select(), fails where a descriptor has a number above 1,023.
        asyncore_use_poll=True,
    )
    server.channel_class = Connection
    return server
