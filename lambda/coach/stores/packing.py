"""A document of progress in few bytes, as text that a person can still read: an item of one write unit (1 KB).

Rule: a field that is not in this list is kept as it is under its own name, here and on the way back; so is one that a
newer coach added. A new field spells its exercises out: the letters below are given anew with each write.

    v, at, hi, total        version, touched, welcomed, total_days
    writes                  "7f3a9c01 0be41d22": the requests of the last writes
    zones                   "3fa2c1=Europe/Berlin": a device and its time zone
    ids                     the exercises that are mentioned: "lying_twist pigeon_pose" makes them a and b
    days                    "2026-11 23ab 24b7 25": on the 23rd both, on the 24th b seven times, on the 25th the same
    weeks, rests            "2026 47:4 48:2" and "2026 45 46"
    met, skipped            "a12b3": the first one twelve times, the second one three times
    place                   as it is, but for `doses`, "ab2:45000" (rounds and milliseconds of b), `done`, "ab", and
                            `step`, "b.1.left"
    pref_…                  a field for each preference, those by exercise as "a45000", "ab" and "easier:ab deeper:c"
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coach.plan import Document
from coach.progress import CODES

PREFERENCE = "pref_"
"""How the name of a packed preference begins."""

LETTERS = string.ascii_letters + "".join(map(chr, range(0x4E00, 0x5000)))
"""What the exercises are called. No digits: a number may follow."""

_NAMES = {"version": "v", "touched": "at", "welcomed": "hi", "total_days": "total"}
_FIELDS = {name: field for field, name in _NAMES.items()}
_GROUP = re.compile(r"\d{4}(-\d\d)?")
_COUNT = re.compile(r"(\D)(\d*)")
_DOSE = re.compile(r"([^\d:])(?:(\d+):(\d+))?")


def pack(document: Document) -> dict[str, Any]:
    """The fields of a document, packed."""
    fields = dict(document)
    codes, place, preferences = fields.pop("codes"), fields["place"], fields.pop("preferences")
    ids = list(dict.fromkeys([*codes, *_mentioned(fields, preferences)]))
    letter = dict(zip(ids, LETTERS, strict=False))
    fields |= {
        "writes": " ".join(fields["writes"]),
        "zones": " ".join("=".join(known) for known in fields["zones"]),
        "ids": " ".join(ids),
        "days": _grouped(_entries((day, _day(done, codes, letter)) for day, done in fields["days"].items())),
        "weeks": _grouped((week[:4], f"{week[6:]}:{n}") for week, n in fields["weeks"].items()),
        "rests": _grouped((week[:4], week[6:]) for week in fields["rests"]),
        "met": _counts(fields["met"], letter),
        "skipped": _counts(fields["skipped"], letter),
    }
    if place:
        doses = "".join(letter[e] + ":".join(map(str, numbers)) for e, *numbers in _doses(place))
        done = "".join(letter[e] for e in place["done"])
        fields["place"] = {
            **place,
            "plan": {**place["plan"], "doses": doses},
            "done": done,
            "step": _exchanged(place["step"], letter),
        }
    fields |= {PREFERENCE + name: _preference(name, value, letter) for name, value in preferences.items()}
    return {_NAMES.get(field, field): value for field, value in fields.items()}


def unpack(packed: Mapping[str, Any]) -> Document:
    """The inverse of `pack`. Raises LookupError, TypeError, ValueError or AttributeError when it is none."""
    fields = {_FIELDS.get(name, name): value for name, value in packed.items() if not name.startswith(PREFERENCE)}
    ids = fields.pop("ids").split()
    exercise = dict(zip(LETTERS, ids, strict=False))
    code = dict(zip(LETTERS, CODES, strict=False))
    place = fields["place"]
    if place:
        doses = [
            [exercise[a], int(rounds), int(ms)] if rounds else exercise[a]
            for a, rounds, ms in _DOSE.findall(place["plan"]["doses"])
        ]
        done = [exercise[a] for a in place["done"]]
        step = _exchanged(place["step"], exercise)
        place = {**place, "plan": {**place["plan"], "doses": doses}, "done": done, "step": step}
    return {
        **fields,
        "writes": fields.get("writes", "").split(),
        "zones": [known.split("=") for known in fields.get("zones", "").split()],
        "codes": ids,
        "days": dict(_days(fields["days"], code)),
        "weeks": {f"{year}-W{entry[:2]}": int(entry[3:]) for year, entry in _ungrouped(fields["weeks"])},
        "rests": [f"{year}-W{entry}" for year, entry in _ungrouped(fields["rests"])],
        "met": _counted(fields["met"], exercise),
        "skipped": _counted(fields["skipped"], exercise),
        "place": place,
        "preferences": {
            name.removeprefix(PREFERENCE): _preferred(name.removeprefix(PREFERENCE), value, exercise)
            for name, value in packed.items()
            if name.startswith(PREFERENCE)
        },
    }


def _mentioned(fields: Document, preferences: Document) -> Iterator[str]:
    """The exercises that a document mentions, days apart."""
    yield from fields["met"]
    yield from fields["skipped"]
    if fields["place"]:
        yield from (dose[0] for dose in _doses(fields["place"]))
        yield from fields["place"]["done"]
        yield fields["place"]["step"].split(".")[0]
    for name in ("hold_ms", "variations", "left_out"):
        yield from preferences.get(name, ())


def _doses(place: Document) -> list[list[Any]]:
    return [[dose] if isinstance(dose, str) else dose for dose in place["plan"]["doses"]]


def _day(done: str, codes: list[str], letter: Mapping[str, str]) -> str:
    times = Counter(codes[CODES.index(code)] for code in done)
    return "".join(letter[e] + (str(n) if n > 1 else "") for e, n in times.items())


def _entries(days: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Month and entry of each day; a day like the one before is its number alone."""
    before = ""
    for day, done in days:
        yield day[:7], day[8:] + (done if done != before else "")
        before = done


def _days(packed: str, code: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    done = ""
    for month, entry in _ungrouped(packed):
        if entry[2:]:
            done = "".join(code[a] * int(n or 1) for a, n in _COUNT.findall(entry[2:]))
        yield f"{month}-{entry[:2]}", done


def _exchanged(step: str, names: Mapping[str, str]) -> str:
    """A step with its exercise by another name, if it has one."""
    exercise, dot, rest = step.partition(".")
    return names.get(exercise, exercise) + dot + rest


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


def _preference(name: str, value: Any, letter: Mapping[str, str]) -> Any:
    match name:
        case "hold_ms":
            return _counts(value, letter)
        case "variations":
            ways = dict.fromkeys(value.values())
            return " ".join(f"{way}:{''.join(letter[e] for e in value if value[e] == way)}" for way in ways)
        case "left_out":
            return "".join(letter[e] for e in value)
        case _:
            return value


def _preferred(name: str, value: Any, exercise: Mapping[str, str]) -> Any:
    match name:
        case "hold_ms":
            return _counted(value, exercise)
        case "variations":
            ways = (word.split(":") for word in value.split())
            return {exercise[a]: way for way, letters in ways for a in letters}
        case "left_out":
            return [exercise[a] for a in value]
        case _:
            return value
