"""The code of the coach, read as text: its modules, and every call in them with the functions around it.

Rule: nothing of it is run, so that what is wrong with it is told before anything does.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from authoring.problem import Problem

PACKAGE = Path("lambda", "coach")
MADE = "compiled"
"""The folder of the package that nobody writes by hand."""

Function = ast.FunctionDef | ast.Lambda


class NoHolderError(Exception):
    """Something that the checks go by is not where they look for it. The message says what."""


@dataclass(frozen=True)
class Spot:
    """A name, an attribute or a call, and where it stands: in what, inside of which functions, the innermost last, and
    whether those belong to a class.
    """

    node: ast.Name | ast.Attribute | ast.Call
    parent: ast.AST
    functions: tuple[Function, ...]
    in_class: bool

    @property
    def is_called(self) -> bool:
        """Whether it stands before the brackets of a call."""
        return isinstance(self.parent, ast.Call) and self.parent.func is self.node


@dataclass(frozen=True)
class Module:
    """One file of the coach."""

    path: Path
    tree: ast.Module

    def problem(self, node: ast.expr | ast.stmt, reason: str) -> Problem:
        """A fault of a piece of code."""
        return Problem(self.path, node.lineno, reason)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every name, attribute and call of the module."""
        return tuple(_spots(self.tree, (), in_class=False))

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """What stands behind each name that is assigned outside of functions."""
        found: dict[str, ast.expr] = {}
        for statement in self.tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found[name] = value
        return found

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that the module reads, of whatever."""
        nodes = (spot.node for spot in self.spots)
        return frozenset(n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load))

    @cached_property
    def imports(self) -> tuple[ast.alias, ...]:
        """What the module has from others."""
        statements = (node for node in ast.walk(self.tree) if isinstance(node, ast.Import | ast.ImportFrom))
        return tuple(alias for statement in statements for alias in statement.names)

    @cached_property
    def imported(self) -> frozenset[str]:
        """The names by which it has that."""
        return frozenset(alias.asname or alias.name for alias in self.imports)

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Its functions that belong to no class."""
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """Its classes."""
        return {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}


def modules(root: Path) -> tuple[list[Module], list[Problem]]:
    """The modules of the coach below `root`, in the order of their paths; and those that cannot be read."""
    found, problems = [], []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        if MADE in path.relative_to(root / PACKAGE).parts:
            continue
        try:
            found.append(Module(path, ast.parse(path.read_text(encoding="utf-8"))))
        except SyntaxError as error:
            problems.append(Problem(path, error.lineno or 1, f"this is not Python: {error.msg}"))
    return found, problems


def _spots(parent: ast.AST, functions: tuple[Function, ...], *, in_class: bool) -> Iterator[Spot]:
    if isinstance(parent, ast.ClassDef) and not functions:
        in_class = True
    if isinstance(parent, ast.FunctionDef | ast.Lambda):
        functions = (*functions, parent)
    for child in ast.iter_child_nodes(parent):
        if isinstance(child, ast.Name | ast.Attribute | ast.Call):
            yield Spot(child, parent, functions, in_class)
        yield from _spots(child, functions, in_class=in_class)


def holder(modules: Sequence[Module], name: str) -> Module:
    """The module that has a class or a constant of this name. Raises NoHolderError where there is none, or more."""
    found = [module for module in modules if name in module.classes or name in module.constants]
    if len(found) != 1:
        raise NoHolderError(f"{name} has to be in one module of the coach, and is in {len(found)}")
    return found[0]
