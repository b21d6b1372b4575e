"""Whether what `bench.house` counts is there: in packages that were made up."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from textwrap import dedent

from bench.house.layout import Layout, layout

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
