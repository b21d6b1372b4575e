"""All checks of what authors write, and of what code and words owe each other."""

from collections.abc import Iterator
from pathlib import Path

from authoring import (
    code,
    contract,
    crosschecks,
    dialogs,
    events,
    hearing,
    intents,
    model_files,
    prompts,
    sayings,
    screen,
)
from authoring.code import PACKAGE, Module, NoHolderError
from authoring.content import PROMPT_CONTRACT, PROMPT_TEXTS, Library, Page, Reader, load
from authoring.problem import Problem
from authoring.words import PromptTexts


def checked(root: Path) -> tuple[Library | None, list[Problem]]:
    """The content under `root`, or nothing and the reasons why, in the order of files and lines."""
    library, problems = load(root)
    if library:
        problems = [*crosschecks.problems(library), *prompts.problems(library), *screen.problems(root / "content")]
    return library, sorted(problems)


def owed(root: Path, library: Library | None) -> list[Problem]:
    """What the code of the repository at `root`, its words, its interaction models and its conversations owe each
    other. What cannot be judged without a whole `library` is left out where there is none.
    """
    modules, problems = code.modules(root)
    if problems:
        return problems
    for owing in (_said(root, modules, library), events.problems(modules), _meant(root, modules)):
        try:
            problems.extend(owing)
        except NoHolderError as error:
            problems.append(Problem(root / PACKAGE, 1, str(error)))
    return problems


def _said(root: Path, modules: list[Module], library: Library | None) -> Iterator[Problem]:
    """Code and words. A page with a fault is passed over here: that it has one is told elsewhere."""
    said, unread = sayings.read(modules)
    yield from unread
    reader, content = Reader(), root / "content"
    promised = reader.page(content / "prompts.yaml", PROMPT_CONTRACT)
    texts = [language.prompts for language in library.languages] if library else _written(reader, content)
    if promised:
        yield from contract.problems(promised, texts, said)
    marks = Reader()
    unspoken = marks.page(content / "unspoken.yaml", hearing.UNSPOKEN)
    yield from marks.problems
    if library and unspoken:
        yield from hearing.problems(library, unspoken, said, modules)


def _written(reader: Reader, content: Path) -> list[Page[PromptTexts]]:
    """The words of prompts in every locale that has them whole, for as long as there is no library."""
    pages = [reader.page(path, PROMPT_TEXTS) for path in sorted(content.glob("locales/*/prompts.yaml"))]
    return [page for page in pages if page]


def _meant(root: Path, modules: list[Module]) -> Iterator[Problem]:
    """Code, interaction models and conversations. A model with a fault is passed over in the same way."""
    models, _ = model_files.read(root, None)
    yield from intents.problems(root, models, modules)
    yield from dialogs.owed(models, modules)
