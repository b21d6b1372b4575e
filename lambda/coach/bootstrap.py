"""The one composition root: settings in, a handler out. Nothing else in the package makes a client or reads a
setting.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ask_sdk_core.skill_builder import SkillBuilder

from coach import log
from coach.alexa import requests
from coach.alexa.handlers import Apology, Coach
from coach.config import Settings
from coach.content import FALLBACK_LOCALE, best_locale, load
from coach.cues import Prompt
from coach.errors import MalformedRequestError
from coach.progress import ProgressRepository
from coach.speech import Phrasebook
from coach.stores import open_store

Handler = Callable[[dict[str, Any], object], dict[str, Any]]
"""What AWS Lambda calls: an envelope and a context in, a response envelope out."""


def bootstrap(settings: Settings | None = None, *, repository: ProgressRepository | None = None) -> Handler:
    """The handler for these settings. Raises ConfigurationError or ContentMissingError when it could not work."""
    settings = settings or Settings()
    _phrasebook(FALLBACK_LOCALE)
    builder = SkillBuilder()
    builder.skill_id = settings.skill_id or None
    store = repository if repository is not None else open_store(settings.store)
    builder.add_request_handler(Coach(store, _phrasebook, settings.id_key, settings.reminders_api))
    builder.add_exception_handler(Apology(_phrasebook))
    answer = builder.lambda_handler()

    def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
        try:
            requests.check(event)
        except MalformedRequestError as error:
            log.record("request_refused", reason=str(error))
            return _refusal()
        return answer(event, context)  # type: ignore[no-any-return]

    return handle


@cache
def _phrasebook(locale: str) -> Phrasebook:
    """The phrasebook for a request's locale, made when it is first spoken."""
    best = best_locale(locale)
    return Phrasebook(load(best)) if best == locale else _phrasebook(best)


def _refusal() -> dict[str, Any]:
    """The answer to what is no request: an apology, and the end."""
    sorry = _phrasebook(FALLBACK_LOCALE).text(Prompt("sorry"))
    speech = {"type": "SSML", "ssml": f"<speak>{sorry}</speak>"}
    return {"version": "1.0", "sessionAttributes": {}, "response": {"outputSpeech": speech, "shouldEndSession": True}}
