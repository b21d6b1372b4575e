"""What the port of the page gives and takes: the real coach in a silent voice, and the commands of a page."""

import io
import json
import re
import wave
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bench.ears import AROUND_MS, recording
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence.document import read
from simulator import player, transcript
from simulator.ears.ears import NO_RECORDING, NOTHING, TOO_LONG
from simulator.nlu import Understanding
from simulator.voices.clips import Clips
from simulator.voices.sound import Sound, silence
from tests.page.conftest import Served
from tests.patience import PATIENCE_SECONDS

TWIST = "alexa, ask hip coach for just the lying twist"
QUICK = "alexa, ask hip coach to start the quick routine"
IN_WORDS = {29: "twenty-nine", 28: "twenty-eight", 25: "twenty-five", 9: "nine"}
NOT_INSTANT_MS = 100
"""What a turn takes at most between the command and the moment that the coach notes."""


@dataclass
class Page:
    """A browser as its port sees it."""

    port: int
    turn: int = 0

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        given = {"Content-Type": "application/json"} if method == "POST" else {}
        connection.request(method, address, body, given | {name.replace("_", "-"): to for name, to in headers.items()})
        response = connection.getresponse()
        answer = response.status, dict(response.getheaders()), response.read()
        connection.close()
        return answer

    def say(self, words: str, heard_ms: int = 0) -> Any:
        return self.command("/say", words=words, heard_ms=heard_ms)

    def command(self, address: str, **command: Any) -> Any:
        status, _, body = self.ask("POST", address, json.dumps({"turn": self.turn, **command}))
        assert status == 200, body
        came = json.loads(body)
        self.turn = came["now"]["turn"]
        return came

    def status(self, *asked: Any, **headers: str) -> int:
        return self.ask(*asked, **headers)[0]


@pytest.fixture
def page(served: Served, tmp_path: Path) -> Page:
    (tmp_path / "lying_twist-usual-left-dark.svg").write_text("<svg/>")
    return Page(served(Clips(None), tmp_path))


def test_the_page_comes_with_all_its_parts_from_here(page: Page) -> None:
    status, headers, body = page.ask("GET", "/")
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    parts = re.findall(r'(?:href|src)="(/[^"]+)"', body.decode())
    assert {page.status("GET", part) for part in parts} == {200}
    assert not re.search(rb"https?://", body)


def test_a_routine_is_begun_from_the_list(page: Page) -> None:
    first = json.loads(page.ask("GET", "/evening")[2])
    quick = next(one for one in first["choices"] if one["name"] == "Quick routine")
    came = page.say(quick["say"])
    assert [one["name"] for one in came["now"]["routine"]["exercises"]] == [
        "pelvic tilt",
        "butterfly pose",
        "lying twist",
    ]
    assert came["now"]["works"][0]["name"] == "Pelvic tilt"


def test_the_sound_of_an_answer_is_as_long_as_the_speaker_is_there(page: Page) -> None:
    now = page.say(TWIST)["now"]
    status, _, whole = page.ask("GET", f"/sound/{now['turn']}.wav")
    assert status == 200
    with wave.open(io.BytesIO(whole)) as sound:
        assert round(sound.getnframes() / sound.getframerate() * 1000) == now["life_ms"]
    assert now["life_ms"] > now["spoken_ms"] > 0


def test_a_part_of_a_sound_is_given_as_a_browser_asks_for_it(page: Page) -> None:
    turn = page.say(TWIST)["now"]["turn"]
    whole = page.ask("GET", f"/sound/{turn}.wav")[2]
    for wanted, part in {"bytes=0-": whole, "bytes=10-19": whole[10:20], "bytes=-7": whole[-7:]}.items():
        status, headers, body = page.ask("GET", f"/sound/{turn}.wav", Range=wanted)
        assert (status, body) == (206, part)
        assert headers["Content-Range"].endswith(f"/{len(whole)}")
    for wanted in ("bytes=9999999999-", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,4-5"):
        assert page.status("GET", f"/sound/{turn}.wav", Range=wanted) == 416


@pytest.mark.parametrize("into_ms", [1_000, 2_400, 4_750, 21_300])
def test_the_place_in_a_hold_is_where_the_sound_was(page: Page, into_ms: int) -> None:
    now = page.say(TWIST)["now"]
    work = now["works"][0]
    paused = page.say("pause", work["works"] + into_ms)["exchanges"][0]
    kept = read(paused["behind"]["State"]["progress"]).place
    assert kept
    assert abs(kept.done_ms - into_ms) <= NOT_INSTANT_MS
    assert f"{IN_WORDS[round((work['ends'] - work['works'] - into_ms) / 1000)]} seconds to go" in paused["speech"]


def test_after_silence_the_session_is_over_and_the_page_says_so(page: Page) -> None:
    assert page.say(QUICK)["now"]["open"]
    came = page.command("/silence", heard_ms=0)
    assert [one["ended"] for one in came["exchanges"]] == ["nobody answered"]
    assert not came["now"]["open"]


def test_an_older_page_changes_nothing(page: Page) -> None:
    page.say(QUICK)
    before = page.turn
    old = json.dumps({"turn": 0, "words": "stop", "heard_ms": 0})
    status, _, body = page.ask("POST", "/say", old)
    assert status == 409
    assert "Load it again" in json.loads(body)["error"]
    assert json.loads(page.ask("GET", "/evening")[2])["now"]["turn"] == before


def test_the_minutes_that_are_left_are_those_that_the_coach_tells(page: Page) -> None:
    now = page.say(QUICK)["now"]
    work = now["works"][0]
    at = work["works"] + 1_000
    shown = round((now["routine"]["after_ms"] + now["spoken_ms"] - at) / 60_000)
    said = page.say("how much longer", at)["exchanges"][0]["speech"]
    words = {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
    told = next(words[word] for word in re.findall(r"(\w+) minutes", said) if word in words)
    assert abs(told - shown) <= 1, said


class Hears:
    """A recogniser that hears what it is told."""

    rate = 16_000

    def __init__(self, words: str) -> None:
        self._words = words

    def missing(self) -> str:
        return ""

    def wake(self) -> None:
        pass

    def words(self, sound: Sound, expected: str) -> str:
        return self._words


def aloud(seconds: float = 1) -> bytes:
    return recording(silence(seconds * 1000 - 2 * AROUND_MS, Hears.rate))


def say_aloud(page: Page, recorded: bytes, heard_ms: int = 0, kind: str = "audio/wav") -> tuple[int, Any]:
    address = f"/say-aloud?turn={page.turn}&heard_ms={heard_ms}"
    status, _, body = page.ask("POST", address, recorded, Content_Type=kind)
    return status, json.loads(body)


def test_what_is_said_aloud_is_answered_as_if_it_were_typed(served: Served, tmp_path: Path) -> None:
    page = Page(served(Clips(None), tmp_path, Hears("Pause.")))
    work = page.say(TWIST)["now"]["works"][0]
    status, came = say_aloud(page, aloud(), work["works"] + 21_300)
    assert status == 200
    assert came["words"] == "Pause."
    (paused,) = came["exchanges"]
    assert paused["said"] == "Pause."
    assert "nine seconds to go" in paused["speech"]


@pytest.mark.parametrize(
    ("words", "recorded", "kind", "status", "sentence"),
    [
        ("", aloud(), "audio/wav", 422, NOTHING),
        ("next", aloud(16), "audio/wav", 422, TOO_LONG),
        ("next", b"no sound", "audio/wav", 422, NO_RECORDING),
        ("next", aloud(), "text/plain", 400, "what is said aloud is a wav file"),
    ],
)
def test_a_recording_that_is_none_changes_nothing_and_a_sentence_says_why(
    served: Served, tmp_path: Path, words: str, recorded: bytes, kind: str, status: int, sentence: str
) -> None:
    page = Page(served(Clips(None), tmp_path, Hears(words)))
    page.say(QUICK)
    assert say_aloud(page, recorded, kind=kind) == (status, {"error": sentence})
    assert json.loads(page.ask("GET", "/evening")[2])["now"]["turn"] == page.turn


def test_a_recording_of_a_megabyte_is_not_even_read(served: Served, tmp_path: Path) -> None:
    page = Page(served(Clips(None), tmp_path, Hears("next")))
    headers = {"Content_Type": "audio/wav", "Content_Length": "1000001"}
    status, _, body = page.ask("POST", "/say-aloud?turn=0&heard_ms=0", b"", **headers)
    assert (status, json.loads(body)["error"]) == (413, TOO_LONG)


def test_an_older_page_says_nothing_aloud_either(served: Served, tmp_path: Path) -> None:
    page = Page(served(Clips(None), tmp_path, Hears("next")))
    page.say(QUICK)
    page.turn = 0
    assert say_aloud(page, aloud())[0] == 409
    assert say_aloud(page, aloud(), heard_ms=99_999_999)[0] == 400


def test_another_site_cannot_say_anything_aloud(served: Served, tmp_path: Path) -> None:
    page = Page(served(Clips(None), tmp_path, Hears(QUICK)))
    address = "/say-aloud?turn=0&heard_ms=0"
    assert page.status("POST", address, aloud(), Origin="http://evil.example", Content_Type="audio/wav") == 403
    assert json.loads(page.ask("GET", "/evening")[2])["exchanges"] == []


def test_where_nobody_can_hear_the_page_is_told(page: Page) -> None:
    assert json.loads(page.ask("GET", "/evening")[2])["deaf"].startswith("Nothing here understands speech")
    assert say_aloud(page, aloud())[0] == 422


def test_what_was_said_is_saved_as_a_transcript_that_plays(
    page: Page, understanding: Understanding, tmp_path: Path
) -> None:
    page.say(QUICK)
    page.say("stop", 90_000)
    file = tmp_path / "evening.yaml"
    file.write_bytes(page.ask("GET", "/transcript.yaml")[2])
    handler = bootstrap(Settings(store="memory:"))
    assert player.play(transcript.read(file), handler, understanding, show=lambda _: None) == []


def test_a_pose_is_shown_by_its_name_and_nothing_else_of_this_computer(page: Page) -> None:
    assert page.status("GET", "/pose/lying_twist-usual-left-dark.svg") == 200
    for address in ("/pose/lying_twist-usual-right-dark.svg", "/pose/../../pyproject.toml", "/page.py", "/server.py"):
        assert page.status("GET", address) == 404


@pytest.mark.parametrize("host", ["hip.example:{port}", "127.0.0.1:1", "127.0.0.1", "evil.example"])
def test_under_another_name_of_this_computer_there_is_no_page(page: Page, host: str) -> None:
    assert page.status("GET", "/evening", Host=host.format(port=page.port)) == 403


def test_another_site_cannot_say_anything(page: Page) -> None:
    command = json.dumps({"turn": 0, "words": QUICK, "heard_ms": 0})
    assert page.status("POST", "/say", command, Origin="http://evil.example") == 403
    assert page.status("POST", "/say", command, Content_Type="text/plain") == 400
    assert json.loads(page.ask("GET", "/evening")[2])["exchanges"] == []


@pytest.mark.parametrize(
    "command",
    [
        "",
        "{",
        "[]",
        '{"words": 3}',
        '{"words": "  "}',
        '{"words": "next", "turn": -1}',
        '{"words": "next", "turn": "0"}',
        '{"words": "next", "heard_ms": 1e99}',
        '{"words": "' + "x" * 5_000 + '"}',
    ],
)
def test_what_is_no_command_is_refused_with_a_sentence(page: Page, command: str) -> None:
    status, _, body = page.ask("POST", "/say", command)
    assert status in {400, 413}
    assert json.loads(body)["error"]
    assert page.say(QUICK)["now"]["open"]
