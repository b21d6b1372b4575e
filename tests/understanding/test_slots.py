"""No slot of an interaction model is in vain: some value of it changes what the coach hears."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.alexa import requests
from coach.alexa.envelope import opened
from coach.conversation import Heard
from simulator import envelopes
from simulator.nlu.language import language
from simulator.nlu.model import Model, read
from simulator.nlu.readings import Span
from simulator.nlu.slots import by_type, filled
from tests.front_door import SOMEBODY

MODELS = sorted((Path(__file__).parents[2] / "interaction_model").glob("*.json"))
NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
BUILT_IN = {
    "AMAZON.NUMBER": "3",
    "AMAZON.Ordinal": "2",
    "AMAZON.DURATION": "PT5M",
    "AMAZON.TIME": "07:00",
    "AMAZON.DATE": "2026-11-24",
}


def heard(intent: str, types: dict[str, str], *spans: Span) -> Heard:
    """What the coach hears of an intent with these slots."""
    meant = envelopes.intent(SOMEBODY, NOW, intent, filled(types, by_type(types, spans), "skill"))
    event = envelopes.envelope(SOMEBODY, meant, session_id="session", new=True, attributes={})
    envelope = opened(event)
    assert envelope
    request = requests.read(envelope, "key")
    assert request
    return request.heard


def values(model: Model, kind: str) -> Iterator[Span]:
    """All that a slot of a type may be filled with; of a type of Amazon's one thing."""
    if kind in BUILT_IN:
        yield Span(0, 1, kind, BUILT_IN[kind])
    else:
        yield from (Span(0, 1, kind, value.name, value) for value in set(model.catalogues[kind].spoken.values()))


def in_vain(model: Model, intent: str) -> list[str]:
    """The slots of an intent that change nothing, whatever is said in them."""
    slots = model.slots[intent].items()
    return [
        name
        for name, kind in slots
        if {heard(intent, {name: kind}, span) for span in values(model, kind)} == {heard(intent, {name: kind})}
    ]


@pytest.mark.parametrize("path", MODELS, ids=[path.stem for path in MODELS])
def test_every_slot_is_read(path: Path) -> None:
    model = read(path, language(path.stem))
    assert {intent: names for intent in model.slots if (names := in_vain(model, intent))} == {}


def test_a_slot_that_nothing_reads_is_found() -> None:
    model = read(MODELS[0], language(MODELS[0].stem))
    model.slots["WhereAmIIntent"]["exercise"] = "EXERCISE"
    assert in_vain(model, "WhereAmIIntent") == ["exercise"]
