"""What is written about whole conversations: every turn, every fault, and nothing that tells of a person."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema_rs import ValidationError

from coach.alexa.requests import INTENTS
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.conversation.events import Event
from coach.conversation.session import IN_TROUBLE, State
from coach.errors import StoreUnavailableError
from coach.metrics import NAMED_EVENTS, NAMED_STATES, OTHER
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from simulator import envelopes
from simulator.envelopes import Household
from tests.front_door import FrontDoor, Reply
from tests.infra.turn_log import NAMESPACE, NOW, SCHEMA, Context, TurnLog, document

QUICK = {"routine": ("quick", "quick")}


class SickStore(MemoryStore):
    """A store that fails in the way it is told to."""

    fails: Exception | None = None

    def load(self, person: Person) -> Progress | None:
        self._fail()
        return super().load(person)

    def save(self, person: Person, progress: Progress) -> Progress:
        self._fail()
        return super().save(person, progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        self._fail()
        super().forget(person, revision, at)

    def _fail(self) -> None:
        if self.fails:
            raise self.fails


def test_each_turn_of_a_routine_is_one_line_and_its_end_is_a_completion() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("StartRoutineIntent", QUICK)
    for _ in range(4):
        log.door.intent("AMAZON.NextIntent", after=400)
    log.door.end()
    assert log.told("event", "state", "store") == [
        ("launch", "idle", "written"),
        ("start", "coaching", "written"),
        ("next", "coaching", "written"),
        ("next", "coaching", "written"),
        ("next", "coaching", "written"),
        ("next", "finished", "written"),
        ("ended", "finished", "written"),
    ]
    assert log.total("Turns") == 7
    assert log.told("Completions") == [(0,)] * 5 + [(1,), (0,)]
    assert log.total("Abandoned") == log.total("FailedTurns") == log.total("StoreFaults") == 0


def test_a_line_says_which_invocation_it_was_which_version_and_how_long_it_took() -> None:
    log = TurnLog()
    log.door.launch()
    (line,) = log.lines
    assert line["request"] == Context.aws_request_id
    assert line["version"] == Context.function_version
    assert line["locale"] == "en-US"
    assert line["Latency"] == 250
    assert line["_aws"]["Timestamp"] == NOW * 1000
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == NAMESPACE


def test_the_first_turn_of_a_process_is_a_cold_start_and_no_other_is() -> None:
    log = TurnLog()
    for _ in range(3):
        log.door.launch()
    assert log.told("ColdStarts") == [(1,), (0,), (0,)]


def test_a_routine_that_was_heard_to_its_end_in_silence_is_a_completion() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("StartRoutineIntent", QUICK)
    for _ in range(3):
        log.door.intent("AMAZON.NextIntent", after=400)
    log.door.end(after=400)
    assert log.told("Completions", "Abandoned")[-1] == (1, 0)


@pytest.mark.parametrize(("reason", "abandoned"), [("EXCEEDED_MAX_REPROMPTS", 1), ("ERROR", 1), ("USER_INITIATED", 0)])
def test_silence_and_errors_in_the_middle_of_a_routine_abandon_it(reason: str, abandoned: int) -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("StartRoutineIntent", QUICK)
    log.door.end(reason, after=400)
    assert log.told("Abandoned", "Completions")[-1] == (abandoned, 0)


def test_silence_with_nothing_begun_abandons_nothing() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.end()
    assert log.total("Abandoned") == 0


def test_what_is_not_understood_is_a_fallback() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("AMAZON.FallbackIntent")
    assert log.told("event", "Fallbacks") == [("launch", 0), ("nonsense", 1)]


def test_a_turn_that_changed_nothing_of_what_is_kept_says_so() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("AMAZON.HelpIntent", after=600)
    assert log.told("store")[-1] == ("unchanged",)


def test_somebody_who_is_known_is_read() -> None:
    store = MemoryStore()
    TurnLog(store).door.launch()
    log = TurnLog(store)
    log.door.launch()
    assert log.told("store") == [("read",)]


def test_a_store_that_fails_is_counted_by_the_call_and_told_by_the_kind_of_fault() -> None:
    store = SickStore()
    log = TurnLog(store)
    log.door.launch()
    store.fails = StoreUnavailableError("ReadTimeoutError")
    log.door.intent("StartRoutineIntent", QUICK)
    store.fails = None
    log.door.intent("AMAZON.NextIntent", after=400)
    assert log.told("store", "reason") == [("written", ""), ("unavailable", "ReadTimeoutError"), ("written", "")]
    assert log.told("StoreFaults", "FailedTurns") == [(0, 0), (1, 0), (0, 0)]


def test_a_store_that_cannot_be_read_is_counted_at_each_turn_that_tries() -> None:
    store = SickStore()
    store.fails = StoreUnavailableError("ThrottlingException")
    log = TurnLog(store)
    log.door.launch()
    log.door.intent("StartRoutineIntent", QUICK)
    assert log.told("store", "reason", "StoreFaults") == [("unavailable", "ThrottlingException", 1)] * 2


def test_a_deletion_that_failed_is_told_as_any_other_write(caplog: pytest.LogCaptureFixture) -> None:
    store = SickStore()
    log = TurnLog(store)
    log.door.launch()
    log.door.intent("ForgetMeIntent")
    store.fails = StoreUnavailableError("ReadTimeoutError")
    log.door.intent("DeleteEverythingIntent")
    assert log.told("event", "state", "store")[-1] == (OTHER, OTHER, "unavailable")
    (fault,) = [json.loads(record.message) for record in caplog.records]
    assert fault == {"what": "store_unavailable", "call": "save", "reason": "ReadTimeoutError"}


def test_two_speakers_who_write_at_once_are_a_conflict() -> None:
    store = MemoryStore()
    log = TurnLog(store)
    log.door.launch()
    other = FrontDoor(bootstrap(repository=store))
    other.launch()
    other.intent("StartRoutineIntent", QUICK)
    log.door.intent("StartRoutineIntent", QUICK)
    assert log.told("store")[-1] == ("conflict",)
    assert log.total("StoreFaults") == 0


def test_a_turn_that_fails_is_told_by_the_type_of_its_error_and_never_its_message() -> None:
    store = SickStore()
    store.fails = LookupError("the words of somebody")
    log = TurnLog(store)
    assert log.door.launch().open
    (line,) = log.lines
    assert (line["event"], line["error"], line["FailedTurns"]) == ("launch", "LookupError", 1)
    assert "words" not in log.written[0]


def test_what_is_named_is_all_but_bodies_and_wishes() -> None:
    private = {
        *(Event.PAIN, Event.EASIER, Event.DEEPER, Event.SKIP, Event.CHECK, Event.MORE_TIME),
        *(Event.EMERGENCY, Event.URGENT, Event.CANNOT_GET_UP, Event.NO_CHAIR),
        *(Event.LESS_TIME, Event.LEAVE_OUT, Event.BRING_BACK, Event.REST_DAY, Event.FORGET_ME, Event.STOP),
        *(Event.NO_FLOOR, Event.ONE_EXERCISE, Event.GO_TO, Event.SLOWER, Event.FASTER, Event.PROGRESS, Event.LOG),
    }
    assert not private & NAMED_EVENTS
    assert not {State.EASED, *IN_TROUBLE} & NAMED_STATES
    assert not [state for state in NAMED_STATES if state.startswith("asked")]


# Said at one place of a conversation and at the other: the one of pain, the other of anything else that is not named.
PAINS = [
    ("PainIntent", {"part": ("knee", "knee")}),
    ("PainIntent", {"part": ("hip", "hip")}),
]
OTHERS = sorted(intent for intent, event in INTENTS.items() if event not in {*NAMED_EVENTS, Event.PAIN})
NAMED = sorted(intent for intent, event in INTENTS.items() if event in NAMED_EVENTS)
Turn = Callable[[FrontDoor, bool], Reply]

moments: st.SearchStrategy[Any] = st.one_of(st.integers(0, 220).map(lambda s: {"into": s}), st.just({"after": 400}))


@st.composite
def private_turns(draw: st.DrawFn) -> Turn:
    (pain, slots), other, moment = draw(st.sampled_from(PAINS)), draw(st.sampled_from(OTHERS)), draw(moments)
    return lambda door, hurts: door.intent(pain, slots, **moment) if hurts else door.intent(other, **moment)


@st.composite
def named_turns(draw: st.DrawFn) -> Turn:
    name, moment = draw(st.sampled_from([*NAMED, "AMAZON.NextIntent"])), draw(moments)
    slots = QUICK if name == "StartRoutineIntent" else {}
    return lambda door, _: door.intent(name, slots, **moment)


# A conversation that differs says where by itself; shrinking it would take minutes.
@settings(phases=[Phase.explicit, Phase.generate])
@given(
    begun=st.booleans(),
    turns=st.lists(st.one_of(named_turns(), named_turns(), private_turns()), min_size=1, max_size=12),
    end=st.sampled_from(["EXCEEDED_MAX_REPROMPTS", "USER_INITIATED", "ERROR"]),
)
def test_a_conversation_about_pain_is_written_as_one_about_anything_else_that_is_not_named(
    begun: bool, turns: list[Turn], end: str
) -> None:
    hurt, other = TurnLog(), TurnLog()
    opening: list[Turn] = [lambda door, _: door.launch()]
    if begun:
        opening.append(lambda door, _: door.intent("StartRoutineIntent", QUICK))
    for turn in [*opening, *turns, lambda door, _: door.end(end)]:
        both_open = [turn(log.door, log is hurt).open for log in (hurt, other)]
        assert hurt.lines == other.lines
        if not all(both_open):
            break


@given(
    before=st.lists(named_turns(), max_size=4),
    flag=st.sampled_from(["UrgentIntent", "EmergencyIntent", "CannotGetUpIntent"]),
)
def test_a_red_flag_is_written_as_any_stop(before: list[Turn], flag: str) -> None:
    hurt, other = TurnLog(), TurnLog()
    for log in (hurt, other):
        log.door.launch()
        log.door.intent("StartRoutineIntent", QUICK)
        for turn in before:
            turn(log.door, False)
    hurt.door.intent(flag, into=30)
    other.door.intent("AMAZON.StopIntent", into=30)
    assert hurt.lines == other.lines


def test_the_turns_after_pain_are_not_named_by_state_until_a_new_session() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.intent("StartRoutineIntent", QUICK)
    log.door.intent("PainIntent", {"part": ("knee", "knee")}, into=40)
    log.door.intent("AMAZON.RepeatIntent", into=2)
    log.door.intent("AMAZON.NextIntent", into=2)
    log.door.end()
    log.door.launch()
    assert log.told("event", "state", "store") == [
        ("launch", "idle", "written"),
        ("start", "coaching", "written"),
        (OTHER, OTHER, OTHER),
        ("repeat", OTHER, OTHER),
        ("next", OTHER, OTHER),
        ("ended", OTHER, OTHER),
        ("launch", "returning", "written"),
    ]
    assert log.total("Abandoned") == log.total("Completions") == 0


IDS = re.compile(
    r"amzn1|somebody|speaker|household|[0-9a-f]{32}|numb|dolphin|pigeon|knee|lower_back|Intent", re.IGNORECASE
)


@given(turns=st.lists(st.sampled_from(sorted(INTENTS)), max_size=8))
def test_no_line_has_an_id_a_name_a_word_or_a_slot(turns: list[str]) -> None:
    log = TurnLog()
    log.door.who = Household("somebody", "speaker", "household", "en-US", False)
    log.door.launch()
    slots = {
        "exercise": ("dolphin", None),
        "area": ("lower back", "lower_back"),
        "routine": ("pigeon", None),
        "part": ("knee", "knee"),
    }
    for name in turns:
        log.door.intent(name, slots)
    for line in log.written:
        assert not IDS.search(line), line


def test_an_event_of_the_skill_is_a_line_like_any_other() -> None:
    log = TurnLog()
    log.door.launch()
    log.door.handler(envelopes.skill_disabled(log.door.who, log.door.now), None)
    assert log.told("event", "state") == [("launch", "idle"), (OTHER, OTHER)]


def test_what_an_envelope_brings_from_outside_is_not_written() -> None:
    log = TurnLog()
    somewhere = Household("somebody", "speaker", None, 'en-US", "name": "somebody', False)
    request = envelopes.launch(somewhere, log.door.now)
    brought: tuple[Any, ...] = ({"logged": "somebody"}, {"logged": ["somebody"]}, None)
    for attributes in brought:
        log.door.handler(envelopes.envelope(somewhere, request, session_id="1", new=False, attributes=attributes), None)
    assert "somebody" not in "".join(log.written)
    assert log.told("locale", "state") == [("", "idle")] * 3


def test_a_coach_answers_the_same_whether_its_turns_are_recorded_or_not(door: FrontDoor) -> None:
    recorded = TurnLog().door
    for intent in ("StartRoutineIntent", "AMAZON.NextIntent", "PainIntent", "SkipIntent", "AMAZON.StopIntent"):
        told, expected = recorded.intent(intent, QUICK, into=50), door.intent(intent, QUICK, into=50)
        assert told.response["response"] == expected.response["response"]
        assert told.session == expected.session
        assert told.response["sessionAttributes"].keys() - expected.response["sessionAttributes"].keys() == {"logged"}


def test_on_a_laptop_nothing_is_printed_and_on_aws_each_turn_is_one_line(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "coach")
    FrontDoor(bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))).launch()
    assert capsys.readouterr().out == ""
    FrontDoor(bootstrap(Settings.from_env({"HIP_COACH_METRICS": NAMESPACE}))).launch()
    assert document(capsys.readouterr().out.removesuffix("\n"))["event"] == "launch"
    assert not caplog.records


def test_the_schema_refuses_what_is_not_by_the_specification() -> None:
    log = TurnLog()
    log.door.launch()
    for spoil in ("Timestamp", "CloudWatchMetrics"):
        line = log.lines[0]
        del line["_aws"][spoil]
        with pytest.raises(ValidationError):
            SCHEMA.validate(line)
