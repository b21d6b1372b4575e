"""Dataclasses whose methods are written out, for the bundle: Python writes them anew at every start, from text, and the
coach has so many classes that this was the longest part of its own start.

What is left to the decorator at a start is the list of fields. A class that is frozen is so in all tests; in the bundle
nothing looks after it any more, as nothing looks after an `assert` in optimized Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from importlib import import_module
from typing import Any

_DECORATOR = "dataclass"
_LEFT_TO_IT = "dataclass(init=False, repr=False, eq=False)"
_INDENT = 4

WRITTEN = frozenset({"__init__", "__repr__", "__eq__", "__hash__"})
"""What is written here. A class that has one of its own is refused."""


def written_out(source: str, module: str) -> str:
    """The source of a module of ours with the methods of its dataclasses written out. Raises ValueError for a dataclass
    that does what no other of ours does.
    """
    lines = source.split("\n")
    classes = [line for line in ast.parse(source).body if isinstance(line, ast.ClassDef)]
    for made in reversed(classes):
        for decorator in made.decorator_list:
            frozen = _frozen(decorator)
            if frozen is None:
                continue
            of = getattr(import_module(module), made.name)
            if (reason := next(_strange(made, of), None)) is not None:
                raise ValueError(f"{made.name} {reason}")
            methods = (f"    {line}".rstrip() for line in _methods(made, of, frozen))
            lines[made.end_lineno or 0 : made.end_lineno] = ["", *methods]
            lines[decorator.lineno - 1 : decorator.end_lineno] = [f"@{_LEFT_TO_IT}"]
    return "\n".join(lines)


def _frozen(decorator: ast.expr) -> bool | None:
    """Whether a decorator makes a frozen dataclass; None for one that makes none."""
    match decorator:
        case ast.Name(id="dataclass"):
            return False
        case ast.Call(func=ast.Name(id="dataclass"), args=[], keywords=[ast.keyword("frozen", ast.Constant(True))]):
            return True
    if _DECORATOR in ast.unparse(decorator):
        raise ValueError(f"{ast.unparse(decorator)} is more than frozen")
    return None


def _strange(made: ast.ClassDef, of: type[Any]) -> Iterator[str]:
    """Why a dataclass is none of those that can be written out."""
    if {line.col_offset for line in made.body} != {_INDENT}:
        yield "is not indented as all are"
    if _bound(made) & WRITTEN:
        yield "has such a method of its own"
    if any("InitVar" in ast.unparse(line.annotation) for line in made.body if isinstance(line, ast.AnnAssign)):
        yield "is given what is no field of it"
    own = _own(made)
    for field in fields(of):
        if not field.init or field.kw_only or field.hash is not None:
            yield f"has a field `{field.name}` that is more than shown and compared"
        if field.name == "self" or field.name.startswith("_" + made.name.lstrip("_") + "__"):
            yield f"has a field `{field.name}` whose name means something else there"
        if field.name in own:
            if isinstance(own[field.name], ast.Call) and not _is_field(own[field.name]):
                yield f"has a field `{field.name}` that is made by another call than `field`"
        elif field.default is not MISSING and getattr(of.__bases__[0], field.name, MISSING) is not field.default:
            yield f"has a field `{field.name}` that is not of its first base"


def _own(made: ast.ClassDef) -> dict[str, ast.expr | None]:
    """The fields that a class does not inherit, and what is given for them."""
    annotated = [line for line in made.body if isinstance(line, ast.AnnAssign)]
    return {line.target.id: line.value for line in annotated if isinstance(line.target, ast.Name)}


def _bound(made: ast.ClassDef) -> set[str]:
    """The names that something in a class is given."""
    nodes = list(ast.walk(made))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return functions | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _methods(made: ast.ClassDef, cls: type[Any], frozen: bool) -> Iterator[str]:
    # An argument that is not given is `...` where its value is made anew each time.
    own, of = _own(made), fields(cls)
    # Without a docstring, as in a bundle, the decorator would make one up out of the signature, which takes its time.
    yield from ('__doc__ = "See the source."', "")
    yield f"def __init__(self, {', '.join(_parameter(field, own, made) for field in of)}):"
    for field in of:
        given = field.name
        if field.default_factory is not MISSING:
            inherited = f"{made.name}.__dataclass_fields__[{field.name!r}].default_factory"
            factory = _argument(own[field.name], "default_factory") if field.name in own else inherited
            given = f"({factory})() if {field.name} is ... else {field.name}"
        yield f"    self.{field.name} = {given}"
    yield "    self.__post_init__()" if hasattr(cls, "__post_init__") else "    return"
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in of if field.repr)
    yield from ("", "def __repr__(self):", f'    return f"{{self.__class__.__qualname__}}({shown})"')
    compared = [field.name for field in of if field.compare]
    same = " and ".join(f"self.{name} == other.{name}" for name in compared) or "True"
    yield from ("", "def __eq__(self, other):", "    if self is other:", "        return True")
    yield from ("    if other.__class__ is not self.__class__:", "        return NotImplemented", f"    return {same}")
    values = "".join(f"self.{name}, " for name in compared)
    yield from ("", "def __hash__(self):", f"    return hash(({values}))") if frozen else ("", "__hash__ = None")


def _parameter(field: Field[object], own: dict[str, ast.expr | None], made: ast.ClassDef) -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=..."
    if field.default is MISSING:
        return field.name
    if field.name not in own:
        return f"{field.name}={ast.unparse(made.bases[0])}.{field.name}"
    value = own[field.name]
    return f"{field.name}={_argument(value, 'default') if _is_field(value) else field.name}"


def _is_field(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "field"


def _argument(value: ast.expr | None, name: str) -> str:
    """An argument of a call of `field`, as it is written."""
    assert isinstance(value, ast.Call)  # noqa: S101 - as `_is_field` or the field itself has shown
    return next(ast.unparse(keyword.value) for keyword in value.keywords if keyword.arg == name)
