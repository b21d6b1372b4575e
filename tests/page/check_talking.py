"""The page talked to in a real Chromium, whose microphone plays a file.

The recogniser counts bursts of sound, so that what is heard is known without one that understands speech. Where a
synthesiser and the recogniser of this computer are there, commands are spoken and understood as well.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.ears import recording
from simulator.ears.ears import NOTHING
from simulator.ears.port import Recogniser
from simulator.ears.whisper import Whisper
from simulator.voices.clips import Clips
from simulator.voices.espeak import Espeak
from simulator.voices.sound import Sound, silence
from tests.page.check_page import SIZES, Tone, at_ms, begun, evening, go_to, last_turn, playing, seconds_in
from tests.page.chromium import AXE
from tests.page.conftest import Served

RATE = 16_000
BURST_MS, PAUSE_MS = 250, 350
LOUD = 2_000
PRESSED_MS = 500
"""What it takes a browser at most from the test that presses to the page that is pressed."""
SAID = {1: "next", 2: "how much longer", 3: "alexa, ask hip coach to start the quick routine"}


class Bursts:
    """Hears a command in so many bursts of sound, and nothing in silence."""

    rate = RATE

    def __init__(self) -> None:
        self.ms: list[float] = []

    def missing(self) -> str:
        return ""

    def wake(self) -> None:
        pass

    def words(self, sound: Sound, expected: str) -> str:
        self.ms.append(sound.ms)
        step = RATE // 50
        loud = [max(map(abs, sound.samples[at : at + step])) > LOUD for at in range(0, len(sound.samples), step)]
        bursts = sum(now and not before for before, now in zip([False, *loud], loud, strict=False))
        return SAID.get(bursts, "")


def bursts(count: int) -> bytes:
    """A wav file with so many bursts of rising pitch: a steady tone is noise to a browser, which takes it out."""
    length = RATE * BURST_MS // 1000
    burst = [round(20_000 * math.sin(at * (0.08 + at / length * 0.15))) for at in range(length)]
    samples = array("h")
    for _ in range(count):
        samples.extend(burst)
        samples.extend(silence(PAUSE_MS, RATE).samples)
    return recording(Sound(samples or silence(PAUSE_MS, RATE).samples, RATE))


Opened = Callable[..., Page]


@pytest.fixture
def opened(launched: Callable[..., Browser], served: Served, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page in a browser whose microphone plays a wav file once; None is no microphone."""
    faults: list[Any] = []

    def open_one(
        wav: bytes | None,
        recogniser: Recogniser | None = None,
        *,
        allowed: bool = True,
        guarded: bool = False,
        size: str = "laptop",
    ) -> Page:
        # A Chromium without windows cannot ask anybody.
        microphone = ["--use-fake-ui-for-media-stream" if allowed else "--use-fake-ui-for-media-stream=deny"]
        if wav is not None:
            file = tmp_path / "microphone.wav"
            file.write_bytes(wav)
            microphone += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}%noloop"]
        window = closing.enter_context(launched(*microphone))
        width, height = SIZES[size]
        page = window.new_page(
            viewport={"width": width, "height": height},
            bypass_csp=not guarded,
            reduced_motion="reduce",
        )
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(error))  # noqa: PLW0108 - it takes no function that is built in
        port = served(Clips(Tone(), tmp_path), Path("build/poses"), recogniser)
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_role("button", name="Quick routine").wait_for()
        return page

    with ExitStack() as closing:
        yield open_one
    assert faults == []


def talk(page: Page, wav: bytes) -> None:
    """Hold the button for as long as the microphone plays its file, or longer."""
    page.get_by_role("button", name="Hold to talk").hover()
    page.mouse.down()
    listened(page, wav)
    page.mouse.up()


def lasts_ms(wav: bytes) -> float:
    return len(wav) / RATE / 2 * 1000


def listened(page: Page, wav: bytes) -> None:
    told(page, "Listening.")
    page.wait_for_timeout(lasts_ms(wav))


def told(page: Page, text: str) -> None:
    page.wait_for_function("text => document.getElementById('heard').textContent.includes(text)", arg=text)


def test_what_is_said_while_the_button_is_held_is_said_at_the_moment_it_went_down(opened: Opened) -> None:
    wav = bursts(2)
    page = opened(wav, Bursts())
    work = begun(page)
    go_to(page, work["works"] + 6_000)
    playing(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    talk(page, wav)
    told(page, "Heard: “how much longer”")
    (address,) = [url for url in sent if "/say-aloud" in url]
    heard_ms = int(address.rpartition("=")[2])
    assert work["works"] + 6_000 <= heard_ms <= work["works"] + 6_000 + PRESSED_MS
    assert seconds_in(last_turn(page)) == pytest.approx((work["ends"] - heard_ms) / 1000, abs=1)
    assert {url.partition("/")[2] for url in sent if not url.startswith(page.url)} <= {""}
    playing(page)


def test_the_pages_own_policy_lets_it_record(opened: Opened) -> None:
    """Elsewhere that is put aside, for it lets no test look into the page either."""
    wav = bursts(3)
    page = opened(wav, Bursts(), guarded=True)
    page.keyboard.down("t")
    page.get_by_text("Listening.", exact=True).wait_for()
    page.wait_for_timeout(lasts_ms(wav))
    page.keyboard.up("t")
    page.get_by_text(f"Heard: “{SAID[3]}”").wait_for()
    page.get_by_role("button", name="Next").wait_for()


def test_the_coach_is_quiet_while_somebody_speaks(opened: Opened) -> None:
    wav = bursts(1)
    page = opened(wav, Bursts())
    begun(page)
    page.get_by_role("button", name="Hold to talk").hover()
    page.mouse.down()
    told(page, "Listening.")
    at = at_ms(page)
    listened(page, wav)
    assert page.evaluate("document.querySelector('audio').paused")
    assert at_ms(page) == at
    page.mouse.up()
    told(page, "Heard: “next”")
    playing(page)


@pytest.mark.parametrize("key", ["t", " ", "Enter"])
def test_a_key_is_held_as_the_button_is(opened: Opened, key: str) -> None:
    wav = bursts(1)
    page = opened(wav, Bursts())
    begun(page)
    if key != "t":
        page.get_by_role("button", name="Hold to talk").focus()
    page.keyboard.down(key)
    page.keyboard.down(key)
    listened(page, wav)
    page.keyboard.up(key)
    told(page, "Heard: “next”")
    assert "You: next" in last_turn(page)


def test_who_cannot_hold_a_button_presses_it_before_and_after(opened: Opened) -> None:
    wav = bursts(1)
    page = opened(wav, Bursts())
    begun(page)
    button = page.get_by_role("button", name="Hold to talk")
    button.evaluate("button => button.click()")
    listened(page, wav)
    assert button.get_attribute("aria-pressed") == "true"
    button.evaluate("button => button.click()")
    told(page, "Heard: “next”")
    assert button.get_attribute("aria-pressed") == "false"


def test_a_routine_is_begun_by_voice_alone(opened: Opened) -> None:
    wav = bursts(3)
    page = opened(wav, Bursts())
    talk(page, wav)
    playing(page)
    assert evening(page)["routine"]["now"] == "pelvic_tilt"


def test_typing_a_t_is_not_talking(opened: Opened) -> None:
    page = opened(bursts(1), Bursts())
    page.get_by_label("Say something").press_sequentially("start the quick routine")
    assert page.get_by_role("button", name="Hold to talk").get_attribute("aria-pressed") == "false"
    assert page.get_by_label("Say something").input_value() == "start the quick routine"


def test_where_nothing_was_heard_the_coach_goes_on_where_it_was(opened: Opened) -> None:
    wav = bursts(0)
    page = opened(wav, Bursts())
    work = begun(page)
    go_to(page, work["works"] + 6_000)
    playing(page)
    turn = evening(page)["turn"]
    talk(page, wav)
    told(page, NOTHING)
    playing(page)
    assert evening(page)["turn"] == turn
    assert work["works"] + 6_000 <= at_ms(page) <= work["works"] + 9_000


def test_whoever_never_lets_go_is_heard_all_the_same(opened: Opened) -> None:
    wav = bursts(1)
    page = opened(wav, Bursts())
    begun(page)
    page.clock.install()
    page.keyboard.down("t")
    listened(page, wav)
    page.clock.run_for(15_000)
    told(page, "Heard: “next”")


@pytest.mark.parametrize(
    ("wav", "sentence"), [(bursts(1), "The microphone is not allowed here."), (None, "There is no microphone here.")]
)
def test_without_a_microphone_a_sentence_says_so_and_typing_works(
    opened: Opened, wav: bytes | None, sentence: str
) -> None:
    page = opened(wav, Bursts(), allowed=wav is None)
    begun(page)
    page.get_by_role("button", name="Hold to talk").click()
    told(page, sentence)
    playing(page)
    page.get_by_label("Say something").fill("next")
    page.keyboard.press("Enter")
    page.locator("#turns > li").nth(1).wait_for()
    assert "You: next" in last_turn(page)


def test_without_a_recogniser_a_sentence_says_what_to_install(opened: Opened) -> None:
    page = opened(bursts(1))
    page.get_by_role("button", name="Hold to talk").click()
    told(page, "Nothing here understands speech, so type it. Install one.")


def test_whoever_has_not_yet_allowed_the_microphone_hears_the_coach_go_on(opened: Opened) -> None:
    page = opened(bursts(1), Bursts())
    begun(page)
    page.evaluate(
        """() => {
            const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
            devices.getUserMedia = (wanted) => new Promise((done) => (window.allow = () => done(open(wanted))));
        }"""
    )
    page.get_by_role("button", name="Hold to talk").click()
    told(page, "Allow the microphone, then hold while you speak.")
    playing(page)
    page.evaluate("allow()")
    told(page, "The microphone is ready. Hold while you speak.")
    page.get_by_role("button", name="Next").click()
    page.locator("#turns > li").nth(1).wait_for()
    playing(page)


@pytest.mark.parametrize("size", SIZES)
def test_nobody_is_kept_out_while_they_talk(opened: Opened, size: str) -> None:
    wav = bursts(1)
    page = opened(wav, Bursts(), size=size)
    begun(page)
    page.keyboard.down("t")
    listened(page, wav)
    for state in ("listening", "heard"):
        if state == "heard":
            page.keyboard.up("t")
            told(page, "Heard")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        folder = Path("build/page")
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{state}.{size}.dark.png")


@pytest.mark.parametrize(
    "words", ["alexa, ask hip coach to start the quick routine", "next", "how much longer", "pause"]
)
def test_spoken_words_are_understood(opened: Opened, words: str) -> None:
    if missing := Espeak().missing() or Whisper().missing():
        pytest.skip(missing)
    wav = recording(Espeak().speak(words))
    page = opened(wav, Whisper())
    if not words.startswith("alexa"):
        begun(page)
    turns = page.locator("#turns > li").count()
    talk(page, wav)
    page.wait_for_function("many => document.querySelectorAll('#turns > li').length > many", arg=turns)
    plain = re.sub(r"[^a-z ]", "", page.locator("#heard").inner_text().lower())
    assert plain == "heard " + words.replace(",", "")
