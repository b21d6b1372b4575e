"""Who holds the doses of one person and one exercise against the facts, evening by evening."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.growth.facts import AWAY_DAYS, SOURCE_LEAST, Amount, is_half, is_one_step

Week = tuple[int, int]


@dataclass
class Judge:
    """Sees what was done and which dose was had. `faults` is what must not be."""

    exercise: str
    dose: Amount | None = None
    last: date | None = None
    well: set[Week] = field(default_factory=set)
    not_well: set[Week] = field(default_factory=set)
    moved: set[Week] = field(default_factory=set)
    refused: set[Week] = field(default_factory=set)
    grown: int = 0
    halved: int = 0
    faults: list[str] = field(default_factory=list)

    def begins(self, day: date, dose: Amount, chosen: int | None = None) -> None:
        """An exercise begins on a day, with a dose; the person has `chosen` how deep, or nothing."""
        before = self.dose
        if before and chosen is not None:
            before = replace(before, depth=chosen)
        if before:
            self._judge(day, before, dose)
        if dose.total > SOURCE_LEAST[self.exercise].total:
            self._fault(day, dose, "is more than the authored dose")
        self.dose, self.last = dose, day

    def _judge(self, day: date, before: Amount, dose: Amount) -> None:
        week = _week(day)
        away = self.last and (day - self.last).days >= AWAY_DAYS
        if away:
            self.halved += 1
            if not is_half(self.exercise, before, dose):
                self._fault(day, dose, f"is no half of {before} after weeks away")
            self.moved.add(week)
            return
        if dose == before:
            return
        self.grown += 1
        if not is_one_step(self.exercise, before, dose):
            self._fault(day, dose, f"is not one step more than {before}")
        if week in self.moved:
            self._fault(day, dose, "is the second step of a week")
        if week in self.refused:
            self._fault(day, dose, "was refused this week")
        self.moved.add(week)
        earned_in = _week(day - timedelta(weeks=1))
        if earned_in not in self.well or earned_in in self.not_well:
            self._fault(day, dose, "grew, and the week before had not earned it")

    def refuses(self, day: date, before: Amount | None, dose: Amount) -> None:
        """What had grown is taken back."""
        if dose != before:
            self._fault(day, dose, f"was taken back to something else than {before}")
        self.refused.add(_week(day))
        self.dose = dose

    def ends(self, day: date, *, well: bool) -> None:
        """An exercise was done well, or it hurt, or was made easier, or left."""
        (self.well if well else self.not_well).add(_week(day))

    def _fault(self, day: date, dose: Amount, what: str) -> None:
        self.faults.append(f"{self.exercise}, {day}: {dose} {what}")


def _week(day: date) -> Week:
    year, week, _ = day.isocalendar()
    return year, week
