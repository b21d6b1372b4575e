"""What an older coach stored is read by this one: every version of the document, in every form it was kept in."""

from dataclasses import replace
from typing import Any

import pytest

from coach.persistence.document import SCHEMA_VERSION, unpack
from coach.persistence.progress import Preferences, Progress
from coach.persistence.stores.record import Record
from coach.planning.exercises import Variation
from coach.planning.plan import Dose, Place, Plan

PLAN = Plan("planned", (Dose("pigeon_pose"), Dose("lying_twist", 2, 45_000)), "hips", 5)
MEANT = Progress(
    touched=1_795_460_000,
    zones=(("", "Europe/Berlin"),),
    welcomed=True,
    place=Place(PLAN, "pigeon_pose.1.left", 900, ("lying_twist",)),
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
}


def test_each_version_before_this_one_is_here() -> None:
    assert set(DOCUMENTS) == set(ITEMS) == set(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("version", DOCUMENTS)
def test_a_document_of_an_older_version_is_read(version: int) -> None:
    assert Progress.from_document(DOCUMENTS[version]) == MEANT


@pytest.mark.parametrize("version", ITEMS)
def test_a_packed_item_of_an_older_version_is_read(version: int) -> None:
    assert Progress.from_document(unpack(ITEMS[version])) == MEANT


@pytest.mark.parametrize("version", DOCUMENTS)
def test_the_next_write_is_of_this_version_and_leaves_nothing_of_the_older_one(version: int) -> None:
    before = Record(3, DOCUMENTS[version])
    after = before.followed_by(replace(MEANT, revision=3))
    assert after.document
    assert set(after.document) == set(MEANT.to_document())
    assert after.document["version"] == SCHEMA_VERSION
