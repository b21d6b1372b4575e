"""What does not read is replaced, field by field and once: each case by itself, and what is left of the person."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.persistence import Person, Progress
from coach.persistence.stores.memory import MemoryStore
from tests.adapters.people import veteran
from tests.front_door import SOMEBODY, FrontDoor
from tests.fuzz.situations import ME, found, kept

QUICK = {"routine": ("quick", "quick")}
TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}


@pytest.fixture
def store() -> MemoryStore:
    """What is kept of somebody who has done a lot, with no routine on the go."""
    store = MemoryStore()
    store._rows[ME] = kept(replace(veteran(), place=None))
    return store


@pytest.fixture
def door(store: MemoryStore) -> FrontDoor:
    """The front door of a coach who knows them."""
    return FrontDoor(bootstrap(repository=store))


def in_the_middle_of(state: str) -> tuple[FrontDoor, MemoryStore]:
    """A session that stands in a state, and its store."""
    situation, store = found(state), MemoryStore()
    store._rows = dict(situation.rows)
    door = FrontDoor(bootstrap(repository=store), now=situation.now, new=False)
    door.attributes = json.loads(json.dumps(situation.attributes))
    return door, store


def stored(store: MemoryStore, person: Person = ME) -> Progress:
    progress = store.load(person)
    assert progress
    return progress


def repairs(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    lines = (json.loads(record.message) for record in caplog.records)
    return [line for line in lines if line["what"] == "repaired"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pref_pace", 0),
        ("pref_pace", "115"),
        ("pref_holds", "many"),
        ("pref_weekly_goal", "four"),
        ("at", "today"),
        ("at", 10**15),
        ("hi", "yes"),
        ("place", {"plan": {"doses": [["lying_twist", "two"]]}}),
        ("total", -1),
    ],
)
def test_a_stored_field_that_does_not_read_is_told_once_and_written_down_as_it_is_sensible(
    store: MemoryStore, door: FrontDoor, caplog: pytest.LogCaptureFixture, field: str, value: object
) -> None:
    revision, text = store._rows[ME]
    store._rows[ME] = (revision, json.dumps({**json.loads(text), field: value}))
    with caplog.at_level(logging.WARNING):
        assert "full routine" in door.launch().text
        (line,) = repairs(caplog)
        assert line["where"] == "stored"
        assert {name.split(".")[0] for name in line["fields"].split()} == {field}
        assert "went wrong" not in door.intent("StartRoutineIntent", QUICK).text
        assert "went wrong" not in door.launch().text
    assert repairs(caplog) == [line]
    # All that stood there stands there; what was heard out meanwhile counts as well.
    after = stored(store).days
    assert all(after[day][e] >= times for day, done in veteran().days.items() for e, times in done.items())
    assert json.loads(store._rows[ME][1]).get(field) != value


def test_a_field_of_the_session_that_does_not_read_leaves_the_question_open() -> None:
    door, _ = in_the_middle_of("choosing")
    first = door.attributes["session"]["names"][0]
    door.attributes["session"] |= {"missed": "often", "sent_ms": -1, "body": ["lying"], "marks": 7}
    assert door.intent("ChooseIntent", {"ordinal": ("1", None)}).step.startswith(first)


def test_a_name_that_does_not_read_is_dropped_and_the_others_are_to_be_chosen_from() -> None:
    door, _ = in_the_middle_of("choosing")
    second = door.attributes["session"]["names"][1]
    door.attributes["session"]["names"][0] = {"a": 1}
    assert door.intent("ChooseIntent", {"ordinal": ("1", None)}).step.startswith(second)


def test_an_offer_under_a_name_that_nothing_has_is_the_routine_for_today() -> None:
    door, _ = in_the_middle_of("offered")
    door.attributes["session"]["offer"]["routine"] = "plannedd"
    assert "our routine for today" in door.intent("AMAZON.YesIntent").text


@pytest.mark.parametrize("state", ["finished", "idle", "between", "asked_keep", "offered", "choosing", "asked_remind"])
def test_a_session_in_a_state_that_cannot_be_true_rests_where_the_person_is(state: str) -> None:
    sound, _ = in_the_middle_of("paused")
    door, _ = in_the_middle_of("paused")
    door.attributes["session"]["state"] = state
    assert door.intent("AMAZON.ResumeIntent").step == sound.intent("AMAZON.ResumeIntent").step


@pytest.mark.parametrize("field", ["pref_pace", "days", "ids", "place", "zones"])
def test_progress_that_was_changed_in_a_session_is_looked_up_again_and_never_written_over(
    store: MemoryStore, door: FrontDoor, field: str
) -> None:
    door.launch()
    before = stored(store)
    door.attributes["progress"][field] = 0
    door.intent("LogIntent", TILT)
    after = stored(store)
    assert after.times_on(door.now.date(), "pelvic_tilt") == before.times_on(door.now.date(), "pelvic_tilt") + 1
    assert after.preferences == before.preferences
    assert (after.met, after.skipped, after.weeks, after.zones) == (
        before.met,
        before.skipped,
        before.weeks,
        before.zones,
    )


def test_of_what_could_not_be_written_only_what_does_not_read_is_lost() -> None:
    sound, theirs = in_the_middle_of("unwritten")
    sound.intent("AMAZON.HelpIntent")
    door, store = in_the_middle_of("unwritten")
    (pace,) = (change for turn in door.attributes["unsaved"] for change in turn[1] if change[0] == "pace")
    pace[2] = 0
    door.intent("AMAZON.HelpIntent")
    after = stored(store)
    assert (after.days, after.met, after.place) == (stored(theirs).days, stored(theirs).met, stored(theirs).place)
    assert (stored(theirs).preferences.pace, after.preferences.pace) == (100, 115)


def test_what_was_repaired_in_a_session_is_told_by_the_names_of_our_fields(caplog: pytest.LogCaptureFixture) -> None:
    door, _ = in_the_middle_of("paused")
    door.attributes["session"]["missed"] = "xyzzy"
    door.attributes["progress"]["place"]["step"] = {"xyzzy": "xyzzy"}
    with caplog.at_level(logging.WARNING):
        door.intent("AMAZON.HelpIntent")
    fields = "session.missed progress.place.step progress.place"
    assert repairs(caplog) == [{"what": "repaired", "where": "session", "fields": fields}]


@pytest.mark.parametrize("voice", ["x", None, 7, "anna/../bob", "A" * 32])
def test_a_session_that_does_not_say_whose_it_is_is_that_of_the_voice_that_is_heard(voice: object) -> None:
    store = MemoryStore()
    door = FrontDoor(bootstrap(repository=store), who=replace(SOMEBODY, person="anna"))
    door.launch()
    (anna,) = store._rows
    door.attributes["voice"] = voice
    assert "twice today" in door.intent("LogIntent", TILT | {"number": ("2", None)}).text
    assert [*store._rows] == [anna]
    assert stored(store, anna).times_on(door.now.date(), "pelvic_tilt") == 2


@pytest.mark.parametrize("locale", ["x" * 5_000, "../../en-US", "\ud800", "", "en", "xx-XX"])
def test_a_locale_that_nobody_speaks_is_answered_in_english(door: FrontDoor, locale: str) -> None:
    door.who, door.checked = replace(door.who, locale=locale), False
    assert "full routine" in door.launch().text


@pytest.mark.parametrize(
    "attributes",
    [
        "xyzzy",
        7,
        [[]],
        {"session": "x" * 100_000},
        {"a": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]},
    ],
)
def test_attributes_of_another_form_are_nobodys_and_the_place_is_looked_up(door: FrontDoor, attributes: Any) -> None:
    door.launch()
    step = door.intent("StartRoutineIntent", QUICK).step
    door.attributes, door.checked = attributes, False
    assert door.intent("AMAZON.ResumeIntent", into=5).step == step
