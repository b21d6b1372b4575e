"""Whether what `bench.house` counts is there: in packages and ways that were made up, and in this checkout."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from bench.house.__main__ import EXPANDS, LAYS_OUT, ROOT, TAKES, main, of_layout, of_turns, routes
from bench.house.layout import Layout, layout
from bench.house.page import NONE, MarkError, diagram, put, stale, table
from bench.house.turns import found, returns

NAMES = count()


def house(folder: Path, files: dict[str, str]) -> Layout:
    """The layout of a package of these files. Each has a name of its own, for Python remembers where packages are."""
    package = f"house_{next(NAMES)}"
    for name, text in {"__init__.py": "", **files}.items():
        file = folder / package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).replace("HOUSE", package))
    return layout(folder, package)


FOUR_ROOMS = {
    "roof.py": "from HOUSE import attic\nfrom HOUSE.hall import door\n",
    "attic.py": "def ladder():\n    import HOUSE.hall.stairs\n",
    "hall/__init__.py": "",
    "hall/door.py": "from HOUSE.hall import stairs\n",
    "hall/stairs.py": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from HOUSE import cellar, roof\n",
    "cellar.py": "import os\n",
    "compiled/__init__.py": "",
    "compiled/template.py": "from HOUSE import roof\n\n\ndef root():\n    pass\n",
}


def test_a_room_is_a_module_or_a_whole_folder_and_nothing_that_is_generated(tmp_path: Path) -> None:
    assert house(tmp_path, FOUR_ROOMS).imports.keys() == {"roof", "attic", "hall", "cellar"}


def test_rooms_are_tied_by_imports_in_functions_and_not_by_those_for_type_checkers(tmp_path: Path) -> None:
    built = house(tmp_path, FOUR_ROOMS)
    assert built.imports == {"roof": {"attic", "hall"}, "attic": {"hall"}, "hall": set(), "cellar": set()}
    assert (built.ties, built.pairs) == (3, 6)


def test_the_floors_are_the_longest_chain_of_rooms(tmp_path: Path) -> None:
    built = house(tmp_path, FOUR_ROOMS)
    assert built.floors == ("roof", "attic", "hall")
    assert built.circle == ()


def test_a_circle_is_named_from_who_imports_to_who_is_imported(tmp_path: Path) -> None:
    built = house(
        tmp_path,
        {
            "a.py": "from HOUSE import b\n",
            "b.py": "from HOUSE import c\n",
            "c.py": "from HOUSE import a\n",
            "d.py": "from HOUSE import a\n",
        },
    )
    assert built.floors == ()
    assert set(built.circle) == {"a", "b", "c"}
    assert all(other in built.imports[room] for room, other in zip(built.circle, built.circle[1:], strict=False))
    assert " → ".join(built.circle) in of_layout(built)["Floors"]


def test_two_rooms_that_import_each_other_are_one_pair(tmp_path: Path) -> None:
    built = house(tmp_path, {"a.py": "from HOUSE import b\n", "b.py": "def later():\n    from HOUSE import a\n"})
    assert (built.ties, built.pairs) == (1, 1)


def test_lines_are_counted_of_modules_whole_and_of_functions_without_their_docstring(tmp_path: Path) -> None:
    functions = '''
        from functools import cache


        @cache
        def told(
            one: int,
        ) -> int:
            """Two lines

            and a third."""
            return one


        class Teller:
            """Told."""

            async def tell(self) -> None:
                return
        '''
    built = house(tmp_path, {"long.py": functions, "short.py": "\n", "long_too.py": "\n" * 5, "least.py": ""})
    assert sorted(built.functions) == [2, 4]
    assert built.mean_lines == 3
    assert built.longest == [("long", 19), ("long_too", 5), ("short", 1)]


@pytest.mark.parametrize(
    ("way", "times"),
    [
        ("", 0),
        ("aaa", 0),
        ("abc", 0),
        ("aba", 1),
        ("aabbaa", 1),
        ("abcba", 2),
        ("abab", 2),
    ],
)
def test_a_way_returns_as_often_as_it_enters_a_file_that_it_had_left(way: str, times: int) -> None:
    assert returns(way) == times


def test_the_first_name_that_is_a_functions_is_counted_and_nothing_is_imported_for_it() -> None:
    assert (
        found("coach.nowhere.play,coach.planning,coach.speaking.timeline.lay_out")[0]
        == "coach.speaking.timeline.lay_out"
    )
    assert found("this.s")[1] is None
    assert "this" not in sys.modules


def test_an_arrow_that_a_longer_way_shows_is_left_out(tmp_path: Path) -> None:
    built = house(tmp_path, FOUR_ROOMS)
    assert built.arrows == (("attic", "hall"), ("roof", "attic"))
    assert diagram(built.arrows) == "```mermaid\nflowchart TD\n    attic --> hall\n    roof --> attic\n```"


PAGE = """By hand.
<!-- rooms: make house --><!-- end of rooms -->
<!-- figures: make house --><!-- end of figures -->
Too."""
ARROWS = (("roof", "hall"),)
FIGURES = {"Rooms": "4", "Functions": "100", "The longest of them, in lines": "roof 90, hall 50"}


def page_of(figures: dict[str, str]) -> str:
    return put(put(PAGE, "rooms", diagram(ARROWS)), "figures", table({"Before": {"Rooms": "9"}, "Now": figures}))


def test_a_page_is_written_between_its_marks_and_again_to_the_same() -> None:
    page = page_of(FIGURES)
    assert page.startswith("By hand.\n<!-- rooms")
    assert page.endswith("figures -->\nToo.")
    assert put(page, "rooms", diagram(ARROWS)) == page


@pytest.mark.parametrize("page", ["", "<!-- rooms: make house -->", "<!-- end of rooms --><!-- rooms: make house -->"])
def test_a_page_without_its_marks_is_refused(page: str) -> None:
    with pytest.raises(MarkError):
        put(page, "rooms", "")


@pytest.mark.parametrize(
    ("changed", "rows"),
    [
        ({}, []),
        ({"Functions": "108", "The longest of them, in lines": "stairs 92, roof 49"}, []),
        ({"Functions": "120"}, ["Functions"]),
        ({"The longest of them, in lines": "roof 90, hall 70"}, ["The longest of them, in lines"]),
        ({"Rooms": "5"}, ["Rooms"]),
        ({"Floors": "3"}, ["Floors"]),
    ],
)
def test_a_page_is_stale_by_a_room_or_by_more_than_a_tenth(changed: dict[str, str], rows: list[str]) -> None:
    assert stale(page_of(FIGURES), ARROWS, FIGURES | changed) == rows


def test_a_page_is_stale_whose_rooms_are_tied_in_another_way() -> None:
    assert stale(page_of(FIGURES), (("hall", "roof"),), FIGURES) == ["rooms"]


def test_the_page_of_the_house_is_of_the_house_as_it_is() -> None:
    built = layout(ROOT / "lambda", "coach")
    counted = of_layout(built) | of_turns(routes(ROOT, [EXPANDS, LAYS_OUT, TAKES]))
    page = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    assert stale(page, built.arrows, counted) == [], "make house"


def test_the_turns_of_this_checkout_run_and_what_is_counted_of_them_is_found() -> None:
    ways = routes(ROOT, [EXPANDS, LAYS_OUT, TAKES])
    assert not [row for row, figure in of_turns(ways).items() if figure == NONE]
    for way in ways.values():
        assert way["files"] <= way["functions"] <= way["calls"]
    assert min(ways["next"]["counted"].values()) > 0, "a turn that goes on expands a plan and lays out a script"


def test_a_folder_without_a_coach_is_refused_and_none_that_is_installed_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["house", "--root", str(tmp_path)])
    with pytest.raises(SystemExit):
        main()
    assert "there is no lambda/coach" in capsys.readouterr().err


def test_figures_stand_side_by_side_with_a_dash_where_there_was_nothing() -> None:
    assert table({"Before": {"Rooms": "3"}, "Now": {"Rooms": "2", "Floors": "1"}}).splitlines() == [
        "|  | Before | Now |",
        "| --- | ---: | ---: |",
        "| Rooms | 3 | 2 |",
        "| Floors | – | 1 |",
    ]
