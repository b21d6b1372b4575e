"""What can be said for exercises, routines and areas, as the interaction model has to know it."""

from pathlib import Path
from typing import Any

import pytest

from authoring.vocabulary import vocabulary

OTHER_NAMES = {
    "reverse_lunge": ["back lunge", "step back lunge"],
    "lying_twist": ["supine twist", "spinal twist"],
    "shoelace_stretch": ["shoelace pose", "cow face legs"],
    "seated_twist": ["half lord of the fishes"],
    "seated_lunge": ["chair lunge", "chair hip flexor stretch"],
    "pigeon_pose": ["pigeon"],
    "butterfly_pose": ["butterfly stretch", "bound angle", "cobbler's pose"],
    "lateral_hip_stretch": ["crossed knee side stretch"],
    "pelvic_tilt": ["standing abdominal exercise", "tummy tilt", "standing pelvic tilt"],
    "deep_squat_rest": ["deep squat rest", "squat hold", "garland squat"],
}


@pytest.mark.parametrize("exercise", OTHER_NAMES)
def test_an_exercise_answers_to_its_other_names(root: Path, exercise: str) -> None:
    _, aliases = vocabulary(root)["EXERCISE"][exercise]
    assert set(OTHER_NAMES[exercise]) <= set(aliases)


def test_routines_and_areas_have_names_too(root: Path) -> None:
    names = vocabulary(root)
    assert set(names["ROUTINE"]) == {"full", "quick", "lower_back", "hips", "desk", "evening"}
    assert names["AREA"]["lower_back"][0] == "lower back"


def test_a_page_with_a_fault_is_left_out(copy: Any) -> None:
    copy.spoil("locales/en-US/exercises/lying_twist.yaml", "name: lying twist", "name: lying & twist")
    names = vocabulary(copy.root)["EXERCISE"]
    assert "lying_twist" not in names
    assert "seated_twist" in names
