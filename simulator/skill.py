"""The line from the Alexa service to the skill's Lambda function: JSON goes in and out, and failures are named.

Rule: the handler sees only what Lambda would give it; what it raises is caught here and nowhere else.
"""

import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from simulator.envelopes import Json
from simulator.limits import refusal

Handler = Callable[[Json, object], Any]
Observer = Callable[[Json, Any], None]
_LOG = logging.getLogger("coach")


@dataclass(frozen=True)
class LambdaContext:
    """What AWS Lambda hands to a function beside the event."""

    aws_request_id: str
    function_name: str = "hip-coach-simulator"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would stop the function."""
        return 8_000


class _Watch(logging.Handler):
    """Keeps the trace of an exception for which the skill apologised, and passes on whatever else it logs."""

    def __init__(self) -> None:
        super().__init__()
        self.trace = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Take in one line of the skill's log."""
        if "turn_failed" in record.getMessage():
            self.trace = traceback.format_exc()
        elif logging.lastResort:
            logging.lastResort.handle(record)


@dataclass(frozen=True)
class Answer:
    """What came back: an envelope, None if there is none to use. `fault` is what went wrong, `trace` the exception."""

    envelope: Json | None
    fault: str = ""
    trace: str = ""


class Skill:
    """The far end of the line. `observe`, if given, sees each request with its answer (None after an exception)."""

    def __init__(self, handler: Handler, observe: Observer | None = None) -> None:
        self._handler = handler
        self._observe = observe

    def answer(self, envelope: Json) -> Answer:
        """Send one request, and check the response as the platform does. A session's end gets no reply."""
        watch = _Watch()
        _LOG.addHandler(watch)
        try:
            reply = json.loads(json.dumps(self._call(envelope)))
        except Exception as error:
            self._seen(envelope, None)
            return Answer(None, f"the skill failed with {type(error).__name__}: {error}", traceback.format_exc())
        finally:
            _LOG.removeHandler(watch)
        self._seen(envelope, reply)
        fault = "the skill failed, and apologised" if watch.trace else ""
        if envelope["request"]["type"] == "SessionEndedRequest":
            return Answer(None, fault, watch.trace)
        if reason := refusal(reply):
            return Answer(None, f"the platform refuses the response: {reason}", watch.trace)
        return Answer(reply, fault, watch.trace)

    def _call(self, envelope: Json) -> Any:
        return self._handler(json.loads(json.dumps(envelope)), LambdaContext(str(uuid4())))

    def _seen(self, envelope: Json, reply: Any) -> None:
        if self._observe:
            self._observe(envelope, reply)
