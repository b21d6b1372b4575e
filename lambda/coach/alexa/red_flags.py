"""How serious a sensation is, by where it is felt: which of three tiers of care it asks for.

Rule: in doubt the higher tier. Whole sentences have intents of their own; here are those with a sensation or a part of
the body in a slot.
"""

from __future__ import annotations

from coach.conversation import Event

HEART_AND_BREATH = frozenset({"chest", "chest_pain", "short_of_breath"})
"""What is an emergency wherever, or however, it is felt."""

NERVE = frozenset({"numb", "tingling", "cannot_feel", "asleep"})
"""What a nerve does that is pressed on. Only a limb falls asleep and wakes again."""

SADDLE = frozenset({"groin", "buttock"})
"""Where what a saddle touches is: numb there, the nerves of bladder and bowel are in danger."""

STROKE = frozenset({("face", "numb"), ("face", "tingling"), ("face", "cannot_feel"), ("face", "weak"), ("arm", "weak")})
"""Parts and sensations that may be signs of a stroke."""

TODAY = frozenset({"numb", "tingling", "cannot_feel", "shooting", "weak", "dizzy"})
"""What is no stretch, and is to be looked at within a day."""


def tier(sensation: str, part: str) -> Event:
    """EMERGENCY, URGENT or PAIN, by the ids of what is felt and where; either may be empty."""
    if {sensation, part} & HEART_AND_BREATH or (part, sensation) in STROKE:
        return Event.EMERGENCY
    if sensation in NERVE and part in SADDLE:
        return Event.EMERGENCY
    return Event.URGENT if sensation in TODAY else Event.PAIN
