"""A value made out of another one is what the library would have made of it."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.session import Session, State
from coach.planning import Hold, Place, Plan
from coach.planning.plan import authored
from coach.values import replace
from tests.unit.test_coaching import LIBRARY, moment


@given(st.integers(0, 99), st.sampled_from(list(State)), st.text())
def test_it_is_what_the_library_makes(missed: int, state: State, body: str) -> None:
    changes: Any = {"missed": missed, "state": state, "body": body}
    session = Session(answers=3)
    assert replace(session, **changes) == dataclasses.replace(session, **changes)
    assert session == Session(answers=3)


def test_what_is_derived_is_derived_again_and_what_was_looked_up_is_looked_up_again() -> None:
    at = moment(authored("full", LIBRARY))
    assert at.index == 0
    other = Plan("planned", authored("quick", LIBRARY).doses)
    moved = at.with_progress(dataclasses.replace(at.progress, place=Place(other, at.steps[-1].id)))
    by_the_library = dataclasses.replace(at, progress=moved.progress)
    assert moved.steps == by_the_library.steps != at.steps
    assert moved.index == by_the_library.index


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="Hold has no minutes"):
        replace(Hold(30_000, 30_000), **{"minutes": 1})
