"""A random walk over all that can be said, at any moment, with restarts: no fault, no limit broken, no place lost.

`make walk` takes 20,000 turns; `make test` a few hundred.
"""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coach.alexa.requests import INTENTS, RED_FLAGS
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.content import load
from coach.session import Event
from tests.front_door import FrontDoor, Reply

LIBRARY = load("en-US").library
WALKS = int(os.environ.get("HIP_COACH_WALKS", "12"))
TURNS = 50

MOVES = frozenset(
    {
        *(Event.START, Event.ONE_EXERCISE, Event.NO_FLOOR, Event.NEXT, Event.SKIP, Event.PREVIOUS, Event.REPEAT),
        *(Event.RESUME, Event.START_OVER, Event.GO_TO, Event.SWITCH_SIDE, Event.YES, Event.NO, Event.CHOOSE),
        *(Event.FORGET_ME, Event.LEAVE_OUT, Event.LAUNCH),
    }
)
"""What may take a person to another step. Everything else must leave them where they were."""


def known(ids: Any) -> st.SearchStrategy[tuple[str, str | None]]:
    return st.sampled_from(sorted(ids)).map(lambda i: (i.replace("_", " "), i))


slots = st.fixed_dictionaries(
    {},
    optional={
        "routine": st.one_of(known(LIBRARY.routines), st.just(("disco", None))),
        "exercise": st.one_of(known(LIBRARY.exercises), st.just(("dolphin", None))),
        "area": st.one_of(known(LIBRARY.areas), st.just(("elbow", None))),
        "length": st.sampled_from(["PT30S", "PT4M", "PT10M", "PT1H", "PT0S", "P1D", "?", ""]).map(lambda v: (v, None)),
        "number": st.sampled_from(["1", "2", "5", "40", "?", "-3"]).map(lambda v: (v, None)),
        "choice": known(["1", "2", "3", "last"]),
        "time": st.sampled_from(["07:00", "23:59", "25:00", "EV", "?", ""]).map(lambda v: (v, None)),
        "time_two": st.sampled_from(["03:00", "12:30", "MO"]).map(lambda v: (v, None)),
        "day": st.sampled_from(["2026-11-22", "2026-11-23", "2026-W47", "XXXX"]).map(lambda v: (v, None)),
        "sensation": known(["sharp", "ache", *RED_FLAGS]),
        "part": known(["hip", "chest"]),
    },
)
moments = st.one_of(
    st.integers(0, 220).map(lambda s: {"into": s}),
    st.sampled_from([{"after": 0}, {"after": 260}, {"after": 90_000}, {"after": -30}]),
)
turns = st.one_of(
    st.tuples(st.just("intent"), st.sampled_from(sorted(INTENTS)), slots, moments),
    st.tuples(st.just("intent"), st.sampled_from(["AMAZON.NextIntent", "AMAZON.YesIntent"]), st.just({}), moments),
    st.tuples(
        st.just("intent"),
        st.just("StartRoutineIntent"),
        st.fixed_dictionaries({"routine": known(LIBRARY.routines)}),
        moments,
    ),
    st.tuples(st.sampled_from(["launch", "end", "hang_up"]), st.just(""), st.just({}), moments),
)


# A walk that fails says where by itself; shrinking it would take longer than reading it.
@settings(
    max_examples=WALKS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    derandomize=True,
)
@given(st.lists(turns, min_size=TURNS, max_size=TURNS))
def test_no_walk_breaks_a_rule_or_loses_a_place(
    walk: list[tuple[str, str, dict[str, tuple[str, str | None]], Any]],
) -> None:
    door = FrontDoor(bootstrap(Settings(store="memory:")))
    before: Reply | None = None
    for kind, name, filled, moment in walk:
        if kind == "hang_up":
            door.hang_up()
            before = None
            continue
        reply = door.intent(name, filled, **moment) if kind == "intent" else getattr(door, kind)(**moment)
        assert "something went wrong" not in reply.text
        if kind == "intent" and before:
            check_place(before, reply, INTENTS[name], moment)
        before = reply if kind == "intent" and reply.open else None


def check_place(before: Reply, after: Reply, event: Event, moment: dict[str, int]) -> None:
    """What is no move leaves the person at a step that the last answer spoke, or where they were."""
    if event in MOVES or "state" not in before.session or "state" not in after.session or event is Event.EASIER:
        return
    spoken = [mark[0] for mark in before.session["marks"]]
    stays = {before.step, *spoken}
    follows_on = {mark[0] for mark in after.session["marks"]}
    assert after.step in stays | follows_on, (event, before.session, after.session)
    if event in {Event.PAUSE, Event.PAIN, Event.HELP} and "into" in moment and before.session["state"] == "coaching":
        assert after.step in spoken
    for step, _, works, ends, done in after.session["marks"]:
        assert ends >= works
        assert done >= 0
        assert step.split(".")[0] in LIBRARY.exercises
