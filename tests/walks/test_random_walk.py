"""A random walk over all that can be said, at any moment, with restarts: no fault, no limit broken, no place lost.

`make walk` takes 20,000 turns; `make test` a few hundred.
"""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coach.alexa.requests import INTENTS, RED_FLAGS
from coach.bootstrap import bootstrap
from coach.conversation.events import Event
from coach.speaking.content import load
from tests.front_door import FrontDoor
from tests.walks.listener import MOVES, Listener, OnePersonsStore

LIBRARY = load("en-US").library
WALKS = int(os.environ.get("HIP_COACH_WALKS", "12"))
TURNS = 50


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
        "day": st.sampled_from(["2026-11-22", "2026-W47", "2026-W47-WE", "XXXX"]).map(lambda v: (v, None)),
        "sensation": known(["sharp", "ache", *RED_FLAGS]),
        "part": known(["hip", "chest"]),
    },
)
moments = st.one_of(
    st.integers(0, 220).map(lambda s: {"into": s}),
    st.sampled_from([{"after": 0}, {"after": 260}, {"after": 90_000}, {"after": -30}]),
)
STAYS = sorted(name for name, event in INTENTS.items() if event not in MOVES | {Event.STOP, Event.REST_DAY})
"""What is said in the midst of things by somebody who means to go on."""

turns = st.one_of(
    st.tuples(st.just("intent"), st.sampled_from(sorted(INTENTS)), slots, moments),
    st.tuples(st.just("intent"), st.sampled_from(STAYS), st.just({}), moments),
    st.tuples(st.just("intent"), st.sampled_from(STAYS), st.just({}), moments),
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
    store = OnePersonsStore()
    door = FrontDoor(bootstrap(repository=store))
    listener = Listener(LIBRARY, store)
    for kind, name, filled, moment in walk:
        if kind == "hang_up":
            door.hang_up()
            listener.hang_up()
            continue
        if kind == "launch":
            listener.hang_up()
        reply = door.intent(name, filled, **moment) if kind == "intent" else getattr(door, kind)(**moment)
        assert "something went wrong" not in reply.text
        now_ms = round(door.now.timestamp() * 1000)
        if kind == "end":
            listener.end(now_ms)
        else:
            listener.hear(INTENTS[name] if kind == "intent" else Event.LAUNCH, reply, now_ms)
