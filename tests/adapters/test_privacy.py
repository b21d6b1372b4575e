"""Of a long conversation about everything there is, the table and the log have no id, no name, no words, no health."""

import json
import logging
import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence.repository import ProgressRepository
from coach.persistence.stores import open_store
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.envelopes import Json
from simulator.nlu.evaluation import load
from tests.adapters.shelves import DynamoDBShelf
from tests.adapters.sick import AWAY, SickStore
from tests.understood import understood_in

ROOT = Path(__file__).parents[2]
SAID = [one.say for one in load(ROOT / "tests" / "understanding" / "en-US" / "tuning" / "everyday.yaml")]
HEALTH = re.compile(
    r"\b(pain|painful|hurts?|ache|aching|sore|numb|tingl\w*|dizz\w*|shooting|injur\w*|chest|breath|medical|doctor|eased)\b"
)
ID_KEY = "a key of this test only"
TURNS = 200 if os.environ.get("HIP_COACH_WHOLE") else 60
"""How long the conversation is: longer in `make whole`."""


def test_the_table_and_the_log_of_a_long_random_conversation_name_nobody_and_tell_nothing_of_health(
    moto_shelf: DynamoDBShelf, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, "coach")
    chance = Random(7)  # noqa: S311 - the same conversation each time
    store = SickStore(moto_shelf.store)
    kept = set[str]()
    sent = list[Json]()
    for visit in range(4):
        speaker = a_speaker(store, visit, sent)
        for said in ["open hip coach", "the quick one", "ouch, that hurts", *chance.sample(SAID, TURNS // 4)]:
            store.health = [AWAY] if chance.random() < 4 / TURNS else []
            if not speaker.session_open:
                speaker.hear("open hip coach")
            speaker.hear(said)
            speaker.wait(chance.choice([3_000, 20_000, 90_000]))
            if "save" in store.calls:
                store.calls.clear()
                kept |= {json.dumps(item) for item in moto_shelf.client.scan(TableName=moto_shelf.table)["Items"]}
    logged = caplog.text + "".join(capfd.readouterr())
    assert len(kept) > TURNS // 10, "the conversation left hardly anything to look at"
    assert "store_unavailable" in logged
    assert any(event["request"].get("intent", {}).get("name") == "PainIntent" for event in sent)
    for place, text in (("table", "\n".join(kept)), ("log", logged)):
        assert not re.findall(r"amzn1[\w.-]*", text), place
        assert not [word for word in ("ann", "kitchen", "bedroom") if re.search(rf"\b{word}\b", text)], place
        small = text.lower()
        assert not HEALTH.findall(small), place
        assert not [said for said in SAID if len(said) > 9 and said.lower() in small], place
        assert not [word for word in words_heard(sent) if word in text], place


def a_speaker(store: ProgressRepository, visit: int, sent: list[Json]) -> Speaker:
    coach = bootstrap(Settings(id_key=ID_KEY), repository=store)

    def overheard(event: Json, context: object) -> Any:
        sent.append(json.loads(json.dumps(event)))
        return coach(event, context)

    clock = VirtualClock(datetime(2026, 11, 20 + visit, 19, tzinfo=UTC))
    who = {"user": "ann", "device": ["kitchen", "bedroom"][visit % 2], "person": [None, "ann"][visit // 2]}
    return Speaker(overheard, understood_in(), clock, **who)  # type: ignore[arg-type]


def words_heard(sent: list[Json]) -> set[str]:
    """What requests brought along and what tells of somebody: the ends of ids, and words that are in no list."""
    heard = set[str]()
    for event in sent:
        request = event["request"]
        heard |= {request["requestId"].rpartition(".")[2], event["session"]["sessionId"].rpartition(".")[2]}
        for slot in request.get("intent", {}).get("slots", {}).values():
            listed = "ER_SUCCESS_MATCH" in json.dumps(slot)
            value = slot.get("value", "")
            # A day that was asked about is a day on which something may have been done.
            if len(value) > 6 and not listed and not re.fullmatch(r"[\d-]+", value):
                heard.add(value)
    return heard


def test_a_file_on_the_laptop_holds_no_more_than_the_table(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    speaker = a_speaker(open_store(f"sqlite:///{path}"), 0, [])
    for said in ("open hip coach", "the quick one", "ouch, sharp pain in my hip", "the easier one", "my leg is numb"):
        speaker.say(said)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    text = path.read_bytes().decode("latin-1")
    assert "pelvic_tilt" in text
    assert not HEALTH.findall(text.lower())
    assert "amzn1" not in text
