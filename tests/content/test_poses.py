"""The pictures of the exercises: all there, true to the words, the same body in each, and small."""

import json
import re
from collections.abc import Iterator
from itertools import permutations
from math import dist, hypot
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from authoring.__main__ import main
from authoring.check import checked
from authoring.content import Library
from authoring.poses import sheet
from authoring.poses.body import body
from authoring.poses.page import Looked, Pose
from authoring.poses.svg import svg
from tests.content.drawn import SVG, limbs, outlines, paths, read

WIDTH, HEIGHT, MOST_BYTES = 320, 240, 4096
WAYS = ("usual", "easier", "deeper")
TURNS = (15, 40, 65)
_whole, _ = checked(Path(__file__).parents[2])
assert _whole
WHOLE = _whole
DRAWN = [(name, way) for name, page in WHOLE.poses.items() for way, pose in page.content if pose]
AVG = Draft202012Validator(yaml.safe_load(Path(__file__).with_name("avg.yaml").read_text("utf-8")))

HEAD, HAIR = 0.106, "#5a4233"
"""The hair is the largest circle of its colour: it tells how many pixels a metre has."""

BONES = {"thigh": (0.085, 0.058), "shin": (0.058, 0.04), "foot": (0.034, 0.026), "forearm": (0.04, 0.03)}
"""How thick a limb is at its ends, by which it is known in a picture."""

LEVEL = 0.01
"""Limbs that rise by so much the same cannot be told apart by it."""

SOLE = 0.06
"""A heel that is not higher is on the floor."""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the coach loads."""
    root = tmp_path_factory.mktemp("whole")
    (root / "content").symlink_to(Path(__file__).parents[2] / "content")
    (root / "interaction_model").symlink_to(Path(__file__).parents[2] / "interaction_model")
    assert main(["compile", "--root", str(root)]) == 0
    drawn = json.loads((root / "lambda/coach/compiled/poses.json").read_text("utf-8"))
    return {name: {way: json.loads(text) for way, text in by_way.items()} for name, by_way in drawn.items()}


def pose(name: str, way: str) -> Pose:
    found = getattr(WHOLE.poses[name].content, way)
    assert isinstance(found, Pose)
    return found


def sides(name: str) -> tuple[str, ...]:
    return ("left", "right") if WHOLE.exercises[name].content.sides == "each" else ("both",)


def test_every_exercise_is_drawn_in_each_variation_and_on_the_way_in(pictures: dict[str, dict[str, Any]]) -> None:
    assert pictures.keys() == {path.stem for path in Path("content/exercises").glob("*.yaml")}
    assert all(set(by_way) == {*WAYS, "usual_way"} for by_way in pictures.values())


def test_a_graphic_is_what_old_screens_know(pictures: dict[str, dict[str, Any]]) -> None:
    for name, by_way in pictures.items():
        for way, graphic in by_way.items():
            assert not list(AVG.iter_errors(graphic)), (name, way)
            assert graphic["parameters"] == ["mirrored", "dark", "mark"]


def test_a_graphic_is_small_and_no_number_of_it_has_an_exponent(pictures: dict[str, dict[str, Any]]) -> None:
    for name, by_way in pictures.items():
        for way, graphic in by_way.items():
            written = json.dumps(graphic, separators=(",", ":"))
            assert len(written) <= MOST_BYTES, (name, way)
            assert not re.search(r"\d[eE][-+]?\d", re.sub(r"#[0-9a-f]{6}", "", written)), (name, way)


def test_a_graphic_has_the_paths_of_the_picture_for_pages(pictures: dict[str, dict[str, Any]]) -> None:
    for name, way in DRAWN:
        graphic = pictures[name]["usual_way" if way == "way" else way]
        drawn = [item["pathData"] for item in graphic["items"][0]["items"]]
        assert drawn == [data for data, _, _ in paths(svg(pose(name, way)))]


@pytest.mark.parametrize(("name", "way"), DRAWN)
def test_a_picture_is_small_and_stays_in_its_frame(name: str, way: str) -> None:
    for theme in ("light", "dark"):
        picture = svg(pose(name, way), "left", theme, mark="L", told="x" * 90)
        assert len(picture.encode()) <= MOST_BYTES
        for data, edge, _ in paths(picture):
            for outline in outlines(data):
                left, top, right, bottom = outline.box
                assert left - edge / 2 >= 0, data
                assert top - edge / 2 >= 0, data
                assert right + edge / 2 <= WIDTH, data
                assert bottom + edge / 2 <= HEIGHT, data


@pytest.mark.parametrize(("name", "way"), [each for each in DRAWN if len(sides(each[0])) > 1])
def test_the_right_is_the_mirror_image_of_the_left(name: str, way: str) -> None:
    left, right = (read(svg(pose(name, way), side, mark=side[0].upper())) for side in ("left", "right"))
    one, other = left.find(f"{SVG}g"), right.find(f"{SVG}g")
    assert one is not None
    assert other is not None
    assert other.attrib == {"transform": f"translate({WIDTH} 0) scale(-1 1)"}
    assert [path.attrib for path in one] == [path.attrib for path in other]
    (disc, letter), (other_disc, other_letter) = (list(tree)[-2:] for tree in (left, right))
    assert (letter.text, other_letter.text) == ("L", "R")
    for mark, mirrored, across in ((disc, other_disc, "cx"), (letter, other_letter, "x")):
        assert float(mirrored.attrib[across]) == pytest.approx(WIDTH - float(mark.attrib[across]), abs=0.11)


def test_the_letter_of_a_graphic_goes_along_and_is_not_mirrored(pictures: dict[str, dict[str, Any]]) -> None:
    for name, by_way in pictures.items():
        for graphic in by_way.values():
            body_of_it, *marks = graphic["items"]
            assert (body_of_it["scaleX"], body_of_it["pivotX"]) == ("${mirrored ? -1 : 1}", WIDTH / 2)
            assert len(marks) == len(sides(name)) - 1
            for mark in marks:
                right, left = map(float, re.findall(r"[\d.]+", mark["translateX"]))
                assert right == pytest.approx(WIDTH - left, abs=0.11)
                assert "scaleX" not in mark
                assert [item.get("text") for item in mark["items"]] == [None, "${mark}"]


@pytest.mark.parametrize(("name", "way"), DRAWN)
def test_each_body_has_the_same_bones(name: str, way: str) -> None:
    """Read off two pictures of the same pose, from places a quarter of a turn apart: that gives three dimensions."""
    measured = {
        bone: next(filter(None, (_lengths(pose(name, way), turn, *ends) for turn in TURNS)))
        for bone, ends in BONES.items()
    }
    expected = {"thigh": 0.42, "shin": 0.41, "foot": 0.2, "forearm": 0.26}
    for bone, lengths in measured.items():
        assert lengths == pytest.approx([expected[bone]] * 2, abs=0.02), bone


def _lengths(of: Pose, turn: int, wide: float, narrow: float) -> list[float] | None:
    """The lengths of the two limbs that are so thick at their ends, or nothing where one is seen end on."""
    seen = [_ends(of.model_copy(update={"view": Looked(turn=at, up=0)}), wide, narrow) for at in (turn, turn + 90)]
    if [len(each) for each in seen] != [2, 2]:
        return None
    pairings = [list(zip(seen[0], others, strict=True)) for others in permutations(seen[1])]
    # The same limb is as high in both pictures. Where both limbs are, they are the mirror image of each other.
    high = [max(abs(_rise(one) - _rise(other)) for one, other in pairs) for pairs in pairings]
    level = [pairs for pairs, off in zip(pairings, high, strict=True) if off < min(high) + LEVEL]
    lengths = [[hypot(_run(one), _run(other), _rise(one)) for one, other in pairs] for pairs in level]
    return min(lengths, key=lambda pair: max(pair) - min(pair))


Ends = tuple[tuple[float, float], tuple[float, float]]


def _run(ends: Ends) -> float:
    return ends[1][0] - ends[0][0]


def _rise(ends: Ends) -> float:
    return ends[1][1] - ends[0][1]


def _ends(of: Pose, wide: float, narrow: float) -> list[Ends]:
    picture = svg(of)
    metre = _metre(picture)
    return [
        ((one[0] / metre, one[1] / metre), (other[0] / metre, other[1] / metre))
        for one, thick, other, thin in limbs(picture)
        if thick / metre == pytest.approx(wide, abs=0.0012) and thin / metre == pytest.approx(narrow, abs=0.0012)
    ]


def _metre(picture: str) -> float:
    hair = [outline for data, _, colour in paths(picture) if colour == HAIR for outline in outlines(data)]
    return max(dist(*outline.points[:2]) for outline in hair) / 2 / HEAD


@pytest.mark.parametrize(("name", "way"), [each for each in DRAWN if len(sides(each[0])) > 1 and each[1] != "way"])
def test_what_is_drawn_as_working_is_where_it_is_felt(name: str, way: str) -> None:
    felt = WHOLE.languages[0].exercises[name].content.felt
    worked = "left_leg" if _index(felt, "side }}") < _index(felt, "other }}") else "right_leg"
    assert pose(name, way).works == (worked,)


def _index(text: str, words: str) -> int:
    return text.index(words) if words in text else len(text)


@pytest.mark.parametrize(("name", "way"), [each for each in DRAWN if each[1] != "way"])
def test_a_picture_is_told_in_a_sentence_that_names_the_side(name: str, way: str) -> None:
    for language in WHOLE.languages:
        told = {one.side: one.told for one in sheet.drawn(WHOLE, language) if (one.exercise, one.way) == (name, way)}
        assert set(told) == set(sides(name))
        for side, text in told.items():
            assert text.endswith(".")
            assert (side in text.casefold()) == (side != "both"), text


def test_an_exercise_looks_as_its_words_have_it() -> None:
    """What the words of the left say, read off the joints."""
    lunge, twist, lateral, turned, laces, seated, pigeon, squat = (
        body(pose(name, "usual"))
        for name in (
            "reverse_lunge", "lying_twist", "lateral_hip_stretch", "seated_twist", "shoelace_stretch", "seated_lunge",
            "pigeon_pose", "deep_squat_rest",
        )
    )  # fmt: skip
    x, y, z = 0, 1, 2
    assert lunge.joints["left_ankle"][z] < lunge.joints["hips"][z] < lunge.joints["right_ankle"][z]
    assert lunge.joints["right_ankle"][z] < lunge.joints["right_knee"][z] < lunge.joints["right_toes"][z]
    assert twist.joints["left_knee"][x] > 0.3
    assert twist.joints["right_knee"][x] > 0.3
    assert twist.joints["right_knee"][y] > twist.joints["left_knee"][y]
    assert twist.face[x] < -0.5
    assert max(lateral.joints["left_knee"][x], lateral.joints["right_knee"][x]) < -0.05
    assert lateral.joints["right_knee"][y] > lateral.joints["left_knee"][y]
    assert turned.front[x] > 0.5
    assert turned.face[x] > 0.5
    assert turned.joints["left_ankle"][x] < turned.joints["right_knee"][x]
    assert dist(turned.joints["right_heel"], turned.joints["left_hip"]) < 0.25
    assert laces.joints["left_knee"][y] > laces.joints["right_knee"][y] + 0.05
    assert dist(laces.joints["left_knee"], laces.joints["right_knee"]) < 0.25
    assert laces.joints["left_ankle"][x] < -0.2
    assert laces.joints["right_ankle"][x] > 0.2
    assert seated.joints["left_ankle"][z] < -0.4
    assert seated.joints["right_knee"][z] == pytest.approx(seated.joints["right_ankle"][z], abs=0.06)
    assert pigeon.joints["left_ankle"][x] < pigeon.joints["hips"][x] < pigeon.joints["left_knee"][x]
    assert pigeon.joints["right_ankle"][z] < -0.8
    assert max(squat.joints["left_heel"][y], squat.joints["right_heel"][y]) < SOLE


def _soles(way: str) -> Iterator[tuple[str, float]]:
    for name in ("reverse_lunge", "pelvic_tilt", "deep_squat_rest"):
        yield name, min(body(pose(name, way)).joints[f"{side}_heel"][1] for side in ("left", "right"))


@pytest.mark.parametrize("way", WAYS)
def test_who_stands_stands_on_the_floor(way: str) -> None:
    assert all(heel < SOLE for _, heel in _soles(way))


def test_the_sheet_of_the_docs_is_that_of_the_content(root: Path) -> None:
    stale = "docs/poses.svg is stale: run `make poses`"
    assert (root / "docs" / "poses.svg").read_text("utf-8") == sheet.sheet(WHOLE), stale


def test_the_command_draws_each_side_and_theme(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    copy.path("docs").mkdir()
    assert main(["poses", "--root", str(copy.root)]) == 0
    made = {path.name for path in (copy.root / "build" / "poses").glob("*.svg")}
    expected = {
        f"{name}-{way}-{side}-{theme}.svg" for name, way in DRAWN for side in sides(name) for theme in ("light", "dark")
    }
    assert made == expected
    assert "docs/poses.svg" in capsys.readouterr().out


def test_poses_without_an_exercise_and_an_exercise_without_poses_are_refused(copy: Any) -> None:
    copy.path("content/poses/lying_twist.yaml").rename(copy.path("content/poses/flying_twist.yaml"))
    told = {(problem.path.name, problem.reason) for problem in copy.problems()}
    assert told == {
        ("lying_twist.yaml", "the poses of `lying_twist` are missing"),
        ("flying_twist.yaml", "there is no exercise `flying_twist` that these poses could be of"),
    }


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("easier", "`easier` is missing"),
        ("deeper", "`deeper` is missing"),
        ("way", "`way` is missing: the set-up has more than 3 moves"),
    ],
)
def test_each_variation_and_a_long_way_in_have_to_be_drawn(copy: Any, way: str, reason: str) -> None:
    page = copy.path("content/poses/pelvic_tilt.yaml")
    page.write_text(re.sub(rf"^{way}:\n(  .*\n)+", "", page.read_text("utf-8"), flags=re.M), encoding="utf-8")
    assert [(problem.path, problem.reason) for problem in copy.problems()] == [(page, reason)]


def test_a_library_is_whole(library: Library) -> None:
    assert library.poses.keys() == library.exercises.keys()
