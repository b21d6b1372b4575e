"""What goes wrong between the coach and its table: an addon for mitmproxy, as a reverse proxy before DynamoDB Local.

Rule: the name of a table says which fault its calls meet and how often: `lost_answer-10` in percent, and every write
but no read of `lost_answer-writes`. Whether a call meets it is drawn from that name, the person and how many calls they
made before, so that a run can be made again.

Runs in mitmproxy's own environment, and imports nothing of the coach.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections import Counter
from http.client import HTTPConnection
from random import Random

from mitmproxy import ctx, http

LATENCY_SECONDS = (0.1, 10.0)
NAMESPACE = "com.amazonaws.dynamodb.v20120810#"
THROTTLED = (
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning "
    "level with the UpdateTable API."
)
BROKEN = "The request processing has failed because of an unknown error, exception or failure."
GARBAGE = (
    b"",
    b"{",
    b"{}",
    b"[]",
    b"null",
    b'{"Item": 7}',
    b'{"Item": {"person": "x"}, "ConsumedCapacity": 1}',
    b"<html><body><h1>502 Bad Gateway</h1></body></html>",
    bytes(range(256)),
)
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Faults:
    """One fault for a call, or none."""

    def __init__(self) -> None:
        self._calls: Counter[tuple[str, str]] = Counter()
        self._late: set[asyncio.Task[http.Response]] = set()

    async def request(self, flow: http.HTTPFlow) -> None:
        """What happens to a call before the table sees it."""
        kind, chance = self._drawn(flow)
        match kind:
            case "throttling":
                flow.response = _refused(400, "ProvisionedThroughputExceededException", THROTTLED)
            case "server_error":
                flow.response = _refused(500, "InternalServerError", BROKEN)
            case "reset":
                _reset(flow)
            case "garbage" if chance.random() < 0.5:
                flow.response = _garbled(chance)
            case "latency":
                flow.response = await self._late_call(flow.request, chance)
            case "garbage" | "lost_answer":
                flow.metadata["then"] = kind, chance

    def response(self, flow: http.HTTPFlow) -> None:
        """What happens to an answer of the table."""
        kind, chance = flow.metadata.get("then", ("", None))
        match kind:
            case "garbage":
                flow.response = _garbled(chance)
            case "lost_answer":
                _reset(flow)

    def _drawn(self, flow: http.HTTPFlow) -> tuple[str, Random]:
        call = json.loads(flow.request.content or b"{}")
        table, person = call.get("TableName", ""), call.get("Key", {}).get("account", {}).get("S", "")
        self._calls[table, person] += 1
        chance = Random(f"{table} {person} {self._calls[table, person]}")  # noqa: S311
        kind, _, share = table.partition("-")
        if share == "writes":
            hit = flow.request.headers.get("X-Amz-Target", "").endswith(".UpdateItem")
        else:
            hit = bool(person) and chance.random() * 100 < int(share)
        return kind if hit else "", chance

    async def _late_call(self, request: http.Request, chance: Random) -> http.Response:
        """The answer, late. What the caller gave up waiting for reaches the table all the same."""
        seconds = chance.uniform(*LATENCY_SECONDS)
        way_there = seconds if chance.random() < 0.5 else 0
        # A task of its own: mitmproxy drops a request whose caller has gone, and a network does not.
        late = asyncio.create_task(_forwarded(request, way_there))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        response = await asyncio.shield(late)
        await asyncio.sleep(seconds - way_there)
        return response


async def _forwarded(request: http.Request, after: float) -> http.Response:
    await asyncio.sleep(after)
    return await asyncio.to_thread(_called, request)


def _called(request: http.Request) -> http.Response:
    connection = HTTPConnection(request.host, request.port, timeout=30)
    headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
    connection.request(request.method, request.path, request.content, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return http.Response.make(answer.status, body, {"Content-Type": "application/x-amz-json-1.0"})


def _refused(status: int, kind: str, message: str) -> http.Response:
    body = json.dumps({"__type": NAMESPACE + kind, "message": message})
    return http.Response.make(status, body, {"Content-Type": "application/x-amz-json-1.0"})


def _garbled(chance: Random) -> http.Response:
    return http.Response.make(200, chance.choice(GARBAGE), {"Content-Type": "application/x-amz-json-1.0"})


def _reset(flow: http.HTTPFlow) -> None:
    """The connection is reset, as TCP calls it, and not merely closed."""
    handler = ctx.master.addons.get("proxyserver").connections.get(flow.client_conn.id)
    client = handler and handler.transports.get(handler.client)
    if client:
        client.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    flow.kill()


addons = [Faults()]
