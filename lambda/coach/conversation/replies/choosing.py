"""What to do: the welcome, the routines, a routine built to a wish, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from coach.conversation.coaching import fetching
from coach.conversation.details import Named, Wanted
from coach.conversation.events import Event
from coach.conversation.ladder import climbing, resting
from coach.conversation.lengths import plan_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, carry_on, coach_from, question, say
from coach.conversation.replies.aside import kept_aside
from coach.conversation.replies.moving import way_out
from coach.conversation.session import State
from coach.conversation.telling import is_away
from coach.persistence import changes
from coach.planning import Plan, Wish, alone, authored, planned
from coach.planning.wish import added, strained
from coach.speaking import Saying
from coach.speaking.cues import Item
from coach.values import replace

NAMED_AT_ONCE = 3
"""How many things are named before "more": as many as a listener keeps in mind."""

NAMED_FIRST = ("full", "quick")
"""The routines that the welcome names, in its order."""

NAMED_IN_AN_OFFER = 5
"""An offer of more exercises than this names the first and the last."""

TOLD_FROM = 0.15
"""Somebody is told of what is off the length they asked for by more than this share of it."""

TIPS_ON_DAYS = 2
"""On so many first days the person is told how to speak up in the middle."""


def welcome(moment: Moment) -> Answer:
    """Nothing is unfinished: which routine shall it be? Whoever is new has just heard what this is. Whoever was
    here a moment ago, and began nothing, is only asked.
    """
    if moment.lately and moment.progress.welcomed:
        return answer(moment, say("here_again"))
    named, full, quick = _named_first(moment)
    which = say("welcome_back", full=full, quick=quick)
    return answer(named, which if moment.progress.welcomed else say("which_first", full=full, quick=quick))


def ask_which(moment: Moment) -> Answer:
    """One short question when it is unclear what is wanted."""
    named, full, quick = _named_first(moment)
    return answer(named, say("which", full=full, quick=quick))


def nothing_running(moment: Moment) -> Answer:
    """A command for a routine, and none is begun. An open question, such as an offer, stays open, and may wait."""
    if moment.state is not State.IDLE:
        waits = moment.event is Event.PAUSE
        return answer(moment, say("take_your_time") if waits else say("nothing_running"), question(moment))
    named, full, quick = _named_first(moment)
    return answer(named, say("nothing_running"), say("which", full=full, quick=quick))


def begin_routine(moment: Moment) -> Answer:
    """An authored routine, from its start; without what rests today."""
    return _begin(moment, *_authored_today(moment))


def _authored_today(moment: Moment) -> tuple[Plan, *tuple[Saying, ...]]:
    """The authored routine that was named, without what rests today, and what is said of that."""
    routine, left_out, rests = moment.heard.of(Wanted).routine, moment.left_out, resting(moment)
    usual = authored(routine, moment.library, left_out)
    today = authored(routine, moment.library, (*left_out, *rests))
    resting_now = tuple(e for e in usual.exercises if e not in today.exercises)
    if not resting_now:
        return (today,)
    return today, say("rests_today", exercises=resting_now, count=len(resting_now))


def begin_exercise(moment: Moment) -> Answer:
    """One exercise alone."""
    return _begin(moment, alone(moment.heard.of(Named).exercise))


def begin_offer(moment: Moment) -> Answer:
    """Yes to the plan that was offered."""
    return _begin(moment, _offered(moment))


def _offered(moment: Moment) -> Plan:
    if moment.session.offer is None:
        raise LookupError("this state has no offer")
    return moment.session.offer


def _begin(moment: Moment, plan: Plan, *rests: Saying) -> Answer:
    """Start a plan: what it is, what to have ready, and into the first exercise."""
    authored_as = moment.library.routines.get(plan.routine)
    plan = plan.with_only({*plan.exercises} - moment.barred)
    if moment.gently or moment.barred:
        plan = plan.all_gentle()
    if not moment.may_lie:
        plan = plan.by_itself()
    kept, waits = kept_aside(moment, plan)
    forgotten = (changes.met_anew(),) if is_away(moment) else ()
    started = kept.doing(*forgotten, changes.begun(plan.routine, moment.day)).beginning(plan)
    minutes = plan_ms(climbing(moment, plan.exercises), plan)
    opening: list[Item] = [*way_out(moment), *waits]
    if not plan.alone:
        opening.append(say("begin", routine=plan.routine, minutes=minutes))
    if moment.no_floor and authored_as and not {*authored_as.exercises}.isdisjoint(moment.barred):
        opening.append(say("without_the_floor"))
    opening += rests
    if moment.progress.total_days < TIPS_ON_DAYS and not moment.session.coached and not moment.streaming:
        opening.append(say("how_to_speak_up"))
    begun = started.with_session(replace(moment.session, coached=0))
    return coach_from(begun, started.start, *opening, fetch=fetching(started))


def offer_plan(moment: Moment) -> Answer:
    """Build what was wished for, say what it is, and ask whether to begin."""
    plan, wanted = _wished(climbing(moment, moment.library.exercises)), moment.heard.of(Wanted).area
    other = (say("offer_other", area=wanted),) if wanted and not plan.area else ()
    reach = out_of_reach(moment, plan_ms(climbing(moment, plan.exercises), plan))
    spared = moment.with_sparing(replace(moment.session.sparing, no_floor=moment.no_floor))
    offered = spared.with_session(replace(spared.session, offer=plan))
    return answer(offered, *way_out(moment), *other, *what_it_is(moment, plan), *reach, say("ask_offered"))


def out_of_reach(moment: Moment, ms: int, alone_in: str = "") -> tuple[Saying, ...]:
    """That there is nothing as long, or as short, as somebody asked for, where it is so long; or nothing of the
    exercise that is all there is of it.
    """
    wanted_ms = moment.heard.of(Wanted).ms
    if not wanted_ms or abs(ms - wanted_ms) <= wanted_ms * TOLD_FROM:
        return ()
    if ms > wanted_ms:
        return (say("shortest"),)
    return (say("longest_alone", exercise=alone_in) if alone_in else say("longest"),)


def offer_named(moment: Moment) -> Answer:
    """What was named, to somebody who is asked first whether to begin."""
    exercise, routine = moment.heard.of(Named).exercise, moment.heard.of(Wanted).routine
    plan, *rests = [alone(exercise)] if exercise else _authored_today(moment)
    named = () if exercise else (say("named_routine", routine=routine),)
    offered = moment.with_session(replace(moment.session, offer=plan))
    return answer(offered, *named, *what_it_is(moment, plan), *rests, say("ask_offered"))


def offer_again(moment: Moment) -> Answer:
    """The plan that was offered, once more."""
    return answer(moment, *what_it_is(moment, _offered(moment)), say("ask_offered"))


def what_it_is(moment: Moment, plan: Plan) -> list[Saying]:
    """How long a plan takes, what is in it, and what is not as usual."""
    moment = climbing(moment, plan.exercises)
    minutes, exercises = plan_ms(moment, plan), moment.library.exercises
    said: list[Saying] = []
    if plan.area:
        said.append(say("offer_area", minutes=minutes, area=plan.area))
    else:
        said.append(say("offer", minutes=minutes, area=plan.area))
    if len(plan.exercises) > NAMED_IN_AN_OFFER:
        first, last = plan.exercises[0], plan.exercises[-1]
        said.append(say("offer_many", count=len(plan.exercises), first=first, last=last))
    else:
        said.append(say("offer_few", exercises=plan.exercises))
    if plan.area and any(plan.area not in exercises[e].areas for e in plan.exercises):
        said.append(say("offer_mixed", area=plan.area))
    if added(plan, moment.library, moment.progress.preferences):
        said.append(say("offer_rounds", count=len(plan.exercises)))
    said += not_as_usual(moment, plan)
    down = {exercises[e].position.down for e in plan.exercises}
    if len(down) == 1:
        said.append(say("all_on_the_floor") if down.pop() else say("nothing_on_the_floor"))
    return said


def not_as_usual(moment: Moment, plan: Plan) -> tuple[Saying, ...]:
    """What is not as usual in a plan that had to be made to fit."""
    by = strained(plan, moment.library, moment.progress.preferences)
    return (say("doses_shorter") if by < 0 else say("doses_longer"),) if by else ()


def list_routines(moment: Moment) -> Answer:
    """The first few routines."""
    return _list(moment, tuple(moment.library.routines))


def list_exercises(moment: Moment) -> Answer:
    """The first few exercises of the routine that was named, or of the one that runs, or of all."""
    routine = moment.heard.of(Wanted).routine
    if routine:
        return _list(moment, moment.library.routines[routine].exercises)
    return _list(moment, moment.exercises or tuple(moment.library.exercises))


def more(moment: Moment) -> Answer:
    """The names that follow those that were named."""
    names = moment.session.names
    whole = next((listed for listed in _lists(moment) if _run(names, listed)), ())
    rest = whole[whole.index(names[-1]) + 1 :] if whole else tuple(moment.library.routines)
    return _list(moment, rest) if rest else carry_on(moment, say("no_more"))


def _lists(moment: Moment) -> Iterable[tuple[str, ...]]:
    """All that can be listed: what runs first, since it is what is meant when two lists share their names."""
    if moment.exercises:
        yield moment.exercises
    yield tuple(moment.library.routines)
    yield from (routine.exercises for routine in moment.library.routines.values())
    yield tuple(moment.library.exercises)


def _run(names: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    """Whether the names stand in the list, one after the other."""
    if not names or names[0] not in listed:
        return False
    first = listed.index(names[0])
    return listed[first : first + len(names)] == names


def _list(moment: Moment, whole: tuple[str, ...]) -> Answer:
    names, more_ = whole[:NAMED_AT_ONCE], int(len(whole) > NAMED_AT_ONCE)
    of_a_routine = moment.heard.of(Wanted).routine or moment.progress.place
    said = say("list", names=names, more=more_)
    if of_a_routine and names[0] not in moment.library.routines:
        said = say("list_exercises", names=names, more=more_)
    listed = moment.with_session(replace(moment.session, names=names))
    if moment.progress.place and moment.state is not State.FINISHED:
        return carry_on(listed, said)
    return answer(listed, said, say("ask_list"))


def _wished(moment: Moment) -> Plan:
    """The plan that suits the words that were heard."""
    heard, preferences = moment.heard.of(Wanted), moment.progress.preferences
    left_out = (*moment.left_out, *resting(moment))
    known = {e: it for e, it in moment.library.exercises.items() if e not in moment.to_be_asked}
    wish = Wish(heard.area, heard.ms, moment.no_floor, left_out=left_out)
    library = replace(moment.library, exercises=known)

    def as_led(plan: Plan) -> Plan:
        # Somebody who does not get down is not led through what takes a body that does.
        return plan.all_gentle() if moment.gently or moment.barred else plan

    return as_led(planned(wish, library, preferences, lambda plan: plan_ms(moment, as_led(plan))))


def _named_first(moment: Moment) -> tuple[Moment, int, int]:
    """The moment with the two routines named that most people want, and how many milliseconds each of them takes."""
    full, quick = (plan_ms(moment, authored(r, moment.library, moment.left_out)) for r in NAMED_FIRST)
    return moment.with_session(replace(moment.session, names=NAMED_FIRST)), full, quick
