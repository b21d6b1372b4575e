"""The conversation, one step at a time: where it is by now, what was meant, and the row of the table for it.

How a turn goes: `arrive` finds where the person is by now and what time has brought, `guard` turns an event that
depends on the place into one that says so (NEXT on the last step *is* NEXT_AT_END), the table has the row, the reply
says it and changes what it changes.

Rule: all that decides a next state is in the table, here, and in the guards.
"""

from __future__ import annotations

from collections.abc import Set

from coach.conversation.coaching import way_up
from coach.conversation.errands import Errand
from coach.conversation.events import Event
from coach.conversation.guards import OF_WHAT_IS_MEANT, guard, possible
from coach.conversation.ladder import noted
from coach.conversation.leading import led_out, rests_on
from coach.conversation.moment import Moment, Storage
from coach.conversation.questions import ASKED_FOR, passes_over
from coach.conversation.replies import Answer
from coach.conversation.replies.answer import prelude, question
from coach.conversation.replies.instead import without
from coach.conversation.replies.moving import has_care_to_hear
from coach.conversation.rows import Next, rest
from coach.conversation.session import State
from coach.conversation.table import AT_REST, BY_TIME, RESTS, errand, may_have_errand, row
from coach.conversation.unwritten import SAID_WITHOUT, clause, is_urgent, with_clause
from coach.conversation.whereabouts import LAST_WORDS_MS, arrived, credited, off_the_map
from coach.persistence import changes
from coach.speaking import Prompt, Script
from coach.speaking.cues import lasting_ms, rest_of
from coach.values import replace

COMES_BACK = frozenset({Event.LAUNCH, Event.RESUME, Event.YES, Event.START, Event.ENDED})
"""What somebody says who comes back to a routine: it was interrupted, even if it may still be heard somewhere."""

GOES_ON_WITHOUT = frozenset({Event.NEXT, Event.YES, Event.RESUME, Event.BEGIN})
"""What goes on in a routine, and can do so with the rest of it."""

REPLANS = (State.PAUSED, State.BETWEEN)
"""Where a routine is gone on with at once."""

GOES_ON = frozenset({Event.NEXT_AT_END, Event.SKIP_AT_END})
"""What somebody says who has heard enough of the way up, if that is what they hear."""

QUESTIONS_AT_THE_END = frozenset({"ask_finished", "finished_ask", "which_number", *ASKED_FOR})
"""What is asked once a routine is over, behind the way up: after a question of its own no answer asks anything else."""

LEADS_ON = frozenset({Event.NEXT, Event.NEXT_AT_END})
"""Going on from the middle of a work says that it is done."""


def arrive(moment: Moment) -> Moment:
    """The moment where the person is by now, and in the state that time has brought."""
    here, then = arrived(replace(moment, strayed=off_the_map(moment)))
    if here.playing and (here.event is Event.START or here.event not in COMES_BACK):
        # Whoever begins something else in its middle is led out of this first.
        return here.in_state(State.COACHING)
    if then and (here.session.answers or here.plays):
        return here.in_state(BY_TIME[then])
    if here.progress.place is None or (here.session.answers and here.state is not State.IDLE):
        # A state that the place does not allow, for content may have changed since, or the session: it rests.
        return here if rest(here) in RESTS[here.state] else rested(here)
    if moment.progress.spoken and not then and here.event not in COMES_BACK and not here.session.answers:
        # A session that begins in the middle of what is being spoken: the work goes on.
        return here.in_state(State.COACHING)
    # Another new one, or one that met the place of another speaker: a routine of which no exercise is left is over, if
    # not just now, and any other rests where it was left.
    return rested(here) if here.to_come or here.just_now else here.placed(None).in_state(State.IDLE)


def step(arrived_: Moment) -> Answer:
    """One turn of the conversation, from where `arrive` says it is: the answer, and the moment after it with its state.
    Never raises for any event.
    """
    moment = meant(arrived_)
    following, reply = row(moment.state, rest(moment), moment.event)
    moment = noted(credited(moment) if moment.event in LEADS_ON else moment)
    said = reply(moment)
    after = _unannounced(moment, _passed(moment, _followed(said.moment, following)))
    after = _out_of_the_pose(moment, after, said.script)
    if moment.event is not Event.NONSENSE:
        after = after.with_session(replace(after.session, missed=0))
    said = replace(said, moment=after)
    told = clause(moment, said)
    script = _led_up(moment, with_clause(_led_out(moment, said), told), said)
    if said.forget or moment.event is Event.STOP or is_urgent(moment):
        # It must be answered at once, even when a person is new and has not heard what this is.
        return replace(said, script=script, moment=after)
    if not script.passages:
        script = replace(script, opening=(*prelude(after), *script.opening))
    return replace(said, script=script, moment=_introduced(after, excused=told is not None))


def meant(arrived_: Moment) -> Moment:
    """The moment with what was meant. A question that is passed over for the second time is open no more: without it
    the same words may mean something else.
    """
    moment = _spared(arrived_, guard(arrived_))
    if moment.session.passed and passes_over(moment.state, moment.event):
        let_go = rested(moment)
        return _spared(let_go, guard(let_go) if let_go.event in OF_WHAT_IS_MEANT else let_go)
    return moment


def wanted(arrived_: Moment) -> Errand | None:
    """What is to be done outside before the step is taken, which then hears what came of it."""
    return errand(guard(arrived_)) if may_have_errand(arrived_) else None


def rested(moment: Moment) -> Moment:
    """The moment in the state in which a conversation with its place rests."""
    return moment.in_state(rest(moment))


def _spared(arrived_: Moment, moment: Moment) -> Moment:
    """The moment with what leads into something that is out for this session, whatever that was, led past it. Where it
    is in the middle of that, the rest is gone on with; and where there is no rest, it is taken for asking for it.
    """
    if not moment.barred or not _leads_into(moment.barred, moment):
        return moment
    left = possible(moment) if moment.progress.place else ()
    if {*left} - {moment.exercise.id if left else ""}:
        past = guard(without(arrived_, moment.barred))
        if not _leads_into(moment.barred, past):
            return past
    goes_on = moment.event in GOES_ON_WITHOUT and moment.state in REPLANS and left
    return moment.meaning(Event.REPLAN if goes_on else Event.BARRED)


def _leads_into(exercises: Set[str], moment: Moment) -> bool:
    """Whether what was meant has one of some exercises coached."""
    _, reply = row(moment.state, rest(moment), moment.event)
    said = reply(moment)
    played = said.moment.played
    steps = [played.step(passage.step) for passage in said.script.passages] if played else []
    return any(step is not None and step.exercise.id in exercises for step in steps)


def _unannounced(before: Moment, after: Moment) -> Moment:
    """The moment after a turn. Whoever does not go on now, and had not heard what comes, with what it is to be done
    with care for, is told of it as new.
    """
    if before.progress.place is None:
        return after
    unheard = (before.waiting_ms or has_care_to_hear(before)) and not before.place.done_ms and not rests_on(before)
    if unheard and after.state is not State.COACHING:
        return after.with_session(replace(after.session, coached=0))
    return after


def _out_of_the_pose(before: Moment, after: Moment, script: Script) -> Moment:
    """The moment after a turn: nobody is in a pose whose way out was told in it, nor in the one of a step to come."""
    was, now = before.progress.place, after.progress.place
    stays = was is not None and now is not None and was.step == now.step
    out = led_out(before, before.step) if stays else ()
    posed = before.session.posed and stays and not (out and out[-1] in script.opening)
    return after.with_session(replace(after.session, posed=posed))


def _led_out(moment: Moment, said: Answer) -> Script:
    """The script with what is left of the way out of a pose, for whoever spoke up on it: before they are to wait, or
    are asked something, and wherever it is not told already.
    """
    script, out = said.script, moment.leaving
    if not out or not said.open or script.passages or out[-1] in script.opening or moment.event in SAID_WITHOUT:
        return script
    return replace(script, opening=(*out, *script.opening))


def _led_up(moment: Moment, script: Script, said: Answer) -> Script:
    """The script with what is left of the way up from the floor, for whoever spoke up on it, or before it: behind what
    they are told, and before what is asked; nobody is led up twice. Whoever asked to go on from its second half has
    heard enough of it; whoever was asked something on it, and has answered, hears all of it.
    """
    asked = moment.state is not State.FINISHED and rest(moment) is State.FINISHED
    if said.moment.state is not State.FINISHED or not said.open or not (moment.untold_ms or asked):
        return script
    if not moment.body or not moment.down or not said.moment.down:
        return script
    whole, told = (way_up(one, moment.body, moment.session.leg) for one in (said.moment, moment))
    if whole and whole[-1] in script.opening:
        return script
    whole_ms = lasting_ms(way_up(moment, moment.step.position), moment.wording)
    rest_ms = whole_ms if asked else moment.untold_ms - LAST_WORDS_MS
    if rest_ms < whole_ms // 2 and moment.event in GOES_ON:
        return script
    # What is not needed of it any more, as for want of a chair, is not made up for.
    rest_ms -= lasting_ms(told, moment.wording) - lasting_ms(whole, moment.wording)
    up, (*first, last) = rest_of(whole, rest_ms, moment.wording), script.opening
    asks = isinstance(last, Prompt) and last.name in QUESTIONS_AT_THE_END
    return replace(script, opening=(*first, *up, last) if asks else (*script.opening, *up, question(said.moment)))


def _followed(moment: Moment, following: State | Next) -> Moment:
    match following:
        case Next.SAME:
            return moment
        case Next.REST:
            return rested(moment)
        case State.IDLE:
            return moment.placed(None).in_state(State.IDLE)
        case state:
            return moment.in_state(state)


def _passed(before: Moment, after: Moment) -> Moment:
    """The moment after a turn, with how often the question was passed over that is still open."""
    again = before.session.passed + passes_over(before.state, before.event)
    passed = again if after.state is before.state and after.state not in AT_REST else 0
    return after.with_session(replace(after.session, passed=passed))


def _introduced(moment: Moment, *, excused: bool) -> Moment:
    """The moment once all has been said that is said before anything else, and what has to be said of the store."""
    if not moment.progress.welcomed:
        moment = moment.doing(changes.welcomed())
    excused = moment.storage is not Storage.KEPT and (
        excused or moment.session.excused or moment.storage is Storage.UNREAD
    )
    return replace(moment, strayed=False).with_session(replace(moment.session, excused=excused))
