"""What is measured: the coach as it is deployed, and the two skills beside it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring.check import checked
from authoring.interpreters import interpreter
from authoring.package import package
from bench.deployed.installing import OF_THE_RUNTIME, installed, to_bytecode, zipped
from coach.persistence.stores.wire import AMAZON_ROOTS
from simulator.nlu.understanding import SKILL_ID

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "bench" / "baseline"
TOOLS = ROOT / "build" / "tools" / "bench"
MADE = ROOT / "build" / "bench"

OURS, SAMPLES, FLOOR = "ours", "samples", "floor"
ID_KEY = "a key that is good for this bench only"


class SubjectError(Exception):
    """A subject cannot be measured; the message says what to do."""


@dataclass(frozen=True)
class Subject:
    """`task` is the folder that Lambda would make of the `bundle`; `authorities` are the certificates by which it knows
    AWS; `excuse` is said when something has failed.
    """

    name: str
    task: Path
    bundle: Path
    authorities: Path
    excuse: str

    def environment(self, table: str) -> dict[str, str]:
        """The settings that the function has when it keeps progress in a table."""
        if self.name == OURS:
            return {
                "HIP_COACH_STORE": f"dynamodb://{table}",
                "HIP_COACH_SKILL_ID": SKILL_ID,
                "HIP_COACH_ID_KEY": ID_KEY,
                "HIP_COACH_METRICS": "HipCoach/bench",
            }
        return {"TABLE": table}


@dataclass(frozen=True)
class Workshop:
    """All that runs: the function's Python, the runtime's own modules, and the subjects."""

    python: str
    runtime: Path
    subjects: tuple[Subject, ...]

    @property
    def ours(self) -> Subject:
        """The coach."""
        return next(subject for subject in self.subjects if subject.name == OURS)


def workshop(python: str) -> Workshop:
    """Make everything that is measured. Raises SubjectError where this machine has not what it takes, and
    InstallingError.
    """
    found = interpreter(python)
    if not found:
        raise SubjectError(f"{python} is not the function's Python, or does not start: set RUNTIME_PYTHON to its path.")
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir(parents=True)
    runtime = installed(["boto3"], TOOLS, found)
    if not (runtime / "boto3" / "__pycache__").exists():
        to_bytecode(runtime, found)
    return Workshop(found, runtime, (_ours(found), _samples(found, runtime), _floor(found, runtime)))


def _ours(python: str) -> Subject:
    library, problems = checked(ROOT)
    if problems or library is None:
        raise SubjectError("The content has faults: `make content` tells them.")
    made = package(library, ROOT, ROOT / "build", python)
    task = MADE / OURS
    with zipfile.ZipFile(made.path) as bundle:
        bundle.extractall(task)
    own = task / AMAZON_ROOTS.relative_to(ROOT / "lambda")
    return Subject(OURS, task, made.path, own, "something went wrong on my side")


def _samples(python: str, runtime: Path) -> Subject:
    lines = (BASELINE / "official" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    packages = installed(wanted, TOOLS, python, OF_THE_RUNTIME)
    return _made(SAMPLES, [packages, BASELINE / "official"], python, runtime, "I had trouble")


def _floor(python: str, runtime: Path) -> Subject:
    return _made(FLOOR, [BASELINE / "floor"], python, runtime, "Sorry")


def _made(name: str, folders: Sequence[Path], python: str, runtime: Path, excuse: str) -> Subject:
    """A subject from folders that are laid over each other, compiled as the coach's bundle is."""
    task = MADE / name
    for folder in folders:
        unwanted = shutil.ignore_patterns("*.dist-info", "__pycache__", "bin", "requirements.txt")
        shutil.copytree(folder, task, dirs_exist_ok=True, ignore=unwanted)
    to_bytecode(task, python, docstrings=False)
    return Subject(name, task, zipped(task, MADE / f"{name}.zip"), runtime / "botocore" / "cacert.pem", excuse)
