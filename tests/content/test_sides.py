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
    "lateral_hip_stretch": ["Cross your right thigh", "over your left", "draw both knees to the right"],
    "lying_twist": ["your knees sink to the left", "head to the right"],
    "pigeon_pose": ["your left knee forward", "left heel close to your right groin", "right leg straight back"],
    "reverse_lunge": ["weight onto your right foot", "Step your left foot back", "your right heel"],
    "seated_lunge": ["Turn to the right", "left half of your bottom", "your right thigh", "Drop your left knee"],
    "seated_twist": ["right foot under your left knee, to your left hip", "left foot over", "turn left"],
    "shoelace_stretch": ["right foot under your left thigh, to your left hip", "left foot over, to your right hip"],
}
STRETCHED_ON_THE_LEFT = {
    "lateral_hip_stretch": "left",
    "lying_twist": "right",
    "pigeon_pose": "left",
    "reverse_lunge": "right",
    "seated_lunge": "left",
    "seated_twist": "left",
    "shoelace_stretch": "left",
}
"""Which side of the body the left of an exercise is felt on, by the facts of the exercises."""


def test_these_are_the_exercises_with_two_sides(compiled: dict[str, Any]) -> None:
    assert sorted(name for name, exercise in compiled["exercises"].items() if exercise["sides"] == "each") == TWO_SIDED


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TWO_SIDED)
def test_each_side_is_the_mirror_of_the_other(compiled: dict[str, Any], name: str, way: str) -> None:
    words = compiled["exercises"][name]["words"]
    shared = {"check": words["check"], "felt": words["felt"], **words["cues"], **words["cautions"]}
    for key, by_side in (words[way] | shared).items():
        assert _mirrored(by_side["left"]) == by_side["right"], key


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TWO_SIDED)
def test_the_side_is_said_in_brief(compiled: dict[str, Any], name: str, way: str) -> None:
    for side, text in compiled["exercises"][name]["words"][way]["brief"].items():
        assert re.search(r"\b(left|right)\b", text, re.IGNORECASE), (side, text)


@pytest.mark.parametrize("name", TWO_SIDED)
def test_a_sentence_can_name_the_side(compiled: dict[str, Any], name: str) -> None:
    for side, text in compiled["exercises"][name]["words"]["usual"]["on"].items():
        assert re.findall(r"\b(?:left|right)\b", text)[0] == side


@pytest.mark.parametrize("name", TWO_SIDED)
def test_left_means_the_side_it_is_known_by(compiled: dict[str, Any], name: str) -> None:
    words = compiled["exercises"][name]["words"]
    said = " ".join(words["usual"]["setup"]["left"])
    for part in LEFT_MEANS[name]:
        assert part in said
    assert re.findall(r"\b(?:left|right)\b", words["felt"]["left"])[0] == STRETCHED_ON_THE_LEFT[name]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TWO_SIDED)
def test_what_is_not_done_again_for_the_other_side_names_none(compiled: dict[str, Any], name: str, way: str) -> None:
    exercise = compiled["exercises"][name]
    said = zip(exercise["words"][way]["setup"]["left"], exercise["moved"][way]["setup"], strict=True)
    assert not [text for text, (_, once) in said if once and re.search(r"\b(left|right)\b", text)]


def test_no_side_is_named_where_both_are_worked_at_once(compiled: dict[str, Any]) -> None:
    for name in compiled["exercises"].keys() - set(TWO_SIDED):
        assert not re.search(r"\b(left|right)\b", str(compiled["exercises"][name]["words"]["usual"]))


def _mirrored(words: Any) -> Any:
    if isinstance(words, list):
        return [_mirrored(text) for text in words]
    return re.sub(r"\b(left|right)\b", lambda found: MIRROR[found[0]], words, flags=re.IGNORECASE)
