"""The repository's content, and copies of it that a test may spoil."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from authoring.check import checked
from authoring.compile import compile_language
from authoring.content import Library
from authoring.problem import Problem

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Copy:
    """A copy of all content, with two prompts instead of the real ones, and of the interaction models."""

    root: Path

    @property
    def model(self) -> Path:
        return self.root / "interaction_model" / "en-US.json"

    @property
    def compiled(self) -> Path:
        return self.root / "lambda" / "coach" / "compiled"

    def path(self, name: str) -> Path:
        return self.root / "content" / name

    def spoil(self, name: str, old: str, new: str) -> None:
        """Write `new` for the first `old` in the file `name`."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """The first line of the file `name` that has `text` in it."""
        lines = self.path(name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def problems(self) -> list[Problem]:
        return checked(self.root)[1]


def _copy(root: Path) -> Copy:
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "interaction_model", root / "interaction_model")
    copy = Copy(root)
    copy.path("prompts.yaml").write_text("welcome: {}\nleft: {time: duration, side: side}\n")
    texts = "welcome:\n  - Welcome.\n  - Hello.\nleft: '{{ time }} to go, {{ side }}.'\n"
    copy.path("locales/en-US/prompts.yaml").write_text(texts)
    return copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return _copy(tmp_path)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, problems = checked(_copy(tmp_path_factory.mktemp("content")).root)
    assert library, problems
    return library


@pytest.fixture(scope="session")
def compiled(library: Library) -> dict[str, Any]:
    return compile_language(library, library.languages[0])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
