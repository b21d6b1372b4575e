"""Where a conversation can stand when something is tampered with: each state, with a person of whom much is kept.

Rule: everything here arose in a real conversation, of this version of the coach or of the one before.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from coach.alexa.requests import WHO_BYTES, account_key
from coach.bootstrap import bootstrap
from coach.persistence import Person, Progress
from coach.persistence.stores.memory import MemoryStore
from tests.adapters.people import NOW, beginner, veteran
from tests.adapters.sick import AWAY, SickStore
from tests.front_door import SOMEBODY, FrontDoor

Json = dict[str, Any]
Rows = dict[Person, tuple[int, str]]

ME = Person(account_key(f"amzn1.ask.account.{SOMEBODY.user}", ""))
OTHERS = (
    Person(ME.account, "0" * 2 * WHO_BYTES),
    Person("1" * 2 * WHO_BYTES),
    Person("1" * 2 * WHO_BYTES, "2" * 2 * WHO_BYTES),
)
"""Another voice of the household, and another household."""

QUICK = ("StartRoutineIntent", {"routine": ("quick", "quick")}, {})
TWIST = ("OneExerciseIntent", {"exercise": ("lying twist", "lying_twist")}, {})
NEXT = ("AMAZON.NextIntent", {}, {"after": 250})
NO = ("AMAZON.NoIntent", {}, {})
PAIN = ("PainIntent", {}, {"into": 60})
CANNOT_GET_UP = ("CannotGetUpIntent", {}, {})
Said = tuple[str, Mapping[str, tuple[str, str | None]], dict[str, float]]
SAID: dict[str, list[Said]] = {
    "idle": [],
    "coaching": [QUICK],
    "between": [QUICK, ("WhyIntent", {}, {"after": 260})],
    "paused": [QUICK, ("AMAZON.PauseIntent", {}, {"into": 60})],
    "finished": [TWIST, ("AMAZON.NextIntent", {}, {"into": 20}), NEXT, NEXT],
    "offered": [("StartRoutineIntent", {"length": ("PT10M", None), "area": ("hips", "hips")}, {})],
    "returning": [QUICK, ("AMAZON.StopIntent", {}, {"into": 60})],
    "choosing": [("ListExercisesIntent", {}, {})],
    "asked_start_over": [QUICK, NEXT, NEXT, NEXT, ("AMAZON.StartOverIntent", {}, {"into": 20})],
    "asked_leave_out": [
        ("StartRoutineIntent", {"routine": ("lower back", "lower_back")}, {}),
        ("GoToIntent", {"exercise": ("reverse lunge", "reverse_lunge")}, {}),
        ("SkipIntent", {}, {"into": 30}),
    ],
    "asked_keep": [
        ("ExerciseByExerciseIntent", {}, {}),
        ("UsualHoldsIntent", {}, {}),
        ("StartRoutineIntent", {"routine": ("full", "full")}, {}),
        ("GoToIntent", {"exercise": ("pigeon pose", "pigeon_pose")}, {}),
        *[("MoreTimeIntent", {"length": ("PT5S", None)}, {"into": 30})] * 3,
        ("ProgressIntent", {}, {"after": 260}),
    ],
    "asked_forget": [QUICK, ("ForgetMeIntent", {}, {"into": 60})],
    "asked_remind": [("SetReminderIntent", {"time": ("07:00", None), "exercise": ("pelvic tilt", "pelvic_tilt")}, {})],
    "asked_remind_time": [("SetReminderIntent", {}, {})],
    "asked_goal": [("WeeklyGoalIntent", {}, {})],
    "asked_help": [QUICK, ("EmergencyIntent", {}, {"into": 60}), ("AMAZON.StopIntent", {}, {})],
    "asked_red_flags": [("PainIntent", {"part": ("back", "back")}, {})],
    "eased": [QUICK, PAIN],
    "asked_land": [QUICK, *[PAIN, NEXT] * 2, PAIN],
    "emergency": [QUICK, ("EmergencyIntent", {}, {"into": 60})],
    "unwell": [QUICK, ("UrgentIntent", {}, {"into": 60})],
    "asked_hurt": [CANNOT_GET_UP],
    "getting_up": [CANNOT_GET_UP, NO],
    "getting_up_again": [CANNOT_GET_UP, NO, NO],
}
"""What was said before, by the state to which it leads."""


@dataclass(frozen=True)
class Situation:
    """A session in the middle, and what the store has: of the person, and of others."""

    name: str
    now: datetime
    attributes: Json
    rows: Rows = field(default_factory=dict)


def kept(progress: Progress, *, revision: int = 5) -> tuple[int, str]:
    """A row of a store with this progress, in which nothing is being spoken: that would count once it was heard."""
    store = MemoryStore()
    store.save(ME, replace(progress, spoken=None))
    return revision, store._rows[ME][1]


def _with_others(mine: tuple[int, str]) -> Rows:
    return {ME: mine, **{other: kept(beginner(), revision=3) for other in OTHERS}}


def _reached(state: str) -> Situation:
    store = MemoryStore()
    store._rows = _with_others(kept(replace(veteran(), place=None)))
    door = FrontDoor(bootstrap(repository=store))
    reply = door.launch()
    for name, slots, timing in SAID[state]:
        reply = door.intent(name, slots, **timing)
    if not reply.open:
        reply = door.launch()
    assert reply.session["state"] == state, (state, reply.session["state"])
    return Situation(state, door.now, door.attributes, dict(store._rows))


def _returning_later() -> Situation:
    store = MemoryStore()
    store._rows = _with_others(kept(veteran()))
    door = FrontDoor(bootstrap(repository=store), now=datetime.fromtimestamp(NOW, UTC) + timedelta(days=2))
    assert door.launch().session["state"] == "returning_later"
    return Situation("returning_later", door.now, door.attributes, dict(store._rows))


def _unwritten() -> Situation:
    """Two turns that the store could not be told of."""
    store = MemoryStore()
    store._rows = _with_others(kept(replace(veteran(), place=None)))
    sick = SickStore(store)
    door = FrontDoor(bootstrap(repository=sick))
    door.launch()
    door.intent(*QUICK[:2])
    sick.then = AWAY
    door.intent("LogIntent", {"exercise": ("pelvic tilt", "pelvic_tilt")})
    door.intent("AMAZON.NextIntent")
    door.intent("SlowerIntent", into=20)
    assert len(door.attributes["unsaved"]) == 3
    return Situation("unwritten", door.now, door.attributes, dict(store._rows))


def _of_version_2(session: Json) -> Situation:
    ((revision, document),) = session["rows"].values()
    rows = _with_others((revision, json.dumps(document)))
    return Situation(_named(session), datetime.fromisoformat(session["now"]), session["attributes"], rows)


def _named(session: Json) -> str:
    return f"version 2, {session['name']}"


_OF_VERSION_2 = Path(__file__).parents[1] / "adapters" / "sessions_of_version_2.json"

_WAYS: dict[str, Callable[[], Situation]] = {
    **{state: partial(_reached, state) for state in SAID},
    "returning_later": _returning_later,
    "unwritten": _unwritten,
    **{_named(session): partial(_of_version_2, session) for session in json.loads(_OF_VERSION_2.read_text("utf-8"))},
}
SITUATIONS = tuple(_WAYS)
"""The names of all of them."""


@cache
def found(name: str) -> Situation:
    """The situation of a name, found when it is first asked for: to live through all of them takes seconds."""
    return _WAYS[name]()
