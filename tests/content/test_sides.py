"""Left and right are right: what is said on one side is the mirror of what is said on the other."""

import re
from typing import Any

import pytest

MIRROR = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
TWO_SIDED = [
    "lateral_hip_stretch",
    "lying_twist",
    "pigeon_pose",
    "reverse_lunge",
    "seated_lunge",
    "seated_twist",
    "shoelace_stretch",
]
WAYS = ["usual", "easier", "deeper"]

LEFT_MEANS = {
    "lateral_hip_stretch": ["both knees over to the left", "With your right leg"],
    "lying_twist": ["both knees sink to the left", "head to the right"],
    "pigeon_pose": ["into your left hip", "your left knee"],
    "reverse_lunge": ["Step your left foot back", "your right heel"],
    "seated_lunge": ["Slide your left leg back"],
    "seated_twist": ["over your left shoulder", "right elbow outside your left knee"],
    "shoelace_stretch": ["your left leg on top"],
}
SETUP_MEANS = {
    "lateral_hip_stretch": ["Cross your right knee over your left knee"],
    "pigeon_pose": ["Bring your left knee forward", "your left foot toward the right", "Slide your right leg back"],
    "reverse_lunge": ["weight go onto your right foot"],
    "seated_lunge": ["to the left edge", "Your right thigh stays on the seat"],
    "seated_twist": ["Fold your right leg in", "Cross your left foot over"],
    "shoelace_stretch": ["right foot under your left thigh", "left foot over, toward your right hip"],
}
CHANGE_TO_THE_RIGHT_MEANS = {
    "lateral_hip_stretch": ["cross your left knee over your right knee"],
    "pigeon_pose": ["Bring your right knee forward", "foot to the left", "Slide your left leg back"],
    "reverse_lunge": ["weight go onto your left foot"],
    "seated_lunge": ["to the right edge", "Keep your left thigh on the seat"],
    "seated_twist": ["Fold your left leg in", "Cross your right foot over"],
    "shoelace_stretch": ["left foot under your right thigh", "right foot over, toward your left hip"],
}


def test_these_are_the_exercises_with_two_sides(compiled: dict[str, Any]) -> None:
    assert sorted(name for name, exercise in compiled["exercises"].items() if exercise["sides"] == "each") == TWO_SIDED


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TWO_SIDED)
def test_each_side_is_the_mirror_of_the_other(compiled: dict[str, Any], name: str, way: str) -> None:
    words = compiled["exercises"][name]["words"]
    for key, by_side in (words[way] | {key: words[key] for key in ("cues", "check", "on", "release")}).items():
        assert _mirrored(by_side["left"]) == by_side["right"], key


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TWO_SIDED)
def test_the_side_is_said_on_the_way_into_the_work(compiled: dict[str, Any], name: str, way: str) -> None:
    for key in ("enter", "brief"):
        for side, text in compiled["exercises"][name]["words"][way][key].items():
            assert re.search(r"\b(left|right)\b", text, re.IGNORECASE), (side, text)


@pytest.mark.parametrize("name", TWO_SIDED)
def test_a_sentence_can_name_the_side(compiled: dict[str, Any], name: str) -> None:
    for side, text in compiled["exercises"][name]["words"]["on"].items():
        assert re.findall(r"\b(?:left|right)\b", text) == [side]


@pytest.mark.parametrize("name", TWO_SIDED)
def test_left_means_the_side_it_is_known_by(compiled: dict[str, Any], name: str) -> None:
    usual = compiled["exercises"][name]["words"]["usual"]
    for part in LEFT_MEANS[name]:
        assert part in usual["enter"]["left"]
    for part in SETUP_MEANS.get(name, []):
        assert part in " ".join(usual["setup"]["left"])


@pytest.mark.parametrize("name", CHANGE_TO_THE_RIGHT_MEANS)
def test_the_change_of_sides_sets_the_body_up_for_the_new_side(compiled: dict[str, Any], name: str) -> None:
    for part in CHANGE_TO_THE_RIGHT_MEANS[name]:
        assert part in compiled["exercises"][name]["words"]["usual"]["change"]["right"]


def test_no_side_is_named_where_both_are_worked_at_once(compiled: dict[str, Any]) -> None:
    for name in compiled["exercises"].keys() - set(TWO_SIDED):
        assert not re.search(r"\b(left|right)\b", str(compiled["exercises"][name]["words"]["usual"]))


def _mirrored(words: Any) -> Any:
    if isinstance(words, list):
        return [_mirrored(text) for text in words]
    return re.sub(r"\b(left|right)\b", lambda found: MIRROR[found[0]], words, flags=re.IGNORECASE)
