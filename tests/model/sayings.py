"""What the skill says that the oracle holds it to: the patterns of its sentences, in one place.

Rule: nothing but words. Whoever changes a sentence of the content that is told here changes it here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.model.acts import QUICK_EXERCISES

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
NUMBERS = {word: n for n, word in enumerate(f"{_ONES} eighteen nineteen twenty".split())}
NUMBERS |= {f"twenty-{word}": 20 + n for word, n in list(NUMBERS.items())[1:10]}
TIMES = {"once": 1, "twice": 2} | {f"{word} times": n for word, n in NUMBERS.items()}

PATTERNS = {
    "squats": re.compile(r"Noted\. The deep squat, ([\w-]+(?: times)?) today"),
    "goal_set": re.compile(r"Your goal is ([\w-]+) days? a week"),
    "goal": re.compile(r"(?:your goal is ([\w-]+) days?\.|goal of ([\w-]+))"),
    "days": re.compile(r"(Nothing yet|(\w+) days?) this week"),
    "out": re.compile(r"I'll leave out the ([a-z ]+) from now on"),
    "back": re.compile(r"The ([a-z ]+), back in from now on"),
    "not_out": re.compile(r"That one isn't left out|Nothing is left out"),
    "deleted": re.compile(r"I've deleted everything I kept about you"),
    "not_deleted": re.compile(r"I can't promise that everything is deleted"),
    "unwritten": re.compile(r"My notes don't answer|I can't write anything down|I couldn't write everything down"),
    "written_by_now": re.compile(r"It's all written down now"),
    "first_words": re.compile(r"This can't replace advice from a professional"),
    "not_yours": re.compile(r"Just now I'm with somebody else"),
    "announced": re.compile(r"[Tt]he ([a-z ]+)(?:, for your| again\b)"),
    "here": re.compile(r"Back to the ([a-z ]+)|Your place is kept: the ([a-z ]+)"),
    "ahead": re.compile(r"(?:Ready for|go on with|You're at|take) the ([a-z ]+?)(?:,|\?| from the top)"),
    "returning": re.compile(
        r"(?:You were at|Yesterday you got to|Last time you got to) the ([a-z ]+)(?:, \w+ of \w+|\.|, with)"
    ),
    "skipped_again": re.compile(r"That's not the first time you've skipped"),
    "finished": re.compile(
        r"And that's (?:it|\w+ [a-z ]+ done|the end of)|That's where it ends|This routine is done|You can name another"
    ),
    "sorry": re.compile(r"something went wrong"),
}


@dataclass(frozen=True)
class Told:
    """What an answer says, in numbers and names; None and empty where it says nothing of the kind."""

    text: str

    def says(self, pattern: str) -> bool:
        """Whether a sentence of this kind is in it."""
        return bool(PATTERNS[pattern].search(self.text))

    @property
    def squats(self) -> int | None:
        """How many deep squats it says were done today."""
        words = self._words("squats")
        return TIMES[words] if words else None

    @property
    def goal_set(self) -> int | None:
        """The weekly goal that it says is settled now."""
        words = self._words("goal_set")
        return NUMBERS[words] if words else None

    @property
    def goal(self) -> int | None:
        """The weekly goal that it tells of."""
        words = self._words("goal")
        return NUMBERS[words] if words else None

    @property
    def days(self) -> int | None:
        """On how many days of this week it says that something was done."""
        words = self._words("days")
        if not words:
            return None
        return 0 if words == "Nothing yet" else NUMBERS[words.split()[0].lower()]

    @property
    def out(self) -> str:
        """The exercise that it says is left out from now on."""
        return self._words("out")

    @property
    def back(self) -> str:
        """The exercise that it says is back in."""
        return self._words("back")

    @property
    def spoken(self) -> set[str]:
        """The exercises that it is at, or leads into."""
        return self.announced | self._all("here")

    @property
    def announced(self) -> set[str]:
        """The exercises that it leads into."""
        return self._all("announced")

    @property
    def ahead(self) -> set[str]:
        """The exercises that it says are to come, or asks about."""
        return self._all("ahead")

    @property
    def returning(self) -> str:
        """The exercise that it says a person was at when they were here last; empty if it says none."""
        return self._words("returning")

    def _all(self, pattern: str) -> set[str]:
        names = {group for found in PATTERNS[pattern].finditer(self.text) for group in found.groups() if group}
        # An easier way of an exercise may have its back to the wall.
        return names & set(QUICK_EXERCISES)

    def _words(self, pattern: str) -> str:
        found = PATTERNS[pattern].search(self.text)
        return next((group for group in found.groups() if group), "") if found else ""
