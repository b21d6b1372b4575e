"""The picture of the README is what a person hears now."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.picture import METER_X, OUT, WIDTH, WORDS_X, heard, main, picture

MOST_BYTES = 30_000
GITHUB_WIDTH = 840
"""About as wide as a README is shown: a wider picture would be shrunk, and its words with it."""
LETTER = 7.7
"""How wide a letter of text is on average, in the widest of the fonts that are named."""


def test_the_picture_in_the_docs_is_what_is_heard_now() -> None:
    assert OUT.read_text(encoding="utf-8") == picture(), "make picture"


def test_it_is_written_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["picture", "--out", str(tmp_path / "hold.svg")])
    main()
    assert (tmp_path / "hold.svg").read_bytes() == OUT.read_bytes()


def test_it_is_small_and_as_wide_as_it_is_shown_and_loads_nothing() -> None:
    text = OUT.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert WIDTH <= GITHUB_WIDTH
    assert text.count("http") == 1, "the name of its format"
    assert "prefers-color-scheme:dark" in text


def test_every_line_of_it_fits() -> None:
    whole = ET.fromstring(OUT.read_text(encoding="utf-8"))  # noqa: S314 - a picture of our own
    for element in whole.iter("{http://www.w3.org/2000/svg}text"):
        begins, ends = (WORDS_X, METER_X) if element.get("x") == str(WORDS_X) else (24, WIDTH)
        assert begins + len("".join(element.itertext())) * LETTER < ends


def test_the_hold_lasts_its_thirty_seconds_with_a_question_in_its_middle() -> None:
    rows = list(heard())
    asked = next(place for place, row in enumerate(rows) if row.who)
    assert 0 < asked < len(rows) - 1
    assert rows[asked].words == "how much longer?"
    assert rows[asked + 1].words.startswith("Eighteen seconds"), "thirty but for the twelve that are done"
    assert rows[-1].at_ms == pytest.approx(30_000, rel=0.02)
    assert [row.at_ms for row in rows] == sorted(row.at_ms for row in rows)
