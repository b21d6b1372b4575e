"""The words that call the skill: "Alexa, open hip coach", "ask hip coach to resume yesterday's session".

Rule: it looks at the frame only. What is asked for inside it is for the understanding.
"""

import re
from dataclasses import dataclass
from typing import Literal

_WAKE = r"(?:(?:hey,?\s+|okay,?\s+)?alexa\b[\s,.!]*)?(?:please,?\s+)?"
_LAUNCH = r"(?:open(?:\s+up)?|launch|start|run|begin|load|use|talk\s+to|speak\s+to|resume|ask|tell)"
_ASK = r"(?:ask|tell|use|talk\s+to|speak\s+to|open|launch|start|run|begin)"
_LINK = r"(?:(?:to|for|about|that|if|whether|and(?:\s+to)?)\s+)?"
_BY_WAY_OF = r"(?:with|using|in|on|from)"
_END = r"[\s.!?,]*$"


@dataclass(frozen=True)
class Invocation:
    """How the skill is called, and the words that are meant for it: all but the wake word when it is not called."""

    kind: Literal["none", "launch", "one_shot"]
    rest: str


def invocation(utterance: str, invocation_name: str) -> Invocation:
    """How `utterance` calls the skill of that name: not at all, without a wish, or with one ("ask hip coach to …")."""
    name = r"\s*".join(map(re.escape, invocation_name.split()))
    said = re.sub(r"\s+", " ", utterance.replace("’", "'")).strip()
    if _fits(rf"{_WAKE}(?:{_LAUNCH}\s+)?{name}(?:\s+please)?{_END}", said):
        return Invocation("launch", "")
    asked = _fits(rf"{_WAKE}{_ASK}\s+{name}[\s,]+{_LINK}(?P<rest>.+)", said)
    asked = asked or _fits(rf"{_WAKE}(?P<rest>.+?)\s+{_BY_WAY_OF}\s+{name}{_END}", said)
    if asked:
        return Invocation("one_shot", asked["rest"].strip())
    return Invocation("none", re.sub(rf"^{_WAKE}", "", said, flags=re.IGNORECASE))


def _fits(pattern: str, said: str) -> re.Match[str] | None:
    return re.match(pattern, said, flags=re.IGNORECASE)
