"""What is written out in code: arguments, variables and keys that can be told without running it.

Rule: whatever has more than one meaning has none here. It is refused, never guessed at.
"""

import ast

from authoring.code import Function


class UnreadableError(Exception):
    """A piece of code that does not say what it says."""

    def __init__(self, node: ast.expr, reason: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason


def argument(call: ast.Call, place: int, keyword: str) -> ast.expr | None:
    """The argument at a place, or of a keyword. Raises UnreadableError where it is hidden behind others."""
    before = call.args[: place + 1]
    hidden = next((argument for argument in before if isinstance(argument, ast.Starred)), None)
    if hidden:
        raise UnreadableError(hidden, "these arguments are not written out")
    return before[place] if len(before) > place else next((w.value for w in call.keywords if w.arg == keyword), None)


def parameters(function: Function) -> list[str]:
    """The arguments of a function by their names, without the starred ones."""
    arguments = function.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def value_of(function: Function, name: str) -> ast.expr | None:
    """What a variable of a function is, if it is one. Raises UnreadableError when it is more than one thing."""
    nodes = list(ast.walk(function))
    values: list[ast.expr | None] = []
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                values.append(value)
            case ast.AnnAssign(target=ast.Name(id=found), value=value) if found == name:
                values.append(value)
    stored = [n for n in nodes if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)]
    changed = [n for n in nodes if isinstance(n, ast.Attribute | ast.Subscript) and _changes(n, name)]
    if not stored:
        return None
    if len(stored) > 1 or len(values) != 1 or values[0] is None or changed:
        raise UnreadableError((*changed, *stored)[0], f"`{name}` is put together in more than one place")
    return values[0]


def _changes(node: ast.Attribute | ast.Subscript, name: str) -> bool:
    if not isinstance(node.value, ast.Name) or node.value.id != name:
        return False
    return isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load)


def given_back(function: ast.FunctionDef) -> ast.expr | None:
    """What a function gives back, if that is always the same."""
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    return returns[0].value if len(returns) == 1 else None


def key_in(key: ast.expr) -> str:
    """The text that a key is. Raises UnreadableError for any other key."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return key.value
    raise UnreadableError(key, "the name of this field is not a literal")
