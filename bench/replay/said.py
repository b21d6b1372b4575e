"""What can be said: every intent of the interaction model, with slots that are known, unknown, and odd.

Rule: the model is read, and not the coach, so that nothing is left out that Alexa may send.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

Json = dict[str, Any]
Said = tuple[str, Json]
"""The name of an intent, and its slots as a request has them."""

MODEL = Path(__file__).parents[2] / "interaction_model" / "en-US.json"

LENGTHS = ("PT20S", "PT30S", "PT1M30S", "PT4M", "PT8M", "PT10M", "PT15M", "PT20M", "PT30M", "PT1H")
LONG = ("P1D", "P2D", "P1W", "P2W", "P1M", "PT3H")
NUMBERS = ("1", "2", "3", "4", "5", "7", "10", "12", "20", "30", "40")
TIMES = ("07:00", "07:30", "09:00", "12:30", "03:00", "02:00", "18:45", "19:00", "23:59", "MO", "AF", "EV", "NI")
ODD = ("?", "", "-3", "0", "99999", "PT0S", "PX", "25:00", "XXXX", "2026-W48", "2026-11", "9:00", "P1Y", "²")
"""What Alexa gives when it has understood nothing, and what it should not give at all."""

UNKNOWN = ("disco", "dolphin", "elbow", "lion pose", "pigeon", "twist", "lunge", "seventh heaven")


class Model:
    """The intents by name with their slots, and the values of each slot type with their ids."""

    def __init__(self) -> None:
        model = json.loads(MODEL.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
        self.intents: dict[str, dict[str, str]] = {
            intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for intent in model["intents"]
        }
        self._values: dict[str, list[tuple[str, str]]] = {
            kind["name"]: [(value["id"], value["name"]["value"]) for value in kind["values"]] for kind in model["types"]
        }

    def said(self, name: str, chance: Random, today: date, *always: str, filled: float = 0.6) -> Said:
        """An intent, each of its slots filled so often; those named in `always` are, and with something known."""
        slots: Json = {}
        for slot, kind in self.intents.get(name, {}).items():
            if slot in always:
                slots[slot] = self._known(slot, kind, chance, today)
            elif chance.random() < filled:
                slots[slot] = self._any(slot, kind, chance, today)
        return name, slots

    def _any(self, slot: str, kind: str, chance: Random, today: date) -> Json:
        match chance.choices(("known", "unknown", "odd", "stale", "empty"), (74, 10, 10, 3, 3))[0]:
            case "known":
                return self._known(slot, kind, chance, today)
            case "unknown":
                return _slot(slot, chance.choice(UNKNOWN), None, "ER_SUCCESS_NO_MATCH")
            case "odd":
                return _slot(slot, chance.choice(ODD), None, chance.choice((None, "ER_ERROR_EXCEPTION")))
            case "stale":
                return _slot(slot, "dolphin", "dolphin_pose", "ER_SUCCESS_MATCH")
            case _:
                return {"name": slot, "confirmationStatus": "NONE"}

    def _known(self, slot: str, kind: str, chance: Random, today: date) -> Json:
        if kind in self._values:
            value_id, words = chance.choice(self._values[kind])
            return _slot(slot, words, value_id, "ER_SUCCESS_MATCH")
        return _slot(slot, _built_in(kind, chance, today), None, None)


def _built_in(kind: str, chance: Random, today: date) -> str:
    match kind:
        case "AMAZON.DURATION":
            return chance.choice(LENGTHS if chance.random() < 0.8 else LONG)
        case "AMAZON.NUMBER":
            return chance.choice(NUMBERS)
        case "AMAZON.TIME":
            return chance.choice(TIMES)
        case "AMAZON.DATE":
            return (today + timedelta(days=chance.choice((0, 0, -1, 1, -2, 3, -7, 7, -13, -20)))).isoformat()
        case _:
            return "?"


def _slot(name: str, value: str, value_id: str | None, status: str | None) -> Json:
    slot: Json = {"name": name, "value": value, "confirmationStatus": "NONE"}
    if status is not None:
        values = [{"value": {"name": value, "id": value_id}}] if value_id is not None else []
        authority = {"authority": "amzn1.er-authority.x", "status": {"code": status}, "values": values}
        slot["resolutions"] = {"resolutionsPerAuthority": [authority]}
    return slot
