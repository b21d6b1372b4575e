"""The words that call the skill: "Alexa, open hip coach", "ask hip coach to resume yesterday's session".

Rule: it looks at the frame only. What is asked for inside it is for the understanding.
"""

import re
from dataclasses import dataclass
from typing import Literal

from simulator.nlu.language import Frame, Phrases

WAKE_WORD = "alexa"


@dataclass(frozen=True)
class Invocation:
    """How the skill is called, and the words that are meant for it: all but the wake word when it is not called."""

    kind: Literal["none", "launch", "one_shot"]
    rest: str


def invocation(utterance: str, invocation_name: str, words: Frame) -> Invocation:
    """How `utterance` calls the skill of that name: not at all, without a wish, or with one ("ask hip coach to …")."""
    name = r"\s*".join(map(re.escape, invocation_name.split()))
    please, greeting = _any(words.please), _any(words.greetings)
    wake = rf"(?:(?:{greeting},?\s+)?{WAKE_WORD}\b[\s,.!]*)?(?:{please},?\s+)?"
    end = r"[\s.!?,]*$"
    said = re.sub(r"\s+", " ", utterance.replace("’", "'")).strip()
    if _fits(rf"{wake}(?:{_any(words.launch)}\s+)?{name}(?:\s+{please})?{end}", said):
        return Invocation("launch", "")
    asked = _fits(rf"{wake}{_any(words.ask)}\s+{name}[\s,]+(?:{_any(words.link)}\s+)?(?P<rest>.+)", said)
    asked = asked or _fits(rf"{wake}(?P<rest>.+?)\s+{_any(words.by_way_of)}\s+{name}{end}", said)
    if asked:
        return Invocation("one_shot", asked["rest"].strip())
    return Invocation("none", re.sub(rf"^{wake}", "", said, flags=re.IGNORECASE))


def _any(phrases: Phrases) -> str:
    """A pattern for any of the phrases, the longest that fits."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, phrase)) for phrase in longest_first)
    return f"(?:{'|'.join(spaced)})"


def _fits(pattern: str, said: str) -> re.Match[str] | None:
    return re.match(pattern, said, flags=re.IGNORECASE)
