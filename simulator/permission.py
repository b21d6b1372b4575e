"""Alexa's own question whether a skill may set reminders, and what a person may say to it.

Rule: the skill has no part in it; it is told the outcome afterwards. The question is in Amazon's words, from "Set Up
Voice Permissions for Reminders".
"""

from typing import Final

from simulator.envelopes import Json

ACCEPTED: Final = "ACCEPTED"
DENIED: Final = "DENIED"
NOT_ANSWERED: Final = "NOT_ANSWERED"

QUESTION: Final = (
    "<speak>Do you give Hip Coach permission to update your reminders? You can say I approve or no.</speak>"
)

_YES = frozenset({"i approve", "approve", "yes", "yeah", "yes please", "okay", "ok", "sure"})
_NO = frozenset({"no", "nope", "no thanks", "no thank you", "don't", "never", "stop", "cancel"})


def asks(response: Json) -> Json | None:
    """The directive of a response that has Alexa ask for permission, if there is one."""
    for directive in response.get("directives") or []:
        if directive.get("type") == "Connections.SendRequest" and directive.get("name") == "AskFor":
            return dict(directive)
    return None


def reply(said: str) -> str:
    """What the words mean to Alexa; NOT_ANSWERED when they are neither a yes nor a no."""
    words = said.lower().strip(" .!?").removeprefix("alexa").strip(" ,")
    return ACCEPTED if words in _YES else DENIED if words in _NO else NOT_ANSWERED
