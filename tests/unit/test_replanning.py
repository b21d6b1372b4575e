"""In the middle of a routine: "I only have four minutes left", and what is left takes four minutes."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.speaking.content import load
from simulator.speech import pieces
from tests.front_door import FrontDoor, Reply

CONTENT = load("en-US")
LIBRARY = CONTENT.library
THE_END = "how your week is going"

routines = st.sampled_from(["full", "hips", "lower_back", "evening"])


def somewhere(routine: str, *wishes: str, nexts: int = 0) -> tuple[FrontDoor, Reply]:
    door = FrontDoor(bootstrap(Settings(store="memory:")))
    for wish in wishes:
        door.intent(wish)
    reply = door.intent("StartRoutineIntent", {"routine": (routine, routine)})
    for _ in range(nexts):
        reply = door.intent("AMAZON.NextIntent")
    return door, reply


def left(door: FrontDoor, minutes: int, into: float | None) -> Reply:
    length: dict[str, tuple[str, str | None]] = {"length": (f"PT{minutes}M", None)}
    return door.intent("StartRoutineIntent", length, **({} if into is None else {"into": into}))


def spoken_ms(reply: Reply) -> int:
    return sum(piece.ms for piece in pieces(reply.ssml, CONTENT.voice))


def to_the_end(door: FrontDoor, reply: Reply) -> list[Reply]:
    """All that is heard when the person only ever says "next"."""
    replies = [reply]
    while THE_END not in replies[-1].text:
        replies.append(door.intent("AMAZON.NextIntent"))
    return replies


def planned(reply: Reply) -> list[str]:
    return [dose["exercise"] for dose in reply.progress["place"]["plan"]["doses"]]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    routines,
    st.sampled_from([(), ("HandsFreeIntent",), ("StepByStepIntent",), ("SlowerIntent",), ("FasterIntent",)]),
    st.integers(0, 2),
    st.one_of(st.none(), st.integers(1, 150)),
    st.integers(3, 12),
)
@example("full", (), 0, 20, 4)
@example("full", ("StepByStepIntent",), 2, None, 4)
def test_what_is_left_takes_the_time_that_is_left(
    routine: str, wishes: tuple[str, ...], nexts: int, into: int | None, minutes: int
) -> None:
    door, before = somewhere(routine, *wishes, nexts=nexts)
    reply = left(door, minutes, into)
    assert "from here" in reply.text
    # Ten per cent by the timeline of the plan; wording that varies from answer to answer may add one.
    assert sum(map(spoken_ms, to_the_end(door, reply))) == pytest.approx(minutes * 60_000, rel=0.11)
    the_rest_is_named(before, reply)


def the_rest_is_named(before: Reply, reply: Reply) -> None:
    """What falls away is named, or else what stays."""
    order, kept = planned(before), planned(reply)
    dropped = [e for e in order[order.index(reply.step.split(".")[0]) :] if e not in kept]
    names = {e: CONTENT.words["exercises"][e]["words"]["the"] for e in order}
    said = reply.text.lower().partition("from here")[2].partition(".")[0]
    assert all(names[e] in said for e in dropped) or all(names[e] in said for e in kept)
    assert ("without" in said or "leave out" in reply.text) or not dropped


@pytest.mark.parametrize("minutes", [3, 4, 6])
def test_both_sides_stay_alike_when_the_time_gets_short_on_the_second_side(minutes: int) -> None:
    door, before = somewhere("evening", nexts=1)
    right = before.mark("shoelace_stretch.1.right")
    reply = left(door, minutes, into=right[1] / 1_000 + 10)
    assert reply.step == "shoelace_stretch.1.right"
    _, works, ends = reply.mark("shoelace_stretch.1.right")
    assert ends - works == pytest.approx(20_000, abs=1_100)
    left_before = before.mark("shoelace_stretch.1.left")
    assert left_before[2] - left_before[1] == 30_000


def test_an_exercise_whose_second_side_waits_goes_on_with_it() -> None:
    door, _ = somewhere("evening", "StepByStepIntent", nexts=1)
    reply = left(door, 6, None)
    assert reply.step == "shoelace_stretch.1.right"
    assert reply.text.startswith("All right, that makes")


def test_a_set_that_runs_is_not_begun_again() -> None:
    door, _ = somewhere("full", "StepByStepIntent", nexts=3)
    reply = left(door, 10, into=30)
    assert reply.step == "reverse_lunge.2.left"
    assert planned(reply)[0] == "reverse_lunge"


def test_one_begun_exercise_comes_as_near_as_whole_rounds_can_and_its_true_length_is_said() -> None:
    door, _ = somewhere("quick", nexts=2)
    reply = left(door, 4, into=50)
    assert reply.step == "lying_twist.1.left"
    assert "that makes three minutes from here" in reply.text
    heard = sum(map(spoken_ms, to_the_end(door, reply)))
    assert 3 * 60_000 < heard < 4 * 60_000 * 0.9
