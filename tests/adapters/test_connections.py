"""An answer of the table is read as Python's own client of HTTP reads it, whatever it looks like."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.persistence.stores.connections import Reply

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amz-crc32: 7\r\n\r\n{}"

statuses = st.sampled_from(
    (
        *(
            b"HTTP/1.1 200 OK",
            b"HTTP/1.1 400 ",
            b"HTTP/1.1 200",
            b"HTTP/1.1 204 No Content",
            b"HTTP/1.1 304 Not Modified",
        ),
        *(b"HTTP/1.0 200 OK", b"HTTP/1.1 100 Continue", b"HTTP/1.1 600 No", b"HTTP/2 200 OK", b"HTTP/1.1  200 OK", b""),
    )
)
names = st.sampled_from(
    (
        *(b"Content-Length", b"content-length", b"Transfer-Encoding", b"Connection", b"Keep-Alive", b"x-amz-crc32"),
        *(b"X-Amz-Crc32", b"Server", b"From ", b"", b" folded", b"no colon", b"\xe4", b"Date"),
    )
)
values = st.sampled_from(
    (
        *(
            b"2",
            b"0",
            b" 5",
            b"5 ",
            b"-1",
            b"+3",
            b"1_0",
            b"\xb2",
            b"9" * 13,
            b"9" * 5_000,
            b"",
            b"chunked",
            b"Chunked",
        ),
        *(b"close", b"keep-alive", b"Close, x", b"7", b"a:b", b"a\rb", b"a\x0bb", b"\x00"),
    )
)
fields = st.tuples(names, st.sampled_from([b": ", b":", b":\t", b" : "]), values).map(b"".join)
lines = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n"])
bodies = st.sampled_from([b"", b"{}", b"hello, and more", b"2\r\n{}\r\n0\r\n\r\n", b"5\r\nhello\r\n0\r\nx: y\r\n\r\n"])


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """What may come in: mostly a head with a body, and anything that somebody makes of it."""
    head = [draw(statuses), *draw(st.lists(fields, max_size=5))]
    end = draw(lines)
    return end.join([*head, b"", b""]) + draw(bodies)


class Coming(RawIOBase):
    """A connection on which so much comes in at a time."""

    def __init__(self, content: bytes, at_once: int) -> None:
        self._content, self._at_once = BytesIO(content), at_once

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._content.read(min(self._at_once, len(buffer)))
        buffer[: len(part)] = part
        return len(part)

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(self)


def told(kind: type[HTTPResponse], method: str, content: bytes, at_once: int) -> Any:
    """All that is made use of in an answer, or what is raised instead."""
    coming: Any = Coming(content, at_once)
    answer = kind(coming, method=method)
    try:
        answer.begin()
        fields_ = answer.told if isinstance(answer, Reply) else answer.headers
        return answer.status, answer.read(), answer.will_close, fields_.get("x-amz-crc32", "")
    except HTTPException as error:
        return type(error)


@given(answers(), st.sampled_from(["POST", "GET", "HEAD"]), st.sampled_from([1, 40, 10_000]))
@example(PLAIN, "POST", 10_000)
@example(PLAIN, "HEAD", 10_000)
@example(PLAIN.replace(b"x-amz", b"Content-Length: 1\r\nx-amz"), "POST", 10_000)
@example(PLAIN.replace(b"x-amz", b"Transfer-Encoding: chunked\r\nx-amz"), "POST", 10_000)
@example(PLAIN.replace(b"x-amz", b"a: b\r\n Content-Length: 1\r\nx-amz"), "POST", 10_000)
def test_an_answer_is_read_as_the_library_reads_it(content: bytes, method: str, at_once: int) -> None:
    assert told(Reply, method, content, at_once) == told(HTTPResponse, method, content, at_once)


@given(st.binary(max_size=80), st.sampled_from([1, 10_000]))
def test_so_is_what_is_no_answer(content: bytes, at_once: int) -> None:
    assert told(Reply, "POST", content, at_once) == told(HTTPResponse, "POST", content, at_once)


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_plain_one_is_not_parsed_as_a_mail(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("http.client.parse_headers", None)
    assert told(Reply, method, PLAIN, 10_000) == (200, b"{}", False, "7")
