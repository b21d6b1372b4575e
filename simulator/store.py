"""Where the progress of whoever talks is kept.

Rule: only somebody who types has progress of their own. A script, a client and a recording begin with nobody, unless
they name a store.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from simulator.command_line import UsageError

MEMORY: Final = "memory:"
VARIABLE: Final = "HIP_COACH_STORE"


def store_url(given: str | None, *, typed: bool) -> str:
    """The store that was `given`, else the one that the environment names, else the person's own file when they type,
    and memory otherwise. Raises UsageError.
    """
    return given or os.environ.get(VARIABLE, "").strip() or (_own() if typed else MEMORY)


def data_folder(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """Where this user's programs keep their data, for this program, by the custom of the platform."""
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "hip-coach"


def _own() -> str:
    folder = data_folder(os.environ, sys.platform, Path.home())
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return f"sqlite:///{folder / 'progress.sqlite'}"
