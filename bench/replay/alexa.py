"""Alexa's own services as a turn is told they are: what they answer is written down beforehand, by method.

Rule: it stands in for the network itself, below whatever the coach calls it with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

NOTHING = (0, None)
"""No answer at all."""


class Alexa:
    """`answers` are a status and a body each, by "zone" or by the method of a request about reminders; a text stands
    for a body that is no JSON, and a third number for the seconds that the answer takes. `asked` is what came:
    method, address, body, and the status that was given.
    """

    def __init__(self, wait: Callable[[float], None]) -> None:
        self.answers: Mapping[str, Sequence[Any]] = {}
        self.asked: list[list[Any]] = []
        self._wait = wait

    def open(self, request: Request, *_: object, **__: object) -> BytesIO:
        """What `urllib` opens: the body of a success. Raises HTTPError and URLError."""
        method, url = request.get_method(), request.full_url
        about = "zone" if "/settings/" in url else method
        status, body, *seconds = self.answers.get(about, NOTHING)
        data = request.data
        self.asked.append([method, url, json.loads(data) if isinstance(data, bytes) else None, status])
        self._wait(seconds[0] if seconds else 0.01)
        if status == 0:
            raise URLError(TimeoutError())
        text = b"" if body is None else body.encode() if about != "zone" and isinstance(body, str) else _json(body)
        if status >= 300:
            raise HTTPError(url, status, "", Message(), BytesIO(text))
        return BytesIO(text)


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
