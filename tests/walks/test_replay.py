"""A recording of what people hear: made again it is the same, its own coach keeps to it, another one is found out."""

from typing import Any

import pytest

from bench.replay import house
from bench.replay.comparing import Verdict, adopted, compared
from bench.replay.walk import Walk

TURNS = 150


def recorded(seed: int = 1) -> list[dict[str, Any]]:
    with house.opened() as coach:
        return list(Walk(coach, seed).turns(TURNS))


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return recorded()


def held(lines: list[dict[str, Any]], every: int | None = None) -> tuple[Verdict, list[str]]:
    verdict = Verdict()
    with house.opened() as coach:
        told = adopted(lines, coach, verdict, every) if every else compared(lines, coach, verdict)
        return verdict, list(told)


def test_a_seed_makes_one_recording(lines: list[dict[str, Any]]) -> None:
    assert recorded() == lines
    assert recorded(seed=2) != lines


def test_the_coach_that_was_recorded_says_the_same_and_keeps_the_same(lines: list[dict[str, Any]]) -> None:
    assert held(lines)[1] == []
    verdict, told = held(lines, every=10)
    assert (told, verdict.turns) == ([], TURNS // 10)


def test_other_words_are_told_once_and_their_session_is_left_alone(lines: list[dict[str, Any]]) -> None:
    spoken = next(n for n, line in enumerate(lines) if line["carries"] and line["response"]["response"].get("reprompt"))
    line = lines[spoken]
    reprompt = {"outputSpeech": {"type": "SSML", "ssml": "<speak>Other words.</speak>"}}
    response = {**line["response"], "response": {**line["response"]["response"], "reprompt": reprompt}}
    verdict, told = held([*lines[:spoken], {**line, "response": response}, *lines[spoken + 1 :]])
    assert not verdict.same
    assert [text.split("\n")[0].strip() for text in told[1:]] == ["reprompt.outputSpeech.ssml"]
    assert verdict.skipped == sum(later["session"] == line["session"] for later in lines[spoken + 1 :])


def test_what_is_kept_otherwise_is_told_and_the_store_goes_on_as_recorded(lines: list[dict[str, Any]]) -> None:
    written = next(n for n, line in enumerate(lines) if any(line["kept"].values()))
    line = lines[written]
    kept = {person: value and {**value, "total_days": 99} for person, value in line["kept"].items()}
    verdict, told = held([*lines[:written], {**line, "kept": kept}, *lines[written + 1 :]])
    assert told[1].split("\n")[0].endswith(".total_days")
    assert len(told) == 2
    assert verdict.turns + verdict.skipped == TURNS
