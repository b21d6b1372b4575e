"""A person as they are written down, the one way for every store and for the session: few bytes, as text that a person
can read.

Rule: a field that is not in this list belongs to a newer version of the coach, and stays. The letters below are given
anew with each write.

    v                       version of this form
    applied                 "7f3a9c01:12:0be41d22": up to which turn a session is in here, and the request of that
    at, hi, total           touched, welcomed, total_days
    zones                   "3fa2c1=Europe/Berlin": a device and its time zone
    ids                     the exercises that are mentioned: "lying_twist pigeon_pose" makes them a and b
    days                    "2026-11 23ab 24b7 25": on the 23rd both, on the 24th b seven times, on the 25th the same
    weeks, rests            "2026 47:4 48:2" and "2026 45 46"
    met, skipped            "a12b3": the first one twelve times, the second one three times
    last                    the day on which a routine was last begun, and which
    place                   where the person is: the step and the milliseconds done in it, `done`, "ab", and the plan
                            with its `doses`, "ab2:45000" (rounds and milliseconds of b; after one more colon, those
                            of its last round); `at`, when the coach last led there, in epoch seconds
    aside                   the place in a routine that waits, if one does, its exercises spelled out: an earlier coach
                            leaves it as it is, and gives the letters anew
    pref_…                  a field for each preference that differs from its default, those by exercise as "a45000",
                            "ab" and "easier:ab deeper:c"
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from coach.persistence.progress import Applied, Mode, Preferences, Progress
from coach.planning import Dose, Place, Plan, Variation

Document = dict[str, Any]
"""Plain data, as it is written to JSON."""

VERSION = 3
"""Version of this form. A change of form adds to `older` what it takes to read the one before."""

PREFERENCE = "pref_"
"""How the name of a preference begins."""

LETTERS = string.ascii_letters + "".join(map(chr, range(0x4E00, 0x5000)))
"""What the exercises are called. No digits: a number may follow."""

KNOWN = frozenset(
    (
        *("v", "applied", "at", "hi", "total", "zones", "ids", "days", "weeks", "rests", "met", "skipped", "last"),
        *("place", "aside"),
    )
) | {PREFERENCE + preference.name for preference in fields(Preferences)}
"""The fields of this version. One of the preferences that is missing has its default."""

_USUAL = Preferences()
_GROUP = re.compile(r"\d{4}(-\d\d)?")
_COUNT = re.compile(r"(\D)(\d*)")
_DOSE = re.compile(r"([^\d:])([\d:]*)")


def write(progress: Progress) -> Document:
    """All of a person's progress; the revision is the store's own and is left to it."""
    ids = list(dict.fromkeys(_mentioned(progress)))
    letter = dict(zip(ids, LETTERS, strict=False))
    return {
        "v": VERSION,
        "applied": " ".join(f"{a.session}:{a.turn}:{a.request}" for a in progress.applied),
        "at": progress.touched,
        "zones": " ".join("=".join(known) for known in progress.zones),
        "hi": progress.welcomed,
        "place": _place(progress.place, letter) if progress.place else None,
        "last": list(progress.last) if progress.last else None,
        "ids": " ".join(ids),
        "days": _grouped(_entries(progress.days, letter)),
        "weeks": _grouped((week[:4], f"{week[6:]}:{n}") for week, n in progress.weeks.items()),
        "total": progress.total_days,
        "rests": _grouped((week[:4], week[6:]) for week in progress.rests),
        "met": _counts(progress.met, letter),
        "skipped": _counts(progress.skipped, letter),
        **({"aside": write_place(progress.aside)} if progress.aside else {}),
        **_preferences(progress.preferences, letter),
    }


def read(document: Mapping[str, Any], *, revision: int = 0) -> Progress:
    """The inverse of `write`. Raises LookupError, TypeError, ValueError or AttributeError when it is none of ours."""
    exercise = dict(zip(LETTERS, document["ids"].split(), strict=False))
    last = document.get("last")
    return Progress(
        revision=revision,
        applied=tuple(_applied(known) for known in document.get("applied", "").split()),
        touched=int(document.get("at", 0)),
        zones=tuple(_zone(known) for known in document.get("zones", "").split()),
        welcomed=bool(document.get("hi", False)),
        place=_placed({"at": document.get("at", 0), **document["place"]}, exercise) if document.get("place") else None,
        aside=read_place(document["aside"]) if document.get("aside") else None,
        last=(str(last[0]), str(last[1])) if last else None,
        days=dict(_days(document["days"], exercise)),
        weeks={f"{year}-W{entry[:2]}": int(entry[3:]) for year, entry in _ungrouped(document["weeks"])},
        total_days=int(document.get("total", 0)),
        rests=tuple(f"{year}-W{entry}" for year, entry in _ungrouped(document["rests"])),
        met=_counted(document["met"], exercise),
        skipped=_counted(document["skipped"], exercise),
        preferences=_preferred(document, exercise),
    )


def write_plan(plan: Plan) -> Document:
    """A plan by itself, with its exercises spelled out."""
    doses = [[d.exercise, *numbers] if (numbers := _numbers(d)) else d.exercise for d in plan.doses]
    return {"routine": plan.routine, "doses": doses, "area": plan.area, "minutes": plan.minutes}


def read_plan(document: Mapping[str, Any]) -> Plan:
    """The inverse of `write_plan`. Raises LookupError, TypeError or ValueError when it is none of ours."""
    doses = tuple(Dose(d) if isinstance(d, str) else Dose(*d) for d in document["doses"])
    return Plan(str(document["routine"]), doses, str(document.get("area", "")), int(document.get("minutes", 0)))


def write_place(place: Place) -> Document:
    """A place by itself, with its exercises spelled out."""
    return {
        "plan": write_plan(place.plan),
        "step": place.step,
        "done_ms": place.done_ms,
        "done": list(place.done),
        "at": place.worked,
    }


def read_place(document: Mapping[str, Any]) -> Place:
    """The inverse of `write_place`. Raises LookupError, TypeError or ValueError when it is none of ours."""
    done = tuple(str(exercise) for exercise in document["done"])
    at = int(document["at"])
    return Place(read_plan(document["plan"]), str(document["step"]), int(document["done_ms"]), done, at)


def _mentioned(progress: Progress) -> Iterator[str]:
    """The exercises that a document of this progress mentions."""
    yield from sorted({exercise for done in progress.days.values() for exercise in done})
    yield from progress.met
    yield from progress.skipped
    if progress.place:
        yield from progress.place.plan.exercises
        yield from progress.place.done
    yield from progress.preferences.hold_ms
    yield from progress.preferences.variations
    yield from progress.preferences.left_out


def _place(place: Place, letter: Mapping[str, str]) -> Document:
    doses = "".join(letter[dose.exercise] + ":".join(map(str, _numbers(dose))) for dose in place.plan.doses)
    spelled = write_place(place)
    return {**spelled, "plan": {**spelled["plan"], "doses": doses}, "done": "".join(letter[e] for e in place.done)}


def _numbers(dose: Dose) -> list[int]:
    """The numbers of a dose, no more than it has."""
    if dose.last_ms:
        return [dose.rounds, dose.ms, dose.last_ms]
    return [dose.rounds, dose.ms] if dose.rounds or dose.ms else []


def _placed(document: Mapping[str, Any], exercise: Mapping[str, str]) -> Place:
    found = _DOSE.findall(document["plan"]["doses"])
    doses = [[exercise[a], *map(int, numbers.split(":"))] if numbers else exercise[a] for a, numbers in found]
    done = tuple(exercise[a] for a in document["done"])
    # Up to version 2 the exercise of a step was a letter like all others.
    of, dot, rest = document["step"].partition(".")
    step = exercise.get(of, of) + dot + rest
    return Place(
        read_plan({**document["plan"], "doses": doses}), step, int(document["done_ms"]), done, int(document["at"])
    )


def _applied(known: str) -> Applied:
    session, turn, request = known.split(":")
    return Applied(session, int(turn), request)


def _zone(known: str) -> tuple[str, str]:
    device, _, zone = known.partition("=")
    return device, zone


def _entries(days: Mapping[str, Mapping[str, int]], letter: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Month and entry of each day; a day like the one before is its number alone."""
    before = ""
    for day, exercises in days.items():
        done = "".join(letter[e] + (str(n) if n > 1 else "") for e, n in exercises.items())
        yield day[:7], day[8:] + (done if done != before else "")
        before = done


def _days(text: str, exercise: Mapping[str, str]) -> Iterator[tuple[str, dict[str, int]]]:
    done: dict[str, int] = {}
    for month, entry in _ungrouped(text):
        if entry[2:]:
            done = {exercise[a]: int(n or 1) for a, n in _COUNT.findall(entry[2:])}
        yield f"{month}-{entry[:2]}", done


def _counts(counts: Mapping[str, int], letter: Mapping[str, str]) -> str:
    return "".join(f"{letter[e]}{n}" for e, n in counts.items())


def _counted(text: str, exercise: Mapping[str, str]) -> dict[str, int]:
    return {exercise[a]: int(n) for a, n in _COUNT.findall(text)}


def _grouped(entries: Iterable[tuple[str, str]]) -> str:
    """Entries with their year or month said once: ("2026", "45"), ("2026", "46") is "2026 45 46"."""
    words: list[str] = []
    group = ""
    for of, entry in entries:
        words += [entry] if of == group else [of, entry]
        group = of
    return " ".join(words)


def _ungrouped(text: str) -> Iterator[tuple[str, str]]:
    group = ""
    for word in text.split():
        if _GROUP.fullmatch(word):
            group = word
        else:
            yield group, word


def _preferences(preferences: Preferences, letter: Mapping[str, str]) -> Document:
    """Only what differs from the defaults."""
    ways = dict.fromkeys(preferences.variations.values())
    by_way = {way: "".join(letter[e] for e, w in preferences.variations.items() if w is way) for way in ways}
    plain = {
        "pace": preferences.pace,
        "holds": preferences.holds,
        "mode": preferences.mode.value,
        "weekly_goal": preferences.weekly_goal,
        "hold_ms": _counts(preferences.hold_ms, letter),
        "variations": " ".join(f"{way}:{letters}" for way, letters in by_way.items()),
        "left_out": "".join(letter[e] for e in preferences.left_out),
    }
    usual = {"pace": _USUAL.pace, "holds": _USUAL.holds, "mode": _USUAL.mode, "weekly_goal": _USUAL.weekly_goal}
    return {PREFERENCE + name: value for name, value in plain.items() if value != usual.get(name, "")}


def _preferred(document: Mapping[str, Any], exercise: Mapping[str, str]) -> Preferences:
    kept = {name.removeprefix(PREFERENCE): value for name, value in document.items() if name in KNOWN}
    ways = (way.split(":") for way in kept.get("variations", "").split())
    return Preferences(
        pace=kept.get("pace", _USUAL.pace),
        holds=kept.get("holds", _USUAL.holds),
        mode=Mode(kept.get("mode", _USUAL.mode)),
        weekly_goal=kept.get("weekly_goal", _USUAL.weekly_goal),
        hold_ms=_counted(kept.get("hold_ms", ""), exercise),
        variations={exercise[a]: Variation(way) for way, letters in ways for a in letters},
        left_out=tuple(exercise[a] for a in kept.get("left_out", "")),
    )
