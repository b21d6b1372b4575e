"""The diagram in the docs is the table's own."""

from pathlib import Path

from authoring.diagram import states


def test_the_diagram_in_the_docs_is_printed_from_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == states()
