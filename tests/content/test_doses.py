"""Every exercise has the dose it was prescribed with. The table is written by hand and is not derived from content."""

from typing import Any

import pytest

from authoring.content import Library
from coach.planning.exercises import Position

SECOND = 1000
EACH, BOTH = "each", "both"

DOSES: list[tuple[str, Position, str, dict[str, Any], list[int] | None]] = [
    ("reverse_lunge", Position.STANDING, EACH, {"count": 10, "sets": 3}, None),
    ("lying_twist", Position.LYING, EACH, {"ms": 30 * SECOND, "most_ms": 60 * SECOND}, None),
    ("shoelace_stretch", Position.SEATED, EACH, {"ms": 30 * SECOND, "most_ms": 60 * SECOND}, None),
    ("seated_twist", Position.SEATED, EACH, {"ms": 60 * SECOND, "most_ms": 60 * SECOND}, None),
    ("seated_lunge", Position.CHAIR, EACH, {"ms": 60 * SECOND, "most_ms": 60 * SECOND}, None),
    ("pigeon_pose", Position.KNEELING, EACH, {"ms": 30 * SECOND, "most_ms": 30 * SECOND}, None),
    ("butterfly_pose", Position.SEATED, BOTH, {"count": 5, "most": 5}, None),
    ("lateral_hip_stretch", Position.LYING, EACH, {"count": 4, "most": 5}, None),
    ("pelvic_tilt", Position.STANDING, BOTH, {"ms": 20 * SECOND, "most_ms": 20 * SECOND}, [5, 10]),
    ("deep_squat_rest", Position.STANDING, BOTH, {"ms": 60 * SECOND, "most_ms": 60 * SECOND}, [2, 3]),
]
KINDS = {"reverse_lunge": "reps", "butterfly_pose": "breaths", "lateral_hip_stretch": "breaths"}


def test_there_are_exactly_the_ten_exercises(compiled: dict[str, Any]) -> None:
    assert set(compiled["exercises"]) == {name for name, *_ in DOSES}


@pytest.mark.parametrize(("name", "position", "sides", "dose", "daily"), DOSES, ids=[dose[0] for dose in DOSES])
def test_an_exercise_has_its_dose_its_sides_and_its_position(
    compiled: dict[str, Any], name: str, position: Position, sides: str, dose: dict[str, Any], daily: list[int] | None
) -> None:
    exercise = compiled["exercises"][name]
    ((kind, work),) = exercise["work"].items()
    assert kind == KINDS.get(name, "hold")
    assert dose.items() <= work.items()
    assert (exercise["position"], exercise["sides"], exercise["daily"]) == (position, sides, daily)


GRADES = {
    "A": ["reverse_lunge"],
    "B": ["lying_twist", "pelvic_tilt"],
    "C": [
        *("shoelace_stretch", "seated_twist", "seated_lunge", "pigeon_pose", "butterfly_pose"),
        *("lateral_hip_stretch", "deep_squat_rest"),
    ],
}
CLAIMS = ("correct", "align", "balance", "cure", "prevent", "unload", "sciatica", "heal", "fix")


def test_every_exercise_has_the_grade_of_its_evidence_and_its_sources(library: Library) -> None:
    for grade, names in GRADES.items():
        for name in names:
            assert library.exercises[name].content.evidence.grade == grade, name


def test_no_reason_claims_more_than_its_grade(compiled: dict[str, Any]) -> None:
    for grade, names in GRADES.items():
        for name in names:
            why = compiled["exercises"][name]["words"]["why"].lower()
            assert not any(claim in why for claim in CLAIMS), why
            assert ("strength" in why) <= (grade != "C"), why


def test_a_lunge_has_a_short_pause_at_the_bottom(compiled: dict[str, Any]) -> None:
    assert 0 < compiled["exercises"]["reverse_lunge"]["work"]["reps"]["pause_ms"] <= 2 * SECOND


@pytest.mark.parametrize("name", ["butterfly_pose", "lateral_hip_stretch"])
def test_a_breath_is_deep_and_longer_out_than_in(compiled: dict[str, Any], name: str) -> None:
    breath = compiled["exercises"][name]["work"]["breaths"]
    assert 3 * SECOND <= breath["inhale_ms"] <= breath["exhale_ms"]


def test_the_desk_routine_never_goes_down_to_the_floor(compiled: dict[str, Any]) -> None:
    assert not any(position.down for position in _positions(compiled, "desk"))


def test_the_evening_routine_is_seated_or_lying(compiled: dict[str, Any]) -> None:
    assert set(_positions(compiled, "evening")) == {Position.SEATED, Position.LYING}


def _positions(compiled: dict[str, Any], routine: str) -> list[Position]:
    names = compiled["routines"][routine]["exercises"]
    return [Position(compiled["exercises"][name]["position"]) for name in names]
