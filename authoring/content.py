"""All content of the repository, read and held against its schema, each thing with the place it stands at.

Rule: one page is one file, or one laid over another where a locale stands on a base. A library exists only when every
page is well formed by itself; what goes wrong between pages is for the cross-checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from authoring.bases import in_order, only_differences
from authoring.document import Document, read
from authoring.overlay import Laying
from authoring.poses.page import Poses, PosesOfOne
from authoring.problem import Problem
from authoring.structure import Exercise, Routine
from authoring.words import ExerciseWords, Locale, PromptContract, PromptTexts

Content = TypeVar("Content")

EXERCISE: TypeAdapter[Exercise] = TypeAdapter(Exercise)
POSES: TypeAdapter[PosesOfOne] = TypeAdapter(Poses)
ROUTINES: TypeAdapter[dict[str, Routine]] = TypeAdapter(dict[str, Routine])

EXERCISE_WORDS: TypeAdapter[ExerciseWords] = TypeAdapter(ExerciseWords)
LOCALE: TypeAdapter[Locale] = TypeAdapter(Locale)
PROMPT_CONTRACT: TypeAdapter[PromptContract] = TypeAdapter(PromptContract)
PROMPT_TEXTS: TypeAdapter[PromptTexts] = TypeAdapter(PromptTexts)

WORDS, PROMPTS = "locale.yaml", "prompts.yaml"
"""The pages of a locale beside those of its exercises."""


@dataclass(frozen=True)
class Page(Generic[Content]):
    """One well-formed file: what it says, and where in it each thing stands."""

    content: Content
    document: Document


@dataclass(frozen=True)
class Language:
    """Everything said in one locale. `exercises` has one page for each id, as far as files are there. `below` are the
    locales that it stands on, from the lowest up, if it says only how it differs.
    """

    locale: str
    words: Page[Locale]
    exercises: dict[str, Page[ExerciseWords]]
    prompts: Page[PromptTexts]
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """What is coached and how it looks, what code may say, and the languages it is all said in."""

    exercises: dict[str, Page[Exercise]]
    poses: dict[str, Page[PosesOfOne]]
    routines: Page[dict[str, Routine]]
    prompts: Page[PromptContract]
    languages: tuple[Language, ...]


class Reader:
    """Opens pages and gathers, in `problems`, what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def page(self, path: Path, schema: TypeAdapter[Content]) -> Page[Content] | None:
        """The page at `path`, or nothing when it has a fault."""
        return self.checked(read(path), schema)

    def checked(self, document: Document, schema: TypeAdapter[Content]) -> Page[Content] | None:
        """What was read as a page, or nothing when it has a fault."""
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
    poses = reader.pages(content / "poses", POSES)
    routines = reader.page(content / "routines.yaml", ROUTINES)

    prompts = reader.page(content / "prompts.yaml", PROMPT_CONTRACT)
    languages = list(_languages(reader, content / "locales"))
    if not languages and not reader.problems:
        reader.problems.append(Problem(content / "locales", 1, "there is no locale here, so nothing could be said"))
    if reader.problems or not (routines and prompts):
        return None, reader.problems
    return Library(exercises, poses, routines, prompts, tuple(languages)), []


def _languages(reader: Reader, folder: Path) -> Iterator[Language]:
    """The well-formed languages below a folder, each after the one that it stands on."""
    found: dict[str, Language] = {}
    pages = {path.name: read(path / WORDS) for path in sorted(folder.glob("*")) if path.is_dir()}
    order, faults = in_order(pages)
    reader.problems.extend(faults)
    for locale, base in order:
        if pages[locale].faults and pages[locale].path.exists():
            # Who cannot be read cannot say what it stands on, and so not what it lacks either.
            reader.problems.extend(pages[locale].faults)
            continue
        language = _laid(reader, folder / locale, found.get(base)) if base else _language(reader, folder / locale)
        if language:
            found[locale] = language
            yield language


def _language(reader: Reader, folder: Path) -> Language | None:
    words = reader.page(folder / WORDS, LOCALE)
    exercises = reader.pages(folder / "exercises", EXERCISE_WORDS)
    prompts = reader.page(folder / PROMPTS, PROMPT_TEXTS)
    return Language(folder.name, words, exercises, prompts) if words and prompts else None


def _laid(reader: Reader, folder: Path, base: Language | None) -> Language | None:
    """A language that says only how it differs from its base. There is none where the base has a fault of its own."""
    if not base:
        return None

    def over(below: Page[Content], name: str, schema: TypeAdapter[Content]) -> Page[Content] | None:
        path = folder / name
        if not path.exists():
            return below
        upper = only_differences(read(path))
        if upper.data is None or upper.faults:
            reader.problems.extend(upper.faults)
            return None
        laying = Laying(below.document, upper, base.locale)
        laying.lay((), ())
        return reader.checked(laying.document, schema)

    words, prompts = over(base.words, WORDS, LOCALE), over(base.prompts, PROMPTS, PROMPT_TEXTS)
    exercises = {name: over(page, f"exercises/{name}.yaml", EXERCISE_WORDS) for name, page in base.exercises.items()}
    for path in sorted((folder / "exercises").glob("*.yaml")):
        lowest = folder.parent / (*base.below, base.locale)[0] / "exercises" / path.name
        # One that is there and has a fault is no page either.
        if path.stem not in base.exercises and not lowest.exists():
            reader.problems.append(Problem(path, 1, f"{base.locale} has no such page: this is in the place of nothing"))
    whole = {name: page for name, page in exercises.items() if page}
    return Language(folder.name, words, whole, prompts, (*base.below, base.locale)) if words and prompts else None


def _reason(fault: Any) -> str:
    """A fault that pydantic found, as a sentence for an author."""
    key = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    if fault["type"] == "missing":
        return f"`{key}` is missing"
    if fault["type"] == "extra_forbidden":
        return f"`{key}` is not a key that is known here"
    return f"`{key}`: {fault['msg'].removeprefix('Value error, ')}"
