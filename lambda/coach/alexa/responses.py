"""Turns, written as Alexa's responses: speech, the reprompt, and whether the session stays open."""

from __future__ import annotations

from ask_sdk_core.response_helper import ResponseFactory

from coach.alexa import permission
from coach.alexa.limits import BREAK_MAX_MS
from coach.conversation import Turn
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.ssml import escaped, render


def write(builder: ResponseFactory, turn: Turn, phrasebook: Phrasebook) -> None:
    """Put a turn into the response that is being built."""
    speech = render(turn.timeline, break_max_ms=BREAK_MAX_MS, pace=turn.progress.preferences.pace)
    builder.speak(speech).set_should_end_session(turn.reprompt is None)
    if turn.reprompt:
        builder.ask(escaped(phrasebook.text(turn.reprompt)))
    if turn.permission:
        builder.add_directive(permission.directive(turn.permission))
