"""What is said about pain is answered, and is gone: not in the store, not in a log, wherever the person was.

Rule: the store is a file, read byte by byte; and it is the same file that a person leaves who said "pause" or "stop" at
that moment and went on the same way.
"""

import json
import logging
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.conversation.session import State
from coach.persistence.document import read
from tests.front_door import FrontDoor

PELVIC_TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}
LOWER_BACK = {"routine": ("lower back routine", "lower_back")}
HELD = 100
"""So many seconds into the answer that leads into it, the left side of the seated twist is being held."""

SPOKEN_THROUGH: Any = {"after": 260}
IN_THE_HOLD: Any = {"into": HELD}

TOLD = {"part": ("kneecap", "knee")}
DANGERS = {"EmergencyIntent": None, "UrgentIntent": None, "CannotGetUpIntent": None}
NEVER = re.compile(
    r"(?<![a-z])(pain|ouch|hurt|sharp|stabbing|knee|shooting|shin|numb|emergenc|urgent|unwell|cannot_?get|getting_up|ease|"
    r"health|injur)"
)
"""Beginnings of what may be nowhere, in small letters: words, ids, the intent, its slots, its event and its state."""

Walk = Callable[[FrontDoor], object]


def begun(door: FrontDoor) -> None:
    door.launch()
    door.intent("StartRoutineIntent", LOWER_BACK)
    door.intent("AMAZON.NextIntent")
    door.intent("AMAZON.NextIntent")


def paused(door: FrontDoor) -> None:
    begun(door)
    door.intent("AMAZON.PauseIntent", into=HELD)


def asked(name: str, slots: Any = None) -> Walk:
    def walk(door: FrontDoor) -> None:
        begun(door)
        door.intent(name, slots, into=HELD)

    return walk


def finished(door: FrontDoor) -> None:
    door.launch()
    door.intent("OneExerciseIntent", PELVIC_TILT)


def all_over(door: FrontDoor) -> None:
    finished(door)
    door.intent("AMAZON.YesIntent")


def returning(door: FrontDoor) -> None:
    paused(door)
    door.launch()


def returning_later(door: FrontDoor) -> None:
    paused(door)
    door.launch(after=90_000)


def skipped_again(door: FrontDoor) -> None:
    begun(door)
    door.intent("SkipIntent", into=HELD)
    door.intent("AMAZON.PreviousIntent", into=20)
    door.intent("SkipIntent", into=HELD + 20)


def changed_three_times(door: FrontDoor) -> None:
    begun(door)
    door.intent("MoreTimeIntent", into=HELD)
    door.intent("MoreTimeIntent", into=5)
    door.intent("MoreTimeIntent", into=5)
    door.intent("AMAZON.NextIntent", **SPOKEN_THROUGH)


def hurt_twice(door: FrontDoor) -> None:
    begun(door)
    for seconds in (HELD, 5):
        door.intent("PainIntent", TOLD, into=seconds)


def sore(door: FrontDoor) -> None:
    all_over(door)
    door.intent("PainIntent", {"part": ("back", "back")})


def led_up(door: FrontDoor) -> None:
    begun(door)
    door.intent("CannotGetUpIntent", into=HELD)
    door.intent("AMAZON.NoIntent")


STATES: dict[State, tuple[Walk, Any]] = {
    State.IDLE: (all_over, SPOKEN_THROUGH),
    State.COACHING: (begun, IN_THE_HOLD),
    State.BETWEEN: (begun, SPOKEN_THROUGH),
    State.PAUSED: (paused, SPOKEN_THROUGH),
    State.FINISHED: (finished, SPOKEN_THROUGH),
    State.OFFERED: (asked("StartRoutineIntent", {"length": ("PT9M", None), "area": ("hips", "hips")}), SPOKEN_THROUGH),
    State.RETURNING: (returning, SPOKEN_THROUGH),
    State.RETURNING_LATER: (returning_later, SPOKEN_THROUGH),
    State.CHOOSING: (asked("GoToIntent", {"exercise": ("dolphin", None)}), SPOKEN_THROUGH),
    State.ASKED_START_OVER: (asked("AMAZON.StartOverIntent"), SPOKEN_THROUGH),
    State.ASKED_LEAVE_OUT: (skipped_again, SPOKEN_THROUGH),
    State.ASKED_KEEP: (changed_three_times, SPOKEN_THROUGH),
    State.ASKED_FORGET: (asked("ForgetMeIntent"), SPOKEN_THROUGH),
    State.EASED: (asked("PainIntent", TOLD), SPOKEN_THROUGH),
    State.ASKED_LAND: (hurt_twice, SPOKEN_THROUGH),
    State.ASKED_RED_FLAGS: (sore, SPOKEN_THROUGH),
    State.EMERGENCY: (asked("EmergencyIntent"), SPOKEN_THROUGH),
    State.UNWELL: (asked("UrgentIntent"), SPOKEN_THROUGH),
    State.ASKED_HURT: (asked("CannotGetUpIntent"), SPOKEN_THROUGH),
    State.GETTING_UP: (led_up, SPOKEN_THROUGH),
}
"""How a conversation comes to each state, and when something is said in it."""

EVERY_STATE = pytest.mark.parametrize("state", list(STATES), ids=str)


def door_of(path: Path) -> FrontDoor:
    return FrontDoor(bootstrap(Settings(store=f"sqlite:///{path}")))


def stored(path: Path) -> dict[str, Any]:
    """The one document in a store. The digests of the requests that made it are new each time, and are left out; so is
    when the person was led at their place: who chose a way to go on was led there at once, and who paused was not; and
    so is what comes of the length of each answer: when it has which step, and what it tells of the speaker's tempo.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT revision, document FROM progress").fetchall()
    ((revision, document),) = rows
    kept = json.loads(document)
    place = {**kept["place"], "at": 0} if kept["place"] else None
    masked = {"applied": len(kept["applied"]), "spoken": "", "tempos": "", "place": place}
    return {**kept, "revision": revision, **masked}


def traces(folder: Path, logged: str) -> list[str]:
    """Which of the words are anywhere in the files of a folder, or in what was logged."""
    files = [path.read_bytes().decode("latin-1") for path in folder.iterdir()]
    assert any('"place"' in text for text in files), "the store is where these words would be"
    return [found[0] for text in (*files, logged) for found in NEVER.finditer(text.lower())]


def test_what_is_broken_into_is_a_hold(tmp_path: Path) -> None:
    door = door_of(tmp_path / "store.db")
    begun(door)
    assert door.last is not None
    _, works, ends = door.last.mark("seated_twist.1.left")
    assert works < HELD * 1000 < ends


@EVERY_STATE
def test_each_state_is_reached(state: State, tmp_path: Path) -> None:
    walk, moment = STATES[state]
    door = door_of(tmp_path / "store.db")
    walk(door)
    assert door.intent("TimeLeftIntent", **moment).session["state"] == state


@EVERY_STATE
@pytest.mark.parametrize("way_out", ["EasierIntent", "SkipIntent", "AMAZON.StopIntent"])
def test_pain_leaves_what_a_pause_would_have_left(
    state: State,
    way_out: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    left = {}
    for said, slots in (("PainIntent", TOLD), ("AMAZON.PauseIntent", None)):
        folder = tmp_path / said
        folder.mkdir()
        door = door_of(folder / "store.db")
        STATES[state][0](door)
        reply = door.intent(said, slots, **STATES[state][1])
        assert not {"stabbing", "kneecap"} & set(json.dumps(reply.response).replace('"', " ").split())
        at_once = stored(folder / "store.db")
        if reply.open:
            # Between two exercises a skip is of the coming one, and after pain it is of the one that hurt. The state
            # between two steps is reached here between the two sides of one.
            between = state is State.ASKED_KEEP
            door.intent("AMAZON.NextIntent" if between and way_out == "SkipIntent" else way_out, **SPOKEN_THROUGH)
        afterwards = stored(folder / "store.db")
        if state is State.RETURNING_LATER and way_out == "EasierIntent":
            # Another day goes on from the start of the exercise: whoever paused has not gone on yet.
            afterwards["place"]["done_ms"] = 0
        left[said] = at_once, afterwards
    assert left["PainIntent"] == left["AMAZON.PauseIntent"]
    output = capfd.readouterr()
    assert traces(tmp_path / "PainIntent", caplog.text + output.out + output.err) == []


@pytest.mark.parametrize("into", [5, 60, 130])
def test_pain_in_an_easy_start_leaves_what_a_stop_would_have_left(tmp_path: Path, into: float) -> None:
    left = {}
    for said, slots in (("PainIntent", TOLD), ("AMAZON.PauseIntent", None)):
        path = tmp_path / f"{said}.db"
        door = door_of(path)
        door.launch()
        door.intent("GoEasyIntent")
        door.intent("OneExerciseIntent", {"exercise": ("seated lunge", "seated_lunge")})
        door.intent(said, slots, into=into)
        door.intent("AMAZON.StopIntent", **SPOKEN_THROUGH)
        left[said] = stored(path)
        assert left[said]["tried"] == "2026-11 23-a"
    assert left["PainIntent"] == left["AMAZON.PauseIntent"]
    assert traces(tmp_path, "") == []


@EVERY_STATE
@pytest.mark.parametrize("told", DANGERS)
def test_danger_leaves_what_a_stop_would_have_left_and_no_place(
    state: State, told: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    left = {}
    for said, slots in ((told, DANGERS[told]), ("AMAZON.StopIntent", None)):
        folder = tmp_path / said
        folder.mkdir()
        door = door_of(folder / "store.db")
        STATES[state][0](door)
        assert door.intent(said, slots, **STATES[state][1]).open is (said == told)
        left[said] = {**stored(folder / "store.db"), "applied": ""}
    # That there is no place any more is written, and a stop that moved nothing is not: `touched` is when.
    kept = {said: replace(read(document), place=None, touched=0) for said, document in left.items()}
    assert kept[told] == kept["AMAZON.StopIntent"]
    assert not left[told]["place"]
    output = capfd.readouterr()
    assert traces(tmp_path / told, caplog.text + output.out + output.err) == []


def test_pain_as_the_first_words_ever_stores_nothing(tmp_path: Path) -> None:
    for said, slots in (("PainIntent", TOLD), *DANGERS.items()):
        door_of(tmp_path / "store.db").intent(said, slots)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("SELECT count(*) FROM progress").fetchone() == (0,)


def test_time_off_leaves_weeks_and_no_reason(tmp_path: Path) -> None:
    door = door_of(tmp_path / "store.db")
    begun(door)
    door.intent("RestDayIntent", {"length": ("P3W", None)}, into=HELD)
    assert stored(tmp_path / "store.db")["rests"] == "2026 48 49 50"
    assert traces(tmp_path, "") == []


def test_a_trace_would_be_found(tmp_path: Path) -> None:
    door = door_of(tmp_path / "store.db")
    begun(door)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, connection:
        connection.execute("UPDATE progress SET document = replace(document, 'zone', 'eased')")
    assert set(traces(tmp_path, "")) == {"ease"}
    assert "pain" in traces(tmp_path, "PainIntent")
