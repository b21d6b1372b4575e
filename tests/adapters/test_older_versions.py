"""What an older coach stored, and the sessions it left open, are taken over by this one, in every form they had.

`sessions_of_version_2.json` has conversations that version 2 was in the middle of: what it carried and stored, what was
said next, and what version 2 itself made of that.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.persistence.changes import Change, Delta, What
from coach.persistence.document import VERSION, write
from coach.persistence.older import delta, newer, read
from coach.persistence.progress import Preferences, Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from coach.persistence.stores.record import Record
from coach.planning import Dose, Place, Plan, Variation
from tests.front_door import FrontDoor

PLAN = Plan("planned", (Dose("pigeon_pose"), Dose("lying_twist", 2, 45_000)), "hips", 5)
MEANT = Progress(
    touched=1_795_460_000,
    zones=(("", "Europe/Berlin"),),
    welcomed=True,
    place=Place(PLAN, "pigeon_pose.1.left", 900, ("lying_twist",), worked=1_795_460_000),
    last=("2026-11-22", "hips"),
    days={"2026-11-23": {"lying_twist": 7, "pigeon_pose": 1}},
    weeks={"2026-W48": 1},
    total_days=40,
    rests=("2026-W45",),
    met={"pigeon_pose": 3},
    skipped={"lying_twist": 1},
    preferences=Preferences(hold_ms={"lying_twist": 45_000}, variations={"pigeon_pose": Variation.EASIER}),
)
PLACE = {
    "plan": {"routine": "planned", "doses": ["pigeon_pose", ["lying_twist", 2, 45_000]], "area": "hips", "minutes": 5},
    "step": "pigeon_pose.1.left",
    "done_ms": 900,
    "done": ["lying_twist"],
}
DOCUMENTS: dict[int, dict[str, Any]] = {
    1: {
        "version": 1,
        "last_request": "0123456789abcdef0123456789abcdef",
        "touched": 1_795_460_000,
        "zone": "Europe/Berlin",
        "welcomed": True,
        "place": PLACE,
        "last": ["2026-11-22", "hips"],
        "codes": ["lying_twist", "pigeon_pose"],
        "days": {"2026-11-23": "00000001"},
        "weeks": {"2026-W48": 1},
        "total_days": 40,
        "rests": ["2026-W45"],
        "met": {"pigeon_pose": 3},
        "skipped": {"lying_twist": 1},
        "preferences": {"hold_ms": {"lying_twist": 45_000}, "variations": {"pigeon_pose": "easier"}},
    },
    2: {
        "version": 2,
        "writes": ["7f3a9c01", "0be41d22"],
        "touched": 1_795_460_000,
        "zones": [["", "Europe/Berlin"]],
        "welcomed": True,
        "place": PLACE,
        "last": ["2026-11-22", "hips"],
        "codes": ["lying_twist", "pigeon_pose"],
        "days": {"2026-11-23": "00000001"},
        "weeks": {"2026-W48": 1},
        "total_days": 40,
        "rests": ["2026-W45"],
        "met": {"pigeon_pose": 3},
        "skipped": {"lying_twist": 1},
        "preferences": {"hold_ms": {"lying_twist": 45_000}, "variations": {"pigeon_pose": "easier"}},
    },
}
ITEMS: dict[int, dict[str, Any]] = {
    1: {
        "v": 1,
        "req": "0123456789abcdef0123456789abcdef",
        "at": 1_795_460_000,
        "zone": "Europe/Berlin",
        "hi": True,
        "place": {**PLACE, "plan": {**PLACE["plan"], "doses": "ba2:45000"}, "done": "a"},  # type: ignore[dict-item]
        "last": ["2026-11-22", "hips"],
        "ids": "lying_twist pigeon_pose",
        "days": "2026-11 23a7b1",
        "weeks": "2026 48:1",
        "total": 40,
        "rests": "2026 45",
        "met": "b3",
        "skipped": "a1",
        "pref_hold_ms": "a45000",
        "pref_variations": "easier:b",
    },
    2: {
        "v": 2,
        "writes": "7f3a9c01 0be41d22",
        "at": 1_795_460_000,
        "zones": "=Europe/Berlin",
        "hi": True,
        "place": {
            **PLACE,
            "plan": {**PLACE["plan"], "doses": "ba2:45000"},  # type: ignore[dict-item]
            "step": "b.1.left",
            "done": "a",
        },
        "last": ["2026-11-22", "hips"],
        "ids": "lying_twist pigeon_pose",
        "days": "2026-11 23a7b",
        "weeks": "2026 48:1",
        "total": 40,
        "rests": "2026 45",
        "met": "b3",
        "skipped": "a1",
        "pref_hold_ms": "a45000",
        "pref_variations": "easier:b",
    },
}
SESSIONS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("sessions_of_version_2.json").read_text("utf-8"))


def test_each_version_before_this_one_is_here() -> None:
    assert set(DOCUMENTS) == set(ITEMS) == set(range(1, VERSION))


@pytest.mark.parametrize("version", DOCUMENTS)
def test_a_document_of_an_older_version_is_read(version: int) -> None:
    assert read(DOCUMENTS[version]) == MEANT


@pytest.mark.parametrize("version", ITEMS)
def test_an_item_of_an_older_version_is_read(version: int) -> None:
    assert read(ITEMS[version]) == MEANT


@pytest.mark.parametrize("version", DOCUMENTS)
@pytest.mark.parametrize("kept", [DOCUMENTS, ITEMS], ids=["document", "item"])
def test_the_next_write_is_of_this_version_and_leaves_nothing_of_the_older_one(
    kept: dict[int, dict[str, Any]], version: int
) -> None:
    newer = {"music": "waves", **kept[version]}
    after = Record(3, newer).followed_by(replace(MEANT, revision=3))
    assert after.document == {"music": "waves", **write(MEANT)}


def test_a_preference_that_a_newer_coach_wrote_into_an_older_document_stays() -> None:
    preferences = {**DOCUMENTS[2]["preferences"], "music": "waves"}
    assert newer({**DOCUMENTS[2], "preferences": preferences}) == {"pref_music": "waves"}


def test_a_change_of_version_2_is_carried_on_as_operations() -> None:
    change = {
        "request": "0be41d22",
        "done": {"2026-11-23": {"pelvic_tilt": 2}},
        "counted": {"met": {"lying_twist": 1}, "skipped": {"pigeon_pose": -1}},
        "settled": {"welcomed": True, "last": ["2026-11-23", "quick"], "rests": ["2026-W48"], "zones": [["a", "UTC"]]},
        "preferences": {"pace": 85, "mode": "hands_free", "hold_ms": {"lying_twist": 45_000}, "left_out": ["squat"]},
    }
    assert delta(change, 7) == Delta(
        7,
        (
            Change(What.DONE, "pelvic_tilt", 2, "2026-11-23"),
            Change(What.MET, "lying_twist"),
            Change(What.SKIPS_FORGOTTEN, "pigeon_pose"),
            Change(What.WELCOMED),
            Change(What.BEGUN, "quick", word="2026-11-23"),
            Change(What.RESTING, word="2026-W48"),
            Change(What.IN_ZONE, "a", word="UTC"),
            Change(What.PACE, number=85),
            Change(What.MODE, word="hands_free"),
            Change(What.USUAL_HOLDS),
            Change(What.HOLD, "lying_twist", 45_000),
            Change(What.LEFT_OUT, "squat"),
        ),
    )


@pytest.mark.parametrize("left_open", SESSIONS, ids=lambda session: str(session["name"]).replace(" ", "-"))
def test_an_open_session_of_version_2_goes_on_as_if_nothing_had_happened(left_open: dict[str, Any]) -> None:
    store = MemoryStore()
    for key, (revision, document) in left_open["rows"].items():
        store._rows[Person(*key.split("/"))] = (revision, json.dumps(document))
    door = FrontDoor(bootstrap(repository=store), now=datetime.fromisoformat(left_open["now"]))
    door.attributes, door.new = left_open["attributes"], False
    intent, slots, timing = left_open["says"]
    reply, then = door.intent(intent, slots, **timing), left_open["then"]
    assert reply.session["state"] == then["state"]
    # Exercises are told at more length by now, so that an answer may hold fewer steps than it did: the first of them.
    steps = [step for step, *_ in reply.marks]
    assert steps == then["steps"][: len(steps)]
    assert bool(steps) == bool(then["steps"])
    kept, place = reply.progress, reply.progress["place"]
    if then["place"] is None:
        assert place is None
    else:
        doses = [[dose["exercise"], dose["rounds"], dose["ms"]] for dose in place["plan"]["doses"]]
        where = {"step": place["step"], "done": list(place["done"]), "doses": doses}
        assert {**where, "routine": place["plan"]["routine"]} == {
            k: v for k, v in then["place"].items() if k != "done_ms"
        }
        # What was held while the answer was on its way counts by now.
        assert place["done_ms"] == pytest.approx(then["place"]["done_ms"], abs=1_200)
    assert all(kept[name] == then[name] for name in ("days", "skipped"))
    # What was met when it was announced is met by now once its work has begun.
    announced = [place["step"].split(".")[0]] if place and place["unmet"] else []
    assert Counter(kept["met"]) + Counter(announced) == Counter(then["met"])
    settled = {name: list(v) if isinstance(v, tuple) else v for name, v in kept["preferences"].items()}
    assert settled | then["preferences"] == settled
