"""What the code of the coach says: every prompt with its fields, and every part of an exercise's words.

Rule: the name of what is said is written out where it is said, or stands in a table of names, and so do its fields.
What cannot be read is a fault, and is never passed over.

A function that hands an argument of its own on as a name, such as `say`, is a way to say something too: then it is its
callers that are read.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from authoring.code import Function, Module, Spot
from authoring.literals import UnreadableError, argument, given_back, key_in, parameters, value_of
from authoring.problem import Problem


class Kind(Enum):
    """What a name is the name of: a prompt, one that is said inside of another, a part of an exercise's words."""

    PROMPT = auto()
    INNER = auto()
    PART = auto()


class Takes(Enum):
    """Where a call has the fields: nowhere, in a mapping behind the name, or as keywords."""

    NOTHING = auto()
    MAPPING = auto()
    KEYWORDS = auto()


@dataclass(frozen=True)
class Said:
    """Something that code says, and the line on which it is named."""

    kind: Kind
    name: str
    fields: frozenset[str]
    path: Path
    line: int

    def problem(self, reason: str) -> Problem:
        """A fault of it."""
        return Problem(self.path, self.line, reason)


@dataclass(frozen=True)
class Way:
    """Something that is called with a name at a `place`, or as the keyword. It gives `fields` by itself, and `own` are
    keywords that are none.
    """

    called: str
    kind: Kind
    place: int
    keyword: str
    takes: Takes = Takes.NOTHING
    fields: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    method: bool = False


ROOTS = (
    Way("Prompt", Kind.PROMPT, 0, "name", Takes.MAPPING),
    Way("_phrase", Kind.INNER, 0, "name", Takes.KEYWORDS, own=frozenset({"name"}), method=True),
    Way("Line", Kind.PART, 1, "part"),
)
"""What everything that is said comes down to."""

HANDING_ON = (ast.Call, ast.keyword, ast.Assign, ast.Return, ast.Dict, ast.List, ast.Set, ast.IfExp, ast.Lambda)
"""Where something that is not called stands, when it is to be called elsewhere."""


@dataclass(frozen=True)
class _Fields:
    """Names of fields; and the function whose own keywords are fields as well, if there is one."""

    names: frozenset[str] = frozenset()
    of: Function | None = None

    def __or__(self, other: "_Fields") -> "_Fields":
        return _Fields(self.names | other.names, self.of or other.of)


def read(modules: Sequence[Module]) -> tuple[list[Said], list[Problem]]:
    """All that the modules say, and where they cannot be read."""
    ways = set(ROOTS)
    while True:
        reader = _Reader(modules, ways)
        said = [one for module in modules for one in reader.read(module)]
        if reader.found <= ways:
            return said, reader.problems
        ways |= reader.found


class _Reader:
    """Reads with the ways that are known so far, and finds further ones."""

    def __init__(self, modules: Sequence[Module], ways: set[Way]) -> None:
        self.found: set[Way] = set()
        self.problems: list[Problem] = []
        self._modules = modules
        self._ways = {name: [way for way in ways if way.called == name] for name in {way.called for way in ways}}

    def read(self, module: Module) -> Iterator[Said]:
        for alias in module.imports:
            if alias.name in self._ways and alias.asname:
                self.problems.append(Problem(module.path, alias.lineno, f"call `{alias.name}` by its own name"))
        for spot in module.spots:
            try:
                yield from self._spot(module, spot)
            except UnreadableError as error:
                self.problems.append(module.problem(error.node, error.reason))

    def _spot(self, module: Module, spot: Spot) -> Iterator[Said]:
        node, ways = spot.node, self._meant(module, spot.node)
        if ways and isinstance(spot.parent, HANDING_ON) and not spot.is_called and not _asks_for_type(spot.parent):
            raise UnreadableError(node, f"`{ways[0].called}` is handed on, so that nobody can read what it says")
        if isinstance(node, ast.Call):
            for way in self._meant(module, node.func):
                yield from self._call(module, spot, node, way)

    def _meant(self, module: Module, called: ast.expr) -> list[Way]:
        """The ways that an expression is."""
        match called:
            case ast.Name(id=name, ctx=ast.Load()) if name in self._ways:
                known = name in module.imported or name in module.functions or name in module.classes
                return [way for way in self._ways[name] if known and not way.method]
            case ast.Attribute(value=owner, attr=name) if name in self._ways:
                of_a_module = isinstance(owner, ast.Name) and owner.id in module.imported
                return [way for way in self._ways[name] if way.method or of_a_module]
        return []

    def _call(self, module: Module, spot: Spot, call: ast.Call, way: Way) -> Iterator[Said]:
        named = argument(call, way.place, way.keyword)
        if named is None:
            raise UnreadableError(call, f"`{way.called}` is called without the name of what is said")
        fields = _Fields(way.fields) | self._given(module, spot, call, way)
        for name in _names(module, spot, named):
            match name:
                case ast.Constant(value=str(said)) if fields.of is None:
                    yield Said(way.kind, said, fields.names, module.path, name.lineno)
                case ast.Name(id=parameter):
                    self.found.add(_handed_on(spot, name, parameter, way.kind, fields))
                case _:
                    raise UnreadableError(call, f"`{way.called}` is given fields that are not written out")

    def _given(self, module: Module, spot: Spot, call: ast.Call, way: Way) -> _Fields:
        """The fields that a call gives."""
        match way.takes:
            case Takes.MAPPING:
                mapping = argument(call, way.place + 1, "fields")
                return self._mapping(module, spot.functions, mapping) if mapping else _Fields()
            case Takes.KEYWORDS:
                given = _Fields(frozenset(word.arg for word in call.keywords if word.arg) - way.own)
                for word in call.keywords:
                    given |= _Fields() if word.arg else self._mapping(module, spot.functions, word.value)
                return given
            case Takes.NOTHING:
                return _Fields()

    def _mapping(self, module: Module, functions: Sequence[Function], mapping: ast.expr) -> _Fields:
        """The keys of a mapping that is written out: here, in a variable, or as what a function gives back."""
        match mapping:
            case ast.Dict(keys=keys, values=values):
                found = _Fields()
                for key, inner in zip(keys, values, strict=True):
                    found |= (
                        self._mapping(module, functions, inner) if key is None else _Fields(frozenset({key_in(key)}))
                    )
                return found
            case ast.Name(id=name):
                for function in reversed(functions):
                    if function.args.kwarg and function.args.kwarg.arg == name:
                        return _Fields(of=function)
                    if value := value_of(function, name):
                        return self._mapping(module, functions, value)
            case ast.Call(func=ast.Name(id=name)):
                defined = [(one, one.functions[name]) for one in self._modules if name in one.functions]
                if len(defined) == 1 and (back := given_back(defined[0][1])):
                    return self._mapping(defined[0][0], [defined[0][1]], back)
        raise UnreadableError(mapping, "these fields are not written out")


def _names(module: Module, spot: Spot, named: ast.expr) -> Iterator[ast.Constant | ast.Name]:
    """The names that an expression can be, each where it is written; or an argument of a function around it."""
    match named:
        case ast.Constant(value=str()):
            yield named
        case ast.IfExp(body=one, orelse=other):
            yield from _names(module, spot, one)
            yield from _names(module, spot, other)
        case ast.Subscript(value=ast.Name(id=table)) if isinstance(names := module.constants.get(table), ast.Dict):
            for name in names.values:
                yield from _names(module, spot, name)
        case ast.Name(id=name) if any(name in parameters(function) for function in spot.functions):
            yield named
        case _:
            raise UnreadableError(named, "this name is not a literal, so nobody can check that there is such a thing")


def _handed_on(spot: Spot, node: ast.Name, parameter: str, kind: Kind, fields: _Fields) -> Way:
    """The way that a function is which hands an argument on as a name."""
    function = next(one for one in reversed(spot.functions) if parameter in parameters(one))
    if isinstance(function, ast.Lambda) or fields.of not in (None, function) or value_of(function, parameter):
        raise UnreadableError(node, "this name is not a literal, and does not come from whoever calls this function")
    own = parameters(function)
    method = spot.in_class and function is spot.functions[0]
    place = own.index(parameter) - int(method)
    takes = Takes.KEYWORDS if fields.of else Takes.NOTHING
    return Way(function.name, kind, place, parameter, takes, fields.names, frozenset(own), method)


def _asks_for_type(parent: ast.AST) -> bool:
    return isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "isinstance"
