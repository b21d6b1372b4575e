"""Where in a routine the coach is at a moment: the exercise, the side, and the seconds that are left.

Rule: read from the session that the skill itself keeps in the session attributes, so that what the screen shows is what
the coach would answer.
"""

from datetime import datetime

from coach.alexa.limits import SPEECH_STARTS_AFTER
from coach.conversation.carried import Carried
from coach.speaking.content import Content
from simulator.envelopes import Json


def whereabouts(attributes: Json, now: datetime, content: Content) -> str:
    """One line for a person to read, `2 of 4, lying twist, left: 18 s left`; empty when no exercise is being done."""
    carried = Carried.from_attributes(attributes, content.library)
    if not carried:
        return ""
    progress, spoken = carried.progress, carried.progress.spoken
    if not progress.place or not spoken:
        return ""
    elapsed = round(now.timestamp() * 1000) - spoken.sent_ms - SPEECH_STARTS_AFTER.middle
    mark = next((mark for mark in reversed(spoken.marks) if mark.starts <= elapsed), None)
    if mark is None:
        return ""
    exercise, _, side = mark.step.split(".")
    plan = progress.place.plan.exercises
    number = f"{plan.index(exercise) + 1} of {len(plan)}, " if exercise in plan else ""
    place = f"{number}{content.words['exercises'][exercise]['words']['name']}, {content.words['sides'][side]}"
    if elapsed < mark.works:
        return f"{place}: {_seconds(mark.works - elapsed)} s to get ready"
    if elapsed < mark.ends:
        return f"{place}: {_seconds(mark.ends - elapsed)} s left"
    return f"{place}: done"


def _seconds(ms: int) -> int:
    return -(-ms // 1000)
