"""What Alexa does when a skill asks for a slot: the next words are heard with that slot in mind.

Rule: as Alexa's Dialog interface reference says. An answer comes as an intent of the dialog, and whatever else is said
comes as it always does; with it the question is over.
"""

from typing import Any

from simulator.nlu.model import Model
from simulator.nlu.understanding import Asked

ELICIT = "Dialog.ElicitSlot"


def asked_for(response: dict[str, Any]) -> Asked | None:
    """The intent and the slot that a response has Alexa listen for, if any."""
    for directive in response.get("directives") or []:
        if directive.get("type") == ELICIT:
            return str(directive["updatedIntent"]["name"]), str(directive["slotToElicit"])
    return None


def refusal(response: dict[str, Any], kind: str, model: Model) -> str | None:
    """Why Alexa refuses what a response to a request of this kind wants to ask for, in one sentence; None when it takes
    it, or nothing is asked for.
    """
    asked = asked_for(response)
    if asked is None:
        return None
    intent, slot = asked
    if kind not in ("LaunchRequest", "IntentRequest"):
        return f"a {kind} is answered with a question for a slot"
    given = next(d for d in response["directives"] if d.get("type") == ELICIT)["updatedIntent"].get("slots") or {}
    if intent not in model.dialogs:
        return f"the dialog model has no {intent}"
    if given.keys() != model.slots[intent].keys():
        return f"the intent that is asked about has not all slots of {intent}, and no others"
    return None if slot in given else f"{intent} has no slot {slot}"


def state(intent: str, asked: Asked | None, model: Model) -> str | None:
    """The state of the dialog that a request of an intent comes with; None for an intent without one."""
    if intent not in model.dialogs:
        return None
    return "IN_PROGRESS" if asked and asked[0] == intent else "STARTED"
