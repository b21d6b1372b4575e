"""All content of the repository, read and held against its schema, each thing with the place it stands at.

Rule: one page is one file. A library exists only when every page is well formed by itself; what goes wrong between
pages is for the cross-checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from authoring.document import Document, read
from authoring.problem import Problem
from authoring.structure import Exercise, Routine
from authoring.words import ExerciseWords, Locale, PromptContract, PromptTexts

Content = TypeVar("Content")

EXERCISE: TypeAdapter[Exercise] = TypeAdapter(Exercise)
ROUTINES: TypeAdapter[dict[str, Routine]] = TypeAdapter(dict[str, Routine])

EXERCISE_WORDS: TypeAdapter[ExerciseWords] = TypeAdapter(ExerciseWords)
LOCALE: TypeAdapter[Locale] = TypeAdapter(Locale)
PROMPT_CONTRACT: TypeAdapter[PromptContract] = TypeAdapter(PromptContract)
PROMPT_TEXTS: TypeAdapter[PromptTexts] = TypeAdapter(PromptTexts)


@dataclass(frozen=True)
class Page(Generic[Content]):
    """One well-formed file: what it says, and where in it each thing stands."""

    content: Content
    document: Document


@dataclass(frozen=True)
class Language:
    """Everything said in one locale. `exercises` has one page for each id, as far as files are there."""

    locale: str
    words: Page[Locale]
    exercises: dict[str, Page[ExerciseWords]]
    prompts: Page[PromptTexts]


@dataclass(frozen=True)
class Library:
    """What is coached, what code may say, and the languages it is all said in."""

    exercises: dict[str, Page[Exercise]]
    routines: Page[dict[str, Routine]]
    prompts: Page[PromptContract]
    languages: tuple[Language, ...]


class Reader:
    """Opens pages and gathers, in `problems`, what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def page(self, path: Path, schema: TypeAdapter[Content]) -> Page[Content] | None:
        """The page at `path`, or nothing when it has a fault."""
        document = read(path)
        self.problems.extend(document.faults)
        if document.data is None:
            return None
        try:
            page = Page(schema.validate_python(document.data), document)
        except ValidationError as error:
            self.problems.extend(document.problem(fault["loc"], _reason(fault)) for fault in error.errors())
            return None
        return None if document.faults else page

    def pages(self, folder: Path, schema: TypeAdapter[Content]) -> dict[str, Page[Content]]:
        """The well-formed pages in `folder`, by file name without its ending: that is the id."""
        found = {path.stem: self.page(path, schema) for path in sorted(folder.glob("*.yaml"))}
        return {name: page for name, page in found.items() if page}


def load(root: Path) -> tuple[Library | None, list[Problem]]:
    """The content under `root`, the repository's folder, or nothing and the reasons why."""
    reader = Reader()
    content = root / "content"
    exercises = reader.pages(content / "exercises", EXERCISE)
    routines = reader.page(content / "routines.yaml", ROUTINES)

    prompts = reader.page(content / "prompts.yaml", PROMPT_CONTRACT)
    languages = [language for folder in _locales(root) if (language := _language(reader, folder))]
    if not languages and not reader.problems:
        reader.problems.append(Problem(content / "locales", 1, "there is no locale here, so nothing could be said"))
    if reader.problems or not (routines and prompts):
        return None, reader.problems
    return Library(exercises, routines, prompts, tuple(languages)), []


def _locales(root: Path) -> Iterator[Path]:
    return (folder for folder in sorted((root / "content" / "locales").glob("*")) if folder.is_dir())


def _language(reader: Reader, folder: Path) -> Language | None:
    words = reader.page(folder / "locale.yaml", LOCALE)
    exercises = reader.pages(folder / "exercises", EXERCISE_WORDS)
    prompts = reader.page(folder / "prompts.yaml", PROMPT_TEXTS)
    return Language(folder.name, words, exercises, prompts) if words and prompts else None


def _reason(fault: Any) -> str:
    """A fault that pydantic found, as a sentence for an author."""
    key = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    if fault["type"] == "missing":
        return f"`{key}` is missing"
    if fault["type"] == "extra_forbidden":
        return f"`{key}` is not a key that is known here"
    return f"`{key}`: {fault['msg'].removeprefix('Value error, ')}"
