"""The Python environment of this folder: `python authoring/environment.py .venv talk` makes it where it is missing, and
installs one of the extras of pyproject.toml.

Rule: nothing but the standard library, for nothing is installed yet. What goes on is shown on standard error while it
goes on, and what goes wrong is told in a sentence with a way on.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PIP = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--no-compile"]
"""Python compiles what is imported when it is: most of what is installed never needs to be."""

NO_VENV = (
    "This Python lacks its module venv. On Debian and Ubuntu `sudo apt install python3-venv` brings it; another Python "
    "is taken by its name, as in `make PYTHON=python3.12`."
)
NOT_INSTALLED = "Not all could be installed. Where that is for want of a network, the same command goes on with one."
BROKEN_OFF = "Broken off. The same command goes on with it."

FAULTS_SHOWN = 3
WIDTH = 78


def main(folder: str, extra: str) -> int:
    """Set up the environment in `folder` for what `extra` names; returns the exit status."""
    if not find_spec("ensurepip"):
        return _end(NO_VENV)
    try:
        _show("an environment of its own")
        made = subprocess.run([sys.executable, "-m", "venv", folder], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        if made.returncode:
            return _end(f"{folder} cannot be made.", *made.stdout.splitlines()[:FAULTS_SHOWN])
        faults = _install(Path(folder, "bin", "python"), extra)
    except KeyboardInterrupt:
        return _end(BROKEN_OFF)
    return _end(*faults[:FAULTS_SHOWN], NOT_INSTALLED) if faults else _end()


def _install(python: Path, extra: str) -> list[str]:
    """Have pip install an extra; what it says went wrong, if anything did."""
    command = [str(python), *PIP, "--editable", f".[{extra}]"]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            said.append(line.strip())
            if news := _news(line.split()):
                _show(news)
    return ([line for line in said if line.startswith("ERROR")] or said[-1:]) if pip.returncode else []


def _news(words: list[str]) -> str:
    """What a line of pip tells to somebody who waits: the library that it is at, or that all of them are there."""
    match words:
        case ["Obtaining", *_]:
            return "the coach"
        case ["Collecting" | "Processing", library, *_]:
            return Path(library).name
        case ["Installing", "collected", *_]:
            return "all of it into its place"
    return ""


def _show(news: str) -> None:
    """Show what is being done: in a line that changes, or in a line each where nobody watches."""
    shown = f"  {news}"[:WIDTH]
    if sys.stderr.isatty():
        print(f"\r{shown:{WIDTH}}", end="", file=sys.stderr, flush=True)
    else:
        print(shown, file=sys.stderr, flush=True)


def _end(*sentences: str) -> int:
    """Say what stands in the way, if anything does, in place of what was being done; returns the exit status."""
    if sys.stderr.isatty():
        print(f"\r{'':{WIDTH}}\r", end="", file=sys.stderr)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
