"""Whether `make lint` tells of what nobody calls: a check that lets a seeded fault through is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def told_of(text: str, folder: Path) -> str:
    """What vulture says of a module, by the settings of this project."""
    module = folder / "module.py"
    module.write_text(text)
    command = [sys.executable, "-m", "vulture", "--config", str(ROOT / "pyproject.toml"), str(module)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout  # noqa: S603


def test_what_nobody_names_is_told(tmp_path: Path) -> None:
    text = "LENGTH = 4\nclass Coach:\n    def rest(self): pass\ndef lead():\n    return 1\n    return 2\n"
    told = told_of(text, tmp_path)
    assert all(f"'{name}'" in told for name in ("LENGTH", "Coach", "rest", "lead"))
    assert "unreachable code" in told


def test_what_others_call_is_not_told(tmp_path: Path) -> None:
    assert not told_of("class Server:\n    def do_POST(self):\n        pass\n\n\nServer()\n", tmp_path)
