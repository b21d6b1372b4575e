"""How a package is laid out, read from its files: its rooms, who imports whom, and how long its parts are.

A room is a direct child of the package: a module, or a folder with all that is in it. What is generated is no room.
Imports for type checkers do not count, imports inside functions do.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import fmean

import grimp

GENERATED = "compiled"
"""The folder of a package that is written by a program, and read by nobody."""

Imports = Mapping[str, set[str]]
"""For each room, the other rooms that it imports."""


@dataclass(frozen=True)
class Layout:
    """What was counted: the lines of each module by its name inside the package, and of each function without its
    docstring.
    """

    imports: Imports
    modules: Mapping[str, int]
    functions: tuple[int, ...]

    @cached_property
    def circle(self) -> tuple[str, ...]:
        """Rooms that import each other all around, the first of them once more at the end; empty if none do."""
        try:
            TopologicalSorter(self.imports).prepare()
        except CycleError as error:
            # graphlib names whoever is imported first.
            return tuple(reversed(error.args[1]))
        return ()

    @cached_property
    def floors(self) -> tuple[str, ...]:
        """The longest chain of rooms in which each imports the next; empty where there is a circle."""
        if self.circle:
            return ()
        below: dict[str, tuple[str, ...]] = {}
        for room in TopologicalSorter(self.imports).static_order():
            below[room] = (room, *max((below[other] for other in sorted(self.imports[room])), key=len, default=()))
        return max((below[room] for room in sorted(below)), key=len, default=())

    @cached_property
    def arrows(self) -> tuple[tuple[str, str], ...]:
        """Who imports whom, but for what a longer way shows as well; empty where there is a circle."""
        if self.circle:
            return ()
        below: dict[str, set[str]] = {}
        for room in TopologicalSorter(self.imports).static_order():
            below[room] = self.imports[room].union(*(below[other] for other in self.imports[room]))
        return tuple(
            (room, other)
            for room in sorted(self.imports)
            for other in sorted(self.imports[room])
            if not any(other in below[via] for via in self.imports[room])
        )

    @property
    def ties(self) -> int:
        """How many pairs of rooms have an import between them, whichever way."""
        return len({frozenset((room, other)) for room, others in self.imports.items() for other in others})

    @property
    def pairs(self) -> int:
        """How many pairs of rooms there are."""
        return len(self.imports) * (len(self.imports) - 1) // 2

    @property
    def longest(self) -> list[tuple[str, int]]:
        """The three longest modules with their lines, the longest first."""
        return sorted(self.modules.items(), key=lambda module: (-module[1], module[0]))[:3]

    @property
    def mean_lines(self) -> float:
        """How long a function is on average."""
        return fmean(self.functions) if self.functions else 0


def layout(source: Path, package: str) -> Layout:
    """The layout of a package in the folder `source`. It must not be one that this process has imported elsewhere."""
    folder = source / package
    modules: dict[str, int] = {}
    functions: list[int] = []
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(folder)
        if name.parts[0] != GENERATED:
            text = file.read_text()
            modules[".".join(name.with_suffix("").parts)] = len(text.splitlines())
            functions += _functions(ast.parse(text))
    return Layout(_imports(source, package), modules, tuple(functions))


def _imports(source: Path, package: str) -> Imports:
    sys.path.insert(0, str(source))
    try:
        graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    finally:
        sys.path.remove(str(source))
    rooms = {room: room.removeprefix(f"{package}.") for room in graph.find_children(package)}
    rooms = {room: name for room, name in rooms.items() if name != GENERATED}
    for room in rooms:
        graph.squash_module(room)
    return {
        name: {rooms[other] for other in graph.find_modules_directly_imported_by(room) & rooms.keys()} - {name}
        for room, name in rooms.items()
    }


def _functions(tree: ast.Module) -> Iterator[int]:
    """The lines of each function and method, from its `def` to its end."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _lines(node) - (_lines(node.body[0]) if ast.get_docstring(node) is not None else 0)


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
