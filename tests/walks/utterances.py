"""Slots and moments of all kinds, as they come with what can be said: sensible ones, and some that nobody means."""

from typing import Any

from hypothesis import strategies as st

from coach.speaking.content import load

LIBRARY = load("en-US").library


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
        "ordinal": st.sampled_from(["1", "2", "3", "?"]).map(lambda v: (v, None)),
        "time": st.sampled_from(["07:00", "23:59", "25:00", "EV", "?", ""]).map(lambda v: (v, None)),
        "wait": st.sampled_from(["PT20M", "PT1H30M", "P2D", "?"]).map(lambda v: (v, None)),
        "time_two": st.sampled_from(["03:00", "12:30", "MO"]).map(lambda v: (v, None)),
        "day": st.sampled_from(["2026-11-22", "2026-11-23", "2026-W47", "XXXX"]).map(lambda v: (v, None)),
        "part": st.one_of(known(["hip", "back", "groin"]), st.just(("tooth", None))),
    },
)
moments = st.one_of(
    st.integers(0, 220).map(lambda s: {"into": s}),
    st.sampled_from([{"after": 0}, {"after": 260}, {"after": 90_000}, {"after": -30}]),
)
