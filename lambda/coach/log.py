"""One structured line for an operator.

Rule: no ids, no names, no words that were said, nothing about a body. An error is logged by its type, never its
message.
"""

from __future__ import annotations

import json
import logging

_LOGGER = logging.getLogger("coach")


def record(what: str, **fields: str | int | bool) -> None:
    """Write a line about something that an operator wants to know."""
    _LOGGER.warning(json.dumps({"what": what, **fields}))
