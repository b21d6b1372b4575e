"""Turns, written as Alexa's responses: speech, the reprompt, and whether the session stays open."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.response_helper import ResponseFactory

from coach.alexa import card, elicitation, permission
from coach.alexa.limits import BREAK_MAX_MS
from coach.conversation import Turn
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.ssml import escaped, render


def write(builder: ResponseFactory, turn: Turn, phrasebook: Phrasebook, kind: str) -> None:
    """Put a turn into the response that is being built, which answers a request of this kind."""
    if turn.timeline.cues or not turn.stream:
        builder.speak(render(turn.timeline, break_max_ms=BREAK_MAX_MS, pace=turn.progress.preferences.pace))
    builder.set_should_end_session(turn.reprompt is None)
    if turn.reprompt:
        builder.ask(escaped(phrasebook.text(turn.reprompt)))
    if shown := card.of(turn, phrasebook):
        builder.set_card(shown)
    if turn.permission:
        builder.add_directive(permission.directive(turn.permission))
    if turn.asks_for and kind in elicitation.IN_REPLY_TO:
        add(builder, elicitation.directive(turn.asks_for))


def add(builder: ResponseFactory, directive: dict[str, Any]) -> None:
    """Put a plain directive into the response: the SDK's classes bring dozens of modules."""
    builder.response.directives = [*(builder.response.directives or []), directive]


def plain(part: Any) -> Any:
    """A part of a response as plain data, without what is not there. ask-sdk's own way tries out for each value what
    it may be.
    """
    if isinstance(part, list):
        return [plain(each) for each in part]
    if not hasattr(part, "attribute_map"):
        return part
    there = ((name, getattr(part, name)) for name in part.deserialized_types)
    return {part.attribute_map.get(name, name): plain(value) for name, value in there if value is not None}
