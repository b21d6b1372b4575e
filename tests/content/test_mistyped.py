"""A mistyped change of the session, of the progress or of the preferences is told by mypy, before anything runs.

All slips are seeded at once in shadows of the real modules, which mypy reads in their place.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONVERSATION, PERSISTENCE = "lambda/coach/conversation", "lambda/coach/persistence"


@dataclass(frozen=True)
class Slip:
    """What is mistyped in a file, and what mypy says of it."""

    file: str
    right: str
    wrong: str
    reason: str


SLIPS = {
    "a field of the session that is changed": Slip(
        f"{CONVERSATION}/replies/asking.py",
        "replace(moment.session, missed=times)",
        "replace(moment.session, mised=times)",
        'Unexpected keyword argument "mised" for "replace" of "Session"',
    ),
    "a field of the session that is read": Slip(
        f"{CONVERSATION}/replies/choosing.py",
        "names = moment.session.names",
        "names = moment.session.nmes",
        '"Session" has no attribute "nmes"',
    ),
    "a field of the progress": Slip(
        f"{CONVERSATION}/turn.py",
        "replace(after.progress, touched=",
        "replace(after.progress, toched=",
        'Unexpected keyword argument "toched" for "replace" of "Progress"',
    ),
    "a preference": Slip(
        f"{PERSISTENCE}/changes.py",
        "replace(p, pace=c.number)",
        "replace(p, pase=c.number)",
        'Unexpected keyword argument "pase" for "replace" of "Preferences"',
    ),
    "a change": Slip(
        f"{CONVERSATION}/replies/settling.py", "changes.pace(pace)", "changes.pase(pace)", 'no attribute "pase"'
    ),
    "what a change is given": Slip(
        f"{CONVERSATION}/replies/keeping.py",
        "changes.weekly_goal(wanted)",
        'changes.weekly_goal("four")',
        'Argument 1 to "weekly_goal" has incompatible type "str"; expected "int"',
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What mypy says of the modules with all slips in them."""
    folder = tmp_path_factory.mktemp("shadows")
    texts = {slip.file: (ROOT / slip.file).read_text(encoding="utf-8") for slip in SLIPS.values()}
    for slip in SLIPS.values():
        assert slip.right in texts[slip.file], f"{slip.file} has no {slip.right!r}"
        texts[slip.file] = texts[slip.file].replace(slip.right, slip.wrong, 1)
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(folder / "cache")]
    for file, text in texts.items():
        shadow = folder / Path(file).name
        shadow.write_text(text, encoding="utf-8")
        command += ["--shadow-file", file, str(shadow)]
    done = subprocess.run([*command, *texts], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if " error: " in line]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_file_line_and_reason(told: list[str], name: str) -> None:
    slip = SLIPS[name]
    lines = (ROOT / slip.file).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if slip.right in text)
    assert [one for one in told if one.startswith(f"{slip.file}:{line}: ") and slip.reason in one]


def test_nothing_but_the_slips_is_told(told: list[str]) -> None:
    assert len(told) == len(SLIPS), told
