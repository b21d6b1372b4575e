"""One turn, downhill: what was heard, into the table, out as a timeline. Nothing else happens here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach import machine
from coach.cues import Prompt, Timeline
from coach.errand import Errand, Reminders
from coach.progress import Progress
from coach.scene import Scene
from coach.score import lay_out
from coach.session import Event, Session
from coach.settling import waiting


@dataclass(frozen=True)
class Turn:
    """What comes of a turn: the answer in time, the reprompt if the session stays open, and what is to be
    remembered. A turn with an `errand` is not spoken: it is taken once more, with what came of the errand.
    """

    timeline: Timeline
    reprompt: Prompt | None
    session: Session
    progress: Progress
    forget: bool
    errand: Errand | None = None
    permission: Reminders | None = None


def take_turn(scene: Scene) -> Turn:
    """Take one turn. Pure: the same scene gives the same turn."""
    answer = machine.step(scene)
    timeline = lay_out(answer.script, answer.scene.wording)
    session = replace(
        answer.scene.session,
        marks=timeline.marks,
        sent_ms=scene.now_ms,
        answers=answer.scene.session.answers + 1,
        coached=answer.scene.session.coached + bool(timeline.marks),
    )
    open_ = answer.open and scene.heard.event is not Event.ENDED
    reprompt = Prompt(f"again_{waiting(answer.scene, timeline)}") if open_ else None
    progress = replace(answer.scene.progress, touched=scene.now_ms // 1000)
    return Turn(timeline, reprompt, session, progress, answer.forget, answer.errand, answer.permission)
