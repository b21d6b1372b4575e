"""Whoever wants nothing kept has nothing kept: said by voice, by disabling the skill, or to whoever runs it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.errors import StoreUnavailableError
from infra.person import main
from simulator import envelopes
from tests.adapters.sick import AWAY, SickStore
from tests.front_door import SOMEBODY, FrontDoor
from tests.platform.rules import violations

TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}
SOMEBODY_ELSE = replace(SOMEBODY, user="somebody else")
VOICES = (SOMEBODY, replace(SOMEBODY, person="ann"), replace(SOMEBODY, person="ben"))
KEY = "a key of this test only"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'progress.sqlite'}"


@pytest.fixture
def household(url: str) -> Handler:
    """A coach that knows an account with two voices, and another account."""
    coach = bootstrap(Settings(store=url, id_key=KEY))
    for who in (*VOICES, SOMEBODY_ELSE):
        door = FrontDoor(coach, who=who)
        door.launch()
        assert "once today" in door.intent("LogIntent", TILT).text
    return coach


def known(url: str) -> list[bool]:
    """Who is greeted as somebody that was here before."""
    coach = bootstrap(Settings(store=url, id_key=KEY))
    said = [FrontDoor(coach, who=who).launch().text for who in (*VOICES, SOMEBODY_ELSE)]
    return ["professional" not in text for text in said]


def test_a_voice_that_is_recognised_has_progress_of_its_own(household: Handler, url: str) -> None:
    door = FrontDoor(household, who=VOICES[1])
    door.launch()
    assert "twice today" in door.intent("LogIntent", TILT).text
    assert known(url) == [True] * 4


def test_forget_me_forgets_the_one_who_says_it(household: Handler, url: str) -> None:
    door = FrontDoor(household, who=VOICES[1])
    door.launch()
    door.intent("ForgetMeIntent")
    assert "deleted everything" in door.intent("DeleteEverythingIntent").text
    # With the voice goes what is kept of the account, where the same person was not recognised.
    assert known(url) == [False, False, True, True]


def test_disabling_the_skill_forgets_every_voice_of_the_account_and_nobody_else(household: Handler, url: str) -> None:
    event = envelopes.skill_disabled(SOMEBODY, FrontDoor(household).now)
    answer = household(event, None)
    assert not violations(answer, event)
    assert known(url) == [False, False, False, True]
    assert not violations(household(event, None), event)


def test_an_account_that_could_not_be_forgotten_is_told_as_an_error_so_that_the_event_comes_again() -> None:
    store = SickStore()
    coach = bootstrap(repository=store)
    FrontDoor(coach).launch()
    store.health = [AWAY]
    event = envelopes.skill_disabled(SOMEBODY, FrontDoor(coach).now)
    with pytest.raises(StoreUnavailableError):
        coach(event, None)
    coach(event, None)
    assert "professional" in FrontDoor(coach).launch().text


@pytest.fixture
def operator(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the function, as its operator has them."""
    monkeypatch.setenv("HIP_COACH_STORE", url)
    monkeypatch.setenv("HIP_COACH_ID_KEY", KEY)


@pytest.mark.usefixtures("operator")
def test_the_operator_exports_all_that_is_kept_of_an_account(
    household: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "amzn1.ask.account.somebody"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(VOICES)
    assert all(record["progress"]["total_days"] == 1 for record in told)
    assert "amzn1" not in json.dumps(told)


@pytest.mark.usefixtures("operator")
def test_the_operator_deletes_an_account_and_nobody_else(
    household: Handler, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["delete", "amzn1.ask.account.somebody"]) == 0
    assert "3 records" in capsys.readouterr().out
    assert known(url) == [False, False, False, True]


@pytest.mark.usefixtures("operator")
def test_an_account_that_nobody_knows_is_said_to_be_unknown(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete", "amzn1.ask.account.nobody"]) == 1
    assert "Nothing is kept" in capsys.readouterr().err


def test_without_a_store_the_operator_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HIP_COACH_STORE", raising=False)
    assert main(["export", "amzn1.ask.account.somebody"]) == 1
    assert "HIP_COACH_STORE" in capsys.readouterr().err
