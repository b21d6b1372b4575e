"""Runs of the subjects, in turn, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.deployed.figures import Run
from bench.deployed.lives import WHO, Script
from bench.deployed.serving import Served
from bench.deployed.subjects import FLOOR, ID_KEY, Subject, Workshop
from coach.alexa.requests import account_key
from coach.persistence.progress import Mode, Progress
from coach.persistence.repository import Person
from coach.persistence.stores import open_store
from tests.adapters.people import veteran

PROCESS = Path(__file__).with_name("process.py")
RUN_SECONDS = 300
YEARS = 10
GROWN = "grown"
"""The coach, with somebody who is with it for so many years."""


class FailedRunError(Exception):
    """A subject did not do what it was asked: its figures would mean nothing."""


def rounds(workshop: Workshop, served: Served, number: int, script: Script) -> dict[str, list[Run]]:
    """So many runs of each subject, each with a table of its own, and as many of the coach with somebody who is with it
    for years. One round before them fills the caches of the machine.
    """
    lives: dict[str, list[Run]] = {name: [] for name in (*(one.name for one in workshop.subjects), GROWN)}
    for at in range(number + 1):
        for subject in workshop.subjects:
            lives[subject.name].append(lived(workshop, served, subject, f"{subject.name}-{at}", script))
        lives[GROWN].append(lived(workshop, served, workshop.ours, known(workshop, served, f"{GROWN}-{at}"), script))
    return {name: runs[1:] for name, runs in lives.items()}


def known(workshop: Workshop, served: Served, table: str) -> str:
    """A table in which the person of the script has done everything on every day of some years."""
    os.environ |= served.environment(workshop.ours.authorities)
    person = Person(account_key(f"amzn1.ask.account.{WHO.user}", ID_KEY), "")
    open_store(f"dynamodb://{table}").save(person, at_home(_veteran()))
    return table


@cache
def _veteran() -> Progress:
    return veteran(YEARS)


def at_home(progress: Progress) -> Progress:
    """Somebody who lets the coach do one exercise in an answer, as all others here do."""
    return replace(progress, preferences=replace(progress.preferences, mode=Mode.EXERCISE))


def lived(workshop: Workshop, served: Served, subject: Subject, table: str, script: Script) -> Run:
    """One run. Raises FailedRunError."""
    with TemporaryDirectory() as folder:
        to_read, result = Path(folder, "script.json"), Path(folder, "result.json")
        to_read.write_text(json.dumps(script), encoding="utf-8")
        command = [workshop.python, "-I", "-S", str(PROCESS), str(subject.task), str(workshop.runtime)]
        table_at = served.environment(subject.authorities)
        done = subprocess.run(
            [*command, str(to_read), str(result)],
            env={"PATH": os.environ["PATH"], **table_at, **subject.environment(table)},
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_SECONDS,
        )
        if done.returncode:
            raise FailedRunError(f"{subject.name} failed:\n{done.stderr[-2_000:]}")
        told = json.loads(result.read_text(encoding="utf-8"))
    run = Run(told, served.counted(table) if subject.name != FLOOR else {})
    for failed in _faults(subject, run):
        raise FailedRunError(f"{subject.name} {failed}")
    return run


def _faults(subject: Subject, run: Run) -> Sequence[str]:
    checks: dict[str, Callable[[], bool]] = {
        "made excuses": lambda: any(
            subject.excuse in turn["said"] for session in run.told["sessions"] for turn in session
        ),
        "was refused something by the table": lambda: any("refused" in call for call in run.counted.get("calls", {})),
        "did not ask the table": lambda: subject.name != FLOOR and not run.calls(),
    }
    return [told for told, is_so in checks.items() if is_so()]
