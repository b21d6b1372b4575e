"""The bench with many people notices who is told of a place that is not theirs, and what goes wrong."""

from __future__ import annotations

import queue
from pathlib import Path
from typing import Any

import pytest

from bench.deployed.subjects import OURS, Subject
from bench.load import WAYS, Crowd, crowd, lives
from simulator.envelopes import Household

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
SUBJECT = Subject(OURS, Path(), Path(), Path(), "something went wrong on my side")
Json = dict[str, Any]


class Function:
    """Counts how far each person is, in a shelf that it shares with others; `mixes_up` has people share a place too."""

    def __init__(self, shelf: dict[str, int], *, mixes_up: bool = False, fails: bool = False) -> None:
        self._shelf, self._mixes_up, self._fails = shelf, mixes_up, fails

    def answer(self, event: Json) -> tuple[bool, Json]:
        if self._fails:
            return False, {"errorMessage": "it broke"}
        who = event["context"]["System"]["user"]["userId"]
        who = who if "alone" in who or not self._mixes_up else "anybody"
        said = event["request"].get("intent", {}).get("name", "")
        self._shelf[who] = self._shelf.get(who, 0) + (said == "SkipIntent")
        return True, {
            "response": {"outputSpeech": {"ssml": f"<speak>{ORDINALS[self._shelf[who] % 10]} of ten</speak>"}}
        }

    def cpu_seconds(self) -> float:
        return 1.0


def came(**how: bool) -> Crowd:
    shelf: dict[str, int] = {}
    return crowd([Function(shelf, **how), Function(shelf, **how)], SUBJECT, 2 * WAYS)  # type: ignore[list-item]


def test_nobody_strays_where_each_has_a_place_of_their_own() -> None:
    everybody = came()
    assert (everybody.strayed, everybody.errors) == (0, [])
    assert everybody.turns == sum(2 * (4 + who % WAYS) for who in range(2 * WAYS))


def test_people_who_are_taken_for_one_stray() -> None:
    # How many depends on who is quicker, and now and then somebody is told of the right place by chance.
    assert came(mixes_up=True).strayed > 1


def test_an_error_is_told_as_it_came() -> None:
    free: queue.Queue[Any] = queue.Queue()
    free.put(Function({}, fails=True))
    told = lives(free, SUBJECT, Household("somebody", "speaker", None, "en-US", False), 0)
    assert set(told.errors) == {"it broke"}


def test_ways_that_cannot_be_told_apart_tell_nothing() -> None:
    with pytest.raises(LookupError):
        came(fails=True)
