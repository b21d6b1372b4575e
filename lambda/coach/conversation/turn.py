"""One turn, downhill: what was heard, into the table, out as a timeline. Nothing else happens here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.conversation import machine
from coach.conversation.errands import Errand, Reminders
from coach.conversation.events import Event
from coach.conversation.guards import is_offered_in_the_middle
from coach.conversation.leading import left_by
from coach.conversation.moment import Moment
from coach.conversation.outset import Outset
from coach.conversation.questions import asked_for
from coach.conversation.replies import Answer
from coach.conversation.replies.answer import IF_IT_HURTS
from coach.conversation.session import Session, State
from coach.conversation.table import BY_TIME
from coach.persistence import Change, Progress
from coach.planning import Played, Position
from coach.speaking import Mark, Prompt, Spoken, Timeline, lay_out
from coach.speaking.cues import Items, Reel
from coach.speaking.tempo import Lasting
from coach.speaking.timeline import LayOut
from coach.values import replace

REPROMPTS = {
    State.IDLE: Prompt("again_idle"),
    State.BETWEEN: Prompt("again_between"),
    State.PAUSED: Prompt("again_paused"),
    State.FINISHED: Prompt("again_finished"),
    State.OFFERED: Prompt("again_offered"),
    State.RETURNING: Prompt("again_returning"),
    State.RETURNING_LATER: Prompt("again_returning_later"),
    State.CHOOSING: Prompt("again_choosing"),
    State.ASKED_START_OVER: Prompt("again_asked_start_over"),
    State.ASKED_LEAVE_OUT: Prompt("again_asked_leave_out"),
    State.ASKED_KEEP: Prompt("again_asked_keep"),
    State.ASKED_FORGET: Prompt("again_asked_forget"),
    State.ASKED_REMIND: Prompt("again_asked_remind"),
    State.ASKED_REMIND_TIME: Prompt("again_asked_remind_time"),
    State.ASKED_GOAL: Prompt("again_asked_goal"),
    State.ASKED_LAND: Prompt("again_asked_land"),
    State.ASKED_HELP: Prompt("again_asked_help"),
    State.ASKED_RED_FLAGS: Prompt("again_asked_red_flags"),
    State.EMERGENCY: Prompt("again_emergency"),
    State.UNWELL: Prompt("again_unwell"),
    State.ASKED_HURT: Prompt("again_asked_hurt"),
    **dict.fromkeys((State.GETTING_UP, State.GETTING_UP_AGAIN), Prompt("again_getting_up")),
}
"""What is said when nobody answers, by the state in which that will be."""


@dataclass(frozen=True)
class Turn:
    """What comes of a turn: the answer in time, the reprompt if the session stays open, what is to be remembered, and
    the `changes` that were made on the progress. `asks_for` is what a bare answer to its question means, if it has one.
    `played` is the plan of the place as it is played. `stream` plays by itself once the answer has been spoken; where
    one `plays_on`, it is the one that was playing. `calls_off` is set where one was given that is not to begin.
    """

    timeline: Timeline
    reprompt: Prompt | None
    session: Session
    progress: Progress
    changes: tuple[Change, ...]
    forget: bool
    permission: Reminders | None = None
    asks_for: Event | None = None
    played: Played | None = None
    stream: Reel | None = None
    plays_on: bool = False
    calls_off: bool = False


def arrive(moment: Moment) -> Moment:
    """The moment at which a turn begins: where the person is by now."""
    return machine.arrive(moment)


def wanted(moment: Moment) -> Errand | None:
    """The errand of a moment that has arrived, if it has one: what comes of it is then what its turn has heard."""
    return machine.wanted(moment)


def take_turn(moment: Moment, lay_out: LayOut = lay_out) -> Turn:
    """Take the turn of a moment that has arrived. Pure, if `lay_out` is: the same moment gives the same turn."""
    said = machine.step(moment)
    streaming, platform = said.moment.streaming, said.moment.platform
    timeline = lay_out(said.script, said.moment.wording, platform.by_itself() if streaming else platform)
    stream = _by_itself(timeline) if streaming else None
    if streaming and timeline.marks and not stream:
        # Something of it has no clip, or no address: it is told as ever, with somebody there to listen.
        return take_turn(replace(moment, platform=replace(platform, streams_ms=0)), lay_out)
    on_it = said.moment.state is State.COACHING or moment.event is Event.PLAYS
    plays_on = said.moment.plays_on and on_it and not timeline.marks
    after = said.moment.led() if timeline.marks else said.moment
    reprompt = None if stream else _reprompt(said, moment.event, timeline)
    session = replace(
        after.session,
        lasting=_lasting(after, timeline, reprompt),
        left=left_by(moment, after, said.script.opening, timeline),
        led=timeline.led,
        answers=after.session.answers + 1,
        coached=after.session.coached + bool(timeline.marks),
        hurried=moment.event is Event.NEXT and moment.leading,
        warned_ms=_warned_ms(said.script.opening, timeline),
    )
    spoken = Spoken(moment.now_ms, tuple(_with_words(timeline))) if timeline.marks else None
    if stream:
        session = Outset.of(session).later(stream.at).begun(session)
        timeline, spoken = _parted(timeline, stream, moment)
    elif plays_on and said.moment.playing:
        spoken = said.moment.playing.spoken
    # As they were when they spoke up: what was said to them since, and why, is not to be read from it.
    was, then = moment.progress.place, moment.session
    posed = then.posed if was is None or then.state is State.COACHING else was.posed
    # Whoever has another version before them was led out of the one that they were in.
    posed = posed and not (moment.played and after.played and moment.step.variation is not after.step.variation)
    place = after.progress.place and replace(after.progress.place, body=_reached(then), posed=posed)
    progress = replace(after.progress, touched=moment.now_ms // 1000, place=place, spoken=spoken)
    asks_for = asked_for(said.script) if reprompt else None
    return Turn(
        timeline,
        reprompt,
        session,
        progress,
        after.changes,
        said.forget,
        said.permission,
        asks_for,
        after.played,
        stream,
        plays_on,
        calls_off=moment.given and not stream,
    )


def _reached(session: Session) -> str:
    """The position that somebody was in, or getting into; on the way up from the floor the last one down there."""
    leg = session.leg
    on_the_way_up = leg and leg.came_from.down and not (session.body and Position(session.body).down)
    return leg.came_from if leg and on_the_way_up else session.body


def _warned_ms(opening: Items, timeline: Timeline) -> int:
    """When an answer has told what to do when something hurts; 0 where it does not."""
    return timeline.opened[opening.index(IF_IT_HURTS)] if IF_IT_HURTS in opening else 0


def _by_itself(timeline: Timeline) -> Reel | None:
    """The sound of an answer that may be left to play by itself: nothing is said after it."""
    reel = timeline.reel
    return reel if reel and timeline.marks and reel.last == len(timeline.cues) else None


def _parted(timeline: Timeline, stream: Reel, moment: Moment) -> tuple[Timeline, Spoken]:
    """What a speaker says before a stream, and where the steps are in that, by its own clock."""
    before = Timeline(timeline.cues[: stream.first], (), stream.at)
    marks = (
        replace(mark, **{name: max(getattr(mark, name) - stream.at, 0) for name in ("starts", "works", "ends")})
        for mark in timeline.marks
    )
    return before, Spoken(0, tuple(marks), moment.run)


def _with_words(timeline: Timeline) -> Iterator[Mark]:
    """The marks of an answer, with how much of it are words."""
    for mark in timeline.marks:
        before, until = timeline.words_until(mark.works), timeline.words_until(mark.ends)
        yield replace(mark, words_before=before, words_within=until - before)


def _lasting(moment: Moment, timeline: Timeline, reprompt: Prompt | None) -> Lasting:
    """How long an answer is, with its words at the rate of the estimate."""
    words_ms, again_ms = timeline.words_until(timeline.ms), moment.wording(reprompt).ms if reprompt else 0
    estimated = [round(ms * 100 / moment.tempo.percent) for ms in (words_ms, again_ms)]
    return Lasting(moment.now_ms, timeline.ms - words_ms, *estimated)


def _reprompt(said: Answer, event: Event, timeline: Timeline) -> Prompt | None:
    """What is said when nobody answers, once the answer has been heard to its end."""
    if not said.open or event is Event.ENDED:
        return None
    then = timeline.marks[-1].then if timeline.marks else None
    if then == Event.HEARD_OUT_DOWN:
        return Prompt("again_finished_down")
    state = BY_TIME[Event(then)] if then else said.moment.state
    if state is State.EASED:
        return Prompt("again_eased", {"easier": int(said.moment.may_be_easier)})
    if state is State.OFFERED and is_offered_in_the_middle(said.moment):
        return Prompt("again_offered_instead", {"down": int(said.moment.down)})
    return REPROMPTS[state]
