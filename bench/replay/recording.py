"""The file of a recording: a line of JSON for each turn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def write(path: Path, lines: Iterable[Json]) -> Iterator[Json]:
    """Write the lines, and pass each on once it is written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            yield line


def read(path: Path) -> Iterator[Json]:
    """The lines, one after the other."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            yield json.loads(text)


def said(line: Json) -> str:
    """What was said, in short: the intent and what is in its slots, or the type of the request."""
    request = line["request"].get("request", {})
    intent = request.get("intent")
    if not intent:
        return str(request.get("type", "no request"))
    slots = [f"{name}={slot.get('value', '')}" for name, slot in intent.get("slots", {}).items()]
    return " ".join([str(intent["name"]), *slots])


def meant(line: Json) -> str:
    """The intent alone, or the type of the request."""
    return said(line).split(" ", 1)[0]


def state(line: Json) -> str:
    """The state in which it was said, by then; "-" where the conversation was not asked."""
    return str(line["heard"][0][0]) if line["heard"] else "-"
