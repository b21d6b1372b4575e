"""The Python of the function, on this machine: by its name, or where a version manager keeps it.

A version manager puts a shim on the path that has the name of every Python that it ever installed, and starts the one
that is chosen for the folder, or none. Bytecode wants the one Python that the function runs on, chosen or not.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

RUNTIME = "3.13"
"""The Python that the function runs on, as in `Runtime` of infra/template.yaml. Bytecode is only good for this one."""

KEPT = (
    "versions/*/bin",  # pyenv
    "installs/python/*/bin",  # asdf and mise
    "python/*/bin",  # uv
)
"""Where version managers keep interpreters, below a folder of theirs."""

_SHIMS = "shims"
_ASKED = "import sys; print('%d.%d' % sys.version_info[:2])"


def interpreter(python: str, home: Path | None = None) -> str | None:
    """The path of `python`, or of one of that name that a version manager keeps, if it starts and has the version of
    the runtime. Managers are looked for behind their shim, where their variables say, and in the folder `home`.
    """
    return next((path for path in _candidates(python, home or Path.home()) if _is_of_the_runtime(path)), None)


def _candidates(python: str, home: Path) -> Iterator[str]:
    found = shutil.which(python)
    if found:
        yield found
    managers = [
        Path(os.environ[name]) for name in ("PYENV_ROOT", "ASDF_DATA_DIR", "MISE_DATA_DIR") if os.environ.get(name)
    ]
    managers += [home / ".pyenv", home / ".asdf", home / ".local/share/mise", home / ".local/share/uv"]
    if found and Path(found).parent.name == _SHIMS:
        managers.insert(0, Path(found).parents[1])
    for manager in managers:
        for kept in KEPT:
            yield from map(str, sorted(manager.glob(f"{kept}/{Path(python).name}"), reverse=True))


def _is_of_the_runtime(path: str) -> bool:
    told = subprocess.run([path, "-I", "-c", _ASKED], capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip() == RUNTIME
