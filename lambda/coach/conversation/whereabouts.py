"""Where the body is by now: what was spoken since the last request has been done, and is counted.

Rule: a moment is known only from the two requests around it and the marks of the answer between them. What follows a
mark was settled when the answer was made; here it is read.
"""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.coaching import heard_out
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.persistence.changes import met, practised
from coach.planning import PLANNED
from coach.speaking import Mark, locate


def arrived(moment: Moment) -> tuple[Moment, Event | None]:
    """The moment at the place where the person is by now; and what time has brought, if the answer was heard out."""
    moment = _on_known_ground(moment)
    marks = moment.session.marks
    if moment.progress.place is None:
        return moment.with_session(replace(moment.session, marks=())), None
    if not marks or not moment.session.answers:
        return moment, None
    moment = _with_what_follows(moment)
    marks = moment.session.marks
    elapsed_ms = moment.now_ms - moment.session.sent_ms - moment.platform.starts_after_ms
    current, done_ms = locate(marks, elapsed_ms)
    for number, mark in enumerate(marks[: current + 1]):
        moment = _past(moment, mark, done_ms if number == current else None)
    over = not moment.left_ms and marks[current] is marks[-1]
    then = _then(moment, marks[-1]) if over else None
    body = "" if then is Event.HEARD_OUT_LAST else moment.exercise.position
    return moment.with_session(replace(moment.session, marks=(), body=body)), then


def credited(moment: Moment) -> Moment:
    """The moment with its exercise counted for the day: once in a routine, when the work of its last step has begun."""
    place = moment.progress.place
    if place is None or not moment.step.last_of_exercise or not place.done_ms:
        return moment
    return _credited(moment, moment.exercise.id)


def off_the_map(moment: Moment) -> bool:
    """Whether the content has changed since, so that the place is not there any more."""
    place = moment.progress.place
    return place is not None and all(step.id != place.step for step in moment.steps)


def _with_what_follows(moment: Moment) -> Moment:
    """The moment with marks that say what follows, where an earlier version of the coach made them and they do not."""
    if moment.played is None or any(mark.then for mark in moment.session.marks):
        return moment
    marks: list[Mark] = []
    for mark in moment.session.marks:
        at = moment.played.index_of(mark.step)
        if at is None:
            marks.append(mark)
            continue
        step = moment.steps[at]
        meets = step.exercise.id if marks and step.first_of_exercise else ""
        credits_ = step.exercise.id if step.last_of_exercise else ""
        marks.append(replace(mark, meets=meets, credits=credits_, then=heard_out(moment, at)))
    return moment.with_session(replace(moment.session, marks=tuple(marks)))


def _past(moment: Moment, mark: Mark, done_ms: int | None) -> Moment:
    """The moment at a mark that was reached: with so much of its work done, or all of it. A step that the content does
    not have any more is passed over.
    """
    at = moment.played.index_of(mark.step) if moment.played else None
    if at is None:
        return moment
    moment = moment.at(at, done_ms=moment.steps[at].work.ms if done_ms is None else done_ms)
    if mark.meets:
        moment = moment.doing(met(mark.meets))
    return _credited(moment, mark.credits) if mark.credits and not moment.left_ms else moment


def _credited(moment: Moment, exercise: str) -> Moment:
    place = moment.place
    if exercise in place.done:
        return moment
    counted = moment.doing(practised(exercise, moment.day))
    return counted.placed(replace(place, done=(*place.done, exercise)))


def _then(moment: Moment, mark: Mark) -> Event:
    """What follows the last mark. Content may have changed since: a plan ends where it ends now."""
    if moment.last:
        return Event.HEARD_OUT_LAST
    return Event.HEARD_OUT if mark.then in ("", Event.HEARD_OUT_LAST) else Event(mark.then)


def _on_known_ground(moment: Moment) -> Moment:
    """A place that the content no longer has becomes the nearest that it has, or none; its routine one's own."""
    place = moment.progress.place
    if place is None or moment.played is None:
        return moment
    index = moment.played.find(place)
    if index is None:
        return moment.with_session(replace(moment.session, marks=())).placed(None)
    if place.plan.routine not in moment.library.routines:
        place = replace(place, plan=replace(place.plan, routine=PLANNED))
        moment = moment.placed(place)
    return moment if moment.steps[index].id == place.step else moment.at(index)
