"""The coach where it was installed: built of this project, and used where there is nothing else of it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
SOURCES = ("lambda", "simulator", "authoring", "content", "interaction_model")
BUILD = "import sys; from authoring.installing import build_wheel; build_wheel(sys.argv[1])"
TALK = "import sys; sys.path.insert(0, sys.argv.pop(1)); from simulator.installed import main; sys.exit(main())"


def run(*command, cwd, said="", **environ):
    return subprocess.run(  # noqa: S603
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env={**os.environ, **environ},
        input=said,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder in which the package is, as pip would lay it out; what it was built of is gone."""
    copy, made = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("made")
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "compiled"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    # What an earlier build left, of a locale that is gone.
    left = copy / "build/lib/coach/compiled/en-XX.json"
    left.parent.mkdir(parents=True)
    left.touch()
    built = run("-c", BUILD, made, cwd=copy, PYTHONPATH=f".{os.pathsep}lambda")
    assert built.returncode == 0, built.stderr[-2000:]
    assert not (copy / "simulator/nlu/models").exists(), "nothing is left over in the repository"
    shutil.rmtree(copy)
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(made / "packages")
    return made / "packages"


@pytest.mark.parametrize(
    ("locale", "heard"), [("en-US", "call the emergency number"), ("en-GB", "ring the emergency number")]
)
def test_it_talks_in_every_english_where_there_is_no_repository(installed, tmp_path, locale, heard):
    talked = run(
        *("-P", "-c", TALK, installed, "--locale", locale),
        cwd=tmp_path,
        said="open hip coach\nthe quick one\n@+40s how much longer\nI have chest pain\n",
        PYTHONPATH=str(installed),
    )
    assert talked.returncode == 0, talked.stderr
    assert "Welcome to Hip Coach" in talked.stdout
    assert "-> TimeLeftIntent" in talked.stdout
    assert heard in talked.stdout


def test_who_left_out_what_talking_takes_is_told_how_to_get_it(installed, tmp_path):
    talked = run("-I", "-S", "-c", TALK, installed, cwd=tmp_path)
    assert talked.returncode == 1
    (told,) = talked.stderr.splitlines()
    assert told.startswith("hip-coach: ask_sdk")
    assert told.endswith(
        'is missing, which talking takes. Install "hip-coach[talk]" instead of "hip-coach", or '
        '".[talk]" instead of ".".'
    )


def test_it_has_each_locale_and_none_that_is_gone(installed):
    locales = sorted(path.stem for path in (ROOT / "interaction_model").iterdir())
    for folder in ("coach/compiled", "simulator/nlu/models"):
        assert sorted(path.stem for path in (installed / folder).glob("*-*.json")) == locales


def test_the_licence_goes_with_it(installed):
    (licence,) = installed.glob("hip_coach-*.dist-info/licenses/LICENSE")
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()
