"""Reading a YAML or JSON file so that every fault can be told with its line.

Rule: scalars are read as text, and the schema alone says which of them are numbers. So `on:` and `no` stay the words
they are, and no value changes its kind behind the author's back.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from authoring.problem import Problem

# The loader in C is ten times as fast, where PyYAML has been built with it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Where = tuple[str | int, ...]
"""The keys and list places that lead from the top of a file to one thing in it."""


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    path: Path
    line: int

    def beside(self, other: "Place") -> str:
        """How it is told to somebody who looks at another place: a file that is the same one needs no name."""
        return f"line {self.line}" if self.path == other.path else f"line {self.line} of {self.path.name}"


@dataclass(frozen=True)
class Document:
    """One page as read: its data, the place at which each thing in it is written, and what is wrong with it as YAML.

    `text` is the file to the letter, and `spans` say from where to where in it each value stands. A page that was laid
    over another one, in `overlay`, has neither: what it has is written in the files `below` it too.
    """

    path: Path
    text: str
    data: Any
    places: dict[Where, Place]
    spans: dict[Where, tuple[int, int]]
    faults: tuple[Problem, ...]
    below: tuple[Path, ...] = ()

    @property
    def layers(self) -> tuple[Path, ...]:
        """The files that the page is written in, from the lowest up."""
        return (*self.below, self.path)

    def place(self, where: Where = ()) -> Place:
        """Where the thing at `where` is written; the nearest thing around it when it does not stand in the page."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, Place(self.path, 1))

    def part(self, where: Where) -> "Document":
        """What stands at `where`, as a page of its own."""
        data, depth = self.data, len(where)
        for key in where:
            data = data[key]
        places = {at[depth:]: place for at, place in self.places.items() if at[:depth] == where}
        return Document(self.path, "", data, places, {}, (), self.below)

    def problem(self, where: Where, reason: str) -> Problem:
        """A fault of the thing at `where`."""
        place = self.place(where)
        return Problem(place.path, place.line, reason)


def read(path: Path) -> Document:
    """The file at `path`. Never raises for what an author can get wrong: such things are in `faults`."""
    try:
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".json":
            # What is JSON is YAML too, but not the other way round.
            json.loads(text)
        node = _composed(text)
    except FileNotFoundError:
        return _unread(path, 1, "this file is missing")
    except UnicodeDecodeError:
        return _unread(path, 1, "this file is not UTF-8 text")
    except json.JSONDecodeError as error:
        return _unread(path, error.lineno, f"this is not JSON: {error.msg}")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return _unread(path, mark.line + 1 if mark else 1, f"this is not YAML: {error.problem}")
    except yaml.YAMLError as error:
        return _unread(path, 1, f"this is not YAML: {error}")
    builder = _Builder(path)
    data = builder.build(node, ()) if node else {}
    return Document(path, text, data, builder.places, builder.spans, tuple(builder.faults))


@cache
def _composed(text: str) -> yaml.Node | None:
    """What YAML makes of a text. Nobody changes it, so what was not edited is not taken apart again."""
    return yaml.compose(text, Loader=_LOADER)


def _unread(path: Path, line: int, reason: str) -> Document:
    return Document(path, "", None, {}, {}, (Problem(path, line, reason),))


class _Builder:
    """Turns YAML nodes into plain data, and notes on the way where each thing stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[Where, Place] = {}
        self.spans: dict[Where, tuple[int, int]] = {}
        self.faults: list[Problem] = []

    def build(self, node: yaml.Node, where: Where) -> Any:
        self.places.setdefault(where, Place(self.path, _line(node)))
        self.spans[where] = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*where, place)) for place, item in enumerate(node.value)]
        return node.value

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Problem(self.path, _line(key_node), "a key must be a plain word"))
            elif key in data:
                first = self.places[(*where, key)].line
                reason = f"`{key}` is written twice, first on line {first}"
                self.faults.append(Problem(self.path, _line(key_node), reason))
            else:
                self.places[(*where, key)] = Place(self.path, _line(key_node))
                data[key] = self.build(value_node, (*where, key))
        return data


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
