"""Reading a YAML or JSON file so that every fault can be told with its line.

Rule: scalars are read as text, and the schema alone says which of them are numbers. So `on:` and `no` stay the words
they are, and no value changes its kind behind the author's back.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from authoring.problem import Problem

# The loader in C is ten times as fast, where PyYAML has been built with it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Where = tuple[str | int, ...]
"""The keys and list places that lead from the top of a file to one thing in it."""


@dataclass(frozen=True)
class Document:
    """One file as read: its data, the line of each thing in it, and what is wrong with it as YAML.

    `text` is the file to the letter, and `spans` say from where to where in it each value stands.
    """

    path: Path
    text: str
    data: Any
    lines: dict[Where, int]
    spans: dict[Where, tuple[int, int]]
    faults: tuple[Problem, ...]

    def line(self, where: Where = ()) -> int:
        """Line of the thing at `where`; of the nearest thing around it when it does not stand in the file."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def problem(self, where: Where, reason: str) -> Problem:
        """A fault of the thing at `where`."""
        return Problem(self.path, self.line(where), reason)


def read(path: Path) -> Document:
    """The file at `path`. Never raises for what an author can get wrong: such things are in `faults`."""
    try:
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".json":
            # What is JSON is YAML too, but not the other way round.
            json.loads(text)
        node = yaml.compose(text, Loader=_LOADER)
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
    return Document(path, text, data, builder.lines, builder.spans, tuple(builder.faults))


def _unread(path: Path, line: int, reason: str) -> Document:
    return Document(path, "", None, {}, {}, (Problem(path, line, reason),))


class _Builder:
    """Turns YAML nodes into plain data, and notes on the way where each thing stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Where, int] = {}
        self.spans: dict[Where, tuple[int, int]] = {}
        self.faults: list[Problem] = []

    def build(self, node: yaml.Node, where: Where) -> Any:
        self.lines.setdefault(where, _line(node))
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
                first = self.lines[(*where, key)]
                reason = f"`{key}` is written twice, first on line {first}"
                self.faults.append(Problem(self.path, _line(key_node), reason))
            else:
                self.lines[(*where, key)] = _line(key_node)
                data[key] = self.build(value_node, (*where, key))
        return data


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
