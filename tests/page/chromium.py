"""A Chromium: the one of this system, or the one that comes from a registry and stands on nothing of the system."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from platform import machine
from shutil import which

_BROWSER = Path(__file__).with_name("browser")
AXE = _BROWSER / "node_modules" / "axe-core" / "axe.min.js"
"""What looks a page over for what keeps people out."""


@dataclass(frozen=True)
class Chromium:
    """Where its program is, and what has to stand in its environment."""

    path: str
    environ: dict[str, str]


def chromium() -> Chromium:
    """A Chromium that runs here. Raises LookupError where there is none, and CalledProcessError where it does not
    unpack.
    """
    if here := which("chromium"):
        return Chromium(here, dict(os.environ))
    if machine() != "x86_64":
        raise LookupError(f"There is no Chromium here, and npm has none for {machine()}: install Debian's chromium.")
    command = ["node", str(_BROWSER / "unpack.mjs")]
    unpacked = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - a program of ours
    told = json.loads(unpacked.stdout)
    return Chromium(told["path"], {**os.environ, "LD_LIBRARY_PATH": told["libraries"]})
