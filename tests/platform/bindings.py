"""What a device would make of a document: its bindings, worked out by a small reader of their language.

Rule: written from what the language says, and not from what our renderer does. What it does not know raises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

Json = Any

_WORDS = re.compile(r"\s*('[^']*'|\d+(?:\.\d+)?|&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]]|[A-Za-z_]\w*)")
_BINDING = re.compile(r"\$\{([^{}]*)\}")
_BINDS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_MATH = {"min": min, "max": max, "floor": lambda n: _whole(math.floor, n), "ceil": lambda n: _whole(math.ceil, n)}


def evaluated(value: Json, names: Mapping[str, Any]) -> Json:
    """A property with its bindings filled in: one that is a binding and nothing else keeps its kind."""
    if isinstance(value, list):
        return [evaluated(one, names) for one in value]
    if not isinstance(value, str):
        return value
    whole = _BINDING.fullmatch(value)
    if whole:
        return _Reader(whole[1], names).whole()
    return _BINDING.sub(lambda found: _as_text(_Reader(found[1], names).whole()), value)


def _whole(rounding: Any, number: float) -> float:
    return number if math.isnan(number) else rounding(number)


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


VIEWPORTS = {
    "hub round small": (480, 480, "round", "hub"),
    "hub landscape small": (960, 480, "rectangle", "hub"),
    "hub landscape medium": (960, 600, "rectangle", "hub"),
    "hub landscape large": (1280, 800, "rectangle", "hub"),
    "hub landscape extra large": (1920, 1080, "rectangle", "hub"),
    "hub portrait": (1080, 1920, "rectangle", "hub"),
    "television": (960, 540, "rectangle", "tv"),
    "mobile": (411, 823, "rectangle", "mobile"),
    "one that nobody has seen": (700, 650, "rectangle", "kitchen"),
}
"""Width and height in units that do not depend on density, shape and mode: those of Alexa's devices, and others."""


def viewport(name: str, theme: str = "dark") -> Json:
    """A viewport as a device tells its document of it."""
    width, height, shape, mode = VIEWPORTS[name]
    return {"width": width, "height": height, "shape": shape, "mode": mode, "theme": theme}


@cache
def _words_of(text: str) -> list[str]:
    words, at = [], 0
    while at < len(text.rstrip()):
        word = _WORDS.match(text, at)
        assert word, f"a device cannot read {text!r}"
        words.append(word[1])
        at = word.end()
    return words


class _Reader:
    """One expression, read from the left."""

    def __init__(self, text: str, names: Mapping[str, Any]) -> None:
        self._words, self._names, self._at, self._text = _words_of(text), names, 0, text
        self._aside = 0

    def whole(self) -> Any:
        value = self._chosen()
        assert self._at == len(self._words), f"a device cannot read {self._text!r}"
        return value

    def _chosen(self) -> Any:
        value = self._joined(1)
        if not self._takes("?"):
            return value
        here = self._read(wanted=bool(value))
        self._must(":")
        there = self._read(wanted=not value)
        return here if value else there

    def _read(self, *, wanted: bool) -> Any:
        """What is chosen, or what is not: that is read as well, and nothing is made of it."""
        self._aside += not wanted
        value = self._chosen()
        self._aside -= not wanted
        return value

    def _joined(self, least: int) -> Any:
        left = self._single()
        while (how := self._peek()) in _BINDS and _BINDS[how] >= least:
            self._at += 1
            right = self._joined(_BINDS[how] + 1)
            left = None if self._aside else _combined(how, left, right)
        return left

    def _single(self) -> Any:
        if self._takes("!"):
            return not self._single()
        if self._takes("-"):
            value = self._single()
            return None if self._aside else -value
        if self._takes("("):
            value = self._chosen()
            self._must(")")
            return value
        return self._parts_of(self._named(self._next()))

    def _named(self, word: str) -> Any:
        if word.startswith("'"):
            return word[1:-1]
        if word[0].isdigit():
            return float(word) if "." in word else int(word)
        if word in ("true", "false"):
            return word == "true"
        if word == "String":
            self._must(".")
            assert self._next() == "length"
            self._must("(")
            text = self._chosen()
            self._must(")")
            return None if self._aside else len(text)
        if word == "Math":
            self._must(".")
            name = self._next()
            self._must("(")
            values = [self._chosen()]
            while self._takes(","):
                values.append(self._chosen())
            self._must(")")
            return None if self._aside else _MATH[name](*values)
        assert word in self._names, f"nothing is called {word!r} in {self._text!r}"
        return self._names[word]

    def _parts_of(self, value: Any) -> Any:
        while self._peek() in (".", "["):
            if self._next() == ".":
                name = self._next()
                value = len(value) if name == "length" and isinstance(value, list) else _part(value, name)
            else:
                value = _part(value, self._chosen())
                self._must("]")
        return value

    def _peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _next(self) -> str:
        self._at += 1
        return self._words[self._at - 1]

    def _takes(self, word: str) -> bool:
        there = self._peek() == word
        self._at += there
        return there

    def _must(self, word: str) -> None:
        assert self._takes(word), f"a device cannot read {self._text!r}"


SOMETIMES = frozenset({"until", "whole", "still", "up", "first", "count", "way", "week"})
"""What only some scenes have."""


def _part(value: Any, name: Any) -> Any:
    """A part of a value; of nothing, nothing. What a device would take for nothing is a mistake where it is missing."""
    if value is None:
        return None
    if isinstance(value, list):
        return value[name] if 0 <= name < len(value) else None
    assert name in value or name in SOMETIMES, f"there is no {name!r} in {sorted(value)}"
    return value.get(name)


def _combined(how: str, left: Any, right: Any) -> Any:
    if how in ("<", ">", "<=", ">=") and None in (left, right):
        return False
    match how:
        case "||":
            return left or right
        case "&&":
            return left and right
        case "==":
            return left == right
        case "!=":
            return left != right
        case "+" if isinstance(left, str) or isinstance(right, str):
            return _as_text(left) + _as_text(right)
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else math.nan
        case "%":
            return left % right
        case "<":
            return left < right
        case ">":
            return left > right
        case "<=":
            return left <= right
    return left >= right


class Shown:
    """A document on a device, from the moment that it is inflated. `tick` moves its clock."""

    def __init__(self, directive: Json, viewport: Json, font_scale: float = 1.0) -> None:
        self.document = directive["document"]
        self.root = self.document["mainTemplate"]["item"]
        self._bound: dict[str, Any] = {}
        self._given = {
            "payload": directive["datasources"],
            "viewport": viewport,
            "environment": {"fontScale": font_scale},
            "elapsedTime": 0,
        }
        # What a tick sets is no binding any more.
        self._set: set[str] = set()
        self.focused = ""

    @property
    def names(self) -> dict[str, Any]:
        """All that a binding may name, with what follows from what was set."""
        names = dict(self._given)
        for bind in self.root["bind"]:
            name = bind["name"]
            names[name] = self._bound[name] if name in self._set else evaluated(bind["value"], names)
        return names

    def tick(self, elapsed_ms: int) -> None:
        """Let the clock of the document stand at a moment."""
        self._given["elapsedTime"] = elapsed_ms
        for handler in self.root["handleTick"]:
            for command in handler["commands"]:
                if not evaluated(command.get("when", True), self.names):
                    continue
                if command["type"] == "SetFocus":
                    self.focused = evaluated(command["componentId"], self.names)
                else:
                    assert command["type"] == "SetValue"
                    self._bound[command["property"]] = evaluated(command["value"], self.names)
                    self._set.add(command["property"])

    def reach(self, elapsed_ms: int) -> None:
        """Let the clock stand at a moment for as long as it takes to come to its scene."""
        for _ in self._given["payload"]["coach"]["scenes"]:
            self.tick(elapsed_ms)

    def components(self) -> Iterator[tuple[Json, dict[str, Any]]]:
        """Each component that is there, with what its bindings may name."""
        yield from self._inflated(self.root, self.names, bound=True)

    def _inflated(self, component: Json, names: dict[str, Any], *, bound: bool = False) -> Iterator[Any]:
        if not evaluated(component.get("when", True), names):
            return
        if not bound:
            names = {**names, **{b["name"]: evaluated(b["value"], names) for b in component.get("bind", ())}}
        yield component, names
        inner = component.get("items", component.get("item", []))
        inner = inner if isinstance(inner, list) else [inner]
        if "data" in component:
            for index, data in enumerate(evaluated(component["data"], names)):
                yield from self._inflated(inner[0], {**names, "data": data, "index": index})
            return
        for one in inner:
            yield from self._inflated(one, names)

    def read(self, component: str, name: str) -> list[Any]:
        """A property of all the components of a type that are displayed."""
        hidden: list[Any] = []
        found = []
        for one, names in self.components():
            if evaluated(one.get("display", "normal"), names) == "none":
                hidden += [id(part) for part in _within(one)]
            elif one["type"] == component and id(one) not in hidden and name in one:
                found.append(evaluated(one[name], names))
        return found


def _within(component: Json) -> Iterator[Json]:
    yield component
    inner = component.get("items", component.get("item", []))
    for one in inner if isinstance(inner, list) else [inner]:
        yield from _within(one)
