"""The first page of each room names all that is in it, so that whoever adds something says there what it is."""

import ast
import re
from pathlib import Path

import pytest

COACH = Path(__file__).parents[2] / "lambda" / "coach"
PAGES = [
    COACH / "__init__.py",
    *sorted(COACH.glob("*/__init__.py")),
    COACH / "conversation" / "replies" / "__init__.py",
]


def unnamed(page: Path) -> list[str]:
    """The modules and folders beside a page of which it does not say what they are."""
    text = ast.get_docstring(ast.parse(page.read_text(encoding="utf-8"))) or ""
    beside = {path.stem for path in page.parent.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    named = re.compile(r"^    (\w+)  |`(\w+)`", re.MULTILINE)
    return sorted(beside - {"__init__"} - {line or ticked for line, ticked in named.findall(text)})


@pytest.mark.parametrize("page", PAGES, ids=[page.parent.name for page in PAGES])
def test_a_page_names_all_that_is_beside_it(page: Path) -> None:
    assert unnamed(page) == [], page


def test_what_a_page_does_not_name_is_found(tmp_path: Path) -> None:
    page = tmp_path / "__init__.py"
    page.write_text(
        '"""A room.\n\n    roof   what keeps the rain out\n\n`cellar` what is below · a door, of course."""\n'
    )
    for name in ("roof", "cellar", "door"):
        (tmp_path / f"{name}.py").touch()
    assert unnamed(page) == ["door"]
