"""The prompts of a locale as Python: a function for each way to say something that has anything to fill in.

Prompts are written in Jinja, and Jinja reads them here. What they mean is written down as Python, so that the coach can
speak without Jinja, which would take as long to be imported as the coach itself.

Rule: a template may use what is read here, and nothing else of Jinja's. A function takes the phrasebook, whose methods
are the filters, and the fields of the prompt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from inspect import signature
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from coach.speaking.phrasebook import FILTERS, MARK, Phrasebook

OF_PYTHON = frozenset({"capitalize"})
"""Filters that a text has by itself."""

_JINJA = Environment(autoescape=True)
_JINJA.filters |= dict.fromkeys(FILTERS, str)
_COMPARED = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
_JOINED: Mapping[type[nodes.BinExpr], str] = {
    **{nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Mod: "%", nodes.FloorDiv: "//"},
    **{nodes.And: "and", nodes.Or: "or"},
}


class UnreadableError(Exception):
    """A template has in it what is not read here. The message says what."""


def module(words: Mapping[str, Any]) -> str:
    """The source of the module of a compiled locale."""
    lines = [f'"""The prompts of {words["locale"]}, written by the authoring tools."""', ""]
    for name, prompt in words["prompts"].items():
        for variant, template in enumerate(prompt["say"]):
            if MARK in template:
                lines += [
                    "",
                    f"def {name}_{variant}(say, field):",
                    f"    return {expression(template, words['called'])}",
                    "",
                ]
    return "\n".join(lines)


def expression(template: str, called: Mapping[str, str]) -> str:
    """The text of a template, as an expression of `say`, the phrasebook, and `field`, the fields by their names. What
    things are `called` stands in it as it is. Raises UnreadableError.
    """
    try:
        return _text(_JINJA.parse(template).body, called)
    except TemplateSyntaxError as error:
        raise UnreadableError(f"this is not Jinja: {error.message}") from None


def _text(body: Iterable[nodes.Node], called: Mapping[str, str]) -> str:
    parts = list(_parts(body, called))
    return parts[0] if len(parts) == 1 else f"''.join(({', '.join(parts)}{',' if parts else ''}))"


def _parts(body: Iterable[nodes.Node], called: Mapping[str, str]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                yield from (_spoken(each, called) for each in node.nodes)
            case nodes.If():
                otherwise = _nested(node) if node.elif_ else node.else_
                yield f"({_text(node.body, called)} if {_value(node.test, called)} else {_text(otherwise, called)})"
            case _:
                raise UnreadableError(f"`{type(node).__name__}` of Jinja's is used by no prompt")


def _nested(node: nodes.If) -> list[nodes.Node]:
    first, *others = node.elif_
    return [nodes.If(first.test, first.body, others, node.else_)]


def _spoken(node: nodes.Node, called: Mapping[str, str]) -> str:
    if isinstance(node, nodes.TemplateData):
        return repr(node.data)
    value = _value(node, called)
    return value if isinstance(node, nodes.Filter) else f"str({value})"


def _value(node: nodes.Node | None, called: Mapping[str, str]) -> str:
    match node:
        case nodes.Const():
            return repr(node.value)
        case nodes.Name():
            return repr(called[node.name]) if node.name in called else f"field[{node.name!r}]"
        case nodes.Filter(name=name) if not _is_known(node):
            raise UnreadableError(f"there is no filter `{name}`, or none that is given such")
        case nodes.Filter(name=name) if name in OF_PYTHON:
            return f"str({_value(node.node, called)}).{name}()"
        case nodes.Filter():
            given = ", ".join(_value(each, called) for each in (node.node, *node.args))
            return f"say.{node.name}({given})"
        case nodes.Compare():
            compared = (f"{_COMPARED[each.op]} {_value(each.expr, called)}" for each in node.ops)
            return f"({_value(node.expr, called)} {' '.join(compared)})"
        case nodes.Not():
            return f"(not {_value(node.node, called)})"
        case nodes.BinExpr() if type(node) in _JOINED:
            return f"({_value(node.left, called)} {_JOINED[type(node)]} {_value(node.right, called)})"
    raise UnreadableError(f"`{type(node).__name__}` of Jinja's is used by no prompt")


def _is_known(node: nodes.Filter) -> bool:
    """Whether there is such a filter, and it takes what it is given."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return False
    if node.name in OF_PYTHON:
        return not node.args
    if node.name not in FILTERS:
        return False
    _, _, *others = signature(getattr(Phrasebook, node.name)).parameters
    return len(others) == len(node.args)
