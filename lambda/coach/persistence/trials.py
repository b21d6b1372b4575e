"""How the exercises of an easy start went, written down: "2026-11 23+a+b 24c-d".

Rule: a month, and in it each day with the exercises that were last begun on it; before each stands how it went in that
week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coach.persistence import reading
from coach.persistence.progress import Trial, Went

SIGNS = {Went.BEGUN: "", Went.WHOLE: "+", Went.BROKEN: "-"}
"""What stands before an exercise, by how it went."""

_WENT = {sign: went for went, sign in SIGNS.items()}
_MONTH = re.compile(r"\d{4}-\d\d")
_FOUND = re.compile(r"([+-]?)(\w)")


def write_trials(kept: Mapping[str, Trial], letter: Mapping[str, str]) -> str:
    """All of them, by day; exercises have the letters of the document."""
    words: list[str] = []
    for day in sorted({trial.day for trial in kept.values()}):
        words += [day[:7]] if day[:7] not in words else []
        signed = (sign + letter[e] for went, sign in SIGNS.items() for e, t in kept.items() if t == Trial(day, went))
        words.append(day[8:] + "".join(signed))
    return " ".join(words)


def trials(text: str) -> Iterator[tuple[str, str, str]]:
    """Day, sign and letter of each exercise in such a text."""
    month = ""
    for word in text.split():
        if _MONTH.fullmatch(word):
            month = word
        else:
            yield from ((f"{month}-{word[:2]}", *found) for found in _FOUND.findall(word[2:]))


def read_trial(found: tuple[str, str, str], exercise: Mapping[str, str]) -> tuple[str, Trial]:
    """An exercise and how it went. Raises one of UNREADABLE when it is none of ours."""
    day, sign, letter = found
    return exercise[letter], Trial(reading.day(day), _WENT[sign])
