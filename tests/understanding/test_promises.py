"""What the product says can be said is understood, and with nothing but the samples: so Alexa hears it too."""

import json
from datetime import date
from pathlib import Path

import pytest

from simulator.nlu import Understanding
from simulator.nlu.evaluation import slots_of
from tests.understood import understood_in

TODAY = date(2026, 11, 23)

PROMISED = json.loads((Path(__file__).parent / "en-US" / "promises.json").read_text(encoding="utf-8"))
"""What is said, the intent, and its slots. Another reading of the same phrases is tests/platform/node/phrases.mjs."""


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return understood_in()


@pytest.mark.parametrize(("said", "intent", "slots"), PROMISED, ids=[said for said, _, _ in PROMISED])
def test_what_the_product_promises_is_a_sample(
    understanding: Understanding, said: str, intent: str, slots: dict[str, str]
) -> None:
    match = understanding.understand(said, strict=True, today=TODAY)

    assert (match.intent, slots_of(match), match.exact) == (intent, slots, True)
