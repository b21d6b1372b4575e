"""Copies of what an author writes, with the code and the conversations around it, that a test may spoil."""

import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from authoring.check import checked
from authoring.compile import compile_language
from authoring.content import Library
from authoring.problem import Problem

ROOT = Path(__file__).parents[2]
CHECKED = ("content", "interaction_model", "lambda/coach", "tests/conversations")
"""The folders that the checks read."""
SAMPLES = 30
"""So many samples of an intent are in a copy, at most, beside one for each of its slots."""

LOCALE = "en-US"
"""The one locale of a copy, so that no other one of the repository changes what is told of it."""


@dataclass(frozen=True)
class Copy:
    """A copy of some folders of the repository."""

    root: Path

    @property
    def model(self) -> Path:
        return self.root / "interaction_model" / "en-US.json"

    @property
    def compiled(self) -> Path:
        return self.root / "lambda" / "coach" / "compiled"

    def path(self, name: str) -> Path:
        return self.root / name

    def spoil(self, name: str, old: str, new: str) -> None:
        """Write `new` for the first `old` in the file `name`."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """The first line of the file `name` that has `text` in it."""
        lines = self.path(name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def problems(self) -> list[Problem]:
        """What is wrong with the content by itself."""
        return checked(self.root)[1]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """All content, with two prompts instead of the real ones."""
    return _content(tmp_path)


@pytest.fixture
def house(tmp_path: Path) -> Copy:
    """All that the checks read."""
    return whole(tmp_path)


def whole(root: Path) -> Copy:
    """A copy of all that the checks read, in the folder `root`."""
    for folder in CHECKED:
        shutil.copytree(ROOT / folder, root / folder, ignore=_left_out)
    return Copy(root)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What of a folder is not copied: what was made, and the other locales."""
    if Path(folder).name in ("locales", "interaction_model"):
        return {name for name in names if Path(name).stem != LOCALE}
    return {"__pycache__", "compiled"}.intersection(names)


def _content(root: Path) -> Copy:
    for folder in ("content", "interaction_model"):
        shutil.copytree(ROOT / folder, root / folder, ignore=_left_out)
    copy = Copy(root)
    copy.model.write_text(few_samples(copy.model.read_text(encoding="utf-8")), encoding="utf-8")
    copy.path("content/prompts.yaml").write_text("welcome: {}\nleft: {time: duration, side: side}\n")
    texts = "welcome:\n  - Welcome.\n  - Hello.\nleft: '{{ time }} to go, {{ side }}.'\n"
    copy.path("content/locales/en-US/prompts.yaml").write_text(texts)
    return copy


def few_samples(model: str, also: Collection[str] = ()) -> str:
    """An interaction model with no more samples of an intent than it needs, those that have its slots, and those that
    are wanted `also`: the rest takes long to read.
    """
    page = json.loads(model)
    for intent in page["interactionModel"]["languageModel"]["intents"]:
        slots = [f"{{{slot['name']}}}" for slot in intent.get("slots", [])]
        having = [next(text for text in intent["samples"] if slot in text) for slot in slots]
        if "samples" in intent:
            wanted = [text for text in intent["samples"] if text in also]
            intent["samples"] = list(dict.fromkeys([*having, *intent["samples"][:SAMPLES], *wanted]))
    return json.dumps(page, indent=2, ensure_ascii=False) + "\n"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, problems = checked(_content(tmp_path_factory.mktemp("content")).root)
    assert library, problems
    return library


@pytest.fixture(scope="session")
def compiled(library: Library) -> dict[str, Any]:
    return compile_language(library, library.languages[0])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
