"""A random walk over all that can be said, at any moment, with restarts: no fault, no limit broken, no place lost.

`make walk` takes 20,000 turns; `make test` a few hundred.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coach.alexa.requests import INTENTS
from coach.bootstrap import bootstrap
from coach.conversation.events import Event
from simulator.clock import to_the_second
from tests.compared import Compared
from tests.front_door import FrontDoor, Reply
from tests.walks.listener import MOVES, Listener, OnePersonsStore
from tests.walks.utterances import LIBRARY, known, moments, slots

WALKS = int(os.environ.get("HIP_COACH_WALKS", "4"))
TURNS = 50


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
DOOR: dict[str, Callable[..., Reply]] = {
    "launch": FrontDoor.launch,
    "end": lambda door, **moment: door.end("USER_INITIATED", **moment),
}
"""What happens to a session besides what is said in it. It is ended by the person: that may be at any moment."""


@settings(
    max_examples=WALKS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    derandomize=True,
)
@given(st.lists(turns, min_size=TURNS, max_size=TURNS))
def test_no_walk_breaks_a_rule_or_loses_a_place(
    walk: list[tuple[str, str, Mapping[str, tuple[str, str | None]], Any]],
) -> None:
    store = OnePersonsStore()
    door = FrontDoor(bootstrap(repository=store, recollections=Compared()))
    listener = Listener(LIBRARY, store)
    for kind, name, filled, moment in walk:
        if kind == "hang_up":
            door.hang_up()
            listener.hang_up()
            continue
        if kind == "launch":
            listener.hang_up()
        reply = door.intent(name, filled, **moment) if kind == "intent" else DOOR[kind](door, **moment)
        assert "something went wrong" not in reply.text
        # Requests tell their time in whole seconds.
        now_ms = round(to_the_second(door.now).timestamp() * 1000)
        if kind == "end":
            listener.end(now_ms)
        else:
            listener.hear(INTENTS[name] if kind == "intent" else Event.LAUNCH, reply, now_ms)
