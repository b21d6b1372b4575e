"""What the coach says: the runs of words of the content, and the answers of a routine as they are heard."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jinja2 import Environment, StrictUndefined

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence import document
from coach.speaking import Mark
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content" / "locales"
LOCALE = "en-US"
MODEL = ROOT / "interaction_model" / f"{LOCALE}.json"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
ANSWERS_MAX = 80
ROUTINES = tuple(yaml.safe_load((ROOT / "content" / "routines.yaml").read_text(encoding="utf-8")))
COUNTED = 21
TOGETHER = ("check",)
SIDES = (("left", "right"), ("right", "left"))
SEED = 1


def sample(size: int) -> list[str]:
    """So many of the runs of words, by chance and always the same; all of them when there are no more."""
    found = runs()
    return random.Random(SEED).sample(found, min(size, len(found)))  # noqa: S311 - nobody gains by guessing


def runs() -> list[str]:
    """What the content says, each run of words once: exercises on both sides, prompts without fields, and counting."""
    folder = CONTENT / LOCALE
    numbers = yaml.safe_load((folder / "locale.yaml").read_text(encoding="utf-8"))["numbers"]
    found = {f"{number.capitalize()}.": None for number in numbers[1:COUNTED]}
    for text in _texts(yaml.safe_load((folder / "prompts.yaml").read_text(encoding="utf-8"))):
        if "{" not in text:
            found[text] = None
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - words for a voice, not a page
    for path in sorted((folder / "exercises").glob("*.yaml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        for side, other in SIDES:
            for text in _texts({key: value for key, value in words.items() if key not in ("name", "the", "aliases")}):
                found[environment.from_string(text).render(side=side, other=other)] = None
    return [text for text in found if text.strip()]


def routine(name: str) -> list[Heard]:
    """All the answers of a routine, listened to the end. Raises LookupError when it does not come to its end."""
    handler = bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))
    speaker = Speaker(handler, Understanding.from_file(MODEL), VirtualClock(EVENING))
    speaker.say("Alexa, open Hip Coach")
    answers = [speaker.say(f"start the {name.replace('_', ' ')} routine")]
    while speaker.session_open and len(answers) < ANSWERS_MAX:
        answer = speaker.say("next")
        if not works(answer):
            return answers
        answers.append(answer)
    if len(answers) == ANSWERS_MAX:
        raise LookupError(f"the routine {name} does not come to an end")
    return answers


class Spoken(NamedTuple):
    """One work in an answer: what it should last, when it begins and ends if words take as long as estimated, and what
    follows once it has been heard to its end.
    """

    step: str
    dose_ms: int
    works: int
    ends: int
    then: str


def works(heard: Heard) -> tuple[Spoken, ...]:
    """The works of an answer. The coach laid it out with what it had learned of the voice."""
    attributes = (heard.response or {}).get("sessionAttributes", {})
    progress = document.read(attributes["progress"]) if "progress" in attributes else None
    if progress is None or progress.spoken is None:
        return ()
    slower = 100 / progress.tempos[-1][1].percent - 1 if progress.tempos else 0
    return tuple(_spoken(mark, slower) for mark in progress.spoken.marks)


def _spoken(mark: Mark, slower: float) -> Spoken:
    before, until = (round(ms * slower) for ms in (mark.words_before, mark.words_before + mark.words_within))
    return Spoken(mark.step, mark.ends - mark.works, mark.works + before, mark.ends + until, mark.then)


def _texts(value: Any) -> Iterator[str]:
    """The strings in what was authored, and together those that are spoken in one go."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value if isinstance(value, list) else value.values():
            yield from _texts(part)
    if isinstance(value, dict):
        yield from (" ".join(value[part]) for part in TOGETHER if part in value)
