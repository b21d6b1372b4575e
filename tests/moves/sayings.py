"""All that can be heard by the coach, with every detail that could matter: nothing, something known, something unknown,
and numbers in and out of range.

Rule: what comes out of a guard, of an errand or of time is nothing that somebody says.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from coach.conversation import Errand, Event, Heard, SetReminders
from coach.conversation.details import (
    LAST,
    About,
    Choice,
    Condition,
    Count,
    Daily,
    Detail,
    Hurt,
    Length,
    Named,
    Wanted,
    When,
)
from coach.conversation.table import BY_TIME
from tests.moves.small_world import LIBRARY

TODAY = date(2026, 11, 23)
SOME_MINUTES_MS, A_DAY_MS = 240_000, 86_400_000
"""Some minutes are more than one exercise of the small world takes, and less than all of them."""

_EVENTS = list(Event)
GUARDED = frozenset(_EVENTS[_EVENTS.index(Event.COME_BACK) : _EVENTS.index(Event.REMIND_UNCLEAR) + 1])
"""What only a guard makes of something that was said."""

TOLD = frozenset({Event.REMINDERS_ALLOWED, Event.REMINDERS_DENIED, Event.REMINDERS_FAILED})
"""What the speaker may say by itself, once it has asked for permission."""

FAILED = (Event.REMINDERS_TOO_MANY, Event.REMINDERS_UNSUPPORTED, Event.REMINDERS_FAILED)

SAID = tuple(
    event
    for event in Event
    if event not in GUARDED and event not in BY_TIME and (event in TOLD or not event.startswith("reminders_"))
)

_EXERCISES = tuple(map(Named, LIBRARY.exercises))
_NAMED = (*_EXERCISES, Named(unknown="dolphin"))
_LENGTHS = (Length(5_000), Length(600_000), Length(number=5))
_TIMES = (Daily((600,)), Daily(part="MO"), Daily(number=3, exercise="fold"), Daily(exercise="fold"), Daily(wait=20))

DETAILED: Mapping[Event, tuple[Detail, ...]] = {
    Event.START: (
        Wanted("full"),
        Wanted("quick"),
        Wanted(ms=SOME_MINUTES_MS),
        Wanted(area="hips"),
        Wanted(area="back"),
    ),
    Event.NO_FLOOR: (Wanted(floor_is_out=True), Wanted(floor_is_out=True, ms=SOME_MINUTES_MS)),
    Event.LIST_EXERCISES: (Wanted("quick"),),
    Event.ONE_EXERCISE: _NAMED,
    Event.GO_TO: (*_NAMED, Named(number=1), Named(number=9)),
    Event.EXPLAIN: _NAMED,
    Event.WHY: _NAMED,
    Event.LEAVE_OUT: _NAMED,
    Event.BRING_BACK: _NAMED,
    Event.MORE_TIME: _LENGTHS,
    Event.LESS_TIME: _LENGTHS,
    Event.HOLD_FOR: _LENGTHS,
    Event.BREAK: _LENGTHS,
    Event.MORE_SETS: (Count(2),),
    Event.LOG: (Count(2, "fold"), Count(99, "fold"), Count(2, "dolphin")),
    Event.WEEKLY_GOAL: (Count(3), Count(99)),
    Event.CHOOSE: (Choice(1), Choice(2), Choice(LAST), Choice(9)),
    Event.WHAT_TO_FETCH: (About("full"), About(exercise="fold"), About("none")),
    Event.NUMBER: (Count(1), Count(4), Count(99)),
    Event.PAIN: (Hurt("back"), Hurt("knee")),
    Event.CONDITION: (Condition(("disc",)), Condition(("operation",))),
    Event.SAFE: _NAMED,
    Event.PROGRESS: (When(TODAY),),
    Event.REST_DAY: (When(TODAY + timedelta(days=9)), When(ms=SOME_MINUTES_MS), When(ms=2 * A_DAY_MS)),
    Event.REMIND: _TIMES,
    Event.REMINDERS_ALLOWED: _TIMES[:1],
    Event.SKIP: _EXERCISES,
}
"""What may be said with an event. Without a detail every event is said as well, but for what is allowed."""

HEARD = (
    *(Heard(event) for event in SAID if event is not Event.REMINDERS_ALLOWED),
    *(Heard(event, detail) for event, details in DETAILED.items() for detail in details),
)


BY_PLACE = (
    *map(Heard, (Event.LAUNCH, Event.NEXT, Event.SKIP, Event.PREVIOUS, Event.REPEAT, Event.PAUSE, Event.RESUME)),
    *map(Heard, (Event.START_OVER, Event.SWITCH_SIDE, Event.EASIER, Event.DEEPER, Event.MORE_TIME, Event.LESS_TIME)),
    *map(Heard, (Event.PAIN, Event.HELP, Event.YES, Event.NO, Event.STOP, Event.START, Event.NO_FLOOR)),
    *map(Heard, (Event.READY, Event.NOT_READY, Event.SWAP)),
    Heard(Event.PAIN, Hurt("back")),
    *(Heard(Event.CONDITION, Condition((name,))) for name in ("disc", "operation")),
    *map(Heard, (Event.FORGET_ME, Event.REMIND, Event.WEEKLY_GOAL)),
    Heard(Event.REMIND, _TIMES[0]),
    *(Heard(event, exercise) for event in (Event.GO_TO, Event.LEAVE_OUT) for exercise in _EXERCISES),
)
"""What means this or that by where the person is, and what asks a question there: all else means the same at any place
of a routine.
"""


def outcomes(errand: Errand) -> Iterator[Heard]:
    """All that may come of an errand."""
    if isinstance(errand, SetReminders):
        refused = Event.REMINDERS_DENIED if errand.permitted else Event.REMINDERS_NOT_ALLOWED
        asked, done = errand.reminders, Event.REMINDERS_SET
        said = Daily(asked.times, exercise=asked.exercise, wait=asked.wait)
    else:
        refused, done, said = Event.REMINDERS_NONE, Event.REMINDERS_STOPPED, Daily()
    for event in (done, refused, *FAILED):
        yield Heard(event, said)
