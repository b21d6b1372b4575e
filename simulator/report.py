"""One exchange as lines of text, for a terminal and a script alike.

Rule: the intent is always shown, and whether the words were one of its samples or a guess, so that nobody takes the
simulator's understanding for Alexa's.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from coach.alexa.limits import LISTENING_WINDOW_MS
from simulator.envelopes import Json
from simulator.heard import Heard
from simulator.nlu import FALLBACK, Match
from simulator.speech import readable, seconds

ENDINGS = {
    "EXCEEDED_MAX_REPROMPTS": "nobody answered",
    "USER_INITIATED": "you left",
    "ERROR": "the skill's answer could not be used",
}
_WORDS_SHOWN = 6


class Kind(Enum):
    """Whose a line is: what is told apart at a glance."""

    YOU = "you"
    COACH = "coach"
    INTENT = "intent"
    NOTE = "note"
    WARNING = "warning"


class Line(NamedTuple):
    """A line, and whose it is."""

    kind: Kind
    text: str


def question(heard: Heard) -> Iterator[Line]:
    """What was said, and what it was taken for."""
    if heard.said:
        when = "" if heard.into_ms is None else f" ({seconds(heard.into_ms)} s in{_after(heard)})"
        yield Line(Kind.YOU, f"You{when}: {heard.said}")
    if heard.touched:
        yield Line(Kind.YOU, f"You touch: {heard.touched}")
    if heard.notice:
        yield Line(Kind.WARNING, f"  {heard.notice}")
    elif heard.match:
        yield Line(Kind.INTENT, f"  -> {meaning(heard.match)}")
    elif heard.request and not heard.ended:
        yield Line(Kind.INTENT, f"  -> {heard.request['type']}")


def speech(heard: Heard) -> Iterator[Line]:
    """What the speaker says to it; when nobody answered, what it asked again."""
    if heard.silent:
        return
    yield from stream(heard)
    if heard.pieces and heard.ended:
        yield Line(Kind.NOTE, f"  ({LISTENING_WINDOW_MS // 1000} seconds pass)")
    if heard.pieces:
        who = "Coach" if heard.response or heard.ended or heard.stream else "Speaker"
        yield Line(Kind.COACH, f"{who}: {readable(heard.pieces)}")


def stream(heard: Heard) -> Iterator[Line]:
    """What becomes of a stream: it begins, goes on, or stops, and where in it."""
    if heard.stream:
        does = "stops" if not heard.pieces else "begins" if heard.stream.begins else "goes on"
        where = f", {seconds(heard.stream.into_ms)} s into it" if heard.stream.into_ms else ""
        yield Line(Kind.NOTE, f"  (a stream {does}{where})")


def outcome(heard: Heard) -> Iterator[Line]:
    """What comes of it, once it is spoken: nothing, while the session goes on."""
    if heard.response and (heard.silent or not heard.pieces):
        yield Line(Kind.NOTE, "  (nothing is said)")
    if heard.fault:
        yield Line(Kind.WARNING, f"  ! {heard.fault}")
    if heard.trace:
        yield Line(Kind.WARNING, heard.trace.rstrip())
    if heard.ended:
        yield Line(Kind.NOTE, f"  (the session has ended: {ENDINGS[heard.ended]})")
    elif heard.response and not heard.session_open and not heard.silent:
        yield Line(Kind.NOTE, "  (the session has ended: the skill closed it)")


def lines(heard: Heard) -> Iterator[str]:
    """All of an exchange, as text."""
    for line in (*question(heard), *speech(heard), *outcome(heard)):
        yield line.text


def meaning(match: Match) -> str:
    """The intent and its slots, and how sure that is: `GoToIntent exercise=pigeon_pose, an exact sample`."""
    filled = [f"{name}={_value(slot)}" for name, slot in match.slots.items() if slot.get("value")]
    if match.intent == FALLBACK:
        return f"{match.intent}, {'an exact sample' if match.exact else 'like nothing that is said to the coach'}"
    sure = "an exact sample" if match.exact else f"a guess, {match.similarity:.0%} likely"
    return f"{' '.join([match.intent, *filled])}, {sure}"


def _value(slot: Json) -> str:
    """The id that a slot's value resolved to, or the value as it was said."""
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", []):
        if authority["status"]["code"] == "ER_SUCCESS_MATCH":
            return str(authority["values"][0]["value"].get("id", slot["value"]))
    return f'"{slot["value"]}"'


def _after(heard: Heard) -> str:
    words = heard.after.split()
    cut = "... " if len(words) > _WORDS_SHOWN else ""
    return f', after "{cut}{" ".join(words[-_WORDS_SHOWN:])}"' if words else ""
