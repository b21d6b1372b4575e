"""Packages for the function's Python, each set in a folder of its own, with bytecode as AWS has it: valid, and never
looked up in the source again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

OF_THE_RUNTIME = ("boto3", "botocore", "jmespath", "s3transfer", "urllib3")
"""What the runtime brings. A bundle has none of it."""

AT = "/var/task"


class InstallingError(Exception):
    """What a subject needs could not be installed; the message says why."""


def installed(wanted: Sequence[str], tools: Path, python: str, without: Sequence[str] = ()) -> Path:
    """A folder with packages as pip installs them for a Python, kept from one bench to the next; `without` are left
    out. Raises InstallingError.
    """
    what = " ".join([python, *wanted, *without])
    folder = tools / hashlib.sha256(what.encode()).hexdigest()[:16]
    if folder.exists():
        return folder
    tools.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=tools) as temporary:
        made = Path(temporary, "made")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        done = subprocess.run([*pip, "--target", str(made), *wanted], capture_output=True, text=True, check=False)
        if done.returncode:
            raise InstallingError(f"{' '.join(wanted)} could not be installed:\n{done.stderr.strip()}")
        for name in without:
            shutil.rmtree(made / name, ignore_errors=True)
        made.replace(folder)
    return folder


def to_bytecode(folder: Path, python: str, *, docstrings: bool = True) -> None:
    """Compile every module in a folder. Without docstrings a module is as the coach's bundle has it."""
    command = [python, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    # Paths are a part of bytecode: wherever this is run, they are those of the function.
    command += ["-s", str(folder), "-p", AT]
    optimised = [] if docstrings else ["-o", "2"]
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    # Some packages carry modules for other versions, which do not compile, and are never imported.
    subprocess.run([*command, *optimised, str(folder)], env=environment, capture_output=True, check=False)
    for path in folder.rglob("*.opt-2.pyc"):
        path.rename(path.with_name(path.name.replace(".opt-2", "")))


def zipped(folder: Path, path: Path) -> Path:
    """The bundle that would be uploaded: everything in the folder but what pip notes of its own."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            if not any(part.endswith(".dist-info") or part == "bin" for part in file.relative_to(folder).parts):
                bundle.write(file, file.relative_to(folder))
    return path
