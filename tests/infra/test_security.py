"""What comes from outside is taken for what it is: a foreign skill, no request at all, attributes that were changed."""

import runpy
from typing import Any

import pytest

from coach.alexa.limits import REQUEST_MAX_BYTES, REQUEST_MAX_DEPTH
from coach.bootstrap import bootstrap
from coach.config import ID_KEY_MIN_CHARACTERS, Settings
from coach.errors import ConfigurationError
from infra import endpoint
from simulator.nlu.understanding import SKILL_ID
from tests.front_door import FrontDoor
from tests.infra.conftest import ROOT

Json = dict[str, Any]

IDS = {"HIP_COACH_SKILL_ID": SKILL_ID, "HIP_COACH_ID_KEY": "k" * ID_KEY_MIN_CHARACTERS}
WITHOUT_ONE = [
    ("HIP_COACH_SKILL_ID", None),
    ("HIP_COACH_SKILL_ID", ""),
    ("HIP_COACH_SKILL_ID", "  "),
    ("HIP_COACH_ID_KEY", None),
    ("HIP_COACH_ID_KEY", ""),
    ("HIP_COACH_ID_KEY", " " * 40),
    ("HIP_COACH_ID_KEY", "k" * (ID_KEY_MIN_CHARACTERS - 1)),
    ("HIP_COACH_STORE", None),
    ("HIP_COACH_STORE", ""),
    ("HIP_COACH_STORE", "  "),
]


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with both ids and a store, for a test to take one away."""
    for name, value in (IDS | {"HIP_COACH_STORE": "memory:"}).items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def start_as_lambda_does() -> Any:
    return runpy.run_path(str(ROOT / "lambda" / "lambda_function.py"))["lambda_handler"]


def test_the_entry_of_lambda_starts_with_both_ids_and_a_store(environ: pytest.MonkeyPatch) -> None:
    assert FrontDoor(start_as_lambda_does()).launch().open


@pytest.mark.parametrize(("name", "value"), WITHOUT_ONE)
def test_the_entry_of_lambda_does_not_start_without_an_id_or_a_store_and_says_which(
    environ: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    environ.delenv(name) if value is None else environ.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"Set {name} "):
        start_as_lambda_does()


@pytest.mark.parametrize(("name", "value"), WITHOUT_ONE)
def test_the_endpoint_of_ones_own_does_not_start_without_an_id_or_a_store_and_says_which(
    environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str | None
) -> None:
    environ.delenv(name) if value is None else environ.setenv(name, value)
    environ.setattr(endpoint, "make_server", lambda *_: pytest.fail("it started"))
    assert endpoint.main(["--port", "0"]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"Set {name} ")
    assert not value or value not in sentence


def test_a_laptop_needs_no_ids_and_no_store() -> None:
    assert FrontDoor(bootstrap(Settings())).launch().open


def nested(depth: int) -> Json:
    return {"in": nested(depth - 1)} if depth else {}


def test_another_skill_is_refused_before_anything_is_read_or_stored() -> None:
    door = FrontDoor(bootstrap(Settings(skill_id="amzn1.ask.skill.11111111-1111-4111-8111-111111111111")))
    with pytest.raises(Exception, match="Skill ID Verification failed"):
        door.launch()


def test_the_skill_itself_is_answered() -> None:
    assert FrontDoor(bootstrap(Settings(skill_id=SKILL_ID))).launch().open


@pytest.mark.parametrize(
    "event",
    [None, 7, [], {}, {"request": {}}, nested(REQUEST_MAX_DEPTH + 1), {"request": "x" * REQUEST_MAX_BYTES}],
    ids=["nothing", "a number", "a list", "an empty object", "an empty request", "too deep", "too large"],
)
def test_what_is_no_request_gets_an_apology_and_the_end(event: Any) -> None:
    answer = bootstrap(Settings())(event, None)
    assert answer["response"]["shouldEndSession"] is True
    assert answer["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert answer["sessionAttributes"] == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda carried: {},
        lambda carried: {"version": 1},
        lambda carried: {**carried, "version": 99},
        lambda carried: {**carried, "session": "idle"},
        lambda carried: {**carried, "session": {**carried["session"], "state": "root"}},
        lambda carried: {**carried, "session": {**carried["session"], "state": "asked_remind"}},
        lambda carried: {**carried, "session": {**carried["session"], "reminders": "2500."}},
        lambda carried: {**carried, "progress": [1, 2, 3]},
        lambda carried: {**carried, "progress": {**carried["progress"], "version": "x"}},
        lambda carried: {**carried, "revision": "many"},
    ],
    ids=[
        "none",
        "emptied",
        "newer",
        "not a session",
        "no such state",
        "no question",
        "no time",
        "not progress",
        "unreadable",
        "no revision",
    ],
)
def test_whoever_has_attributes_that_are_not_ours_still_finds_their_place(change: Any, door: FrontDoor) -> None:
    door.launch()
    step = door.intent("StartRoutineIntent", {"routine": ("quick", "quick")}).step
    door.attributes = change(door.attributes)
    assert door.intent("AMAZON.ResumeIntent", into=5).step == step


def test_the_store_is_never_given_an_id_that_alexa_gave(door: FrontDoor) -> None:
    door.launch()
    assert "amzn1" not in str(door.intent("StartRoutineIntent", {"routine": ("quick", "quick")}).response)
