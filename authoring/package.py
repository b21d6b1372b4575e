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
from authoring.whole import replacing

RUNTIME = "3.13"
"""The Python that the function runs on, as in `Runtime` of infra/template.yaml. Bytecode is only good for this one."""

PLATFORM = "manylinux2014_aarch64"
"""The machines that the function runs on, in the words of Python's packages."""

LOCK = Path("infra", "requirements.lock")
NAME = "hip-coach.zip"
MAX_BYTES = 4_500_000
"""A locale is some 63,000 of them."""

_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_AT = "/var/task"
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
_AUTHORING = Path(__file__).parents[1]


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


def package(library: Library, root: Path, out: Path, python: str = f"python{RUNTIME}") -> Package:
    """Make the bundle in the folder `out`. `python` is the interpreter that compiles it; where it is missing or another
    version, the bundle has sources only. Raises PackageError.
    """
    out.mkdir(parents=True, exist_ok=True)
    dependencies = _dependencies(root / LOCK, out / "dependencies")
    with TemporaryDirectory(dir=out) as folder:
        stage = Path(folder)
        shutil.copytree(dependencies, stage, dirs_exist_ok=True)
        for path in (*_sources(root / "lambda"), *sorted((root / "lambda" / "coach").rglob("*.pem"))):
            if path.parent.name != "compiled":
                _copy(path, stage / path.relative_to(root / "lambda"))
        compiling.write(library, stage / "coach" / "compiled")
        _compile_templates(stage)
        compiler = interpreter(python)
        if compiler:
            _to_bytecode(stage, compiler)
        with replacing(out / NAME) as path:
            _zip(stage, path)
            if path.stat().st_size > MAX_BYTES:
                raise PackageError(f"{NAME} is larger than {MAX_BYTES} bytes: look at what came in with {LOCK}.")
    return Package(out / NAME, bytecode=compiler is not None)


def interpreter(python: str) -> str | None:
    """The path of `python`, if that is the runtime's version and starts."""
    found = shutil.which(python)
    if not found:
        return None
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    told = subprocess.run([found, "-I", "-c", asked], capture_output=True, text=True, check=False)  # noqa: S603
    return found if told.stdout.strip() == RUNTIME else None


def _dependencies(lock: Path, cache: Path) -> Path:
    """The modules of the locked dependencies, installed once for each state of the lock."""
    folder = cache / hashlib.sha256(lock.read_bytes() + RUNTIME.encode() + PLATFORM.encode()).hexdigest()[:16]
    if folder.exists():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache) as temporary:
        installed, modules = Path(temporary, "installed"), Path(temporary, "modules")
        _install(lock, installed)
        for path in (*_sources(installed), *_time_zones(installed)):
            _copy(path, modules / path.relative_to(installed))
        modules.replace(folder)
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


def _compile_templates(stage: Path) -> None:
    # By the Jinja of the bundle, which need not be the one that is installed here.
    command = [sys.executable, "-P", "-S", "-m", "authoring.templates", str(stage / "coach" / "compiled")]
    path = {"PYTHONPATH": os.pathsep.join(map(str, (stage, _AUTHORING)))}
    done = subprocess.run(command, env=os.environ | _ENVIRONMENT | path, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageError(f"The templates could not be compiled:\n{done.stderr.decode()}")


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
