"""The compiled file: its shape, which the coach relies on, and that it is the same for the same content."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from authoring import templates
from authoring.__main__ import main
from authoring.compile import write
from authoring.content import Library

SIDES = {"each": {"left", "right"}, "both": {"both"}}
VARIATION = {"setup", "landmark", "brief", "picture", "out", "on"}


def test_the_file_has_everything_the_coach_loads(compiled: dict[str, Any]) -> None:
    assert set(compiled) == {
        "locale", "voice", "called", "numbers", "ordinals", "sides", "areas", "positions", "equipment",
        "exercises", "routines", "ways", "around", "prompts",
    }  # fmt: skip
    assert compiled["locale"] == "en-US"


def test_a_number_is_found_at_its_own_place(compiled: dict[str, Any]) -> None:
    assert (compiled["numbers"][0], compiled["numbers"][45], compiled["numbers"][60]) == ("zero", "forty-five", "sixty")
    assert (compiled["ordinals"][1], compiled["ordinals"][10], compiled["ordinals"][20]) == (
        "first",
        "tenth",
        "twentieth",
    )


def test_an_exercise_has_its_words_for_each_of_its_sides(compiled: dict[str, Any]) -> None:
    for exercise in compiled["exercises"].values():
        assert set(exercise) == {
            "areas", "position", "positions", "needs", "helps", "sides", "work", "daily", "moved", "easy", "words",
        }  # fmt: skip
        words, sides = exercise["words"], SIDES[exercise["sides"]]
        for by_side in (words["check"], words["felt"], *words["cues"].values(), *words["cautions"].values()):
            assert set(by_side) == sides
        for way, keys in (
            ("usual", VARIATION),
            ("easier", VARIATION | {"say", "way"}),
            ("deeper", VARIATION | {"say", "way"}),
        ):
            assert set(words[way]) == keys
            assert all(set(by_side) == sides for by_side in words[way].values())
            for part, moves in exercise["moved"][way].items():
                assert all(len(said) == len(moves) for said in words[way][part].values())


def test_reps_and_nothing_else_have_words_for_down_and_up(compiled: dict[str, Any]) -> None:
    for exercise in compiled["exercises"].values():
        assert ({"lower", "rise"} <= set(exercise["words"])) == ("reps" in exercise["work"])


def test_times_are_whole_milliseconds(compiled: dict[str, Any]) -> None:
    lunge = compiled["exercises"]["reverse_lunge"]
    assert lunge["work"] == {
        "reps": {"count": 10, "sets": 3, "lower_ms": 2500, "pause_ms": 1000, "rise_ms": 2500, "rest_ms": 60000}
    }
    times = [ms for moves in lunge["moved"]["usual"].values() for ms, _ in moves]
    times += [ms for ways in compiled["ways"].values() for way in ways.values() for ms, *_ in way["moves"]]
    assert all(type(time) is int for time in times)


def test_a_long_way_is_made_of_the_short_ones_between(compiled: dict[str, Any]) -> None:
    ways = compiled["ways"]
    legs = (ways["lying"]["seated"], ways["seated"]["kneeling"], ways["kneeling"]["standing"])
    assert ways["lying"]["standing"]["words"] == [move for leg in legs for move in leg["words"]]
    assert ways["standing"]["chair"]["words"] != ways["kneeling"]["chair"]["words"]


def test_an_easy_start_is_rungs_up_to_the_dose(compiled: dict[str, Any]) -> None:
    easy = {name: exercise["easy"] for name, exercise in compiled["exercises"].items()}
    assert easy["pelvic_tilt"] == {"start": 0, "rungs": [["usual", ms, 1, 1] for ms in (5000, 10000, 15000, 20000)]}
    assert easy["butterfly_pose"] == {
        "start": 1,
        "rungs": [["easier", number, 1, 1] for number in (2, 3, 4, 5)] + [["usual", 5, 1, 1]],
    }
    assert easy["reverse_lunge"]["rungs"][easy["reverse_lunge"]["start"]] == ["usual", 5, 1, 1]
    assert easy["reverse_lunge"]["rungs"][-1] == ["usual", 10, 3, 2]


def test_no_placeholder_is_left_in_the_words(compiled: dict[str, Any]) -> None:
    spoken = json.dumps([compiled["exercises"], compiled["routines"], compiled["ways"]])
    assert "{{" not in spoken


def test_a_prompt_has_its_fields_and_all_its_variants(compiled: dict[str, Any]) -> None:
    assert compiled["prompts"] == {
        "welcome": {"fields": [], "say": ["Welcome.", "Hello."], "reprompt": None},
        "left": {"fields": ["side", "time"], "say": ["{{ time }} to go, {{ side }}."], "reprompt": None},
    }


def test_the_same_content_gives_the_same_bytes(library: Library, tmp_path: Path) -> None:
    once = write(library, tmp_path / "once")
    again = write(library, tmp_path / "again")
    assert [path.name for path in once] == ["en-US.json", "poses.json", "screen.json"]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_the_same_content_gives_the_same_templates(library: Library, tmp_path: Path) -> None:
    modules = []
    for out in (tmp_path / "once", tmp_path / "again"):
        write(library, out)
        modules += out.glob("*.py")
    once, again = modules
    assert (once.name, once.read_bytes()) == (again.name, again.read_bytes())


def test_compile_writes_one_file_for_each_locale(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "--root", str(copy.root)]) == 0
    path = copy.compiled / "en-US.json"
    assert json.loads(path.read_text())["locale"] == "en-US"
    assert str(path) in capsys.readouterr().out


def test_compile_leaves_nothing_of_an_earlier_time(copy: Any) -> None:
    shutil.copytree(copy.path("content/locales/en-US"), copy.path("content/locales/de-DE"))
    assert main(["compile", "--root", str(copy.root)]) == 0
    assert len(list(copy.compiled.glob("*-*.json"))) == len(list(copy.compiled.glob("*.py"))) == 2
    shutil.rmtree(copy.path("content/locales/de-DE"))
    copy.spoil("content/locales/en-US/prompts.yaml", "Hello.", "Good to hear you.")
    assert main(["compile", "--root", str(copy.root)]) == 0
    assert sorted(path.name for path in copy.compiled.glob("*.json")) == ["en-US.json", "poses.json", "screen.json"]
    assert len(list(copy.compiled.glob("*.py"))) == 1


def test_nothing_is_written_while_a_problem_stands(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    copy.spoil("content/routines.yaml", "rests: true", "rests: soon")
    assert main(["compile", "--root", str(copy.root)]) == 1
    assert not copy.compiled.exists()
    line = copy.line("content/routines.yaml", "rests: soon")
    assert capsys.readouterr().out.startswith(f"{copy.path('content/routines.yaml')}:{line}: `evening.rests`")


def test_a_compilation_that_dies_in_the_middle_leaves_what_was_there(
    copy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["compile", "--root", str(copy.root)]) == 0
    before = {path.name: path.read_bytes() for path in copy.compiled.iterdir()}
    copy.spoil("content/locales/en-US/prompts.yaml", "Welcome.", "Welcome to you.")

    def dying(words: dict[str, Any]) -> str:
        raise KeyboardInterrupt(words["locale"])

    monkeypatch.setattr(templates, "module", dying)
    with pytest.raises(KeyboardInterrupt):
        main(["compile", "--root", str(copy.root)])
    assert {path.name: path.read_bytes() for path in copy.compiled.iterdir()} == before
    assert [path.name for path in copy.compiled.parent.iterdir()] == ["compiled"]


def test_another_language_needs_words_and_no_code(copy: Any) -> None:
    shutil.copytree(copy.path("content/locales/en-US"), copy.path("content/locales/de-DE"))
    copy.spoil("content/locales/de-DE/locale.yaml", "left: left, right: right", "left: links, right: rechts")
    copy.spoil("content/locales/de-DE/exercises/lying_twist.yaml", "on: your knees to the", "on: die Knie nach")
    assert main(["compile", "--root", str(copy.root)]) == 0
    german = json.loads((copy.compiled / "de-DE.json").read_text("utf-8"))
    assert german["exercises"]["lying_twist"]["words"]["usual"]["on"]["left"] == "die Knie nach links"
    assert (copy.compiled / "en-US.json").exists()
