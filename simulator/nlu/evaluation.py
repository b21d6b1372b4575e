"""How well the understanding does on what people say: labelled utterances, figures, and Amazon's own form of a set.

Rule: sets are written by meaning, by hands that have not seen the samples. What was looked at while samples were
written is for tuning, and never counts as held out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from simulator.nlu import FALLBACK, Match, Understanding
from simulator.nlu.model import Model
from simulator.nlu.readings import spans
from simulator.nlu.words import tokens

# The loader in C is ten times as fast, where PyYAML has been built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TODAY = date(2026, 11, 23)
"""The day on which everything in the sets is said: a Monday."""

WAYS = ("everyday", "plain", "elder", "young", "foreign", "broken", "values")
"""The ways of speaking, and what is said with a value in it, each with a set of its own. Not every part has all."""

PARTS = ("tuning", "third", "fourth", "held_out")
"""The parts of the sets: what was looked at while samples were written, what other hands wrote later and later still,
and the other half of the first that nobody looked at.
"""

AS_SERIOUS = {
    "emergency": {"EmergencyIntent"},
    "urgent": {"EmergencyIntent", "UrgentIntent"},
    "cannot_get_up": {"EmergencyIntent", "CannotGetUpIntent"},
}
"""What each kind of trouble may be taken for: never for less than it is."""

PARTS_OF_DAY = {"MO": 0, "AF": 12, "EV": 12, "NI": 12}
"""The parts of the day as Alexa sends them, and the hours that are added in them to what a clock shows."""

GOES_WITHOUT_SAYING = {
    "MoreSetsIntent": ("number", "1"),
    "LogIntent": ("number", "1"),
    "ProgressIntent": ("day", "2026-W48"),
}
"""What the coach takes to be said where it is not: one more set, one squat done, and how this week goes."""

IN_TROUBLE = {*AS_SERIOUS["emergency"], *AS_SERIOUS["urgent"], *AS_SERIOUS["cannot_get_up"]}
"""What is not to frighten somebody who is in none."""

HEEDED = {*IN_TROUBLE, "PainIntent"}
"""What a body is led out of the pose for, and asked how it is."""


@dataclass(frozen=True)
class Labelled:
    """An utterance and what it means. A slot's value is the id it resolves to; `?word` is a value in no list."""

    say: str
    intent: str
    slots: dict[str, str]


@dataclass(frozen=True)
class Result:
    """An utterance, and how it was understood."""

    labelled: Labelled
    match: Match

    @property
    def right(self) -> bool:
        """Whether the intent is the right one."""
        return self.match.intent == self.labelled.intent

    @property
    def all_right(self) -> bool:
        """Whether intent and all slots are right."""
        return self.right and self._told(slots_of(self.match)) == self._told(self.labelled.slots)

    def _told(self, slots: Mapping[str, str]) -> dict[str, str]:
        """The slots as `settled`, without what goes without saying."""
        understood = GOES_WITHOUT_SAYING.get(self.labelled.intent, ("", ""))
        return {name: value for name, value in settled(slots).items() if (name, value) != understood}


@dataclass(frozen=True)
class Score:
    """What a set came to, each from 0 to 1: intents, all slots right too, and intents of what is no sample."""

    intents: float
    with_slots: float
    no_samples: float


def load(path: Path) -> list[Labelled]:
    """The labelled utterances of a file."""
    page: dict[str, list[str | dict[str, str]]] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    return [_labelled(intent, entry) for intent, entries in page.items() for entry in entries]


def by_way(folder: Path) -> dict[str, list[Labelled]]:
    """The labelled utterances of a part, by the way of speaking."""
    return {way: load(path) for way in WAYS if (path := folder / f"{way}.yaml").is_file()}


def lists(path: Path) -> dict[str, list[str]]:
    """The utterances of a file by what they are."""
    page: dict[str, list[str]] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    return page


def run(understanding: Understanding, labelled: Iterable[Labelled]) -> list[Result]:
    """Have every utterance understood."""
    return [Result(one, understanding.understand(one.say, today=TODAY)) for one in labelled]


def score(results: Sequence[Result]) -> Score:
    """The figures of what is meant for the coach in a set."""
    meant = [result for result in results if result.labelled.intent != FALLBACK]
    new = [result for result in meant if not result.match.exact]
    return Score(
        share(result.right for result in meant),
        share(result.all_right for result in meant),
        share(result.right for result in new),
    )


def share(true: Iterable[bool]) -> float:
    """How many of them are true, from 0 to 1; 1 where there are none."""
    row = list(true)
    return sum(row) / len(row) if row else 1.0


def accepted(understanding: Understanding, elsewhere: Iterable[str]) -> list[tuple[str, Match]]:
    """What is meant for nobody here, and is taken for something."""
    heard = ((said, understanding.understand(said, today=TODAY)) for said in elsewhere)
    return [(said, match) for said, match in heard if match.intent != FALLBACK]


def dangerous(
    understanding: Understanding, danger: Mapping[str, Sequence[str]], doubt: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The confusions that must not be, by their kind, with what was said and what it was taken for: trouble that is
    taken for less, for nothing, or for something that goes on, a doubt or a no for a yes, what must not delete for what
    does, and a scare.
    """
    missed = [
        (said, kind)
        for kind, may_be in AS_SERIOUS.items()
        for said in danger[kind]
        if not _is(understanding, said, may_be)
    ]
    wrong = {
        "trouble taken for less": [row for row in missed if _is(understanding, row[0], HEEDED)],
        "trouble not understood, so that the clock stops and it is asked about": [
            row for row in missed if _is(understanding, row[0], {FALLBACK})
        ],
        "trouble taken for anything else": [
            row for row in missed if not _is(understanding, row[0], {*HEEDED, FALLBACK})
        ],
        "a doubt or a no taken for a yes": [
            (said, kind)
            for kind in ("no", "doubt")
            for said in doubt[kind]
            if _is(understanding, said, {"AMAZON.YesIntent", "ReadyIntent"})
        ],
        "a yes taken for a no": [
            (said, "yes") for said in doubt["yes"] if _is(understanding, said, {"AMAZON.NoIntent"})
        ],
        "deleting what was not to be deleted": [
            (said, "delete_not") for said in doubt["delete_not"] if _is(understanding, said, {"DeleteEverythingIntent"})
        ],
        "a scare for nothing": [
            (said, kind)
            for kind in ("ease", "innocent")
            for said in danger[kind]
            if _is(understanding, said, IN_TROUBLE)
        ],
    }
    return {
        kind: [f"{said!r} ({what}): {understanding.understand(said, today=TODAY).intent}" for said, what in row]
        for kind, row in wrong.items()
    }


def trouble_missed(confusions: Mapping[str, list[str]]) -> int:
    """How much trouble was not heard for what it is, of the confusions."""
    return sum(len(wrong) for kind, wrong in confusions.items() if kind.startswith("trouble"))


def heard_to_hurt(understanding: Understanding, danger: Mapping[str, Sequence[str]]) -> list[str]:
    """What is said of a pain that calls for ease, and is taken for that, or for more."""
    return [said for said in danger["ease"] if _is(understanding, said, {"PainIntent", *IN_TROUBLE})]


def _is(understanding: Understanding, said: str, intents: set[str]) -> bool:
    return understanding.understand(said, today=TODAY).intent in intents


def slots_of(match: Match) -> dict[str, str]:
    """The filled slots of a match, in the way labels are written."""
    return {name: _told(slot) for name, slot in match.slots.items() if "value" in slot}


def settled(slots: Mapping[str, str]) -> dict[str, str]:
    """The slots with what is parted in two of them put together, as the coach does: ten of `seconds` is a length, and
    so is the minute of "another minute", and half past seven beside a part of the day is a time of it.
    """
    told = dict(slots)
    if "unit" in told:
        told["length"] = told.pop("unit")
    for name, unit in (("seconds", "S"), ("minutes", "M")):
        if name in told and "length" not in told:
            told["length"] = f"PT{told.pop(name)}{unit}"
    parts = [name for name in told if told[name] in PARTS_OF_DAY]
    times = [name for name in told if told[name][2:3] == ":"]
    if len(parts) == 1 and len(times) == 1:
        hour, minutes = told[times[0]].split(":")
        moved = int(hour) % 12 + PARTS_OF_DAY[told[parts[0]]]
        del told[parts[0]], told[times[0]]
        told["time"] = f"{moved:02}:{minutes}"
    return told


def annotations(labelled: Iterable[Labelled], model: Model) -> dict[str, Any]:
    """The utterances as an annotation set of Amazon's NLU evaluation tool, which wants the words said for a slot."""
    return {"data": [_annotation(one, model) for one in labelled]}


def _labelled(intent: str, entry: str | dict[str, str]) -> Labelled:
    if isinstance(entry, str):
        return Labelled(entry, intent, {})
    return Labelled(entry["say"], intent, {name: str(value) for name, value in entry.items() if name != "say"})


def _told(slot: dict[str, Any]) -> str:
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", []):
        if "values" in authority:
            return str(authority["values"][0]["value"]["id"])
        return f"?{slot['value']}"
    return str(slot["value"])


def _annotation(one: Labelled, model: Model) -> dict[str, Any]:
    slots = {name: {"slotValue": {"type": "Simple", "value": _said(one, name, model)}} for name in one.slots}
    intent: dict[str, Any] = {"name": one.intent} | ({"slots": slots} if slots else {})
    inputs = {"utterance": one.say, "referenceTimestamp": f"{TODAY.isoformat()}T19:00:00.000Z"}
    return {"inputs": inputs, "expected": [{"intent": intent}]}


def _said(one: Labelled, slot: str, model: Model) -> str:
    """The words of an utterance that stand for the labelled value of a slot; a built-in type's value as it is sent."""
    kind, value = model.slots[one.intent][slot], one.slots[slot]
    for span in spans(tokens(one.say, model.language), model, TODAY):
        if span.type == kind and span.listed and span.listed.id == value:
            return span.value
    return value.removeprefix("?")
