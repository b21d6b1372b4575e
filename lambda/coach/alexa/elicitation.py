"""The directive that has Alexa listen for a bare answer to the coach's question: "seven", "hips", "half past six".

Rule: of one of Amazon's own types where there is a choice, since a list of ours takes in any talk. What else is said
meanwhile is understood as ever. All slots go with it, empty, so that nothing of an earlier answer comes back.
Source: Alexa's Dialog interface reference; an intent that was not the one before may be named, and after a launch too
("Use Intent Chaining to Enter Dialog Management from a Different Intent").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.conversation import Event

ELICITED: Mapping[Event, tuple[str, str]] = {
    Event.START: ("StartRoutineIntent", "length"),
    Event.LOG: ("LogIntent", "exercise"),
    Event.WEEKLY_GOAL: ("WeeklyGoalIntent", "number"),
    Event.CHOOSE: ("ChooseIntent", "ordinal"),
    Event.LEAVE_OUT: ("LeaveOutIntent", "exercise"),
    Event.REMIND: ("SetReminderIntent", "time"),
}
"""For what a question asks for: the intent that an answer is, and the slot of it that is listened for."""

SLOTS: Mapping[str, tuple[str, ...]] = {
    "StartRoutineIntent": ("routine", "area", "length"),
    "LogIntent": ("exercise", "number"),
    "WeeklyGoalIntent": ("number",),
    "ChooseIntent": ("ordinal",),
    "LeaveOutIntent": ("exercise",),
    "SetReminderIntent": ("time", "time_two", "time_three", "number", "exercise", "wait"),
}
"""All slots of those intents."""

IN_REPLY_TO = ("LaunchRequest", "IntentRequest")
"""The kinds of request that may be answered with it: of no other is it said."""


def directive(asked_for: Event) -> dict[str, Any]:
    """Has Alexa listen for an answer that is this event."""
    intent, slot = ELICITED[asked_for]
    slots = {name: {"name": name, "confirmationStatus": "NONE"} for name in SLOTS[intent]}
    updated = {"name": intent, "confirmationStatus": "NONE", "slots": slots}
    return {"type": "Dialog.ElicitSlot", "slotToElicit": slot, "updatedIntent": updated}
