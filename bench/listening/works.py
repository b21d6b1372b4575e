"""A routine as somebody follows it by ear: each work with what led to its clock, what was heard in it, and what came
behind it.

Rule: a name, a side, a clock and its end are known by what is said, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bench.listening import framing
from bench.listening.authored import Authored, Exercise
from bench.listening.framing import Framing
from bench.listening.script import Item, Said, Silence

LEAVES = frozenset({"release", "out"})
"""Kinds of authored words that end a work whose counting was not heard."""

TEMPO = frozenset({"lower", "rise"})
"""Kinds of authored words that are said with every repetition."""

CUES = "cues"


@dataclass
class Work:
    """One hold, or one go of reps or breaths, on one side. `second` tells the second of two sides. The `lead` begins
    with the name of the exercise or side at `named`, and is over where the clock is announced at `clock`; the work is
    from `begins` to `ends`. `dose` is the number that was said of reps and breaths, or the seconds of a hold, nought
    when none were understood. `counted` is how far it was counted: up to the dose, and down to one where it is a hold.
    """

    exercise: Exercise
    kind: str
    dose: int
    set: int
    second: bool
    answer: int
    named: int
    clock: int
    begins: int
    ends: int
    lead: list[Item]
    counted: int = 0
    inside: list[Item] = field(default_factory=list)
    out: list[Item] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether it was counted to its end."""
        return self.counted == (1 if self.kind == "hold" else self.dose)

    @property
    def to_the_clock_ms(self) -> int:
        """From the first sound of its name to the first sound of its clock."""
        return self.clock - self.named

    @property
    def ends_out(self) -> int:
        """When its way out is over."""
        return self.out[-1].ends if self.out else self.ends

    @property
    def called(self) -> str:
        """What it is called in a report."""
        side = "second side" if self.second else "first side"
        return f"{self.exercise.id}, {side}" + (f", set {self.set}" if self.set > 1 else "")

    def cues(self) -> list[tuple[str, Authored | None]]:
        """What was heard in it beside its clock, with what it is in content."""
        return [(text, one) for text, one in self._unprompted(self.inside) if not one or one.kind == CUES]

    def all_cues(self) -> list[tuple[str, Authored | None]]:
        """The same, with the cues on the way into it."""
        return [*((text, one) for text, one in self._unprompted(self.lead) if one and one.kind == CUES), *self.cues()]

    def silences(self) -> list[int]:
        """How long each silence in it is, in milliseconds."""
        return [item.ms for item in self.inside if isinstance(item, Silence)]

    def _unprompted(self, items: Iterable[Item]) -> list[tuple[str, Authored | None]]:
        said = (item.text for item in items if isinstance(item, Said) and not item.prompt)
        return [(text, self.exercise.find(text)) for text in said]


def works(items: Iterable[Item], exercises: Mapping[str, Exercise], prompts: Framing) -> list[Work]:
    """The works of an evening, in order."""
    follower = _Follower({one.the.lower(): one for one in exercises.values()}, prompts)
    for item in items:
        follower.hear(item)
    return follower.works


class _Follower:
    """Whoever follows: which exercise was named last, and whether its clock runs."""

    def __init__(self, by_name: Mapping[str, Exercise], prompts: Framing) -> None:
        self.works: list[Work] = []
        self._by_name, self._prompts = by_name, prompts
        self._exercise = Exercise("before any name", "")
        self._set = 1
        self._lead: list[Item] = []
        self._running: Work | None = None

    def hear(self, item: Item) -> None:
        """Take in what is heard next."""
        if self._running and not self._goes_on(self._running, item):
            self._running = None
        if self._running:
            self._running.inside.append(item)
            self._running.ends = item.ends
        elif isinstance(item, Said) and item.opens and item.prompt:
            self._framed(item)
        else:
            self._beside(item)

    def _framed(self, item: Said) -> None:
        prompt = item.prompt
        fields = prompt.fields if prompt else {}
        if item.is_of(framing.NAMES):
            self._exercise = self._by_name.get(fields.get("exercise", "").lower(), self._exercise)
            self._set, self._lead = 1, [item]
        elif item.is_of(framing.SETS):
            self._set, self._lead = self._prompts.number(fields.get("number", "")) or self._set + 1, [item]
        elif item.is_of(framing.SIDES) and self._has_done_one_side():
            self._lead = [item]
        elif kind := _kind(item):
            told = fields.get("left", "") if kind == "hold" else fields.get("number", "one")
            self._start(item, kind, self._prompts.seconds(told) if kind == "hold" else self._prompts.number(told) or 1)
        else:
            self._beside(item)

    def _start(self, item: Said, kind: str, dose: int) -> None:
        lead = self._lead or (self.works[-1].out if self.works else [])
        named = lead[0].begins if lead else item.begins
        second = self._has_done_one_side()
        self._running = Work(
            self._exercise, kind, dose, self._set, second, item.answer, named, item.begins, item.ends, item.ends, lead
        )
        self.works.append(self._running)
        self._lead = []

    def _beside(self, item: Item) -> None:
        if self._lead:
            self._lead.append(item)
        elif self.works:
            self.works[-1].out.append(item)

    def _has_done_one_side(self) -> bool:
        last = self.works[-1] if self.works else None
        return last is not None and last.exercise is self._exercise and last.set == self._set

    def _goes_on(self, work: Work, item: Item) -> bool:
        """Whether what is heard belongs to the work that runs; counts on when it is a part of its counting."""
        if item.answer != work.answer:
            return False
        if isinstance(item, Silence):
            return True
        authored = work.exercise.find(item.text)
        if work.is_complete:
            with_it = authored is not None and (authored.kind in TEMPO or authored.kind == CUES)
            return work.kind == "reps" and (with_it or not item.opens)
        if item.opens and item.is_of(framing.COUNTS):
            work.counted = self._prompts.number(item.text.strip(".")) or 0
        elif item.opens and item.is_of(framing.OUT_BREATHS):
            work.counted += 1
        return item.is_of(framing.CLOCK) or not (item.prompt or (authored and authored.kind in LEAVES))


def _kind(item: Said) -> str:
    kinds = {"hold": framing.HOLDS, "reps": framing.REPS, "breaths": framing.BREATHS}
    return next((kind for kind, names in kinds.items() if item.is_of(names)), "")
