"""Alexa's own services, called with the address and the token that came with a request.

Rule: the token goes to Amazon and nowhere else: another address, or being sent on to one, is a failure. Nothing of a
call is logged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from coach.errors import ServiceError

AMAZON = re.compile(r"https://api(\.[a-z]{2})?\.amazonalexa\.com/?")
"""Alexa's endpoints, one for each part of the world: api.amazonalexa.com, api.eu.amazonalexa.com, api.fe..."""

TIMEOUT_S = 1.0
"""For one call."""

_MOST_BYTES = 256_000


class Service:
    """What a request's token is good for. `trusted` is an endpoint to be called beside Amazon's own, and `seconds` the
    time for all calls together.
    """

    def __init__(self, endpoint: str, token: str, trusted: str = "", *, seconds: float) -> None:
        self.known = bool(AMAZON.fullmatch(endpoint)) or (bool(trusted) and endpoint == trusted)
        self._endpoint = endpoint.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._until = monotonic() + seconds

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The answer as JSON, None for an empty one. Raises ServiceError for any other than a success."""
        left = self._until - monotonic()
        if not self.known or left <= 0:
            raise ServiceError
        data = None if body is None else json.dumps(body).encode()
        # The scheme is https, or that of the one endpoint that is trusted beside Amazon's.
        request = Request(self._endpoint + path, data, self._headers, method=method)  # noqa: S310
        try:
            with _opener().open(request, timeout=min(left, TIMEOUT_S)) as response:
                return json.loads(response.read(_MOST_BYTES) or b"null")
        except HTTPError as error:
            with error:
                raise ServiceError(error.code, _code(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise ServiceError from error


def _code(error: HTTPError) -> str:
    """The word that the body of a refusal has for it."""
    try:
        body: Mapping[str, object] = json.loads(error.read(_MOST_BYTES))
        return str(body["code"]).upper()
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return ""


class _NoFurther(HTTPRedirectHandler):
    """Follows nothing: the token would go along."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere."""


@cache
def _opener() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _NoFurther())
