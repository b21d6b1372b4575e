"""Content may change between yesterday and today: the place is the nearest that there still is, and it is said."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from ask_sdk_core.skill_builder import SkillBuilder

from coach.alexa.handlers import Coach
from coach.alexa.limits import ALEXA
from coach.answering import Answering
from coach.bootstrap import Handler, entrance
from coach.persistence.repository import ProgressRepository
from coach.persistence.stores.memory import MemoryStore
from coach.speaking.content import Content, read
from coach.speaking.phrasebook import Phrasebook
from coach.turns import Turns
from tests.front_door import FrontDoor

ROUTINE = {"routine": ("lower back", "lower_back")}


def coach_with(content: Content, store: ProgressRepository, change: Callable[[dict[str, Any]], None]) -> Handler:
    """A coach whose content was changed."""
    words = copy.deepcopy(dict(content.words))
    change(words)
    phrasebook = Phrasebook(read(words, content.templates))
    builder = SkillBuilder()
    builder.add_request_handler(Coach(Answering(store, Turns(lambda _: phrasebook, ALEXA)), ""))
    return entrance(builder)


def without_exercise(name: str) -> Callable[[dict[str, Any]], None]:
    def change(words: dict[str, Any]) -> None:
        del words["exercises"][name]
        for routine in words["routines"].values():
            routine["exercises"] = [exercise for exercise in routine["exercises"] if exercise != name]

    return change


def without_routine(words: dict[str, Any]) -> None:
    del words["routines"]["lower_back"]


def fewer_sets(words: dict[str, Any]) -> None:
    words["exercises"]["reverse_lunge"]["work"]["reps"]["sets"] = 1


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def in_the_seated_twist(content: Content, store: MemoryStore) -> FrontDoor:
    """Somebody who stopped in the seated twist, left it out for good once, and logged a top-up of it."""
    door = FrontDoor(coach_with(content, store, lambda words: None))
    door.launch()
    door.intent("LogIntent", {"exercise": ("seated twist", "seated_twist")})
    door.intent("StartRoutineIntent", ROUTINE)
    reply = door.intent("GoToIntent", {"exercise": ("seated twist", "seated_twist")})
    works = reply.mark("seated_twist.1.left")[1]
    door.intent("AMAZON.StopIntent", into=works / 1000 + 20)
    return door


def test_an_exercise_that_is_gone_leads_to_the_one_that_follows_and_is_said(
    content: Content, store: MemoryStore, in_the_seated_twist: FrontDoor
) -> None:
    door = in_the_seated_twist
    door.handler = coach_with(content, store, without_exercise("seated_twist"))
    reply = door.launch()
    assert "changed a little" in reply.text
    assert "lateral hip stretch" in reply.text
    assert reply.step == "lateral_hip_stretch.1.left"
    assert "changed" not in door.intent("AMAZON.YesIntent").text
    assert door.intent("ProgressIntent", {"day": ("2026-11-23", None)}, into=1).open


def test_a_routine_that_is_gone_is_gone_through_to_its_end(
    content: Content, store: MemoryStore, in_the_seated_twist: FrontDoor
) -> None:
    door = in_the_seated_twist
    door.handler = coach_with(content, store, without_routine)
    reply = door.launch()
    assert "seated twist" in reply.text
    reply = door.intent("AMAZON.YesIntent")
    said = [reply.text]
    while reply.session["state"] != "finished":
        reply = door.intent("AMAZON.NextIntent", after=250)
        said.append(reply.text)
    assert "the end of your routine for today" in " ".join(said)
    assert door.intent("ProgressIntent").open


def test_a_set_that_is_gone_leads_to_the_exercise(content: Content, store: MemoryStore) -> None:
    door = FrontDoor(coach_with(content, store, lambda words: None))
    door.launch()
    door.intent("OneExerciseIntent", {"exercise": ("reverse lunge", "reverse_lunge")})
    door.intent("AMAZON.NextIntent")
    assert door.intent("AMAZON.NextIntent").step == "reverse_lunge.2.left"
    reply = door.intent("AMAZON.StopIntent", into=40)
    door.handler = coach_with(content, store, fewer_sets)
    reply = door.launch()
    assert reply.step == "reverse_lunge.1.left"
    assert "changed a little" in reply.text


def test_an_exercise_that_was_left_out_and_is_gone_is_spoken_of_no_more(
    content: Content, store: MemoryStore, in_the_seated_twist: FrontDoor
) -> None:
    door = in_the_seated_twist
    door.launch()
    door.intent("LeaveOutIntent", {"exercise": ("seated twist", "seated_twist")})
    door.hang_up()
    door.handler = coach_with(content, store, without_exercise("seated_twist"))
    door.launch()
    assert door.intent("BringBackIntent").open
    assert door.intent("AMAZON.StopIntent").text
