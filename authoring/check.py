"""All checks of what authors write, in one place."""

from pathlib import Path

from authoring import crosschecks, prompts
from authoring.content import Library, load
from authoring.problem import Problem


def checked(root: Path) -> tuple[Library | None, list[Problem]]:
    """The content under `root`, or nothing and the reasons why, in the order of files and lines."""
    library, problems = load(root)
    if library:
        problems = [*crosschecks.problems(library), *prompts.problems(library)]
    return (None, sorted(problems)) if problems else (library, [])
