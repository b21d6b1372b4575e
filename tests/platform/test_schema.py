"""Amazon's schemas find what Amazon would refuse, and say it in a sentence that points at the place."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.platform.schema import faults

MODELS = sorted((Path(__file__).parents[2] / "interaction_model").glob("*.json"))


def model(**more: Any) -> dict[str, Any]:
    language = {"invocationName": "hip coach", "intents": [{"name": "AMAZON.HelpIntent", "samples": []}], "types": []}
    return {"interactionModel": {"languageModel": {**language, **more}}}


def manifest(**more: Any) -> dict[str, Any]:
    publishing = {"locales": {"en-US": {"name": "Hip Coach", "summary": "A voice coach.", "description": "Gentle."}}}
    publishing |= {"isAvailableWorldwide": True, "testingInstructions": "Say start.", "category": "HEALTH_AND_FITNESS"}
    return {"manifest": {"manifestVersion": "1.0", "publishingInformation": publishing, **more}}


def test_a_sound_interaction_model_has_no_fault() -> None:
    assert faults("interaction-model", model()) == []


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_amazon_takes_the_interaction_model_of_each_locale(path: Path) -> None:
    assert faults("interaction-model", json.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"intent": []}, "intent"),
        ({"types": [{"name": "SIDE", "values": [{"name": {"value": "left", "synonyms": []}}]}]}, "synonyms"),
        ({"intents": [{"name": "NextIntent", "sample": ["next"]}]}, "sample"),
        ({"modelConfiguration": {"fallbackIntentSensitivity": {"level": "VERY_HIGH"}}}, "VERY_HIGH"),
        ({"invocationName": None}, "invocationName"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_an_interaction_model_is_found(more: dict[str, Any], place: str) -> None:
    assert place in "\n".join(faults("interaction-model", model(**more)))


def test_a_sound_manifest_has_no_fault() -> None:
    assert faults("skill-manifest", manifest()) == []


@pytest.mark.parametrize(
    "more",
    [
        {"permission": []},
        {"permissions": [{"name": 7}]},
        {"apis": {"custom": {"interfaces": [{"type": "ALEXA_PRESENTATION_APLL"}]}}},
        {"apis": {"custom": {"endpoint": {"url": "arn:aws:lambda:x"}}}},
        {"privacyAndCompliance": {"usesPersonalInfo": "no"}},
    ],
    ids=str,
)
def test_a_fault_in_a_manifest_is_found(more: dict[str, Any]) -> None:
    assert faults("skill-manifest", manifest(**more)) != []


def test_a_fault_inside_one_of_many_kinds_is_said_where_it_is() -> None:
    card = {"type": "Simple", "title": "Hip Coach", "contents": "Lying twist"}
    response = {"version": "1.0", "response": {"card": card, "shouldEndSession": True}}
    (found,) = faults("response", response)
    assert found.startswith("$.response.card:")
    assert "contents" in found
