"""What is asked for is asked by a prompt that there is, and Alexa can be had to listen for it."""

from pathlib import Path

import yaml

from coach.alexa.elicitation import ELICITED, SLOTS, directive
from coach.conversation.questions import ASKED_FOR

PROMPTS = yaml.safe_load((Path(__file__).parents[2] / "content" / "prompts.yaml").read_text(encoding="utf-8"))


def test_every_question_is_a_prompt_and_asks_for_what_can_be_listened_for() -> None:
    assert ASKED_FOR.keys() <= PROMPTS.keys()
    assert set(ASKED_FOR.values()) == ELICITED.keys()


def test_the_directive_has_all_slots_of_its_intent_and_nothing_in_them() -> None:
    for event, (intent, slot) in ELICITED.items():
        asked = directive(event)
        assert (asked["type"], asked["slotToElicit"]) == ("Dialog.ElicitSlot", slot)
        assert asked["updatedIntent"]["name"] == intent
        assert tuple(asked["updatedIntent"]["slots"]) == SLOTS[intent]
        assert all(one.keys() == {"name", "confirmationStatus"} for one in asked["updatedIntent"]["slots"].values())
