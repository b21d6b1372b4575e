"""Events that depend on the place, the content or the names in it, turned into events that say so.

Rule: NEXT on the last step *is* NEXT_AT_END. After the guard, the table needs nothing but the state and the event.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from coach.conversation.details import Count, Daily, Length, Named, Wanted, When
from coach.conversation.events import Event, Heard
from coach.conversation.leading import is_before_further_set, resting_ms
from coach.conversation.moment import A_DAY_MS, Moment, Storage
from coach.conversation.naming import resolved
from coach.conversation.session import IN_TROUBLE, State
from coach.conversation.short_words import by_the_moment
from coach.persistence.progress import GOAL_MOST
from coach.planning import Reps, Variation
from coach.planning.alike import nearest_like
from coach.planning.conditions import GENTLEST
from coach.values import replace

SKIPS_BEFORE_ASKING = 1
"""An exercise that was skipped so often before is offered to be left out."""

STEPS = frozenset(
    {
        *(Event.NEXT, Event.SKIP, Event.PREVIOUS, Event.SWITCH_SIDE, Event.EASIER, Event.DEEPER, Event.MORE_TIME),
        *(Event.LESS_TIME, Event.SLOWER, Event.FASTER, Event.LONGER_HOLDS, Event.SHORTER_HOLDS, Event.LEAVE_OUT),
        *(Event.ALREADY_DONE, Event.SWAP, Event.MORE_SETS),
    }
)
"""What goes on from where the person is: taken twice, it would go twice as far."""

OWN = frozenset(
    {
        *(Event.LOG, Event.WEEKLY_GOAL, Event.SLOWER, Event.FASTER, Event.NORMAL_PACE, Event.HANDS_FREE),
        *(Event.STEP_BY_STEP, Event.EXERCISE_BY_EXERCISE, Event.LONGER_HOLDS, Event.SHORTER_HOLDS, Event.USUAL_HOLDS),
        *(Event.EASIER, Event.DEEPER, Event.LEAVE_OUT, Event.BRING_BACK, Event.REST_DAY, Event.PROGRESS),
        *(Event.GO_EASY, Event.USUAL_DOSES, Event.TOO_SOON, Event.CHIMES, Event.NO_CHIMES),
        *(Event.LESS_TALK, Event.USUAL_TALK, Event.HOLD_FOR, Event.MORE_SETS, Event.DELETE_EVERYTHING),
        *(Event.FORGET_ME, Event.START, Event.ONE_EXERCISE, Event.NO_FLOOR),
    }
)
"""What is somebody's own: what is kept of them, or a routine that takes the place of theirs. Nobody else of the
household does it for them in the middle of their session; anybody may say "pause", "next", or that something hurts.
"""

QUESTIONS_OF_ONES_OWN = (State.ASKED_FORGET, State.ASKED_KEEP, State.ASKED_LEAVE_OUT)
"""Questions that only the person whose session it is says yes to."""

OPEN_TO_MORE = frozenset(
    {
        *(State.PAUSED, State.BETWEEN, State.CHOOSING, State.ASKED_START_OVER),
        *(State.ASKED_FORGET, State.ASKED_REMIND, State.ASKED_REMIND_TIME, State.ASKED_GOAL),
    }
)
"""Where whoever says "next" means the routine, whatever is being asked."""

GOES_ON: Mapping[Event, Set[State]] = {
    Event.LAUNCH: frozenset(State),
    **dict.fromkeys((Event.RESUME, Event.START_UNCLEAR), OPEN_TO_MORE),
    Event.NEXT: OPEN_TO_MORE,
    **dict.fromkeys(
        (Event.YES, Event.REPEAT, Event.PAUSE, Event.BREAK, Event.TIME_LEFT), frozenset({State.PAUSED, State.BETWEEN})
    ),
    Event.NO: frozenset({State.ASKED_START_OVER}),
}
"""What is about the very second of the place, and in which states. Elsewhere it answers the question that is open."""

AGAIN_MS = 5_000
"""Whoever says the same again so soon has not changed their mind."""

BEGINS_THE_OFFER = frozenset({Event.YES, Event.READY, Event.NEXT, Event.RESUME, Event.START_UNCLEAR})
"""What is yes to a routine that is offered."""

BEGINS_A_ROUTINE = frozenset({Event.START, Event.ONE_EXERCISE, Event.GO_TO, Event.NO_FLOOR})
"""What begins a routine where nothing is on the go."""

BEGINS_NOTHING = frozenset(
    {
        Event.LAUNCH,
        *(Event.NEXT, Event.YES, Event.READY, Event.NO, Event.NOT_READY, Event.RESUME, Event.START_UNCLEAR),
        *(Event.REPEAT, Event.HELP, Event.NO_CHAIR, Event.NONSENSE),
    }
)
"""What means nothing by itself to somebody who has nothing on the go."""

OF_THE_STEP = frozenset({Event.MORE_SETS, Event.CHECK})
"""What is about the step that runs, or was just done."""

OF_WHAT_IS_MEANT = frozenset(
    {
        *(Event.MORE_TIME, Event.LESS_TIME, Event.HOLD_FOR, Event.SWAP),
        *(Event.EXPLAIN, Event.WHY, Event.SAFE, Event.LEAVE_OUT),
    }
)
"""What is about the coming step between two, and else about the one that runs, where no exercise is named."""

LADDER_ENDS: Mapping[Event, tuple[Variation, Event, Event]] = {
    Event.EASIER: (Variation.EASIER, Event.EASIEST_ALREADY, Event.EASIER_NEXT_TIME),
    Event.DEEPER: (Variation.DEEPER, Event.DEEPEST_ALREADY, Event.DEEPER_NEXT_TIME),
}
"""Where there is nothing further on, and what it is then; and what it is once the work is done."""


def guard(moment: Moment) -> Moment:
    """The moment with an event that says what the place, the content and the names in it make of what was heard."""
    moment = moment.meaning(by_the_moment(moment))
    if moment.playing and moment.event is Event.STOP:
        # The word for an end is the first that comes to somebody whom it hurts: they are asked.
        moment = moment.meaning(Event.PAUSE)
    elif moment.event is Event.PAUSE and _has_nothing_to_stop(moment):
        moment = moment.meaning(Event.STOP)
    heard = resolved(moment)
    if (moment.repeated or moment.unheard) and heard.event in STEPS:
        heard = heard.meaning(Event.REPEAT)
    moment = replace(moment, heard=heard)
    if moment.stranger and (heard.event in OWN or (heard.event is Event.YES and moment.state in QUESTIONS_OF_ONES_OWN)):
        return moment.meaning(Event.NOT_YOURS)
    if moment.state is State.UNWELL and heard.event in (Event.YES, Event.HELP) and not moment.down:
        # Help is needed, and not for getting up.
        return moment.meaning(Event.EMERGENCY)
    if moment.state is State.ASKED_HELP and heard.event is Event.NONSENSE and moment.session.missed:
        # Whoever may have fallen, and is not understood twice, is taken for somebody who needs help.
        return moment.meaning(Event.CANNOT_GET_UP)
    if is_barred(moment):
        return moment.meaning(Event.BARRED)
    if moment.state is State.ASKED_FORGET and heard.event is Event.DELETE_EVERYTHING:
        return moment if moment.storage is Storage.KEPT else moment.meaning(Event.CANNOT_FORGET)
    if _takes_up(moment):
        return moment.meaning(_take_up(moment))
    if so_soon := _back_so_soon(moment):
        return moment.meaning(so_soon)
    if moment.progress.place is None:
        return moment.meaning(Event.ALL_BARRED if _bars_all(moment) else _without_place(heard))
    if moment.state is State.EASED and heard.event in (Event.NEXT, Event.SKIP):
        # Whoever was hurt by an exercise does not go on with it, nor with its other side.
        unfinished = moment.left_ms or not moment.step.last_of_exercise
        moment = moment.meaning(Event.SKIP if unfinished else Event.NEXT)
    meant = moment.at(moment.index + 1) if _is_about_what_comes(moment) else moment
    event = _with_place(meant)
    # Where there is nothing to swap, nobody goes anywhere.
    return (moment if event in (Event.NOTHING_TO_SWAP, Event.NOT_AN_EXERCISE) else meant).meaning(event)


def _hurries_on(moment: Moment) -> bool:
    """Whether somebody goes on once more as a stream begins that they hurried to, and wants what comes behind it."""
    if not moment.playing or not moment.session.hurried:
        return False
    at_once = moment.unwarned or (moment.into_ms or 0) <= AGAIN_MS
    return at_once and not (moment.unnamed and moment.steps[-1].exercise is moment.exercise)


def _back_so_soon(moment: Moment) -> Event | None:
    """What it is when somebody begins who was here some minutes ago, and has nothing on the go any more: they may be
    back for help. Whoever broke a routine of today off is asked for that first, whatever they want to begin.
    """
    progress = moment.progress
    if moment.state is not State.IDLE or not (moment.lately and progress.welcomed and progress.place is None):
        return None
    broke_off_today = progress.last is not None and progress.last[0] == moment.day.isoformat()
    if broke_off_today and moment.event in BEGINS_NOTHING | BEGINS_A_ROUTINE:
        return Event.MAY_NEED_HELP
    return Event.LAUNCH if moment.event in BEGINS_NOTHING else None


def _has_nothing_to_stop(moment: Moment) -> bool:
    """Whether a session begins with nothing on the go, on a device with a player: outside of one, "stop" reaches its
    skill as a pause.
    """
    begins = moment.platform.streams_ms > 0 and not (moment.session.answers or moment.plays)
    return begins and (moment.progress.place is None or not moment.to_come)


def possible(moment: Moment) -> tuple[str, ...]:
    """The exercises ahead that can still be done where the person is now, and as they are."""
    barred = moment.barred
    return tuple(e for e in moment.to_come if e not in barred)


def is_barred(moment: Moment) -> bool:
    """Whether what is asked for has nothing in it but what is out for this session."""
    barred, library = moment.barred, moment.library
    if not (barred or moment.gently) or moment.state in IN_TROUBLE:
        return False
    offer, wanted = moment.session.offer, moment.heard.of(Wanted)
    if moment.state is State.OFFERED and offer and moment.event in BEGINS_THE_OFFER:
        return barred.issuperset(offer.exercises)
    if _takes_up(moment):
        return moment.aside is not None and moment.aside.exercise in barred
    match moment.event:
        case Event.ONE_EXERCISE | Event.GO_TO:
            return moment.heard.of(Named).exercise in barred
        case Event.START if wanted.routine:
            left_out = moment.left_out
            return all(e in left_out for e in library.routines[wanted.routine].exercises)
        case Event.START | Event.NO_FLOOR:
            return barred.issuperset(library.exercises)
        case Event.DEEPER:
            asked_first = moment.gently and not moment.session.sparing.pains
            return asked_first and moment.progress.place is not None and moment.state is not State.OFFERED
        case _:
            return False


def _bars_all(moment: Moment) -> bool:
    """Whether a condition is named with which nothing at all is to be done, by somebody who is in no trouble."""
    named = moment.event is Event.CONDITION and moment.state not in IN_TROUBLE
    return named and moment.to_be_asked.issuperset(moment.library.exercises)


def alike(moment: Moment) -> str:
    """The exercise that can stand for the one that is meant, empty for none."""
    left_out = (*moment.left_out, *too_much(moment))
    return nearest_like(moment.exercise.id, moment.place.plan, moment.library, left_out)


def too_much(moment: Moment) -> tuple[str, ...]:
    """The exercises that come into no gentle plan, while one runs."""
    gentle = moment.place.plan.gentle
    return tuple(e for e in moment.library.exercises if e not in GENTLEST) if gentle else ()


def _takes_up(moment: Moment) -> bool:
    """Whether the routine that waits is meant: by its name, or by "resume" where nothing else is on the go."""
    wanted, waits = moment.heard.of(Wanted).routine, moment.progress.aside
    if waits is None or moment.aside is None:
        return False
    if moment.event is Event.START:
        return wanted != "" and wanted == waits.plan.routine
    over = moment.progress.place is None or (moment.last and not moment.left_ms)
    return moment.event is Event.RESUME and over and moment.state is not State.OFFERED


def _take_up(moment: Moment) -> Event:
    later = moment.aside is not None and moment.is_of_another_day(moment.aside)
    return Event.TAKE_UP_LATER if later else Event.TAKE_UP


def _without_place(heard: Heard) -> Event:
    named, wanted, when = heard.of(Named), heard.of(Wanted), heard.of(When)
    match heard.event:
        case Event.REMIND if not (heard.of(Daily).times or heard.of(Daily).wait):
            return Event.REMIND_UNCLEAR
        case Event.WEEKLY_GOAL if not 1 <= heard.of(Count).number <= GOAL_MOST:
            return Event.GOAL_UNCLEAR
        case Event.START if not wanted.routine:
            return Event.START_PLANNED if wanted.ms or wanted.area else Event.START_UNCLEAR
        case Event.GO_TO if named.number and not named.exercise and not named.unknown:
            return Event.NO_SUCH_NUMBER
        case Event.GO_TO | Event.ONE_EXERCISE if not named.exercise:
            return Event.GO_TO_UNKNOWN
        case Event.REST_DAY if when.day or when.ms >= A_DAY_MS:
            return Event.TIME_OFF
        case Event.REST_DAY if when.ms:
            return Event.PAUSE
        case Event.BREAK if not heard.of(Length).ms:
            return Event.PAUSE
        case event:
            return event


def _with_place(moment: Moment) -> Event:
    here, last_exercise = moment.exercise, moment.steps[-1].exercise is moment.exercise
    over = moment.last and not moment.left_ms
    match moment.event:
        case _ if moment.of_another_day and moment.state in GOES_ON.get(_without_place(moment.heard), ()):
            return Event.COME_BACK_LATER
        case Event.LAUNCH if moment.state is State.FINISHED and moment.down:
            # They were to be led up.
            return Event.REPEAT
        case Event.LAUNCH:
            return Event.COME_BACK
        case Event.YES if moment.state is State.PAUSED and not moment.session.answers:
            return Event.COME_BACK
        case Event.NO if moment.state is State.ASKED_START_OVER and moment.last and not moment.left_ms:
            # Not from the beginning, so on from here: and here is the end.
            return Event.RESUME
        case Event.NO | Event.RESUME if is_offered_in_the_middle(moment):
            return Event.OFFER_DECLINED
        case Event.CONDITION if moment.to_be_asked.intersection(moment.to_come):
            return _condition_ahead(moment)
        case Event.START | Event.NO_FLOOR if _wants_the_rest_changed(moment) and possible(moment):
            return Event.REPLAN
        case Event.NEXT if _broken_off(moment):
            return Event.COME_BACK
        case Event.NEXT if moment.leading and moment.state is State.COACHING and not _hurries_on(moment):
            return Event.BEGIN
        case Event.NEXT if moment.untaught or _waits_before_it(moment):
            return Event.RESUME
        case Event.SWITCH_SIDE if moment.untaught:
            return Event.RESUME
        case Event.REPEAT if moment.untaught:
            return Event.NOT_READY
        case Event.NEXT if moment.last:
            return Event.NEXT_AT_END
        case Event.SKIP if moment.heard.of(Named).exercise not in ("", here.id):
            return Event.SKIP_AHEAD
        case Event.SKIP | Event.ALREADY_DONE if here.is_around:
            return Event.NEXT_AT_END if moment.last else Event.NEXT
        case _ if _is_asked_of_what_is_none(moment):
            return Event.NOT_AN_EXERCISE
        case Event.SKIP if last_exercise:
            return Event.SKIP_AT_END
        case Event.ALREADY_DONE if last_exercise:
            return Event.ALREADY_DONE_LAST
        case Event.SWAP if not over and not alike(moment):
            return Event.NOTHING_TO_SWAP
        case Event.SKIP if moment.progress.skipped.get(here.id, 0) >= SKIPS_BEFORE_ASKING:
            return Event.SKIP_AGAIN
        case Event.PREVIOUS if moment.number <= 1 and moment.step.first_of_exercise:
            return Event.PREVIOUS_AT_START
        case Event.START_OVER if len(moment.place.done) <= 1:
            return Event.START_OVER_AT_ONCE
        case Event.SWITCH_SIDE if len(moment.practised.exercise.sides) == 1:
            return Event.NO_OTHER_SIDE
        case Event.HOLD_FOR if over:
            return Event.HOLD_FOR
        case Event.MORE_TIME if asks_for_rest(moment):
            if moment.state is State.COACHING:
                return Event.MORE_TIME
            return Event.BREAK if moment.heard.of(Length).ms else Event.PAUSE
        case Event.MORE_TIME | Event.LESS_TIME | Event.HOLD_FOR if _is_counted_only(moment):
            return Event.NOT_A_HOLD
        case Event.EASIER | Event.DEEPER:
            return _on_the_ladder(moment)
        case Event.LEAVE_OUT if _means_this_one(moment) and moment.state is not State.FINISHED:
            return Event.LEAVE_OUT_LAST if last_exercise else Event.LEAVE_OUT_THIS
        case _:
            plain = _without_place(moment.heard)
            resting = moment.state in (State.PAUSED, State.BETWEEN) and moment.session.coached
            return Event.RESUME if plain is Event.START_UNCLEAR and resting else plain


def is_offered_in_the_middle(moment: Moment) -> bool:
    """Whether something else is offered in the middle of a routine that can be gone on with, if it is not wanted.
    Whoever asked for no floor may do so where they are.
    """
    if moment.state is not State.OFFERED or moment.progress.place is None:
        return False
    in_its_middle = moment.session.coached > 0 and bool(moment.to_come)
    # Nobody who stands is led down to a floor that is out.
    out = moment.to_be_asked if moment.down else moment.barred
    return in_its_middle and moment.ahead.exercise.id not in out


def _broken_off(moment: Moment) -> bool:
    """Whether a session begins with a "next" where the last one was broken off in the middle of a work: nobody knows
    why, and it may have hurt. By a player it is a key, and nobody can be asked.
    """
    begins = moment.state is State.PAUSED and not (moment.session.answers or moment.platform.streams_ms)
    return begins and moment.left_ms > 0 and moment.place.done_ms > 0


def _waits_before_it(moment: Moment) -> bool:
    """Whether somebody waits who was stopped on the way into an exercise of which they have done nothing."""
    return moment.state is State.PAUSED and moment.step.first_of_exercise and not moment.in_it


def _condition_ahead(moment: Moment) -> Event:
    """What a condition makes of a routine in which something is to be left out: nobody is led on into that."""
    hurt = moment.state in (State.EASED, State.ASKED_LAND)
    if hurt or not possible(moment):
        return Event.ALL_BARRED
    aside = moment.state in (State.OFFERED, State.CHOOSING)
    begun = moment.session.coached > 0 or moment.state is State.COACHING
    halfway = not moment.left_ms and moment.exercise.id in moment.to_be_asked.intersection(moment.to_come)
    return Event.BARRED_AHEAD if halfway or (begun and not aside) else Event.CONDITION


def _is_asked_of_what_is_none(moment: Moment) -> bool:
    """Whether something that only an exercise has was asked of a warm-up, or of a landing."""
    if moment.event in LADDER_ENDS or moment.event is Event.SWITCH_SIDE:
        return moment.practised.is_around
    if moment.event in OF_THE_STEP:
        return moment.step.is_around
    return moment.event in OF_WHAT_IS_MEANT and moment.meant.is_around and not moment.heard.of(Named).exercise


def _wants_the_rest_changed(moment: Moment) -> bool:
    """In the middle of a routine, a length or a place without a floor is meant for the rest of it."""
    wanted = moment.heard.of(Wanted)
    for_a_while = wanted.ms > 0 and not wanted.routine and not wanted.area
    return moment.session.coached > 0 and (wanted.floor_is_out or for_a_while)


def _is_about_what_comes(moment: Moment) -> bool:
    """Whether a skip, or an exercise to be left out, is the one that comes next and not the one that is done."""
    if moment.left_ms or moment.last:
        return False
    coming, named = moment.steps[moment.index + 1].exercise.id, moment.heard.of(Named).exercise
    match moment.event:
        case Event.SKIP | Event.LEAVE_OUT if named:
            return named == coming
        case Event.SKIP | Event.LEAVE_OUT | Event.ALREADY_DONE | Event.SWAP:
            return moment.state not in (State.COACHING, State.EASED)
        case _:
            return False


def asks_for_rest(moment: Moment) -> bool:
    """Whether more time is meant for the rest before a set, in it or where it is to come, and not for the set."""
    length = moment.heard.of(Length)
    if moment.event is not Event.MORE_TIME or (length.number and not length.ms):
        return False
    if moment.state is State.BETWEEN:
        return is_before_further_set(moment.ahead)
    return moment.state is State.COACHING and resting_ms(moment) > 0


def _is_counted_only(moment: Moment) -> bool:
    """Whether time was asked of what has a count and no seconds."""
    asks_for_count = moment.event is not Event.HOLD_FOR and moment.heard.of(Length).number
    return isinstance(moment.subject.work, Reps) and not asks_for_count


def _means_this_one(moment: Moment) -> bool:
    """Whether what is to be left out is the exercise that runs; between two it is not the one that is done."""
    is_done = moment.state not in (State.COACHING, State.EASED) and not (moment.left_ms or moment.last)
    return moment.heard.of(Named).exercise in ("", moment.exercise.id) and not is_done


def _on_the_ladder(moment: Moment) -> Event:
    end, already, next_time = LADDER_ENDS[moment.event]
    # Whom something has hurt goes no deeper in that session.
    if moment.practised.variation is end or (moment.event is Event.DEEPER and moment.session.sparing.pains):
        return already
    return moment.event if moment.left_ms and moment.practised is moment.step else next_time
