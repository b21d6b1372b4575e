"""The document of the screen, checked and made small: `content/screen.yaml`.

Rule: it has no words of its own, and nothing in it that a device could not read although a linter takes it. Whether
Alexa's language has each property that it uses is what Amazon's own linter is for (`make platform`).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from authoring.problem import Problem

SOURCE, MADE = Path("screen.yaml"), "screen.json"

MOST_BYTES = 7_000
"""What is left of a directive's size is for pictures and for what an answer shows."""

WORDS = frozenset({"text", "accessibilityLabel"})
"""Properties that a person reads or hears."""

# The loader in C is ten times as fast, where PyYAML has been built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BINDING = re.compile(r"\$\{([^{}]*)\}")
EXPONENT = re.compile(r"\d[eE][+-]?\d")
"""An engine refuses a number that is written like this, and the linter takes it."""

COLOUR = re.compile(r"@(\w+)")


def problems(content: Path) -> list[Problem]:
    """What is wrong with the document in a folder of content."""
    path = content / SOURCE
    try:
        document = _read(path)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return [Problem(path, line, str(error.problem))]
    text = path.read_text(encoding="utf-8")
    return [Problem(path, _line(text, value), reason) for value, reason in _faults(document)]


def compiled(content: Path) -> str:
    """The document as it is sent."""
    return json.dumps(_read(content / SOURCE), ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders


def _faults(document: Any) -> Iterator[tuple[str, str]]:
    """What is wrong, with the value that it is wrong with."""
    if not isinstance(document, dict) or document.get("type") != "APL":
        yield "", "this is no document of the type APL"
        return
    known = {name for resource in document.get("resources", []) for name in resource.get("colors", {})}
    for key, value in _scalars(document):
        if not isinstance(value, str):
            continue
        if key in WORDS and BINDING.sub("", value).strip():
            yield value, f"`{key}` has words of its own: they belong to the data"
        if any(EXPONENT.search(found) for found in BINDING.findall(value)):
            yield value, "a number with an exponent cannot be read by a device"
        for name in COLOUR.findall(value):
            if name not in known:
                yield value, f"there is no colour `{name}`"
    size = len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MOST_BYTES:
        yield "", f"the document has {size} bytes, and may have {MOST_BYTES}"


def _scalars(part: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    match part:
        case dict():
            for name, value in part.items():
                yield from _scalars(value, name)
        case list():
            for value in part:
                yield from _scalars(value, key)
        case value:
            yield key, value


def _line(text: str, value: str) -> int:
    """The first line of a text that has a value in it."""
    return text[: max(text.find(value), 0)].count("\n") + 1
