"""What an answer shows on a device that has a screen: the compiled document, which never changes, with the data of the
answer.

Rule: the voice is complete without it. It is imported only where a device says that it has a screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from coach import log
from coach.alexa import scenes, touch
from coach.alexa.limits import SCREEN_MAX_BYTES
from coach.asking import Request
from coach.conversation import Turn
from coach.days import day_in
from coach.speaking.content import COMPILED
from coach.speaking.phrasebook import Phrasebook

Json = dict[str, Any]

AROUND_BYTES = 350
"""What is around a document, and around the scenes, steps and keys of its data, in a directive."""

SCENE_BYTES, WORK_BYTES, STEP_BYTES, KEY_BYTES = 85, 62, 71, 32
"""What a scene, its work, a step and a key have beside their words, at most: names, numbers and signs."""

AROUND_A_PICTURE_BYTES = 8
"""The quotes, colons and commas around a picture and its names."""


def directive(turn: Turn, phrasebook: Phrasebook, request: Request) -> Json | None:
    """Has a device show the answer to a request. What is touched on it comes back with its token. None where it cannot
    be shown: the turn is taken and kept, and nobody shall miss the answer for the want of a picture of it.
    """
    try:
        return _directive(turn, phrasebook, request)
    except (LookupError, TypeError, ValueError) as error:
        log.record("screen_failed", errors=type(error).__name__)
        return None


def _directive(turn: Turn, phrasebook: Phrasebook, request: Request) -> Json:
    document, pictured, names, room = _compiled()
    day = day_in(turn.progress.zone, request.now_ms / 1000)
    data, wanted = scenes.staged(turn, phrasebook, day, names)
    steps = data["steps"]
    room -= most_bytes({**data, "steps": [_without_way(step) for step in steps]})
    pictures: Json = {}
    for name in wanted:
        # A hands-free answer has more exercises than there is room for: the first ones are pictured.
        # Its name is there twice, as a graphic and in the list of those that are shown, and in each step as its way.
        named = 2 + sum(step["way"] == name for step in steps)
        if (bytes_ := len(pictured[name]) + named * len(name) + AROUND_A_PICTURE_BYTES) <= room:
            room -= bytes_
            pictures[name] = _picture(name)
    data["pictures"] = list(pictures)
    data["steps"] = [_drawn(step, pictures) for step in steps]
    return {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "token": touch.token(request.session, turn.session.answers),
        "document": {**document, "graphics": {**document["graphics"], **pictures}},
        "datasources": {"coach": data},
    }


@cache
def _compiled() -> tuple[Json, Mapping[str, str], frozenset[str], int]:
    """The document, the pictures by exercise and variation, each as the text of its JSON, their names, and how many
    bytes there are for what goes with the document.
    """
    written = (COMPILED / "screen.json").read_bytes()
    document = json.loads(written)
    drawn = COMPILED / "poses.json"
    poses = json.loads(drawn.read_text(encoding="utf-8")) if drawn.exists() else {}
    pictured = {f"{exercise}_{name}": pose for exercise, ways in poses.items() for name, pose in ways.items()}
    return document, pictured, frozenset(pictured), SCREEN_MAX_BYTES - AROUND_BYTES - len(written)


def _drawn(step: Json, pictures: Json) -> Json:
    """A step with those of its pictures that there is room for."""
    picture = step["picture"] if step["picture"] in pictures else ""
    way = {"way": step["way"]} if step["way"] in pictures and step["way"] != picture else {}
    return {**_without_way(step), "picture": picture, **way}


def _without_way(step: Json) -> Json:
    return {name: value for name, value in step.items() if name != "way"}


@cache
def _picture(name: str) -> Json:
    """A picture. An evening has a few of them: to read all would take longer than all else that a screen takes."""
    picture: Json = json.loads(_compiled()[1][name])
    return picture


def most_bytes(data: Json) -> int:
    """How many bytes scenes, steps and keys have, at most. To write them only for that takes a fiftieth of a turn."""
    shown, steps = data["scenes"], data["steps"]
    keys = [key for row in data["rows"] for key in row]
    words = [scene["says"] for scene in shown]
    for step in steps:
        words += step["title"], step["picture"], step.get("way", ""), step["mark"], step["alt"]
    for key in keys:
        words += key.values()
    worked = sum("whole" in scene for scene in shown)
    beside = len(shown) * SCENE_BYTES + worked * WORK_BYTES + len(steps) * STEP_BYTES + len(keys) * KEY_BYTES
    return beside + len("".join(words).encode())
