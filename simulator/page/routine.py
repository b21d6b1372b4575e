"""The routine as a line of exercises: which are done, which one it is, and how long it takes from here.

Rule: read from what the skill itself keeps in the session, and reckoned as the coach reckons when it is asked for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from coach.alexa.limits import ALEXA
from coach.conversation import Event, Heard, Moment
from coach.conversation.carried import Carried
from coach.conversation.leading import Entry, Lead
from coach.conversation.lengths import ahead_ms
from coach.conversation.session import State
from coach.planning import Played, Step
from coach.speaking import Mark
from coach.speaking.content import Content
from coach.speaking.phrasebook import Phrasebook
from simulator.envelopes import Json


@dataclass(frozen=True)
class Routine:
    """What is being gone through, as it is `played`: the step that comes `now`, the exercises that are `done`, and
    about how many milliseconds there are after the answer. One that is `finished` is still shown.
    """

    played: Played
    now: Step
    done: tuple[str, ...]
    paused: bool
    finished: bool
    after_ms: int


def routine(attributes: Json, marks: Sequence[Mark], content: Content) -> Routine | None:
    """The routine that a session is in, behind an answer with these marks; None outside of one."""
    carried = Carried.from_attributes(attributes, content.library)
    if not carried or not carried.progress.place:
        return None
    moment = _moment(carried, content)
    if not moment.played or moment.played.find(moment.place) is None:
        return None
    state = carried.session.state
    return Routine(
        moment.played,
        moment.step,
        moment.place.done,
        paused=state is State.PAUSED,
        finished=state is State.FINISHED,
        after_ms=0 if state is State.FINISHED else ahead_ms(moment, _after(moment, marks)),
    )


def _after(moment: Moment, marks: Sequence[Mark]) -> Entry:
    """Where the next answer enters the steps."""
    steps = [step.id for step in moment.steps]
    told = [steps.index(mark.step) for mark in marks if mark.step in steps]
    if told:
        return Entry(told[-1] + 1, came_from=moment.steps[told[-1]].position)
    done_ms = moment.place.done_ms
    return Entry(moment.index, done_ms, Lead.AT_ONCE if done_ms else Lead.FRESH)


def _moment(carried: Carried, content: Content) -> Moment:
    progress = carried.progress
    return Moment(
        heard=Heard(Event.TIME_LEFT),
        session=carried.session,
        progress=progress,
        now_ms=progress.touched * 1000,
        day=datetime.fromtimestamp(progress.touched, UTC).date(),
        midnight_ms=0,
        library=content.library,
        wording=Phrasebook(content).wording(pace=progress.preferences.pace),
        platform=ALEXA,
    )
