"""The handler behind a port."""

import json
import threading
import time
from http.client import HTTPConnection

import pytest

from simulator.server import make_server
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def post():
    """Starts a server for a handler and posts bodies to it; all of it ends with the test."""
    servers = []

    def start(handler):
        server = make_server(handler, 0)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))

        def send(body, method="POST", headers=()):
            connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=PATIENCE_SECONDS)
            connection.request(method, "/", body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()

        return send

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_envelope_is_answered_by_the_handler(post):
    send = post(lambda event, context: {"version": "1.0", "got": event["request"]})
    status, body = send(json.dumps({"request": "next"}))
    assert status == 200
    assert json.loads(body) == {"version": "1.0", "got": "next"}


@pytest.mark.parametrize("body", ["", "{", "[1]", b"\xff\xfe"])
def test_a_body_that_is_no_envelope_is_a_bad_request(post, body):
    status, answer = post(lambda event, context: {})(body, headers={"Content-Length": len(body)})
    assert status == 400
    assert "JSON" in json.loads(answer)["error"]


def test_a_failing_handler_is_a_server_error_and_the_next_request_is_answered(post):
    send = post(lambda event, context: {"fine": 1 / event["by"]})
    assert send('{"by": 0}')[0] == 500
    assert send('{"by": 1}')[0] == 200


def test_an_envelope_that_is_too_large_is_not_read(post):
    assert post(lambda event, context: {})("x" * 300_000)[0] == 413


def test_only_post_is_answered(post):
    assert post(lambda event, context: {})(None, method="GET")[0] == 501


def test_requests_are_answered_one_at_a_time(post):
    inside, most = [], []

    def handler(event, context):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return {}

    send = post(handler)
    threads = [threading.Thread(target=send, args=("{}",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def test_the_port_is_open_to_this_computer_only():
    with make_server(lambda event, context: {}, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
