"""Whatever a person can say is answered well wherever they are: every row of the table, at every moment.

Rule: a cell says what is heard, and what becomes of the place. What it does not mention has stayed as it was: the place
to the second, the state, and the session open with nothing being coached.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pytest

from coach.alexa.limits import SPEECH_STARTS_AFTER
from simulator.duration import milliseconds
from simulator.nlu import Understanding
from simulator.services import AlexaServices
from tests.conversations.moments import MOMENTS, ROWS, START, Moment, reach, told_by_moment
from tests.front_door import Reply
from tests.platform.rules import violations

A_SECOND_MS = 1_000
HOLD_GOES_ON = {"seated_twist.1.left": "40s", "seated_twist.1.right": "60s"}
EXPECTED = {"hear", "not", "session", "state", "place", "works", "begins", "goes on"}


def cells() -> list[Any]:
    """What is said, at which moment, and what is expected of it."""
    found = []
    for row in ROWS:
        told = told_by_moment(row)
        assert set(told) == set(MOMENTS), f"{row['say']}: {set(told) ^ set(MOMENTS)}"
        for moment, cell in told.items():
            assert set(cell) <= EXPECTED, f"{row['say']}: {set(cell) - EXPECTED}"
            found.append(pytest.param(row["say"], moment, cell, id=f"{row['say']}-{moment}"))
    return found


@pytest.fixture(scope="session")
def moment(
    understanding: Understanding, nobody_allowed: AlexaServices, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Moment]:
    """The moment of a name, reached when it is first asked for."""

    @cache
    def reached(name: str) -> Moment:
        return reach(MOMENTS[name], START, understanding, nobody_allowed, tmp_path_factory.mktemp("moment"))

    return reached


@pytest.mark.parametrize(("words", "at", "expected"), cells())
def test_what_is_said_at_a_moment_gets_its_answer(
    words: str,
    at: str,
    expected: dict[str, Any],
    moment: Callable[[str], Moment],
    understanding: Understanding,
    tmp_path: Path,
) -> None:
    here = moment(at)
    reply, witness = here.say(words, understanding, tmp_path)
    witness.write()
    wrong = list(chain(_heard(reply, expected), _kept(reply, here, expected), _worked(reply, expected)))
    wrong += [fault for request, response in witness.seen for fault in violations(response, request)]
    assert not wrong, "\n".join([*wrong, f"heard: {reply.text}"])


def _heard(reply: Reply, expected: dict[str, Any]) -> list[str]:
    wrong = [f"not heard: {words}" for words in expected.get("hear", []) if not _search(words, reply.text)]
    return wrong + [f"heard: {words}" for words in expected.get("not", []) if _search(words, reply.text)]


def _kept(reply: Reply, here: Moment, expected: dict[str, Any]) -> list[str]:
    session = "open" if reply.open else "closed"
    wrong = [] if session == expected.get("session", "open") else [f"the session is {session}"]
    state = reply.session.get("state")
    if session == "open" and state != expected.get("state", here.state):
        wrong.append(f"the state is {state}")
    step = expected.get("place", here.step)
    if reply.step != step:
        wrong.append(f"the place is {reply.step or 'none'}, and not {step or 'none'}")
    done_ms = reply.progress["place"]["done_ms"] if reply.step else 0
    # A step that is done stays done, also where it would be longer from now on.
    whole = here.state in ("between", "finished") and done_ms >= here.done_ms
    # A hold goes on until the answer is heard.
    on_ms = done_ms - here.done_ms
    if "place" not in expected and not -A_SECOND_MS <= on_ms <= SPEECH_STARTS_AFTER.middle + A_SECOND_MS and not whole:
        wrong.append(f"{done_ms} ms are done, and not {here.done_ms}")
    return wrong


def _worked(reply: Reply, expected: dict[str, Any]) -> list[str]:
    wanted = HOLD_GOES_ON if expected.get("goes on") else expected.get("works", {})
    spoken = {step: ends - works for step, _, works, ends, _ in reply.marks}
    if "begins" in expected:
        wanted = expected["begins"]
        spoken = dict(islice(spoken.items(), len(wanted)))
    if list(spoken) != list(wanted):
        return [f"the steps are {list(spoken)}, and not {list(wanted)}"]
    least_ms = -A_SECOND_MS - (SPEECH_STARTS_AFTER.middle if expected.get("goes on") else 0)
    off = [step for step, ms in spoken.items() if not least_ms <= ms - milliseconds(wanted[step]) <= A_SECOND_MS]
    return [f"{step} lasts {spoken[step]} ms, and not {wanted[step]}" for step in off]


def _search(words: str, text: str) -> re.Match[str] | None:
    regex = words[1:-1] if len(words) > 2 and words[0] == words[-1] == "/" else re.escape(words)
    return re.search(regex, text, re.IGNORECASE)
