"""Where in a routine the coach is at a moment: the exercise, the side, and how much of the work is left.

Rule: read from the session that the skill itself keeps in the session attributes, so that what the screen shows is what
the coach would answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coach.alexa.limits import SPEECH_STARTS_AFTER
from coach.conversation.carried import Carried
from coach.speaking.content import Content
from simulator.envelopes import Json
from simulator.heard import Heard

BAR_MOST = 10
"""Squares of the longest bar."""


@dataclass(frozen=True)
class Whereabouts:
    """What is under way, as its `number` in a routine `of` so many, 0 of what comes before and after exercises. Before
    its work there are `ready_ms`, of the work `left_ms` out of `whole_ms`; after it neither.
    """

    name: str
    number: int
    of: int
    ready_ms: int
    left_ms: int
    whole_ms: int

    def __str__(self) -> str:
        """One line for a person to read: `lying twist, left ■■□□□□ 18 s left | 2 of 4 ■□□□`."""
        if self.ready_ms:
            work = f"{_seconds(self.ready_ms)} s to get ready"
        elif self.left_ms:
            width = min(BAR_MOST, max(3, round(self.whole_ms / 1000)))
            gone = round(width * (1 - self.left_ms / self.whole_ms))
            work = f"{_bar(gone, width)} {_seconds(self.left_ms)} s left"
        else:
            work = "done"
        routine = f" | {self.number} of {self.of} {_bar(self.number - 1, self.of)}" if self.number else ""
        return f"{self.name} {work}{routine}"


def whereabouts(
    attributes: Json, now: datetime, content: Content, begins: datetime | None = None
) -> Whereabouts | None:
    """Where the coach is; None when no exercise is being done. Where it is known when the answer began, as of a voice
    of the speaker's own, the coach is told that and works out nothing.
    """
    carried = Carried.from_attributes(attributes, content.library)
    if not carried:
        return None
    progress, spoken = carried.progress, carried.progress.spoken
    if not progress.place or not spoken:
        return None
    began_ms = spoken.sent_ms + SPEECH_STARTS_AFTER.middle if begins is None else round(begins.timestamp() * 1000)
    elapsed = round(now.timestamp() * 1000) - began_ms
    mark = next((mark for mark in reversed(spoken.marks) if mark.starts <= elapsed), None)
    if mark is None:
        return None
    exercise = mark.step.split(".")[0]
    plan = progress.place.plan.exercises
    return Whereabouts(
        name_of(mark.step, content),
        plan.index(exercise) + 1 if exercise in plan else 0,
        len(plan),
        ready_ms=max(0, mark.works - elapsed),
        left_ms=max(0, mark.ends - max(elapsed, mark.works)),
        whole_ms=mark.done + mark.ends - mark.works,
    )


def leaves_place(heard: Iterable[Heard], content: Content) -> bool:
    """Whether the last answer of an evening leaves a place in a routine to come back to."""
    answers = [one.response for one in heard if one.response]
    carried = Carried.from_attributes(answers[-1].get("sessionAttributes") or {}, content.library) if answers else None
    return bool(carried and carried.progress.place)


def name_of(step: str, content: Content) -> str:
    """What the work of a step is called: the exercise and the side."""
    words, (exercise, _, side) = content.words, step.split(".")
    if exercise in words["around"]:
        return str(words["around"][exercise]["words"]["the"])
    return f"{words['exercises'][exercise]['words']['name']}, {words['sides'][side]}"


def _bar(gone: int, width: int) -> str:
    return "■" * gone + "□" * (width - gone)


def _seconds(ms: int) -> int:
    return -(-ms // 1000)
