"""What is being done, and where the person is in it: a plan made of doses, and a place in a plan.

Rule: a step is kept by its id, so that content may change. Everything is plain data, for the session and for the store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from coach.routine import PLANNED

Document = dict[str, Any]
"""Plain data, as it is written to JSON."""


@dataclass(frozen=True)
class Dose:
    """One exercise in a plan. `rounds` and `ms` are 0 where the exercise's own sets and time hold."""

    exercise: str
    rounds: int = 0
    ms: int = 0


@dataclass(frozen=True)
class Plan:
    """What is being done: an authored routine, or one built for `area` and `minutes` (0: no length was asked for)."""

    routine: str
    doses: tuple[Dose, ...]
    area: str = ""
    minutes: int = 0

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of its exercises, in order."""
        return tuple(dose.exercise for dose in self.doses)

    @property
    def alone(self) -> bool:
        """Whether this is a single exercise that was asked for by name."""
        return self.routine == PLANNED and len(self.doses) == 1 and not self.minutes

    def with_dose(self, dose: Dose) -> Plan:
        """The same plan with this dose in the place of the exercise's earlier one."""
        return replace(self, doses=tuple(dose if d.exercise == dose.exercise else d for d in self.doses))

    def to_document(self) -> Document:
        """As plain data for the store and the session."""
        doses = [[d.exercise, d.rounds, d.ms] if d.rounds or d.ms else d.exercise for d in self.doses]
        return {"routine": self.routine, "doses": doses, "area": self.area, "minutes": self.minutes}

    @classmethod
    def from_document(cls, document: Document) -> Plan:
        """The inverse of `to_document`."""
        doses = tuple(Dose(d) if isinstance(d, str) else Dose(*d) for d in document["doses"])
        return cls(str(document["routine"]), doses, str(document.get("area", "")), int(document.get("minutes", 0)))


@dataclass(frozen=True)
class Place:
    """Where the person is in a plan: a step, the milliseconds done in it, and the exercises that are behind them."""

    plan: Plan
    step: str
    done_ms: int = 0
    done: tuple[str, ...] = ()

    @property
    def exercise(self) -> str:
        """The id of the exercise that the step belongs to."""
        return self.step.split(".", 1)[0]

    def to_document(self) -> Document:
        """As plain data for the store and the session."""
        return {"plan": self.plan.to_document(), "step": self.step, "done_ms": self.done_ms, "done": list(self.done)}

    @classmethod
    def from_document(cls, document: Document) -> Place:
        """The inverse of `to_document`."""
        plan = Plan.from_document(document["plan"])
        return cls(plan, str(document["step"]), int(document["done_ms"]), tuple(document["done"]))
