"""How pip builds what it installs: with the content compiled and the interaction models whole, for an installed coach
has no repository beside it.

Rule: an editable install compiles nothing, and so takes nothing for it: `make` does that when content has changed.
"""

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import build_editable, build_sdist, get_requires_for_build_sdist

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

ROOT = Path(__file__).parents[1]
COMPILED = ROOT / "lambda" / "coach" / "compiled"
MODELS = ROOT / "simulator" / "nlu" / "models"
BUILT_BEFORE = ROOT / "build" / "lib"
"""Where setuptools takes from whatever an earlier build left there, also what has gone since."""

Options = Mapping[str, Any] | None


def get_requires_for_build_wheel(config_settings: Options = None) -> list[str]:
    """What has to be there before a wheel is built: content is compiled by what talking takes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*build_meta.get_requires_for_build_wheel(config_settings), *project["optional-dependencies"]["talk"]]


def build_wheel(wheel_directory: str, config_settings: Options = None, metadata_directory: str | None = None) -> str:
    """Build a wheel that talks wherever it is installed; the name of its file."""
    shutil.rmtree(BUILT_BEFORE, ignore_errors=True)
    with _made():
        built: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
        return built


@contextmanager
def _made() -> Iterator[None]:
    """What is installed beside the code, in its place for so long. Raises SystemExit when content has faults."""
    # They stand on what is installed for a wheel alone.
    from authoring import compile as compiling  # noqa: PLC0415
    from authoring import model_files  # noqa: PLC0415
    from authoring.check import checked  # noqa: PLC0415
    from authoring.whole import replacing  # noqa: PLC0415

    library, problems = checked(ROOT)
    if problems or library is None:
        raise SystemExit("\n".join(map(str, problems)))
    models, _ = model_files.read(ROOT, library)
    with replacing(COMPILED) as made:
        compiling.write(library, made)
    MODELS.mkdir(exist_ok=True)
    try:
        for locale, page in models.items():
            (MODELS / f"{locale}.json").write_text(model_files.written(page), encoding="utf-8")
        yield
    finally:
        shutil.rmtree(MODELS)
