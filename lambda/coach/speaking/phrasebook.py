"""The words of one locale, for whatever is to be said.

Rule: all language comes from the content, and leaves as plain text. Numbers, names and lengths reach a template through
filters, so that it has nothing to work out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

from coach.planning import PLANNED
from coach.speaking.content import Content
from coach.speaking.cues import Around, Chime, Field, Items, Line, Phrase, Prompt, Saying, Way, Wording, told_ms
from coach.speaking.tempo import spoken_ms

FILTERS = (
    *("number", "ordinal", "duration", "minutes", "round_minutes", "amount"),
    *("the", "words_in", "exercises", "equipment", "choice", "routine", "area", "where", "side", "on"),
    "times",
)
"""What a template may put a field through; each is a method of the Phrasebook by that name."""

SECONDS_UP_TO_MS = 120_000
"""Shorter lengths are said in seconds, longer ones in minutes."""

ROUND_FROM, ROUNDED = 40, 5
"""From so many minutes on nobody says a length to the minute, but in fives."""

MARK = "{"
"""What a way to say something has in it that a template has to fill in. Another one is said as it is written."""

TEXTS_KEPT = ESTIMATES_KEPT = 5_000
"""More texts than the content of a locale has, with the numbers and names that are said in them."""

LENGTHS_KEPT, TEMPO_GRAIN = 20_000, 5
"""A full routine has some fifty ways into a step and out of it, for each pace and tempo. Tempos are told apart by so
many percent.
"""

CLOCK_NAMES = {0: "midnight", 12 * 60: "noon"}
"""Times that have a name, in minutes after midnight."""

DAY_PARTS = {5: "at_night", 12: "in_the_morning", 17: "in_the_afternoon", 21: "in_the_evening", 24: "at_night"}
"""What is said of an hour of the clock, each up to the hour before it."""

ROUGHLY = {"~": "about", "<": "under"}
"""How an amount begins that is not known better than that, and what is said of it."""

COUNTED = {"reps": "reps", "breaths": "breaths"}
"""What is said of an amount that is no length of time, by its unit."""


class Phrasebook:
    """The words of one locale. The FILTERS are for its templates: each gives the words for a field."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._words = content.words
        self._texts: dict[Hashable, str] = {}
        self._estimates: dict[str, int] = {}
        self._lengths: dict[Hashable, int] = {}

    def wording(self, *, seed: int = 0, pace: int = 100, tempo: float = 100) -> PacedWording:
        """How sayings are worded within one turn: `seed` picks among variants, `pace` is the rate in percent at which
        the speaker is asked to speak, `tempo` how long its words take then, in percent of the estimate.
        """
        return PacedWording(self, seed, pace, tempo)

    def text(self, saying: Saying, seed: int = 0) -> str:
        """The words of a saying, as plain text. Raises LookupError for what the content lacks."""
        if not isinstance(saying, Prompt):
            known = self._texts.get(saying)
            return self._keep(saying, self._found(saying)) if known is None else known
        ways = len(self._words["prompts"][saying.name]["say"])
        turned = seed + crc32(repr(sorted(saying.fields.items())).encode()) if ways > 1 else 0
        key = saying.name, turned % ways, *saying.fields.items()
        known = self._texts.get(key)
        return self._keep(key, self._rendered(saying.name, turned % ways, saying.fields)) if known is None else known

    def spoken_ms(self, text: str) -> int:
        """How long the voice of the locale is estimated to speak a text. What is said is said again, so the estimates
        are kept: counting letters is most of what a turn has to do.
        """
        known = self._estimates.get(text)
        if known is None:
            if len(self._estimates) >= ESTIMATES_KEPT:
                self._estimates.clear()
            known = self._estimates[text] = spoken_ms(text, self.content.voice)
        return known

    def told_ms(self, key: Hashable, items: Callable[[], Items], wording: Wording) -> int:
        """How long items take to be told in a wording, as it was worked out when that was asked for the first time."""
        known = self._lengths.get(key)
        if known is None:
            if len(self._lengths) >= LENGTHS_KEPT:
                self._lengths.clear()
            known = self._lengths[key] = told_ms(items(), wording)
        return known

    def _keep(self, key: Hashable, text: str) -> str:
        """A text, kept for the turns to come: most of what is said was said before."""
        if len(self._texts) >= TEXTS_KEPT:
            self._texts.clear()
        self._texts[key] = text
        return text

    def _found(self, saying: Line | Way | Around | Chime) -> str:
        """The words of what is said as it is written."""
        if isinstance(saying, Chime):
            return ""
        if isinstance(saying, Line):
            return self._line(saying)
        if isinstance(saying, Way):
            return str(self._words["ways"][saying.here][saying.there]["words"][saying.index])
        return str(self._words["around"][saying.part]["words"]["moves"][saying.index])

    def _rendered(self, name: str, variant: int, fields: Mapping[str, object]) -> str:
        said = self._words["prompts"][name]["say"][variant]
        if MARK in said:
            said = self.content.templates[f"{name}_{variant}"](self, fields)
        return " ".join(said.split())

    def _phrase(self, name: str, **fields: Field) -> str:
        """A small prompt inside another one."""
        return self._rendered(name, 0, fields)

    def _line(self, line: Line) -> str:
        words = self._words["exercises"][line.exercise]["words"]
        found = words[line.variation] if line.part in words["easier"] else words
        for key in line.part.split("."):
            found = found.get(key, "")
        found = found[line.side] if isinstance(found, dict) else found
        if isinstance(found, str):
            return found
        return " ".join(found) if line.index is None else str(found[line.index % len(found)])

    def _named(self, name: str) -> str:
        routine = self._words["routines"].get(name)
        return str(routine["the"]) if routine else self.the(name)

    def number(self, number: int) -> str:
        """A number in words, as far as there are words for it."""
        numbers = self._words["numbers"]
        return str(numbers[number]) if 0 <= number < len(numbers) else str(number)

    def duration(self, ms: int) -> str:
        """A length of time, in seconds or minutes: a second at least."""
        if ms >= SECONDS_UP_TO_MS:
            return self.minutes(ms)
        return self._phrase("seconds", number=max(round(ms / 1000), 1))

    def minutes(self, ms: int) -> str:
        """A length of time in minutes."""
        return self._phrase("minutes", number=round(ms / 60_000))

    def round_minutes(self, ms: int) -> str:
        """A length of time as it is said by the way."""
        minutes = round(ms / 60_000)
        return self._phrase("minutes", number=minutes if minutes < ROUND_FROM else round(minutes / ROUNDED) * ROUNDED)

    def amount(self, amount: str) -> str:
        """An amount of work: a length of time, or a number of something."""
        if amount[:1] in ROUGHLY:
            return self._phrase(ROUGHLY[amount[0]], amount=self.amount(amount[1:]))
        number = int("".join(filter(str.isdigit, amount)))
        unit = amount.lstrip("0123456789")
        return self.duration(number) if unit == "ms" else self._phrase(COUNTED[unit], number=number)

    def ordinal(self, number: int) -> str:
        """First, second, third."""
        ordinals = self._words["ordinals"]
        return str(ordinals[number]) if number < len(ordinals) else str(number)

    def the(self, exercise: str) -> str:
        """An exercise by its name."""
        around = self._words["around"].get(exercise)
        return str((around or self._words["exercises"][exercise])["words"]["the"])

    def words_in(self, exercise: str, part: str) -> str:
        """A part of the words of an exercise."""
        return str(self._words["exercises"][exercise]["words"][part])

    def exercises(self, exercises: Sequence[str]) -> str:
        """Exercises by their names."""
        return self._joined("all_of", map(self.the, exercises))

    def equipment(self, things: Sequence[str]) -> str:
        """Things by their names."""
        return self._joined("all_of", (self._words["equipment"][thing] for thing in things))

    def choice(self, names: Sequence[str]) -> str:
        """Routines or exercises, of which one is to be chosen."""
        return self._joined("one_of", map(self._named, names))

    def routine(self, routine: str) -> str:
        """A routine by its name."""
        return self._phrase("own_routine") if routine == PLANNED else self._named(routine)

    def area(self, area: str) -> str:
        """An area of the body by its name."""
        return str(self._words["areas"][area]["name"])

    def where(self, position: str) -> str:
        """Where one is in a position."""
        return str(self._words["positions"][position]["where"])

    def on(self, exercise: str, side: str, variation: str) -> str:
        """Which side of an exercise, in its own words."""
        return str(self._words["exercises"][exercise]["words"][variation]["on"][side])

    def side(self, side: str) -> str:
        """A side by its name."""
        return str(self._words["sides"][side])

    def times(self, times: Sequence[int]) -> str:
        """Times of the day."""
        return self._joined("all_of", map(self._clock, times))

    def _clock(self, time: int) -> str:
        """A time of the day, given in minutes after midnight."""
        if time in CLOCK_NAMES:
            return self._phrase(CLOCK_NAMES[time])
        hour, minute = divmod(time, 60)
        part = self._phrase(DAY_PARTS[min(until for until in DAY_PARTS if hour < until)])
        return self._phrase("clock", hour=hour, twelve=hour % 12 or 12, minute=minute, part=part)

    def _joined(self, name: str, items: Iterable[str]) -> str:
        *first, last = items
        return self._phrase(name, first=", ".join(first), last=last) if first else last


@dataclass(frozen=True)
class PacedWording:
    """A `Wording`: the words of a phrasebook, and how long they take at a pace."""

    phrasebook: Phrasebook
    seed: int
    pace: int
    tempo: float = 100
    _known: dict[object, Phrase] = field(default_factory=dict, repr=False, compare=False)

    @property
    def locale(self) -> str:
        """See Wording."""
        return self.phrasebook.content.locale

    def __call__(self, saying: Saying) -> Phrase:
        """See Wording."""
        key = (saying.name, tuple(saying.fields.items())) if isinstance(saying, Prompt) else saying
        known = self._known.get(key)
        if known is None:
            text = self.phrasebook.text(saying, self.seed)
            known = Phrase(text, int(self.phrasebook.spoken_ms(text) * self._share), self._pause_ms)
            self._known[key] = known
        return known

    @cached_property
    def _share(self) -> float:
        """How long words take, as a part of the estimate."""
        return self.tempo / self.pace

    @cached_property
    def _pause_ms(self) -> int:
        """The rest between two sayings."""
        voice = self.phrasebook.content.voice
        return round((voice.stop - voice.phrase) * self._share)

    def remembered_ms(self, key: Hashable, items: Callable[[], Items]) -> int:
        """See Wording."""
        about = round(self.tempo / TEMPO_GRAIN) * TEMPO_GRAIN
        return self.phrasebook.told_ms(
            (key, self.pace, about), items, PacedWording(self.phrasebook, 0, self.pace, about)
        )

    def paced(self, pace: int) -> PacedWording:
        """See Wording."""
        return PacedWording(self.phrasebook, self.seed, pace, self.tempo)
