"""What one person was told, and what they did, against what a table holds in the end.

Rule: the coach is believed in nothing. A fact is told in words. It is certain once a write that came after it was
acknowledged; until then the table may have it or not, and whoever was told of it has to have been told that as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from coach.persistence.progress import Progress

USUAL: dict[str, object] = {"goal": 4, "pace": "usual", "out": False, "way": "usual", "hold": False}
"""What is set for everybody, by the first word of a setting's name."""


@dataclass
class Fact:
    """Something that a person was told is done: `times` an exercise on a `day`, or a setting and its `value`. `excused`
    is set once they were told, behind it, that it is not written.
    """

    about: str
    day: str = ""
    times: int = 0
    value: object = None
    number: int = 0
    excused: bool = False


@dataclass(frozen=True)
class Difference:
    """A table against what was told, in numbers of things. `unkept` is what a session that ended could not write any
    more, and `unsaid` what of it nobody was told of; `lost` and `twice` have no excuse.
    """

    lost: int = 0
    twice: int = 0
    unkept: int = 0
    unsaid: int = 0

    def __add__(self, other: Difference) -> Difference:
        return Difference(
            self.lost + other.lost, self.twice + other.twice, self.unkept + other.unkept, self.unsaid + other.unsaid
        )


@dataclass
class Tally:
    """How often something was done: `sure` for certain, `most` at the most."""

    sure: int = 0
    most: int = 0


@dataclass
class Setting:
    """What something may be set to: what it certainly was once, or what was said since, each with its number."""

    may: list[tuple[int, object]]

    def tried(self, number: int, value: object) -> None:
        """Somebody asks for it."""
        self.may.append((number, value))

    def sure(self, fact: Fact, floating: Iterable[Fact]) -> None:
        """It is set: what was said before it holds no more, unless a session still carries it."""
        carried = {other.number for other in floating}
        self.may = [known for known in self.may if known[0] >= fact.number or known[0] in carried]


@dataclass
class Ledger:
    """One person. `carried` is what was told and that no acknowledged write covers, by session; `numbers` are those of
    all that they say.
    """

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    carried: dict[str, list[Fact]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def tally(self, day: str, exercise: str) -> Tally:
        """How often an exercise was done on a day."""
        return self.tallies.setdefault((day, exercise), Tally())

    def setting(self, name: str) -> Setting:
        """What something may be set to."""
        return self.settings.setdefault(name, Setting([(0, USUAL[name.split(maxsplit=1)[0]])]))

    def told(self, session: str, fact: Fact) -> None:
        """Somebody hears that something is done."""
        self.carried.setdefault(session, []).append(fact)

    def excused(self, session: str) -> None:
        """Somebody hears that what was told in a session is not written."""
        for fact in self.carried.get(session, []):
            fact.excused = True

    def kept(self, session: str) -> None:
        """A write of a session was acknowledged: all that was told in it is certain."""
        facts = self.carried.pop(session, [])
        for fact in facts:
            if fact.times:
                self.tally(fact.day, fact.about).sure += fact.times
            else:
                floating = (other for others in self.carried.values() for other in others if other.about == fact.about)
                self.setting(fact.about).sure(fact, floating)

    def against(self, stands: Progress | None) -> Difference:
        """What a table that holds this of the person has lost or counted twice."""
        stands = stands or Progress()
        held = {(day, name): times for day, done in stands.days.items() for name, times in done.items()}
        open_facts = [fact for facts in self.carried.values() for fact in facts]
        difference = self._days_against(stands)
        for day, name in {*held, *self.tallies}:
            tally, kept = self.tally(day, name), held.get((day, name), 0)
            missing = [f for f in open_facts if f.times and (f.day, f.about) == (day, name)]
            unkept = max(tally.sure + sum(f.times for f in missing) - max(kept, tally.sure), 0)
            unsaid = min(sum(f.times for f in missing if not f.excused), unkept)
            difference += Difference(max(tally.sure - kept, 0), max(kept - tally.most, 0), unkept, unsaid)
        for name, setting in self.settings.items():
            value, missing = _set_to(stands, name), [f for f in open_facts if f.about == name and not f.times]
            unkept = bool(missing) and missing[-1].value != value
            unsaid = unkept and not missing[-1].excused
            lost = all(value != known for _, known in setting.may)
            difference += Difference(lost=int(lost), unkept=int(unkept), unsaid=int(unsaid))
        return difference

    def _days_against(self, stands: Progress) -> Difference:
        """Days of practice: those with something that was certainly done, to those with anything at all."""
        sure = {day for (day, _), tally in self.tallies.items() if tally.sure}
        most = {day for (day, _), tally in self.tallies.items() if tally.most}
        return Difference(max(len(sure) - stands.total_days, 0), max(stands.total_days - len(most), 0))


def _set_to(stands: Progress, name: str) -> object:
    """What a setting is in a table, in the words of an act."""
    kind, _, exercise = name.partition(" ")
    settled = stands.preferences
    match kind:
        case "goal":
            return settled.weekly_goal
        case "pace":
            return "usual" if settled.pace == 100 else "slower"
        case "out":
            return exercise in settled.left_out
        case "way":
            return settled.variations.get(exercise, "usual")
        case _:
            return exercise in settled.hold_ms
