"""The diagram in the docs is the table's own."""

from pathlib import Path

import pytest

from authoring.__main__ import main
from authoring.diagram import states


def test_the_diagram_in_the_docs_is_printed_from_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == states()


def test_it_is_printed_whatever_is_wrong_with_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagram", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == states()
