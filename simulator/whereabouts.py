"""Where in a routine the coach is at a moment: the exercise, the side, and the seconds that are left.

Rule: read from the session that the skill itself keeps in the session attributes, so that what the screen shows is what
the coach would answer.
"""

from datetime import datetime

from coach.platform import SPEECH_STARTS_AFTER_MS
from coach.session import Session

from simulator.envelopes import Json


def whereabouts(attributes: Json, now: datetime) -> str:
    """One line for a person to read; empty when no exercise is being done."""
    if not attributes:
        return ""
    session = Session.from_document(attributes)
    elapsed = round(now.timestamp() * 1000) - session.sent_ms - SPEECH_STARTS_AFTER_MS
    mark = next((mark for mark in reversed(session.marks) if mark.starts <= elapsed), None)
    if mark is None:
        return ""
    exercise, _, side = mark.step.split(".")
    place = f"{exercise.replace('_', ' ')}, {side}"
    if elapsed < mark.works:
        return f"{place}: gets ready, {_seconds(mark.works - elapsed)} s"
    if elapsed < mark.ends:
        return f"{place}: {_seconds(mark.ends - elapsed)} s left"
    return f"{place}: done"


def _seconds(ms: int) -> int:
    return -(-ms // 1000)
