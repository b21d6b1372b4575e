"""The events of a conversation, held against the code around them: each is brought by something, and has a row.

Rule: an event is brought where code makes it, and not where it is compared with, listed, or a key. A row is whatever
the table names outside of its functions, and what of other modules it is put together from.
"""

import ast
from collections.abc import Iterator, Sequence

from authoring.code import Module, holder
from authoring.problem import Problem

EVENT, TABLE = "Event", "TABLE"
"""The class of the events, and the table with their rows."""


def problems(modules: Sequence[Module]) -> Iterator[Problem]:
    """The events that nothing brings, and those that nothing answers."""
    events, table = holder(modules, EVENT), holder(modules, TABLE)
    brought = {name for module in modules if module not in (events, table) for name in _made(module.tree)}
    answered = set(_rows(table, modules))
    for name, member in _members(events):
        if name not in brought:
            yield events.problem(member, f"nothing brings the event {name}: no intent, guard, errand or time")
        if name not in answered:
            yield events.problem(member, f"the event {name} has no row in any state")


def named(node: ast.AST) -> str | None:
    """The name of the event that a piece of code is, if it is one."""
    match node:
        case ast.Attribute(value=ast.Name(id="Event"), attr=name):
            return name
    return None


def _members(events: Module) -> Iterator[tuple[str, ast.stmt]]:
    for statement in events.classes[EVENT].body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, statement


def _made(node: ast.AST) -> Iterator[str]:
    """The events that code makes below a node."""
    if name := named(node):
        yield name
    for child in _making(node):
        yield from _made(child)


def _making(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a node and may make an event."""
    match node:
        case ast.Compare() | ast.Set() | ast.pattern():
            return
        case ast.Dict(values=values):
            yield from values
        case ast.Module(body=body):
            constants = (ast.Assign, ast.AnnAssign)
            yield from (one for one in body if not isinstance(one, constants) or isinstance(one.value, ast.Dict))
        case _:
            yield from ast.iter_child_nodes(node)


def _rows(table: Module, modules: Sequence[Module]) -> Iterator[str]:
    """The events that the table names, by itself or with what others have put together for it."""
    for spot in (spot for spot in table.spots if not spot.functions):
        yield from _rows_of(spot.node, table, modules)


def _rows_of(node: ast.AST, module: Module, modules: Sequence[Module]) -> Iterator[str]:
    """The event that a piece of code is, or all that the constant names which it stands for."""
    if name := named(node):
        yield name
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=constant) if owner in module.imported:
            homes = [other for other in modules if constant in other.constants and other.path.stem == owner]
        case ast.Name(id=constant) if constant in module.imported:
            homes = [other for other in modules if constant in other.constants]
        case ast.Name(id=constant) if constant in module.constants:
            homes = [module]
        case _:
            homes = []
    for home in homes:
        for part in ast.walk(home.constants[constant]):
            yield from _rows_of(part, home, modules)
