"""Whose session it is: the person who began it keeps it, whoever of the household speaks up in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from coach.bootstrap import Handler, bootstrap
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from tests.front_door import SOMEBODY, FrontDoor

ANNA, BEN = (replace(SOMEBODY, person=f"amzn1.ask.person.{name}") for name in ("anna", "ben"))
TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}
QUICK = {"routine": ("quick", "quick")}


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def coach(store: MemoryStore) -> Handler:
    return bootstrap(repository=store)


def kept(store: MemoryStore) -> dict[Person, Progress]:
    (account,) = {person.account for person in store._rows}
    return {person: store.load(person) for person in store.people(account)}


def an_evening(coach: Handler, store: MemoryStore) -> FrontDoor:
    """Ben has something of his own, and Anna is in the middle of the quick routine."""
    ben = FrontDoor(coach, who=BEN, session_id="ben")
    ben.launch()
    ben.intent("LogIntent", TILT)
    ben.intent("AMAZON.StopIntent")
    anna = FrontDoor(coach, who=ANNA, session_id="anna")
    anna.launch()
    anna.intent("StartRoutineIntent", QUICK)
    return anna


def own(progress: Progress) -> Progress:
    """What is somebody's own in it: all but that, and when, there was one more turn of theirs."""
    place = replace(progress.place, worked=0) if progress.place else None
    return replace(progress, touched=0, revision=0, applied=(), place=place, spoken=None, tempos=())


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("LogIntent", TILT),
        ("LongerHoldsIntent", {}),
        ("WeeklyGoalIntent", {"number": ("6", None)}),
        ("LeaveOutIntent", TILT),
        ("ForgetMeIntent", {}),
        ("StartRoutineIntent", QUICK),
        ("EasierIntent", {}),
    ],
)
def test_what_is_somebodys_own_nobody_else_changes_in_their_session(
    coach: Handler, store: MemoryStore, intent: str, slots: Mapping[str, tuple[str, str | None]]
) -> None:
    door = an_evening(coach, store)
    before = kept(store)
    door.who = BEN
    reply = door.intent(intent, slots, into=5)
    assert "with somebody else" in reply.text
    assert "from now" in reply.text, "Anna's exercise goes on"
    assert {who: own(progress) for who, progress in kept(store).items()} == {
        who: own(progress) for who, progress in before.items()
    }


@pytest.mark.parametrize("who", [BEN, SOMEBODY], ids=["another voice", "a voice that is not recognised"])
def test_anybody_may_say_next_and_the_session_stays_with_whoever_began_it(
    coach: Handler, store: MemoryStore, who: object
) -> None:
    door = an_evening(coach, store)
    door.who = who  # type: ignore[assignment]
    assert "Second of three" in door.intent("AMAZON.NextIntent").text
    door.who = ANNA
    assert "Third of three" in door.intent("AMAZON.NextIntent").text
    door.intent("AMAZON.StopIntent", into=2)
    assert "lying twist" in FrontDoor(coach, who=ANNA, session_id="later").launch().text
    bens = FrontDoor(coach, who=BEN, session_id="bens").launch()
    assert "lying twist" not in bens.text
    assert bens.progress["days"] == {"2026-11-23": {"pelvic_tilt": 1}}


def test_what_deletes_everything_is_nobody_elses_to_say(coach: Handler, store: MemoryStore) -> None:
    door = an_evening(coach, store)
    assert "delete everything" in door.intent("ForgetMeIntent", into=5).text
    door.who = BEN
    assert "with somebody else" in door.intent("DeleteEverythingIntent").text
    door.who = ANNA
    assert "deleted everything" in door.intent("DeleteEverythingIntent").text
    assert len(kept(store)) == 1, "only Ben's is left"


def test_what_was_deleted_is_not_brought_back_by_another_speaker_that_writes_later(
    coach: Handler, store: MemoryStore
) -> None:
    kitchen = an_evening(coach, store)
    bedroom = FrontDoor(coach, who=ANNA, session_id="bedroom")
    bedroom.launch()
    bedroom.intent("ForgetMeIntent")
    assert "deleted everything" in bedroom.intent("DeleteEverythingIntent").text
    kitchen.intent("LogIntent", {"exercise": ("deep squat", "deep_squat_rest")}, into=5)
    again = FrontDoor(coach, who=ANNA, session_id="again").launch().progress
    assert again["days"] == {"2026-11-23": {"deep_squat_rest": 1}}
    assert not again["met"]
