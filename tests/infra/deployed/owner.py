"""An owner with a clone of the repository, who knows one command.

Rule: a clone is what git would give, with what others have installed already beside it. What is asked of it is asked as
an owner does, by `make`.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.infra.conftest import ROOT

INSTALLED = [".venv", "build/tools", "build/dependencies", "infra/ask/node_modules"]
"""What takes minutes to set up, and is the same in every clone."""

STAGE = "check"
STACK = f"hip-coach-{STAGE}"


@dataclass(frozen=True)
class Owner:
    """Somebody in a clone. `environ` says where their AWS and their Alexa are."""

    clone: Path
    environ: dict[str, str]

    def make(self, *settings: str, **others: str) -> "subprocess.CompletedProcess[str]":
        """Run `make` in the clone; `others` are variables of the environment, empty for one that is not there."""
        changed = self.environ | others
        environ = {name: value for name, value in changed.items() if value} | {"PYTHONPATH": "lambda:."}
        return subprocess.run(  # noqa: S603
            ["make", "--no-print-directory", *settings],  # noqa: S607
            env=environ,
            cwd=self.clone,
            capture_output=True,
            text=True,
            check=False,
        )

    def deploy(self, *settings: str, **others: str) -> "subprocess.CompletedProcess[str]":
        """The one command."""
        return self.make("deploy", f"STAGE={STAGE}", *settings, **others)

    def git(self, *arguments: str) -> str:
        """What git says in the clone."""
        command = ["git", "-c", "user.name=owner", "-c", "user.email=owner@example.org", *arguments]
        return subprocess.run(command, cwd=self.clone, capture_output=True, text=True, check=True).stdout  # noqa: S603


def clone(folder: Path, environ: dict[str, str]) -> Owner:
    """A new clone in a folder, as the sources are now."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603
    for name in filter(lambda name: (ROOT / name).is_file(), names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    for name in INSTALLED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to((ROOT / name).resolve())
    owner = Owner(folder, dict(os.environ) | environ)
    owner.git("init", "--quiet")
    (folder / ".git" / "info" / "exclude").write_text("\n".join(INSTALLED) + "\n", encoding="utf-8")
    owner.git("add", ".")
    owner.git("commit", "--quiet", "--message", "As it is now")
    return owner
