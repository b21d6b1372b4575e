"""Each locale is spoken in its own words, and read only once somebody speaks it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.speaking.content import COMPILED, best_locale, load
from coach.speaking.cues import Prompt
from coach.speaking.phrasebook import Phrasebook
from simulator import envelopes
from simulator.envelopes import Household

ROOT = Path(__file__).parents[2]
LOCALES = sorted(path.name for path in (ROOT / "content" / "locales").iterdir())

READ = """
import json, sys
read = []
sys.addaudithook(lambda event, given: read.append(str(given[0])) if event == "open" else None)
from coach.bootstrap import bootstrap
from coach.config import Settings
handler = bootstrap(Settings(store="memory:"))
def pages():
    found = [one.rpartition("/")[2] for one in read if "/compiled/" in one and one.endswith(".json")]
    read.clear()
    return found
started = pages()
handler(json.loads(sys.argv[1]), None)
print(json.dumps([started, pages()]))
"""


def test_every_locale_has_content_of_its_own() -> None:
    assert {path.stem for path in COMPILED.glob("*.json")} == {*LOCALES, "poses", "screen"}
    assert [load(locale).locale for locale in LOCALES] == LOCALES


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        *((locale, locale) for locale in LOCALES),
        # Whom the emergency number of one country is told should not be a matter of the alphabet.
        ("en-NZ", "en-US"),
        ("de-DE", "en-US"),
        ("en", "en-US"),
        ("../en-GB", "en-US"),
    ],
)
def test_a_speaker_is_spoken_to_in_its_locale_or_the_nearest(asked: str, spoken: str) -> None:
    assert best_locale(asked) == spoken


def test_a_start_reads_one_locale_and_a_request_its_own_and_no_other() -> None:
    who = Household("somebody", "speaker", None, "en-GB", False)
    request = envelopes.launch(who, datetime(2026, 11, 23, 19, tzinfo=UTC))
    event = envelopes.envelope(who, request, session_id="one", new=True, attributes={})
    command = [sys.executable, "-c", READ, json.dumps(event)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT / "lambda")  # noqa: S603
    assert json.loads(done.stdout) == [["en-US.json"], ["en-GB.json"]]


@pytest.mark.parametrize(
    ("locale", "times", "said"),
    [
        ("en-US", (7 * 60 + 30,), "seven thirty in the morning"),
        ("en-CA", (7 * 60 + 30,), "seven thirty in the morning"),
        ("en-GB", (7 * 60 + 30, 12 * 60, 19 * 60), "half past seven in the morning, midday, and seven in the evening"),
        (
            "en-GB",
            (8 * 60 + 15, 12 * 60 + 45),
            "quarter past eight in the morning, and quarter to one in the afternoon",
        ),
        ("en-GB", (23 * 60 + 45, 7 * 60 + 5), "quarter to twelve at night, and seven oh five in the morning"),
        ("en-AU", (19 * 60 + 30,), "half past seven in the evening"),
        ("en-IN", (12 * 60, 19 * 60 + 30), "noon, and half past seven in the evening"),
    ],
)
def test_a_time_is_said_as_it_is_said_there(locale: str, times: tuple[int, ...], said: str) -> None:
    assert said in Phrasebook(load(locale)).text(Prompt("ask_remind", {"times": times}))


@pytest.mark.parametrize("name", ["call_for_help", "red_flag"])
@pytest.mark.parametrize(
    ("locale", "number"),
    [
        ("en-US", "nine one one in the US"),
        ("en-CA", "nine one one in Canada"),
        ("en-GB", "nine nine nine in the UK"),
        ("en-AU", "triple zero in Australia"),
        ("en-IN", "one one two in India"),
    ],
)
def test_whoever_needs_help_hears_the_number_of_their_own_country(locale: str, number: str, name: str) -> None:
    said = Phrasebook(load(locale)).text(Prompt(name, {}))
    assert "the emergency number" in said
    assert number in said
    assert sum(said.count(digits) for digits in ("nine one one", "nine nine nine", "triple zero", "one one two")) == 1
