"""What can be said for exercises, routines and areas, as the interaction model has to know it."""

import pytest

from authoring.content import Library
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
def test_an_exercise_answers_to_its_other_names(library: Library, exercise: str) -> None:
    _, aliases = vocabulary(library, "en-US")["EXERCISE"][exercise]
    assert set(OTHER_NAMES[exercise]) <= set(aliases)


def test_routines_and_areas_have_names_too(library: Library) -> None:
    names = vocabulary(library, "en-US")
    assert set(names["ROUTINE"]) == {"full", "quick", "lower_back", "hips", "desk", "evening"}
    assert names["AREA"]["lower_back"][0] == "lower back"
