"""Whatever was tampered with, nobody hears an apology, nothing of others is touched, and the next turn makes sense.

`make fuzz` takes 100,000 turns, `make test` a few hundred. An example is one turn with what was tampered with, one more
in the session that it left, and the beginning of another session.
"""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from coach.alexa.permission import NAME, SCOPE
from coach.alexa.requests import INTENTS
from coach.persistence import Progress
from simulator import envelopes
from tests.front_door import SOMEBODY, Reply, filled
from tests.fuzz.situations import ME, OTHERS, SITUATIONS, Rows, Situation, found
from tests.fuzz.tampering import Bend, bends, tampered
from tests.fuzz.world import SORRY, World
from tests.walks.utterances import moments, slots

TURNS = int(os.environ.get("HIP_COACH_FUZZ", "600"))
PROPERTIES, TURNS_OF_ONE = 3, 3
EXAMPLES = -(-TURNS // (TURNS_OF_ONE * PROPERTIES * len(SITUATIONS)))

EXPECTED = (
    *("AMAZON.HelpIntent", "AMAZON.ResumeIntent", "AMAZON.NextIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"),
    *("AMAZON.RepeatIntent", "TimeLeftIntent", "ProgressIntent", "MoreIntent"),
)
"""What people say most, and what looks most at what is remembered."""

said = st.tuples(st.sampled_from(EXPECTED) | st.sampled_from(sorted(INTENTS)), st.just({}) | slots)
kinds = st.sampled_from(["intent"] * 6 + ["launch", "ended", "permission", "disabled"])

LETTERS = {"ids", "codes", "v", "version"}
"""The fields without which others do not read."""

FIELDS = {"hi": "welcomed", "total": "total_days", "at": "touched"}
"""The fields that are called otherwise in Progress."""

WORLD = World()


def envelope(situation: Situation, words: Any, timing: dict[str, float], attributes: Any, kind: str = "intent") -> Any:
    """A request in the session of a situation, or without attributes in a new one."""
    now = situation.now + timedelta(seconds=max(timing.get("into", timing.get("after", 0)), 0))
    if kind == "disabled":
        return envelopes.skill_disabled(SOMEBODY, now)
    asked = {"name": NAME, "token": "0700.1900.pelvic_tilt", "payload": {"permissionScope": SCOPE}}
    request = {
        "intent": lambda: envelopes.intent(SOMEBODY, now, words[0], filled(words[1])),
        "launch": lambda: envelopes.launch(SOMEBODY, now),
        "ended": lambda: envelopes.session_ended(SOMEBODY, now, "ERROR", "late"),
        "permission": lambda: envelopes.permission_answered(SOMEBODY, now, asked, "ACCEPTED"),
    }[kind]()
    new = kind == "launch" or not attributes
    session_id = "amzn1.echo-api.session.new" if new else "amzn1.echo-api.session.open"
    return envelopes.envelope(SOMEBODY, request, session_id=session_id, new=new, attributes={} if new else attributes)


def fuzzed(name: str, what: str, takes: Callable[..., None], *given_: st.SearchStrategy[Any]) -> None:
    """Take the examples of a situation: others than those of all the other situations, and the same each time."""
    # One that fails says where by itself; shrinking it would take longer than reading it.
    limits = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    seed(crc32(f"{name} {what}".encode()))(limits(given(*given_)(takes)))()


def goes_on(situation: Situation, words: Any, reply: Reply, *, unread: bool = False) -> None:
    """One more turn of the session, and another session: that one has nothing to repair any more, unless it may be the
    first to read what is stored.
    """
    following = WORLD.take(envelope(situation, words, {"after": 30}, reply.response.get("sessionAttributes")))
    assert following.text
    anew = WORLD.take(envelope(situation, ("AMAZON.HelpIntent", {}), {"after": 60}, {}), strict=False)
    assert anew.text
    assert unread or not WORLD.repaired


@pytest.mark.parametrize("name", SITUATIONS)
def test_attributes_that_were_tampered_with_cost_nobody_an_apology(name: str) -> None:
    situation = found(name)

    def takes(bent: list[Bend], also: list[Bend], words: Any, timing: dict[str, float], then: Any) -> None:
        WORLD.begin(_with_tampered_row(situation, also))
        attributes = tampered(situation.attributes, bent)
        goes_on(situation, then, WORLD.take(envelope(situation, words, timing, attributes)), unread=bool(also))

    fuzzed(name, "attributes", takes, bends, st.just([]) | bends, said, moments, said)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_stored_item_that_was_tampered_with_costs_nobody_an_apology_or_another_field(name: str) -> None:
    situation = found(name)

    def takes(bent: list[Bend], then: Any) -> None:
        WORLD.begin(_with_tampered_row(situation, bent))
        touched = _differing(situation.rows[ME][1], WORLD.rows[ME][1])
        reply = WORLD.take(envelope(situation, None, {"after": 30}, {}, "launch"))
        assert reply.text
        if not touched & LETTERS:
            assert _kept(touched) == {name: _untampered(situation.name)[name] for name in _kept(touched)}
        goes_on(situation, then, reply)

    fuzzed(name, "stored", takes, bends, said)


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_envelope_that_was_tampered_with_is_answered_or_refused(name: str) -> None:
    situation = found(name)

    def takes(bent: list[Bend], kind: str, words: Any, timing: dict[str, float], then: Any) -> None:
        WORLD.begin(situation.rows)
        sent = envelope(situation, words, timing, situation.attributes, kind)
        attributes = sent.get("session", {}).pop("attributes", None)
        whole = tampered({"envelope": sent}, bent).get("envelope")
        if isinstance(whole, dict) and isinstance(whole.get("session"), dict):
            whole["session"].setdefault("attributes", attributes)
        # With an account goes everybody in it.
        untouched = OTHERS[1:] if kind == "disabled" else OTHERS
        WORLD.take(whole, refusable=True, untouched=untouched)
        WORLD.begin({**situation.rows, **WORLD.rows})
        goes_on(situation, then, Reply({"sessionAttributes": situation.attributes, "response": {}}))

    fuzzed(name, "envelope", takes, bends, kinds, said, moments, said)


def _with_tampered_row(situation: Situation, bent: list[Bend]) -> Rows:
    revision, document = situation.rows[ME]
    changed = tampered({"document": json.loads(document)}, bent).get("document")
    return {**situation.rows, ME: (revision, json.dumps(changed))}


def _differing(before: str, after: str) -> set[str]:
    """The fields in which two documents differ; all that others need, when one is no document."""
    was, is_ = json.loads(before), json.loads(after)
    if not isinstance(is_, dict):
        return LETTERS
    return {field for field in was.keys() | is_.keys() if was.get(field, LETTERS) != is_.get(field, LETTERS)}


def _kept(touched: set[str]) -> dict[str, Any]:
    """What is stored of the person by now, without what was tampered with and what follows from it."""
    progress = WORLD.store.load(ME) or Progress()
    untold = {FIELDS.get(field, field) for field in touched} | {"applied", "revision", "repaired", "touched"}
    # How an exercise is done, and when the last turn was, may lead to another place, and to more or less heard out.
    led = {"place", "days", "met", "weeks", "total_days", "runs"}
    untold |= led if "touched" in untold or any(field.startswith("pref") for field in touched) else set()
    fields = {name: value for name, value in vars(progress).items() if name not in untold | {"preferences"}}
    settled = {f"pref_{name}": value for name, value in vars(progress.preferences).items()}
    return fields | {name: value for name, value in settled.items() if not {name, "preferences"} & touched}


@cache
def _untampered(name: str) -> dict[str, Any]:
    """The same where nothing was tampered with."""
    situation, rows = found(name), WORLD.rows
    WORLD.begin(situation.rows)
    WORLD.take(envelope(situation, None, {"after": 30}, {}, "launch"))
    kept = _kept(set())
    WORLD.begin(rows)
    return kept


def _handler(response: Any = None, *, log: str = "", row: bool = False) -> World:
    """A world with a coach who answers like this."""
    world = World(lambda event, context: _answered(world, response, log, row))
    world.begin(found("idle").rows)
    return world


def _answered(world: World, response: Any, log: str, row: bool) -> Any:
    if log:
        world.lines.append(log)
    if row:
        world.rows[OTHERS[0]] = (9, "{}")
    return response


def _says(text: str) -> dict[str, Any]:
    speech = {"type": "SSML", "ssml": f"<speak>{text}</speak>"}
    return {"version": "1.0", "sessionAttributes": {}, "response": {"outputSpeech": speech, "shouldEndSession": True}}


def test_what_nobody_may_hear_log_or_touch_is_found() -> None:
    sent = envelope(found("idle"), ("AMAZON.HelpIntent", {}), {}, {})
    assert _handler(_says("Hello.")).take(sent).text == "Hello."
    for world in (
        _handler(_says(SORRY)),
        _handler(_says("Hello"), log="Traceback"),
        _handler(_says("Hello"), log="it was xyzzy"),
        _handler(_says("Hello"), row=True),
        _handler({"version": "1.0", "response": {"shouldEndSession": "x"}}),
    ):
        with pytest.raises(AssertionError):
            world.take(sent)
