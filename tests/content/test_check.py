"""Faults an author can make, each put into a copy of the content: refused, with file, line and a reason."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from authoring.__main__ import main
from authoring.check import checked

TWIST, TWIST_WORDS = "content/exercises/lying_twist.yaml", "content/locales/en-US/exercises/lying_twist.yaml"
TILT_WORDS = "content/locales/en-US/exercises/pelvic_tilt.yaml"
LOCALE, PROMPTS = "content/locales/en-US/locale.yaml", "content/locales/en-US/prompts.yaml"

FAULTS = {
    fault.pop("fault"): fault for fault in yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
}


def test_the_content_of_the_repository_has_no_problem(root: Path) -> None:
    assert checked(root)[1] == []


def test_a_fresh_copy_has_no_problem(copy: Any) -> None:
    assert copy.problems() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_file_line_and_reason(copy: Any, fault: str) -> None:
    file, reason = FAULTS[fault]["file"], FAULTS[fault]["reason"]
    copy.spoil(file, FAULTS[fault]["old"], FAULTS[fault]["new"])
    told = [(problem.path, problem.line) for problem in copy.problems() if reason in problem.reason]
    assert told == [(copy.path(file), copy.line(file, FAULTS[fault]["line"]))]


def test_words_without_an_exercise_are_refused(copy: Any) -> None:
    copy.path(TWIST).unlink()
    copy.spoil("content/routines.yaml", "    - lying_twist\n", "")
    reasons = [problem.reason for problem in copy.problems() if problem.path == copy.path(TWIST_WORDS)]
    assert reasons == ["there is no exercise `lying_twist` that these words could be for"]


def test_an_exercise_without_words_is_refused(copy: Any) -> None:
    copy.path(TWIST_WORDS).unlink()
    (problem,) = copy.problems()
    assert (problem.path, problem.reason) == (copy.path(TWIST_WORDS), "the words for `lying_twist` are missing")


def test_an_area_that_nothing_is_for_is_refused(copy: Any) -> None:
    copy.spoil("content/exercises/pelvic_tilt.yaml", "abdominals, ", "")
    (problem,) = copy.problems()
    assert str(problem) == f"{copy.path(LOCALE)}:{copy.line(LOCALE, '  abdominals:')}: no exercise is for `abdominals`"


def test_content_without_locales_is_told(copy: Any) -> None:
    shutil.rmtree(copy.path("content/locales"))
    (problem,) = copy.problems()
    reason = "there is no locale here, so nothing could be said"
    assert (problem.path, problem.reason) == (copy.path("content/locales"), reason)


def test_a_page_that_cannot_be_read_does_not_look_like_an_exercise_that_is_gone(
    house: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    house.spoil(TWIST_WORDS, "name: lying twist", "name: lying & twist")
    assert main(["check", "--root", str(house.root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{house.path(TWIST_WORDS)}:{house.line(TWIST_WORDS, 'name:')}: `name`: & cannot be spoken: write words"
    ]


@pytest.mark.parametrize("name", ["content/routines.yaml", "content/prompts.yaml", LOCALE, PROMPTS])
def test_a_missing_file_is_named(copy: Any, name: str) -> None:
    copy.path(name).unlink()
    assert f"{copy.path(name)}:1: this file is missing" in map(str, copy.problems())


def test_every_fault_is_told_and_not_only_the_first(copy: Any) -> None:
    copy.spoil(TWIST, "grade: B", "grade: D")
    copy.spoil("content/routines.yaml", "rests: true", "rests: maybe")
    copy.spoil(TILT_WORDS, "Loosen your jaw.", "Loosen 100% of your jaw.")
    names = [problem.path.name for problem in copy.problems()]
    assert names == ["lying_twist.yaml", "pelvic_tilt.yaml", "routines.yaml"]


def test_the_command_checks_content_and_interaction_models(house: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(house.root)]) == 0
    house.spoil(TWIST_WORDS, "supine twist", "curly twist")
    assert main(["check", "--root", str(house.root)]) == 1
    assert any(line.startswith(str(house.model)) for line in capsys.readouterr().out.splitlines())
