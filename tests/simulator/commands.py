"""Commands of the system that are scripts of ours, and what they have written down."""

import time
from pathlib import Path

from tests.patience import PATIENCE_SECONDS


def program(folder: Path, name: str, script: str) -> None:
    """Put a script into a folder of commands."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def seen(file: Path) -> str:
    """What a script wrote into a file, once a line of it is whole."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not file.exists() or not file.read_text().endswith("\n"):
        assert time.monotonic() < until, f"nothing wrote {file}"
        time.sleep(0.01)
    return file.read_text()
