"""The card that the Alexa app shows at the end of a routine: what was in it.

Rule: exercises and minutes, and nothing about a body. It comes with the last answer, for nobody says anything after it
as a rule: so it tells what the routine was, and does not claim that the end of it has been heard.
"""

from __future__ import annotations

from typing import Any

from coach.conversation import Event, Turn
from coach.speaking import Prompt
from coach.speaking.phrasebook import Phrasebook


def of(turn: Turn, phrasebook: Phrasebook) -> dict[str, Any] | None:
    """The card of an answer with which a routine ends; None of any other."""
    marks, place, played = turn.timeline.marks, turn.progress.place, turn.played
    at_the_end = bool(marks) and marks[-1].then in (Event.HEARD_OUT_LAST, Event.HEARD_OUT_DOWN)
    if not at_the_end or place is None or played is None:
        return None
    done = {*place.done, *(mark.credits for mark in marks)}
    steps = [step for step in played.steps if step.exercise.id in done]
    if not steps:
        return None
    exercises = tuple(dict.fromkeys(step.exercise.id for step in steps))
    told = Prompt("card_done", {"exercises": exercises, "minutes": sum(step.work.ms for step in steps)})
    # A plain one: the SDK's class brings modules of its own.
    title, content = phrasebook.text(Prompt("card_title")), phrasebook.text(told)
    return {"type": "Simple", "title": title, "content": content}
