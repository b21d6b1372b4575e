"""The bundle that AWS Lambda runs, `hip-coach.zip`: the same bytes whenever it is made from the same sources.

Rule: only what the handler uses goes in, and only Python and data: the coach, its compiled content, and the modules of
the locked dependencies. boto3 is the runtime's own. Without compiled C, what was tested on a laptop is what runs on
Lambda.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from authoring import compile as compiling
from authoring.content import Library
from authoring.interpreters import RUNTIME
from authoring.slim import slim
from authoring.whole import replacing
from authoring.written_out import written_out

PLATFORM = "manylinux2014_aarch64"
"""The machines that the function runs on, in the words of Python's packages."""

LOCK = Path("infra", "requirements.lock")
FETCHED = Path("build", "dependencies")
"""Where what is fetched is kept, so that the next bundle is made without a network."""
NAME = "hip-coach.zip"
MAX_BYTES = 2_000_000
"""A locale is some 50,000 of them."""

_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_AT = "/var/task"
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


class PackageError(Exception):
    """The bundle cannot be made; the message says what to change."""


@dataclass(frozen=True)
class Package:
    """A finished bundle. Without `bytecode` it runs as well, but starts later."""

    path: Path
    bytecode: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def package(library: Library, root: Path, out: Path, compiler: str | None) -> Package:
    """Make the bundle in the folder `out`. `compiler` is the path of a Python of the runtime's version, which compiles
    it; with None the bundle has sources only. Raises PackageError.
    """
    out.mkdir(parents=True, exist_ok=True)
    dependencies = fetched(root)
    with TemporaryDirectory(dir=out) as folder:
        stage = Path(folder)
        shutil.copytree(dependencies, stage, dirs_exist_ok=True)
        for path in (*_sources(root / "lambda"), *sorted((root / "lambda" / "coach").rglob("*.pem"))):
            if path.parent.name != "compiled":
                _copy(path, stage / path.relative_to(root / "lambda"))
        _to_start_sooner(stage)
        compiling.write(library, stage / "coach" / "compiled")
        if compiler:
            _to_bytecode(stage, compiler)
        with replacing(out / NAME) as path:
            _zip(stage, path)
            if path.stat().st_size > MAX_BYTES:
                raise PackageError(f"{NAME} is larger than {MAX_BYTES} bytes: look at what came in with {LOCK}.")
    return Package(out / NAME, bytecode=compiler is not None)


def fetched(root: Path) -> Path:
    """The folder with the modules of the locked dependencies, which are fetched once for each state of the lock. Raises
    PackageError.
    """
    lock, cache = root / LOCK, root / FETCHED
    folder = cache / hashlib.sha256(lock.read_bytes() + RUNTIME.encode() + PLATFORM.encode()).hexdigest()[:16]
    if folder.exists():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache) as temporary:
        installed, modules = Path(temporary, "installed"), Path(temporary, "modules")
        _install(lock, installed)
        for path in (*_sources(installed), *_time_zones(installed)):
            _copy(path, modules / path.relative_to(installed))
        try:
            modules.replace(folder)
        except OSError:
            # Somebody else has fetched the same meanwhile, if it is there.
            if not folder.exists():
                raise
    return folder


def _install(lock: Path, target: Path) -> None:
    wanted = ["--platform", PLATFORM, "--implementation", "cp", "--python-version", RUNTIME, "--only-binary", ":all:"]
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
        "--no-deps",
    ]
    command = [*pip, "--require-hashes", *wanted, "--target", str(target), "--requirement", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageError(f"The dependencies in {lock} could not be installed:\n{done.stderr.strip()}")


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if path.is_file())


def _time_zones(folder: Path) -> Iterator[Path]:
    return (
        path for path in sorted(folder.glob("tzdata/**/*")) if path.is_file() and path.read_bytes().startswith(b"TZif")
    )


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def _to_start_sooner(stage: Path) -> None:
    """Rewrites what takes long at every start and can be done here as well."""
    slim(stage, stage / "coach")
    for path in _sources(stage / "coach"):
        source, module = path.read_text(encoding="utf-8"), ".".join(path.relative_to(stage).with_suffix("").parts)
        if "@dataclass" in source:
            path.write_text(written_out(source, module), encoding="utf-8")


def _to_bytecode(stage: Path, compiler: str) -> None:
    # A time stamp does not survive a zip, and a checked hash has every source read again: neither is asked for.
    command = [compiler, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-o", "2"]
    where = ["-s", str(stage), "-p", _AT, str(stage)]
    done = subprocess.run([*command, *where], env=os.environ | _ENVIRONMENT, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageError(f"{compiler} could not compile the bundle:\n{done.stdout.decode()}")
    # Docstrings are most of ask-sdk's models. By its plain name, a module without them is the one that is loaded.
    for path in stage.rglob("*.opt-2.pyc"):
        path.rename(path.with_name(path.name.replace(".opt-2", "")))


def _zip(stage: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for file in sorted(file for file in stage.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(stage).as_posix(), _MIDNIGHT)
            entry.external_attr, entry.compress_type = _READABLE, zipfile.ZIP_DEFLATED
            entry.create_system = 3
            bundle.writestr(entry, file.read_bytes(), compresslevel=9)
