"""What code and words owe each other: whatever one of them does not keep is told, all of it in one run.

The faults are in `owed.yaml`. All of one locale are seeded at once, so that none may hide another.
"""

import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from authoring.__main__ import main
from authoring.check import owed
from tests.content.conftest import Copy, whole

Fault = dict[str, Any]
FAULTS: dict[str, Fault] = {
    fault.pop("fault"): fault for fault in yaml.safe_load(Path(__file__).with_name("owed.yaml").read_text("utf-8"))
}
REAL = "en-US"
LOCALES = (REAL, "en-GB")


@dataclass(frozen=True)
class Run:
    """One run of the check on a spoiled copy: its exit status, and the lines that it printed."""

    copy: Copy
    status: int
    lines: tuple[str, ...]

    def told(self, telling: dict[str, str]) -> list[str]:
        """The lines that tell a fault where it stands."""
        line = self.copy.line(telling["file"], telling["line"]) if "line" in telling else 1
        place = f"{self.copy.path(telling['file'])}:{line}: "
        return [told for told in self.lines if told.startswith(place) and telling["reason"] in told]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """A run for each locale, with all of its faults."""
    return {locale: _run(whole(tmp_path_factory.mktemp(locale)), locale) for locale in LOCALES}


def _run(copy: Copy, locale: str) -> Run:
    if locale != REAL:
        shutil.copytree(copy.path(f"content/locales/{REAL}"), copy.path(f"content/locales/{locale}"))
    for fault in _of(locale):
        for seed in fault["seed"]:
            if "old" in seed:
                copy.spoil(seed["file"], seed["old"], seed["new"])
            else:
                copy.path(seed["file"]).unlink()
    printed = StringIO()
    with redirect_stdout(printed):
        status = main(["check", "--root", str(copy.root)])
    return Run(copy, status, tuple(printed.getvalue().splitlines()))


def _of(locale: str) -> Iterator[Fault]:
    return (fault for fault in FAULTS.values() if fault.get("locale", REAL) == locale)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_file_line_and_reason(runs: dict[str, Run], name: str) -> None:
    fault = FAULTS[name]
    run = runs[fault.get("locale", REAL)]
    for telling in fault["told"]:
        assert len(run.told(telling)) == 1, telling


@pytest.mark.parametrize("locale", LOCALES)
def test_all_faults_are_told_in_one_run_and_nothing_else_is(runs: dict[str, Run], locale: str) -> None:
    run = runs[locale]
    told = {line for fault in _of(locale) for telling in fault["told"] for line in run.told(telling)}
    assert [line for line in run.lines if line not in told] == []
    assert len(told) == len(run.lines)
    assert run.status == 1


def test_what_keeps_its_promises_is_told_nothing(house: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(house.root)]) == 0
    assert capsys.readouterr().out == ""


def test_code_that_is_not_python_is_told(house: Copy) -> None:
    work = "lambda/coach/conversation/work.py"
    house.spoil(work, "def timed(", "def timed((")
    (problem,) = owed(house.root, None)
    assert problem.path == house.path(work)
    assert "this is not Python" in problem.reason


def test_what_the_checks_go_by_must_be_there_and_hides_nothing_else(house: Copy) -> None:
    house.spoil("lambda/coach/alexa/requests.py", "INTENTS:", "MEANINGS:")
    house.spoil("content/prompts.yaml", "sorry: {}", "sung: {}")
    reasons = {problem.reason for problem in owed(house.root, None)}
    assert "INTENTS has to be in one module of the coach, and is in 0" in reasons
    assert "no code says the prompt `sung`" in reasons


def test_a_line_of_the_intents_that_cannot_be_read_is_told(house: Copy) -> None:
    house.spoil("lambda/coach/alexa/requests.py", "Event.WHY,", 'Event("why"),')
    told = {(problem.path, problem.line): problem.reason for problem in owed(house.root, None)}
    requests = "lambda/coach/alexa/requests.py"
    assert "not an intent and its event" in told[house.path(requests), house.line(requests, 'Event("why")')]
