"""What version 2 would have left: what a session carries, and what a store holds, in the form that it had.

Rule: nothing is in it that version 2 did not know: neither whose session it is, nor which turns are in the store.
"""

from __future__ import annotations

import string
from dataclasses import asdict
from typing import Any

from coach.persistence.document import read
from coach.persistence.plans import write_plan
from coach.persistence.progress import Progress
from coach.speaking import Spoken

UNKNOWN = ("applied", "runs", "spoken", "tempos")
"""What it did not keep."""

_LETTERS = string.digits + string.ascii_letters


def session_of_version_2(attributes: dict[str, Any]) -> dict[str, Any]:
    """What a session carried whose changes are all written."""
    session = attributes["session"]
    progress = read(attributes["progress"])
    spoken = progress.spoken or Spoken(0, ())
    marks = [[mark.step, mark.starts, mark.works, mark.ends, mark.done] for mark in spoken.marks]
    return {
        "version": 2,
        "session": {**session, "marks": marks, "sent_ms": spoken.sent_ms},
        "progress": _spelled(progress),
        "revision": attributes["revision"],
        "read": attributes["read"],
        "unsaved": [],
    }


def item_of_version_2(document: dict[str, Any]) -> dict[str, Any]:
    """What a store held."""
    kept = {name: value for name, value in document.items() if name not in UNKNOWN}
    return {**kept, "v": 2, "writes": "7f3a9c01 0be41d22"}


def _spelled(progress: Progress) -> dict[str, Any]:
    codes = sorted({exercise for done in progress.days.values() for exercise in done})
    letter = dict(zip(codes, _LETTERS, strict=False))
    days = {day: "".join(letter[e] * n for e, n in done.items()) for day, done in progress.days.items()}
    place = progress.place and {
        "plan": write_plan(progress.place.plan),
        "step": progress.place.step,
        "done_ms": progress.place.done_ms,
        "done": list(progress.place.done),
    }
    kept = {name: value for name, value in asdict(progress).items() if name not in ("revision", *UNKNOWN)}
    return {**kept, "version": 2, "writes": ["7f3a9c01"], "place": place, "codes": codes, "days": days}
