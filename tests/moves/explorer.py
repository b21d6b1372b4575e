"""Everything that a conversation can get to, found by trying: whatever can be said, at every moment that differs.

It begins with somebody who is new and has said nothing. Each turn is taken as the coach takes it; whatever comes of it
is arrived at again a little later: at once, in the lead-in, in the work of each side, between the sides, after the
answer's end, in a new session, and on another day. A conversation that is of a kind that is known is not gone on with.

Rule: nothing is set by hand. The coach is asked, and what it says is taken down; the tests hold the table against it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from typing import Any

from coach.conversation import Event, Heard, Moment, Session, State, Storage, Turn, arrive, take_turn, wanted
from coach.conversation.details import Named
from coach.conversation.guards import STEPS
from coach.conversation.machine import meant
from coach.conversation.rows import rest
from coach.conversation.short_words import ASKING_MS, LED_UP, PAINS_BEFORE_LANDING
from coach.conversation.table import AT_REST, BY_TIME, RESTS, TABLE, errand
from coach.persistence import Progress
from coach.planning import Position
from coach.speaking import Mark
from tests.moves.sayings import A_DAY_MS, BY_PLACE, HEARD, TODAY, outcomes
from tests.moves.small_world import LIBRARY, SPEAKER, EvenWords

Move = tuple[State, Event, State]
A_WHILE_MS, A_MOMENT_MS = 600_000, 10_000

ON_THEIR_KNEES_MS = 24_000
"""So long after the end of its last work somebody in the small world is half way up."""

SAYS_NOTHING_OF_ITS_TIME, STOPS_THE_CLOCK = Heard(Event.WHERE), Heard(Event.PAIN)
"""Where somebody is who says the first is read from the clock alone. What stops it, or answers it, has its own say."""

ASKS_THE_STORE = frozenset({Event.STOP, Event.YES, Event.FORGET_ME, Event.DELETE_EVERYTHING})
"""What is answered otherwise when the store does not answer."""


@dataclass
class Seen:
    """What an exploration has seen: `moves` from state to state, `rows` as the state that has the row and its event,
    `rests` as a state and where it may rest, the states in which a session `begins`, and the `faults` with the way to
    the first of each. `kinds` and `steps` say how much was tried.
    """

    moves: set[Move] = field(default_factory=set)
    rows: set[tuple[State, Event]] = field(default_factory=set)
    rests: set[tuple[State, State]] = field(default_factory=set)
    begins: set[State] = field(default_factory=set)
    unanswered: set[tuple[State, State, Event]] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)
    kinds: int = 0
    steps: int = 0


class Explorer:
    """Explores once. A conversation is of a new kind if something about it was not seen before in its state and at such
    a place: with a `width` of 1 any one thing, with 2 any two things together, and so on.
    """

    def __init__(self, width: int = 1) -> None:
        self.seen = Seen()
        self._width = width
        self._known: set[object] = set()
        self._waiting: deque[tuple[Moment, Moment, tuple[str, ...]]] = deque()

    def explore(self) -> Seen:
        """Go on until nothing new comes of anything."""
        self._leave(_moment(Session(), Progress(), 0), open_=False, way=())
        while self._waiting:
            coming, here, way = self._waiting.popleft()
            self.seen.kinds += 1
            coached, passed = here.session.coached > 0, here.session.passed
            kind = _skipped(here), _waits(here), passed, coached, _meant(here), _getting_up(here)
            little = self._is_new(("said", *_where(here), *kind))
            for heard in HEARD if little else BY_PLACE:
                moment = arrive(replace(coming, heard=heard))
                self._take(moment, way)
                for other in self._otherwise(moment):
                    self._take(other, way)
        return self.seen

    def _otherwise(self, moment: Moment) -> Iterator[Moment]:
        """The same with a store that does not answer, as a request that comes twice, or from somebody who was told to
        ask a professional first: tried once in each state.
        """
        if moment.event in STEPS and self._is_new(("twice", moment.state, rest(moment), moment.event)):
            yield replace(moment, repeated=True)
        if moment.event in ASKS_THE_STORE and self._is_new(("away", moment.state, rest(moment), moment.event)):
            yield replace(moment, storage=Storage.UNREAD)
            yield replace(moment, storage=Storage.UNWRITTEN)
        named = moment.event is Event.GO_TO and moment.heard.of(Named).exercise
        if named and self._is_new(("barred", moment.state, rest(moment), moment.session.passed)):
            yield moment.with_sparing(replace(moment.session.sparing, barred=tuple(LIBRARY.exercises)))

    def _take(self, moment: Moment, way: tuple[str, ...]) -> None:
        """One turn, and all that may come of its errand."""
        self.seen.steps += 1
        way = (*way, _told(moment))
        wants = wanted(moment)
        if wants:
            for outcome in outcomes(wants):
                self._take(replace(moment, heard=outcome), way)
            return
        understood, before = meant(moment), rest(moment)
        if errand(understood):
            self._fault(f"{moment.state}, {moment.event}: what is to be done outside is not", way)
        try:
            turn = take_turn(moment)
        except Exception as error:
            self._fault(f"{moment.state} over {before}, {understood.event}: raises {type(error).__name__}", way)
            return
        self._note_row(understood.state, rest(understood), understood.event)
        self.seen.moves.add((moment.state, understood.event, turn.session.state))
        after = _moment(turn.session, Progress() if turn.forget else turn.progress, moment.now_ms)
        faults = [*_faults(moment, understood.event, turn, after)]
        for fault in faults:
            self._fault(f"{moment.state} over {before}, {understood.event}: {fault}", way)
        if not faults:
            self._leave(after, open_=turn.reprompt is not None, way=way)

    def _note_row(self, state: State, resting: State, event: Event) -> None:
        if event in TABLE[state]:
            self.seen.rows.add((state, event))
        elif event in TABLE[resting]:
            self.seen.rows.add((resting, event))
        else:
            self.seen.unanswered.add((state, resting, event))

    def _leave(self, after: Moment, *, open_: bool, way: tuple[str, ...]) -> None:
        """Come back to a conversation at every moment that differs, and go on where it is of a new kind."""
        marks = _marks(after)
        if not self._is_new_kind(after, open_, tuple((mark.step, mark.then) for mark in marks)):
            return
        for moment in _later(after, open_=open_):
            here = arrive(moment)
            told = (*way, f"{(moment.now_ms - after.now_ms) / 1000:g} s later")
            if not moment.session.answers:
                self.seen.begins.add(here.state)
            elif marks:
                self._note_time(moment, here, told)
            self.seen.rests.add((here.state, rest(here)))
            in_doubt = arrive(replace(moment, heard=STOPS_THE_CLOCK)).state is not here.state
            if self._is_new_kind(here, in_doubt):
                self._waiting.append((moment, here, told))

    def _note_time(self, moment: Moment, here: Moment, way: tuple[str, ...]) -> None:
        """Time moves a conversation if, and only if, the answer was heard to its end, and to where its end says."""
        last = _marks(moment)[-1]
        elapsed_ms = moment.now_ms - _sent_ms(moment) - SPEAKER.starts_after.middle
        waits = last.works < last.ends or last.then == Event.HEARD_OUT_BEFORE
        heard_out = elapsed_ms >= (last.ends if waits else last.starts)
        expected = BY_TIME[Event(last.then)] if heard_out else State.COACHING
        if here.state is not expected:
            self._fault(f"time brings {here.state}, and not {expected}", way)
        if heard_out:
            self.seen.moves.add((moment.state, Event(last.then), here.state))

    def _is_new_kind(self, moment: Moment, *more: object) -> bool:
        where, what = _where(moment), [*enumerate(_what(moment))]
        kinds = {(*where, *more, *some) for some in combinations(what, self._width)}
        new = not kinds <= self._known
        self._known |= kinds
        return new

    def _is_new(self, kind: object) -> bool:
        new = kind not in self._known
        self._known.add(kind)
        return new

    def _fault(self, fault: str, way: Collection[str]) -> None:
        self.seen.faults.setdefault(fault, " > ".join(way))


def _moment(session: Session, progress: Progress, now_ms: int) -> Moment:
    day = TODAY + timedelta(days=now_ms // A_DAY_MS)
    midnight_ms = now_ms // A_DAY_MS * A_DAY_MS
    return Moment(SAYS_NOTHING_OF_ITS_TIME, session, progress, now_ms, day, midnight_ms, LIBRARY, EvenWords(), SPEAKER)


def _later(after: Moment, *, open_: bool) -> Iterator[Moment]:
    """The same conversation at every moment that differs: while it is open, in a new session, and on another day."""
    marks, begins = _marks(after), after.now_ms + SPEAKER.starts_after.middle
    into = {0, *(at for m in marks for at in (m.starts + 1, (m.works + m.ends) // 2, m.ends))}
    if marks:
        into |= {marks[-1].ends + A_WHILE_MS, marks[-1].ends + ON_THEIR_KNEES_MS}
    if after.state in LED_UP and after.session.lasting:
        # All the moves were told.
        into.add(round(after.session.lasting.silence_ms + after.session.lasting.words_ms) + A_MOMENT_MS)
    if open_:
        yield from (replace(after, now_ms=begins + at) for at in sorted(into))
    new = replace(after, session=Session(), now_ms=begins + A_WHILE_MS)
    yield new
    if after.progress.place is None:
        yield replace(new, now_ms=begins + A_MOMENT_MS)
    tomorrow: Any = {"day": new.day + timedelta(days=1), "midnight_ms": new.midnight_ms + A_DAY_MS}
    yield replace(new, now_ms=new.now_ms + A_DAY_MS, **tomorrow)


def _where(moment: Moment) -> tuple[object, ...]:
    """What tells two kinds of conversations apart in any case: the state, and without a question how much is left."""
    resting = rest(moment)
    if resting is State.IDLE:
        return moment.state, resting
    if moment.state not in (*AT_REST, State.COACHING):
        return moment.state, resting, moment.of_another_day
    at_the_end = moment.last, _last_exercise(moment), moment.step.is_around
    return moment.state, resting, moment.of_another_day, bool(moment.place.done_ms), *at_the_end


def _what(moment: Moment) -> tuple[object, ...]:
    """What else tells two kinds apart, each by itself or together with others."""
    session, progress = moment.session, moment.progress
    names, begins, waits = min(len(session.names), 2), (bool(session.answers), session.coached > 0), _waits(moment)
    if progress.place is None:
        down = moment.state is State.UNWELL and moment.body is not None and moment.body.down
        told = moment.state in LED_UP and moment.untold_ms <= ASKING_MS
        return names, begins, waits, session.passed, down, told, (moment.lately, progress.last is not None)
    here, place, step = moment.exercise.id, moment.place, moment.step
    following = next(iter(moment.to_come[1 if moment.left_ms else 0 :]), "")
    skipped, some_done = _skipped(moment), len(place.done) > 1
    changed = (
        min(session.changed, 3),
        not step.is_around and bool(place.plan.dose_of(here).ms),
        skipped,
        some_done,
        step.last_of_exercise,
    )
    coaching = moment.state is State.COACHING
    return (
        names,
        begins,
        _meant(moment),
        _getting_up(moment),
        (waits, skipped, some_done, _last_exercise(moment)),
        (waits, coaching and min(session.changed, 3)),
        (here, session.passed, _meant(moment)),
        (here, session.passed, some_done),
        (step.variation, skipped, some_done, session.passed),
        (skipped, progress.preferences.variations.get(following)),
        (moment.last, _last_exercise(moment)),
        (min(session.sparing.pains, PAINS_BEFORE_LANDING), session.sparing.joint_hurt),
        (min(session.changed, 3), session.sparing.joint_hurt),
        session.sparing.pains >= PAINS_BEFORE_LANDING and (waits, skipped, some_done, min(session.changed, 3)),
        (step.first_of_exercise, moment.index == 0),
        (skipped, min(len(progress.skipped), 2), some_done),
        (skipped, _last_exercise(moment), following, following in progress.skipped),
        coaching and (changed, _next(moment), len(moment.exercises)),
        coaching and progress.preferences.mode,
    )


def _marks(moment: Moment) -> tuple[Mark, ...]:
    return moment.progress.spoken.marks if moment.progress.spoken else ()


def _sent_ms(moment: Moment) -> int:
    return moment.progress.spoken.sent_ms if moment.progress.spoken else 0


def _skipped(moment: Moment) -> bool:
    return moment.progress.place is not None and moment.exercise.id in moment.progress.skipped


def _waits(moment: Moment) -> bool | None:
    """Whether the routine that waits is of another day; None where none waits."""
    return moment.is_of_another_day(moment.aside) if moment.aside else None


def _meant(moment: Moment) -> object:
    """Of what kind the work is that a person means who names nothing, and whether they are in what goes around it."""
    if moment.progress.place is None:
        return None
    behind = moment.step.is_around and moment.number > 0
    return moment.step.is_around, behind, moment.meant.is_around, type(moment.meant.work)


def _getting_up(moment: Moment) -> object:
    """Whether somebody on the floor at the end of a routine has to hear yet how they get up, and is on their knees."""
    if moment.progress.place is None or rest(moment) is not State.FINISHED or not moment.down:
        return None
    leg = moment.session.leg
    return moment.untold_ms > 0, Position.KNEELING in (moment.body, leg and leg.came_from)


def _next(moment: Moment) -> object:
    """Of what kind the work of the exercise is that follows this one."""
    following = moment.steps[moment.index + 1 :]
    return next((type(step.work) for step in following if step.exercise is not moment.exercise), None)


def _last_exercise(moment: Moment) -> bool:
    return moment.steps[-1].exercise is moment.exercise


def _faults(moment: Moment, event: Event, turn: Turn, after: Moment) -> Iterator[str]:
    """What must not be so after a turn, whatever was said."""
    session, names = after.session, after.session.names
    if (after.state is State.COACHING) != bool(after.progress.spoken):
        yield "is coaching, and nothing is timed" if after.state is State.COACHING else "is timed, and does not coach"
    if rest(after) not in RESTS[after.state] and (after.state is not State.COACHING):
        yield f"is {after.state}, and the place rests in {rest(after)}"
    still_open = moment.state is State.ASKED_LEAVE_OUT is after.state and event is not Event.SKIP_AGAIN
    is_about = {
        State.OFFERED: session.offer,
        State.CHOOSING: names,
        State.ASKED_LEAVE_OUT: names and names[0] in LIBRARY.exercises,
        State.ASKED_REMIND: session.reminders and (session.reminders.times or session.reminders.wait),
    }
    if not is_about.get(after.state, True) or (still_open and names != moment.session.names):
        yield f"is {after.state} about nothing, or something else"


def _told(moment: Moment) -> str:
    said = f" {moment.heard.detail}" if moment.heard.detail else ""
    twice = " (again)" if moment.repeated else ""
    store = "" if moment.storage is Storage.KEPT else f" (store {moment.storage.name.lower()})"
    return f"{moment.state}: {moment.event}{said}{twice}{store}"
