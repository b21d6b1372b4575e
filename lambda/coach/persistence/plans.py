"""A plan, and a place in one, written down.

Rule: by itself a plan has its exercises spelled out; in a person's document they have the letters that are given there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from coach.persistence.reading import (
    COUNT_MOST,
    ID,
    ID_IF_ANY,
    MS_MOST,
    ROUNDS_MOST,
    STEP,
    WORK_MS_MOST,
    Fields,
    flag,
    items,
    number,
    one_of,
    signs,
)
from coach.planning import PLANNED, Dose, Place, Plan, Position

_DOSE = re.compile(r"([^\d:])([\d:]*)")


def write_plan(plan: Plan) -> dict[str, Any]:
    """A plan by itself, with its exercises spelled out."""
    doses = [[d.exercise, *numbers] if (numbers := _numbers(d)) else d.exercise for d in plan.doses]
    return _plan_with(plan, doses, list(plan.spare), list(plan.gentle))


def read_plan(plan: Fields) -> Plan | None:
    """The inverse of `write_plan`, None where there is nothing to do in it."""
    spare, gentle = plan.each("spare", ID, items), plan.each("gentle", ID, items)
    return _plan(plan, plan.each("doses", _dose, items), spare, gentle)


def write_place(place: Place, letter: Mapping[str, str]) -> dict[str, Any]:
    """A place in the document of a person, where exercises have letters."""
    plan = place.plan
    doses = "".join([letter[dose.exercise] + ":".join(map(str, _numbers(dose))) for dose in plan.doses])
    lists = plan.spare, plan.gentle, place.done
    spare, gentle, done = ("".join([letter[e] for e in exercises]) for exercises in lists)
    return _place_with(place, _plan_with(plan, doses, spare, gentle), done)


def write_spelled(place: Place) -> dict[str, Any]:
    """A place by itself, with its exercises spelled out."""
    return _place_with(place, write_plan(place.plan), list(place.done))


def _plan_with(plan: Plan, doses: Any, spare: Any, gentle: Any) -> dict[str, Any]:
    written = {"routine": plan.routine, "doses": doses, "area": plan.area, "minutes": plan.minutes}
    if plan.spare:
        written["spare"] = spare
    if plan.gentle:
        written["gentle"] = gentle
    return written


def _place_with(place: Place, plan: dict[str, Any], done: Any) -> dict[str, Any]:
    written = {"plan": plan, "step": place.step, "done_ms": place.done_ms, "done": done}
    written.update(run=place.run, at=place.worked)
    if place.unmet:
        written["unmet"] = True
    if place.body:
        written["body"] = place.body
    if place.posed:
        written["posed"] = True
    return written


def _numbers(dose: Dose) -> list[int]:
    """The numbers of a dose, no more than it has."""
    if dose.last_ms:
        return [dose.rounds, dose.ms, dose.last_ms]
    return [dose.rounds, dose.ms] if dose.rounds or dose.ms else []


def read_place(place: Fields, exercise: Mapping[str, str], worked: int) -> Place | None:
    """The inverse of `write_place`, None where there is no plan or no step; `worked` where it does not say when."""

    def dose(found: tuple[str, str]) -> Dose:
        of, numbers = found
        return _dose([exercise[of], *map(int, numbers.split(":") if numbers else ())])

    def step(plain: str) -> str:
        # Up to version 2 the exercise of a step was a letter like all others.
        of, dot, rest = plain.partition(".")
        return STEP(exercise.get(of, of) + dot + rest)

    plan = place.within("plan")
    spare, gentle = (plan.each(name, exercise.__getitem__, signs) for name in ("spare", "gentle"))
    found = _plan(plan, plan.each("doses", dose, _DOSE.findall), spare, gentle)
    at = place.get("step", step, "")
    done = place.each("done", exercise.__getitem__, signs)
    return _place(place, found, at, done, worked)


def read_spelled(place: Fields, worked: int = 0) -> Place | None:
    """The inverse of `write_spelled`, as of `read_place`."""
    plan, step = read_plan(place.within("plan")), place.get("step", STEP, "")
    return _place(place, plan, step, place.each("done", ID, items), worked)


def _place(place: Fields, plan: Plan | None, step: str, done: tuple[str, ...], worked: int) -> Place | None:
    done_ms = place.get("done_ms", number(0, WORK_MS_MOST), 0)
    if plan and step:
        run, at = place.get("run", number(0, MS_MOST), 0), place.get("at", number(0, MS_MOST // 1000), worked)
        body = place.get("body", one_of("", *Position), "")
        unmet, posed = (place.get(name, flag, False) for name in ("unmet", "posed"))
        return Place(plan, step, done_ms, done, run, at, unmet, body, posed)
    place.note("")
    return None


def _plan(plan: Fields, doses: Iterable[Dose], spare: Iterable[str], gentle: Iterable[str]) -> Plan | None:
    by_exercise = {dose.exercise: dose for dose in doses}
    routine = plan.get("routine", ID, PLANNED)
    area, minutes = plan.get("area", ID_IF_ANY, ""), plan.get("minutes", number(0, COUNT_MOST), 0)
    if not by_exercise:
        return None
    return Plan(routine, tuple(by_exercise.values()), area, minutes, tuple(spare), tuple(gentle))


def _dose(plain: Any) -> Dose:
    exercise, rounds, ms, last_ms = [plain, 0, 0, 0] if isinstance(plain, str) else [*plain, 0, 0, 0][:4]
    time = number(0, WORK_MS_MOST)
    return Dose(ID(exercise), number(0, ROUNDS_MOST)(rounds), time(ms), time(last_ms))
