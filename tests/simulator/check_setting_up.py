"""The first command of a newcomer, where this computer lacks something for it."""
# ruff: noqa: S607 - what is run here is this project itself

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
STEPS = "authoring/environment.py"


@pytest.fixture
def folder(tmp_path):
    """As much of a fresh copy as setting up needs, in a path with spaces."""
    copy = tmp_path / "new comer" / "hip coach"
    for part in ("Makefile", "pyproject.toml", STEPS):
        to = copy / part
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, to)
    for part in ("content", "interaction_model", "lambda/coach/speaking"):
        (copy / part).mkdir(parents=True)
    (copy / "lambda/coach/speaking/phrasebook.py").touch()
    return copy


@pytest.fixture
def make_talk(folder, tmp_path):
    """Runs `make talk` with a Python that is a script of ours."""

    def run(script, **environ):
        python = tmp_path / "some_python"
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(python.stat().st_mode | stat.S_IXUSR)
        return subprocess.run(
            ["make", "talk"],
            cwd=folder,
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHON": "some_python", **environ},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    return run


def told(ran):
    """The lines that a person sees before make's own last word, when nothing went to standard output."""
    assert ran.returncode
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    return [line for line in ran.stderr.splitlines() if not line.startswith("make")]


def test_what_is_set_up_is_said_before_anything_is_done(make_talk):
    assert told(make_talk("exit 1"))[0].startswith("Setting up what talking takes, once: about half a minute")


def test_what_others_did_not_heed_is_not_told_to_somebody_who_wants_to_talk(make_talk):
    warned = "import warnings; warnings.warn('invalid escape sequence', SyntaxWarning)"
    script = f'[ "$1" = -c ] && exit 0\n"{sys.executable}" -c "{warned}"\nexit 1'
    assert "SyntaxWarning" not in " ".join(told(make_talk(script)))


def test_a_python_that_is_too_old_is_told(make_talk):
    assert told(make_talk("exit 1"))[1:] == [
        "Hip Coach needs Python 3.11 or newer, and some_python is none that starts here.",
        "Name one, with its path where it takes that: make PYTHON=/path/to/python3.12",
    ]


def test_a_python_without_venv_is_told_how_to_get_it(make_talk):
    # What Debian leaves out when it has no python3-venv.
    lacking = (
        "import runpy, sys; sys.modules['ensurepip'] = None; del sys.argv[0]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    script = f'[ "$1" = -c ] && exit 0\nexec "{sys.executable}" -c "{lacking}" "$@"'
    (sentence,) = told(make_talk(script))[1:]
    assert "sudo apt install python3-venv" in sentence


def test_without_a_network_it_says_how_to_go_on(make_talk, folder):
    ran = make_talk(
        f'exec "{sys.executable}" "$@"', PIP_NO_INDEX="1", PIP_FIND_LINKS=str(folder), PIP_CONFIG_FILE=os.devnull
    )
    lines = told(ran)
    assert "  an environment of its own" in lines
    assert (
        lines[-1]
        == "Not all could be installed. Where that is for want of a network, the same command goes on with one."
    )
    assert not (folder / ".venv-some_python/.talk").exists()
