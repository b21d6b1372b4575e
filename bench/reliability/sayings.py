"""What an answer says, read by somebody who only listens: the patterns of its sentences, in one place.

Rule: nothing but words. Names come from the content; whoever rewords a sentence that is told here rewords it here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from coach.planning import Variation
from coach.speaking.content import load
from coach.speaking.cues import Line, Prompt
from coach.speaking.phrasebook import Phrasebook

Slots = Mapping[str, tuple[str, str | None]]

_CONTENT = load("en-US")
_WORDS = Phrasebook(_CONTENT)
QUICK = _CONTENT.library.routines["quick"].exercises
NAMES = {_WORDS.text(Line(name, "name", "")): name for name in _CONTENT.library.exercises}
EASIER = {
    _WORDS.text(Line(name, "say", side, Variation.EASIER)): name
    for name in QUICK
    for side in _CONTENT.library.exercises[name].sides
}
SORRY = _WORDS.text(Prompt("sorry"))

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TIMES = {"once": 1, "twice": 2} | {f"{word} times": number for number, word in enumerate(_ONES)}

_NAME = f"({'|'.join(NAMES)})"
_ANNOUNCED = re.compile(f"of \\w+: the {_NAME}, for your|[Tt]he {_NAME} again|Back to the {_NAME}")
_HEARD_OUT = re.compile(
    r"(Three\. Two\. One\.|Last one, in\.).*(Ready for (?!the (?:left|right) side)|And that's|You changed)"
)
_LOGGED = re.compile(f"Noted[,.] [Tt]he {_NAME}(?:, (once|twice|\\w+ times) today)?")
_GOAL = re.compile(r"Your goal is (\w+) days? a week")
_OUT = re.compile(f"I'll leave out the {_NAME} from now on")
_BACK = re.compile(f"The {_NAME}, back in from now on")
_NEXT_TIME = re.compile(f"Next time, the {_NAME} like this")
_ASKED_TO_KEEP = re.compile(f"Shall I keep .* for the {_NAME}\\?")
_PLACE_KEPT = re.compile(f"Your place is kept: the {_NAME}")
_FINISHED = re.compile(r"And that's .*(done|it)|that's the end of|That's where it ends")
_UNWRITTEN = re.compile(r"can't write anything down|couldn't write everything down|My notes don't answer just now")


@dataclass(frozen=True)
class Said:
    """The words of one answer."""

    text: str

    @classmethod
    def of(cls, escaped: str) -> Said:
        """The words in a piece of XML without its tags."""
        return cls(html.unescape(escaped))

    @property
    def announced(self) -> str:
        """The exercise that it leads into, the last if there are several; empty for none."""
        found = _ANNOUNCED.findall(self.text)
        return NAMES["".join(found[-1])] if found else ""

    @property
    def coaches_to_the_end(self) -> bool:
        """Whether an exercise is done, on all its sides, when it has been heard out."""
        return bool(_HEARD_OUT.search(self.text))

    @property
    def logged(self) -> tuple[str, int]:
        """The exercise that it notes as done, and how often that makes it today; 0 where it does not say."""
        found = _LOGGED.search(self.text)
        return (NAMES[found[1]], TIMES.get(found[2] or "", 0)) if found else ("", 0)

    def settled(self, before: Said) -> dict[str, object]:
        """What it confirms as set, with its value; `before` is the answer before it."""
        found: dict[str, object] = {}
        if days := _GOAL.search(self.text):
            found["goal"] = _ONES.index(days[1])
        if "I'll go slower." in self.text:
            found["pace"] = "slower"
        if out := _OUT.search(self.text):
            found[f"out {NAMES[out[1]]}"] = True
        if back := _BACK.search(self.text):
            found[f"out {NAMES[back[1]]}"] = False
        eased = _NEXT_TIME.search(self.text)
        if eased:
            found[f"way {NAMES[eased[1]]}"] = "easier"
        elif easier := [name for sentence, name in EASIER.items() if sentence in self.text]:
            found[f"way {easier[0]}"] = "easier"
        asked = _ASKED_TO_KEEP.search(before.text)
        if asked and "I'll keep it." in self.text:
            found[f"hold {NAMES[asked[1]]}"] = True
        return found

    @property
    def place_kept(self) -> str:
        """The exercise at which it says that the place is kept; empty for none."""
        found = _PLACE_KEPT.search(self.text)
        return NAMES[found[1]] if found else ""

    @property
    def finished(self) -> bool:
        """Whether a routine ends in it."""
        return bool(_FINISHED.search(self.text))

    @property
    def excused(self) -> bool:
        """Whether it says that the store cannot be read or written."""
        return bool(_UNWRITTEN.search(self.text))

    @property
    def all_written(self) -> bool:
        """Whether it says that everything is written by now."""
        return "all written down now" in self.text

    @property
    def apologised(self) -> bool:
        """Whether something went wrong."""
        return SORRY in self.text
