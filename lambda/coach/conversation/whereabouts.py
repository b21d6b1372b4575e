"""Where the body is by now: what was spoken since the last request has been done, and is counted.

Rule: a moment is known only from the two requests around it and the marks of the answer between them. What was heard
is judged by when the person began to speak, what was held by when the request came. What follows a mark was settled
when the answer was made; here it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import hypot

from coach.conversation.coaching import heard_out, way_home
from coach.conversation.details import Ending
from coach.conversation.events import Event
from coach.conversation.ladder import done_whole
from coach.conversation.leading import led_out, set_up_ms, step_left
from coach.conversation.listening import AT_AN_END
from coach.conversation.moment import IN_THE_POSE_MS, Moment
from coach.conversation.session import State
from coach.conversation.stream import Playing, settled
from coach.conversation.telling import way_ms
from coach.conversation.transfers import halt, in_position, under_way, way_to
from coach.persistence.changes import met, practised
from coach.planning import PLANNED, Hold, Position
from coach.speaking import Mark, locate
from coach.speaking.cues import Items, lasting_ms, rest_of
from coach.speaking.tempo import MISJUDGED, SIGMAS, WHOLE_SECONDS_MS
from coach.values import replace

STOPS_THE_CLOCK = frozenset({Event.PAUSE, Event.PAIN, Event.NONSENSE})
"""What makes a person wait with what is left of a hold."""

AT_THE_END = (Event.HEARD_OUT_LAST, Event.HEARD_OUT_DOWN)
"""What time brings at the end of a plan: the way up from the floor was told, or is to come."""

STILL_HELD_MOST_MS = 15_000
"""So much of a hold that may be over is given again at most: half of the half minute that it is told to."""

HELD_AGAIN_LEAST_MS = 2_000
"""Nobody is led back into a pose for less; but whom it hurts may be in it."""

STILL_THERE_MS = 300_000
"""Who was on the floor so long ago, and comes back to a routine, is taken for somebody who is there still. A stretch of
some minutes is lain out, and the kettle, the door or a call gets anybody up. Whoever did stay longer hears a way down
that they need not take; whoever is up, and does not hear it, has to find their own.
"""

NAMED_MS = 4_000
"""So long is the name of a step that is told once more, which whoever is in its pose may hear."""

CLIPS_STRAY = 5
"""The clips of a voice make a set-up longer than its estimate by one part in so many at most."""

LAST_MOVE_MS = 4_000
"""Whoever is in the last move of a way is as good as there."""

LAST_WORDS_MS = 6_000
"""The last words of a routine, once the way up from the floor is told."""

STANDING_MS = 8_000
"""So long before them whoever was led up stands, and waits until their head is clear."""


def arrived(moment: Moment) -> tuple[Moment, Event | None]:
    """The moment at the place where the person is by now; and what time has brought, if the answer was heard out."""
    moment = _on_known_ground(moment)
    spoken = moment.progress.spoken
    if moment.progress.place is None or spoken is None:
        if moment.session.lasting:
            moment = replace(moment, leaving=_leaving(moment, _since_ms(moment, moment.session.lasting.sent_ms)[1]))
        if moment.state in (State.GETTING_UP, State.GETTING_UP_AGAIN):
            return replace(moment, untold_ms=_still_told_ms(moment)), None
        ended = moment.state is State.FINISHED and moment.progress.place is not None
        return _silent(_at_home(moment) if ended else _where_left(moment)), None
    marks = _with_what_follows(moment, spoken.marks)
    held_ms, heard_ms = _since_ms(moment, spoken.sent_ms)
    heard_ms = held_ms if moment.event is Event.ENDED else heard_ms
    error_ms = _error_ms(moment, marks, held_ms)
    spoke_ms = heard_ms
    moment = replace(moment, unwarned=heard_ms < moment.session.warned_ms)
    if _is_heard_out(moment, marks[-1], held_ms, error_ms) or moment.heard.of(Ending).in_silence:
        held_ms = heard_ms = max(held_ms, marks[-1].ends)
    elif moment.event in STOPS_THE_CLOCK:
        back_ms = _still_held_ms(moment, marks[-1], held_ms, error_ms)
        held_ms, heard_ms = held_ms - back_ms, heard_ms - back_ms
    if marks[-1].then == Event.HEARD_OUT_BEFORE:
        here, then = _before_its_step(replace(moment, error_ms=error_ms), marks[-1], heard_ms)
        return _by_now(_silent(here), spoken.sent_ms + marks[-1].ends), then
    current, counted = locate(marks, heard_ms)
    holding, held = locate(marks, held_ms)
    for mark in marks[:current]:
        moment = _past(moment, mark, spoken.sent_ms)
    moment = _past(moment, marks[current], spoken.sent_ms, held if holding == current else None, counted)
    over = not moment.left_ms and marks[current] is marks[-1]
    then = _then(moment, marks[-1]) if over else None
    untold_ms, waiting_ms = _to_hear_ms(moment, marks[current], heard_ms)
    was_posed = current == 0 and moment.session.posed
    posed = moment.left_ms > 0 and (was_posed or _may_be_posed(moment, marks, current, heard_ms, error_ms))
    out_ms = _out_ms(moment, marks, current, spoke_ms)
    leaving = _leaving(moment, heard_ms) or (() if moment.left_ms else _still_leaving(moment, out_ms))
    moment = replace(moment, error_ms=0 if over else error_ms, untold_ms=untold_ms, waiting_ms=waiting_ms)
    moment = replace(moment, leaving=leaving)
    moment = moment.with_session(replace(moment.session, posed=posed and not leaving))
    if not waiting_ms or then in AT_THE_END:
        moment = _on_the_way(moment, marks, current, heard_ms)
    if moment.plays and then not in AT_THE_END:
        met_, over_ = not moment.place.unmet, not moment.left_ms
        done = settled(replace(spoken, marks=marks), current, met=met_, over=over_)
        moment = replace(moment, playing=Playing(done, moment.place, moment.played))
    moment = _silent(moment)
    if then is Event.HEARD_OUT_DOWN:
        moment = replace(moment, untold_ms=_home_ms(moment))
    elif then is Event.HEARD_OUT_LAST:
        out_of_it_ms = lasting_ms(led_out(moment, moment.step), moment.wording)
        moment = _at_home(moment, _out_ms(moment, marks, len(marks) - 1, heard_ms) - out_of_it_ms)
    return _by_now(moment, spoken.sent_ms + marks[-1].ends), then


def _before_its_step(moment: Moment, mark: Mark, heard_ms: int) -> tuple[Moment, Event | None]:
    """The moment of whoever speaks up in an answer that ends before its step, or once it was asked whether they are
    ready for it: as far on the way as they heard. All of the answer comes before the name of the step.
    """
    at = moment.played.index_of(mark.step) if moment.played else None
    moment = moment.at(moment.index if at is None else at)
    untold_ms, there = max(mark.ends - heard_ms, 0), halt(moment.body, moment.session.leg, moment.step.position)
    led = next(iter(moment.session.led), None)
    moment = replace(moment, untold_ms=untold_ms, waiting_ms=untold_ms, leaving=_leaving(moment, heard_ms))
    if led and led.ends_ms:
        moment = under_way(moment, there, (led.begins_ms, led.ends_ms), heard_ms)
    elif not led and there.down and mark.starts < mark.works and untold_ms <= LAST_MOVE_MS:
        # In a session that begins in the middle of it there is no more than its mark.
        moment = in_position(moment, there)
    if untold_ms:
        return moment, None
    return moment.with_session(replace(moment.session, coached=0)), Event.HEARD_OUT_BEFORE


def _by_now(moment: Moment, over_ms: int) -> Moment:
    """The moment of whoever comes back so late, after an answer whose last work was over then, that nobody can be taken
    to lie there still: it ended unheard of, as by a cut cable, or its player was paused. They are up.
    """
    if moment.session.answers or moment.plays or moment.now_ms - over_ms <= STILL_THERE_MS:
        return moment
    return in_position(replace(moment, leaving=()), "")


def _since_ms(moment: Moment, sent_ms: int) -> tuple[int, int]:
    """How long after the first sound of an answer the next request came, and the person began to speak."""
    if moment.into_ms is not None:
        return moment.into_ms, moment.into_ms
    since_ms = moment.now_ms - sent_ms - moment.platform.starts_after.middle
    return since_ms, since_ms - moment.platform.speaking_up.middle


def _still_told_ms(moment: Moment) -> int:
    """How much of the last answer of this session was not told yet when somebody spoke up; 0 or less for nothing."""
    lasting = moment.session.lasting
    if lasting is None:
        return 0
    _, heard_ms = _since_ms(moment, lasting.sent_ms)
    return round(lasting.over_ms(moment.tempo) - (lasting.sent_ms + heard_ms))


def _at_home(moment: Moment, after_ms: int = 0) -> Moment:
    """The moment after the end of a routine, or so many milliseconds after the way out of its last work: with how much
    of the way home is not told yet. Once it is, the person is upright, or lies where the routine has them rest.
    """
    untold_ms = _still_told_ms(moment) if moment.session.lasting else _home_ms(moment) - after_ms
    body = moment.body
    if body and not moment.down:
        return moment
    if body and untold_ms > LAST_WORDS_MS + STANDING_MS:
        up_ms, upright = lasting_ms(way_to(moment, Position.STANDING), moment.wording), Position.STANDING
        moment = replace(moment, untold_ms=untold_ms)
        return under_way(moment, upright, (0, up_ms), up_ms + LAST_WORDS_MS - untold_ms)
    routine = moment.library.routines.get(moment.place.plan.routine)
    rests = bool(routine and routine.rests and moment.step.position.down)
    return in_position(moment, Position.LYING if rests else "")


def _home_ms(moment: Moment) -> int:
    """How long the way home takes to be told, with the last words."""
    return lasting_ms(way_home(moment, moment.step), moment.wording) + LAST_WORDS_MS


def _where_left(moment: Moment) -> Moment:
    """The moment of a session that follows soon on another one: who was on the floor there is where they were still,
    and who waits a moment later is so in the pose that they may have been in, and on their chair.
    """
    place = moment.progress.place
    if moment.session.answers or place is None or moment.now_ms - place.worked * 1000 > STILL_THERE_MS:
        return moment
    posed = moment.left_ms > 0 and place.posed and moment.just_now
    moment = moment.with_session(replace(moment.session, posed=posed))
    if not place.body or not (Position(place.body).down or (place.done_ms and moment.just_now)):
        return moment
    if not (moment.last and not moment.left_ms):
        return in_position(moment, place.body)
    # At the end nobody stays on the floor for long.
    return in_position(replace(moment, untold_ms=_home_ms(moment)), place.body) if moment.just_now else moment


def credited(moment: Moment) -> Moment:
    """The moment with its exercise counted for the day: once in a routine, when the work of its last step has begun."""
    place = moment.progress.place
    if place is None or not moment.step.credits or not place.done_ms:
        return moment
    return _credited(moment, moment.step.credits, moment.day)


def off_the_map(moment: Moment) -> bool:
    """Whether the content has changed since, so that the place is not there any more."""
    place, played = moment.progress.place, moment.played
    return place is not None and played is not None and played.index_of(place.step) is None


def _silent(moment: Moment) -> Moment:
    """The moment with nothing being spoken."""
    return moment.with_progress(replace(moment.progress, spoken=None)) if moment.progress.spoken else moment


def _to_hear_ms(moment: Moment, mark: Mark, heard_ms: int) -> tuple[int, int]:
    """How much was not heard yet of what leads into a step, or back into it; and how long it was until its name.
    Whoever has heard the name before, or is told no more than the word on which a clock starts, waits for neither, and
    is led nowhere by an answer that is spoken first; but before a further set they rest meanwhile.
    """
    leads_in = mark.starts < mark.works or heard_ms < mark.starts
    step, in_short = moment.step, mark.works - mark.starts <= IN_THE_POSE_MS
    further_set = step.first_side and not step.first_of_exercise
    known = in_short or (moment.session.announced and not further_set)
    led = known and not (step.is_around or moment.place.done_ms)
    from_ms = max(heard_ms, mark.starts) if led else heard_ms
    return max(mark.works - from_ms, 0) if leads_in else 0, max(mark.starts - from_ms, 0)


def _out_ms(moment: Moment, marks: Sequence[Mark], current: int, heard_ms: int) -> int:
    """How much was heard since the work of a step was over, with the way out of it as long as it is estimated to be,
    where it is known how long the voice took for that.
    """
    led, over_ms = moment.session.led, heard_ms - marks[current].ends
    told_ms = led[current].out_ms - marks[current].ends if current < len(led) else 0
    if over_ms <= 0 or told_ms <= 0:
        return over_ms
    estimated_ms = lasting_ms(led_out(moment, moment.step), moment.wording)
    return over_ms * estimated_ms // told_ms if over_ms < told_ms else over_ms - told_ms + estimated_ms


def _still_leaving(moment: Moment, over_ms: int) -> Items:
    """What was not heard yet of the way out of a step, so long after its work was over: nothing in its last move."""
    out = led_out(moment, moment.step)
    left_ms = lasting_ms(out, moment.wording) - over_ms
    return rest_of(out, left_ms, moment.wording) if left_ms > LAST_MOVE_MS else ()


def _leaving(moment: Moment, heard_ms: int) -> Items:
    """The same of the step that the answer led out of itself, with so much of it heard."""
    left, step = moment.session.left, step_left(moment)
    to_come = sum(1 for told_ms in left.told if heard_ms < told_ms) if left else 0
    if left is None or step is None or not to_come:
        return ()
    out = led_out(moment, step)
    return out if left.over else out[-to_come:]


def _on_the_way(moment: Moment, marks: Sequence[Mark], current: int, heard_ms: int) -> Moment:
    """The moment of whoever speaks up in a step of an answer: as far on the way into its position as they heard."""
    there, led = moment.step.position, moment.session.led
    if current < len(led):
        came = in_position(moment, moment.steps[moment.index - 1].position) if current else moment
        return under_way(came, there, (led[current].begins_ms, led[current].ends_ms), heard_ms)
    on_it = not current and _is_on_the_way(moment, marks[current], heard_ms)
    return moment if on_it else in_position(moment, there)


def _is_on_the_way(moment: Moment, mark: Mark, heard_ms: int) -> bool:
    """Whether the person is still getting into the position of the step, in a session that begins in the middle of the
    answer, and has only its marks. Its name and the words of care come before the way there, and behind that the
    moves of its own set-up.
    """
    way = way_ms(moment, moment.body, moment.step.position)
    if not way or heard_ms >= mark.works:
        return False
    there_ms = mark.works - set_up_ms(moment, moment.step) - LAST_MOVE_MS
    return heard_ms < max(mark.starts + way, there_ms)


def _may_be_posed(moment: Moment, marks: Sequence[Mark], current: int, heard_ms: int, error_ms: int) -> bool:
    """Whether the first of the moves that load the pose of a step may have been heard. A session that begins in the
    middle of an answer, and has only its marks, knows neither when they were told nor whether the person was in the
    pose before: the first move of all counts then, and the name, by which it may have been told once more.
    """
    led = moment.session.led
    if current < len(led):
        return heard_ms + error_ms >= led[current].loads_ms
    moves_ms = set_up_ms(moment, moment.step)
    doubt_ms = NAMED_MS + (error_ms if moment.into_ms is None else moves_ms // CLIPS_STRAY)
    return heard_ms + doubt_ms >= marks[current].works - moves_ms


def _is_heard_out(moment: Moment, last: Mark, held_ms: int, error_ms: int) -> bool:
    """Whether somebody has heard an answer to its end, as far as that may be, who says what makes next to no sense
    before it. In the first half of its last work a yes, a no or a "ready" is taken for no answer to what was not asked
    yet, however little is known of the speaker: it would cost them the rest. Only "next" asks for what comes behind it.
    """
    work_ms = last.ends - last.works
    most_ms = work_ms // 2 if work_ms and moment.event is not Event.NEXT else error_ms
    return moment.event in AT_AN_END and held_ms + min(error_ms, most_ms) >= last.ends


def _still_held_ms(moment: Moment, last: Mark, held_ms: int, error_ms: int) -> int:
    """How far to go back from a moment at which the last hold of an answer is taken for over, and may not be: half way
    to where it may be at the earliest, so that nobody who waits in it loses the rest.
    """
    at = moment.played.index_of(last.step) if moment.played else None
    over_ms = held_ms - last.ends
    if at is None or not isinstance(moment.steps[at].work, Hold) or over_ms < 0 or error_ms <= over_ms:
        return 0
    again_ms = min((error_ms - over_ms) // 2, (last.ends - last.works) // 2, STILL_HELD_MOST_MS)
    worth_it = again_ms >= HELD_AGAIN_LEAST_MS or moment.event is Event.PAIN
    return over_ms + again_ms if worth_it else 0


def _error_ms(moment: Moment, marks: Sequence[Mark], at_ms: int) -> int:
    """How far the moment of an answer may be from the one that was worked out: in 19 of 20 it is no further."""
    if moment.into_ms is not None:
        return 0
    mark = marks[locate(marks, at_ms)[0]]
    before = mark.words_before * min(at_ms / mark.works, 1) if mark.works else 0
    within = mark.words_within * min(max(at_ms - mark.works, 0) / max(mark.ends - mark.works, 1), 1)
    voice_ms = (before + within) * hypot(moment.tempo.spread / moment.tempo.percent, MISJUDGED)
    return round(SIGMAS * hypot(voice_ms, moment.platform.starts_after.spread, WHOLE_SECONDS_MS))


def _with_what_follows(moment: Moment, spoken: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Marks that say what follows, where an earlier version of the coach made them and they do not."""
    if moment.played is None or any(mark.then for mark in spoken):
        return spoken
    marks: list[Mark] = []
    for mark in spoken:
        at = moment.played.index_of(mark.step)
        if at is None:
            marks.append(mark)
            continue
        step = moment.steps[at]
        meets = step.meets if marks else ""
        marks.append(replace(mark, meets=meets, credits=step.credits, then=heard_out(moment, at)))
    return tuple(marks)


def _past(
    moment: Moment, mark: Mark, sent_ms: int, held_ms: int | None = None, counted_ms: int | None = None
) -> Moment:
    """The moment at a mark that was reached: with so much of a hold done, or so much of what is counted; all of it
    where nothing is given. A step that the content does not have any more is passed over.
    """
    at = moment.played.index_of(mark.step) if moment.played else None
    if at is None:
        return moment
    work = moment.steps[at].work
    done_ms = held_ms if isinstance(work, Hold) else counted_ms
    # To its end it is done, although somebody may have made it longer since.
    if done_ms is None or done_ms >= mark.done + mark.ends - mark.works:
        done_ms = work.ms
    elif moment.place.step == mark.step:
        # A breath or a repetition that was begun is counted anew, and whoever began it is in position still.
        done_ms = max(done_ms, moment.place.done_ms)
    moment = moment.at(at, done_ms=done_ms)
    known = moment.library.exercises
    if mark.meets:
        moment = _meeting(moment, begun=counted_ms is None or counted_ms > mark.done)
    if mark.credits not in known or moment.left_ms:
        return moment
    # It counts for the day on which its answer was begun, whenever that is noticed.
    day = moment.day_of(sent_ms)
    return done_whole(_credited(moment, mark.credits, day), known[mark.credits], day)


def _meeting(moment: Moment, *, begun: bool) -> Moment:
    """The moment with an exercise met whose work has `begun` to be heard, or else still to be met."""
    moment = moment.doing(met(moment.step.met_as)) if begun else moment
    return moment.placed(replace(moment.place, unmet=not begun))


def _credited(moment: Moment, exercise: str, day: date) -> Moment:
    place = moment.place
    if exercise in place.done:
        return moment
    counted = moment.doing(practised(place.run, exercise, day))
    return counted.placed(replace(place, done=(*place.done, exercise)))


def _then(moment: Moment, mark: Mark) -> Event:
    """What follows the last mark. Content may have changed since: a plan ends where it ends now."""
    if moment.last:
        return Event.HEARD_OUT_DOWN if mark.then == Event.HEARD_OUT_DOWN else Event.HEARD_OUT_LAST
    return Event.HEARD_OUT if mark.then in ("", *AT_THE_END) else Event(mark.then)


def _on_known_ground(moment: Moment) -> Moment:
    """A place that the content no longer has becomes the nearest that it has, or none; its routine one's own."""
    place = moment.progress.place
    if place is None or moment.played is None:
        return moment
    index = moment.played.find(place)
    if index is None:
        return moment.placed(None)
    if place.plan.routine not in moment.library.routines:
        place = replace(place, plan=replace(place.plan, routine=PLANNED))
        moment = moment.placed(place)
    return moment if moment.steps[index].id == place.step else moment.at(index)
