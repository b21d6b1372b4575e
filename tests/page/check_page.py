"""The page in a real Chromium, as a person has it: by buttons, by keyboard, by words, with the sound off, at any size.

The voice is a tone for each text, as long as the text is, so that what is heard is known without a synthesiser; where a
sample of the sound is silent, nobody speaks.
"""

from __future__ import annotations

import io
import json
import math
import re
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page

from simulator.voices.clips import Clips
from simulator.voices.sound import RATE, Sound
from tests.page.chromium import AXE
from tests.page.conftest import Served

SIZES = {"narrow": (360, 740), "laptop": (1280, 800), "wide": (1920, 1080)}
FIRST_SOUND_S = 1.5
RING_MS = 50
PLACE_MS = 150
"""A command takes its time from the key to the port."""


class Tone:
    """A voice: one tone for each text, of a length that no estimate of words would come to."""

    name = "tone"
    manner = "440 hertz"

    def missing(self) -> str:
        return ""

    def speak(self, text: str, pace: int = 100) -> Sound:
        samples = round(RATE * len(text) * 0.037 * 100 / pace) + 137
        return Sound(array("h", [round(9_000 * math.sin(at * 0.125)) + 300 for at in range(samples)]), RATE)


@pytest.fixture(scope="session")
def browser(launched: Callable[..., Browser]) -> Browser:
    return launched()


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, served: Served, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page of somebody new in a window of a size."""
    faults: list[Any] = []
    windows: list[Page] = []

    def open_one(size: str = "laptop", **context: Any) -> Page:
        port = served(Clips(Tone(), tmp_path), Path("build/poses"))
        width, height = SIZES[size]
        # What a test looks at is evaluated in the page, whose own policy lets nobody do that.
        page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True, **context)
        windows.append(page)
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(error))  # noqa: PLW0108 - it takes no function that is built in
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_role("button", name="Quick routine").wait_for()
        return page

    yield open_one
    for page in windows:
        page.close()
    assert faults == []


def begun(page: Page, routine: str = "Quick routine") -> Any:
    """The first work of a routine that is begun by its button."""
    page.get_by_role("button", name=routine).click()
    playing(page)
    return evening(page)["works"][0]


def playing(page: Page) -> None:
    page.wait_for_function("!document.querySelector('audio').paused && document.querySelector('audio').currentTime > 0")


def evening(page: Page) -> Any:
    """What the port says is being played, asked for beside the page."""
    with urlopen(page.url + "evening") as answer:  # noqa: S310 - a page of this test
        return json.load(answer)["now"]


def go_to(page: Page, ms: int) -> None:
    """Let the sound be somewhere else."""
    page.evaluate("ms => { document.querySelector('audio').currentTime = ms / 1000 }", ms)


def at_ms(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime * 1000"))


def ring(page: Page) -> tuple[float, int]:
    """Where the sound is, and the number in the ring, in one frame."""
    script = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
        done([document.querySelector('audio').currentTime * 1000, +document.getElementById('number').textContent]))))"""
    at, number = page.evaluate(script)
    return at, number


def quiet_after(page: Page, from_ms: float) -> float:
    """When the first sound after a moment begins, by the samples of the wav file."""
    source = page.evaluate("document.querySelector('audio').src")
    with urlopen(source) as answer, wave.open(io.BytesIO(answer.read())) as file:  # noqa: S310 - a page of this test
        samples = array("h", file.readframes(file.getnframes()))
    first = next(at for at in range(round(from_ms * RATE / 1000), len(samples)) if samples[at])
    return first / RATE * 1000


def last_turn(page: Page) -> str:
    return page.locator("#turns > li").first.inner_text()


def seconds_in(words: str) -> int:
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    small += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    tens = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
    found = re.search(r"([a-z-]+) seconds", words.lower())
    assert found, words
    ten, _, one = found[1].partition("-")
    return tens[ten] + (small.index(one) if one else 0) if ten in tens else small.index(ten)


def test_the_first_sound_comes_soon(opened: Opened) -> None:
    page = opened()
    begins = time.monotonic()
    begun(page)
    assert time.monotonic() - begins < FIRST_SOUND_S


def test_the_ring_is_where_the_sound_is(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    for into_ms in (300, 4_000, 11_500):
        go_to(page, work["works"] + into_ms)
        playing(page)
        at, number = ring(page)
        left_ms = work["ends"] - at
        assert left_ms / 1000 - RING_MS / 1000 <= number < left_ms / 1000 + 1 + RING_MS / 1000


def test_for_whoever_wants_nothing_to_move_the_ring_goes_by_seconds(opened: Opened) -> None:
    page = opened(reduced_motion="reduce")
    work = begun(page)
    seen = set()
    for into_ms in range(2_050, 2_950, 100):
        go_to(page, work["works"] + into_ms)
        playing(page)
        _, number = ring(page)
        seen.add((number, page.evaluate("document.getElementById('left').style.strokeDasharray")))
    assert len(seen) == len({number for number, _ in seen})


def test_the_end_of_the_ring_is_the_end_of_the_hold_that_is_heard(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    # The words after a hold begin where the hold ends, within the rest that the coach leaves.
    heard = quiet_after(page, work["ends"] - 1)
    assert work["ends"] - 1 <= heard <= work["ends"] + 100


def test_a_hold_is_interrupted_by_a_question_and_by_a_pause_and_the_place_is_the_sounds(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    go_to(page, work["works"] + 6_000)
    playing(page)
    page.get_by_label("Say something").fill("how much longer")
    page.keyboard.press("Enter")
    page.locator("#turns > li").nth(1).wait_for()
    playing(page)
    assert seconds_in(last_turn(page)) == pytest.approx((work["ends"] - work["works"] - 6_000) / 1000, abs=1)
    after = evening(page)["works"][0]
    go_to(page, after["works"] + 3_000)
    playing(page)
    page.evaluate("document.querySelector('audio').pause()")
    at = at_ms(page)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Resume").wait_for()
    left = (after["ends"] - at) / 1000
    assert seconds_in(last_turn(page)) == pytest.approx(left, abs=0.5 + PLACE_MS / 1000)
    page.get_by_role("button", name="Resume").click()
    page.locator("#turns > li").nth(3).wait_for()
    again = evening(page)["works"][0]
    assert again["ends"] - again["works"] == pytest.approx(after["ends"] - at, abs=PLACE_MS)


def test_a_second_command_in_a_hurry_is_said_at_the_start_of_the_answer_to_the_first(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    go_to(page, work["works"] + 10_000)
    playing(page)
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/say") else None)
    page.evaluate("for (let i = 0; i < 2; i++) document.querySelector('[data-say=next]').click()")
    page.locator("#turns > li").nth(2).wait_for()
    (first, second) = sent
    assert first["heard_ms"] >= work["works"] + 10_000
    assert second["turn"] == first["turn"] + 1
    assert second["heard_ms"] == 0


def test_a_page_of_before_says_to_load_it_again(opened: Opened) -> None:
    page = opened()
    elsewhere = json.dumps({"words": "alexa, open hip coach", "turn": 0, "heard_ms": 0}).encode()
    urlopen(Request(page.url + "say", elsewhere, {"Content-Type": "application/json"})).close()  # noqa: S310 - as above
    page.get_by_role("button", name="Hip routine").click()
    page.get_by_text("This page is not the one that plays. Load it again.", exact=True).wait_for()


def test_sides_are_mirrored_and_told(opened: Opened) -> None:
    page = opened()
    page.get_by_label("Say something").fill("alexa, ask hip coach for just the lying twist")
    page.keyboard.press("Enter")
    playing(page)
    seen = []
    for _ in ("left", "right"):
        work = evening(page)["works"][0]
        go_to(page, work["works"] + 500)
        playing(page)
        page.wait_for_function("name => document.getElementById('name').textContent === name", arg=work["name"])
        pose = page.locator("#pose")
        page.wait_for_function("document.getElementById('pose').naturalWidth > 0")
        seen.append((pose.get_attribute("src"), pose.get_attribute("alt"), page.locator("#name").inner_text()))
        turns = page.locator("#turns > li").count()
        page.get_by_role("button", name="Next").click()
        page.wait_for_function("many => document.querySelectorAll('#turns > li').length > many", arg=turns)
    (left_src, left_alt, left_name), (right_src, right_alt, right_name) = seen
    assert left_src != right_src
    assert "left" in left_name
    assert "right" in right_name
    assert left_alt
    assert left_alt != right_alt


def test_a_routine_with_the_sound_off_has_all_its_words_and_its_seconds(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    page.get_by_role("button", name="Sound off").click()
    assert page.evaluate("document.querySelector('audio').muted")
    assert page.locator("#caption").get_attribute("aria-live") == "polite"
    for caption in evening(page)["captions"][:12]:
        go_to(page, caption["starts"] + 40)
        page.wait_for_function("text => document.getElementById('caption').textContent === text", arg=caption["text"])
    go_to(page, work["works"] + 2_000)
    playing(page)
    at, number = ring(page)
    assert number == pytest.approx((work["ends"] - at) / 1000, abs=1)


def test_a_whole_routine_by_buttons_alone(opened: Opened) -> None:
    page = opened()
    begun(page)
    through(page, lambda: page.get_by_role("button", name="Next").click())


def test_a_whole_routine_by_keyboard_alone(opened: Opened) -> None:
    page = opened()
    page.get_by_role("button", name="Quick routine").focus()
    page.keyboard.press("Enter")
    playing(page)
    page.keyboard.press("p")
    page.get_by_role("button", name="Resume").wait_for()
    page.keyboard.press("p")
    page.get_by_role("button", name="Pause").wait_for()
    through(page, lambda: page.keyboard.press("ArrowRight"))
    page.keyboard.press("/")
    page.keyboard.type("alexa, open hip coach")
    page.keyboard.press("Enter")
    playing(page)
    assert "alexa, open hip coach" in last_turn(page)


def through(page: Page, on: Callable[[], None]) -> None:
    """Let each answer be heard to its end, and go on, until the routine is done."""
    for _ in range(24):
        now = evening(page)
        if now["routine"]["finished"]:
            break
        go_to(page, now["spoken_ms"] + 50)
        playing(page)
        turns = page.locator("#turns > li").count()
        on()
        page.wait_for_function("many => document.querySelectorAll('#turns > li').length > many", arg=turns)
    assert now["routine"]["finished"]
    assert page.locator("#minutes").inner_text() == "done"
    assert page.locator("#dots li.done").count() == len(now["routine"]["exercises"])


def test_nobody_answers_and_the_session_ends(opened: Opened) -> None:
    page = opened()
    begun(page)
    go_to(page, evening(page)["life_ms"] - 300)
    page.get_by_text("The session has ended: nobody answered.").wait_for()
    assert page.get_by_role("button", name="Quick routine").is_visible()


def test_tapping_the_pose_explains(opened: Opened) -> None:
    page = opened()
    work = begun(page)
    go_to(page, work["works"] + 3_000)
    page.get_by_role("button", name="Explain").click()
    page.locator("#turns > li").nth(1).wait_for()
    assert "how do I do this" in last_turn(page)
    assert evening(page)["open"]


def test_a_port_that_is_gone_is_told(opened: Opened) -> None:
    page = opened()
    page.route("**/say", lambda route: route.abort())
    page.get_by_role("button", name="Quick routine").click()
    page.get_by_text("Run make page again.").wait_for()


@pytest.mark.parametrize(("size", "theme"), [*((size, "dark") for size in SIZES), ("laptop", "light")])
@pytest.mark.parametrize("state", ["welcome", "ready", "hold", "paused", "ended"])
def test_nobody_is_kept_out_and_nothing_sticks_out(opened: Opened, size: str, theme: str, state: str) -> None:
    page = opened(size, reduced_motion="reduce")
    if theme == "light":
        page.get_by_role("button", name="Light").click()
    brought_to(page, state)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    if state == "hold":
        box = page.locator("#number").bounding_box()
        assert box
        assert box["height"] >= 0.1 * SIZES[size][1]
    folder = Path("build/page")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{state}.{size}.{theme}.png")


def brought_to(page: Page, state: str) -> None:
    if state == "welcome":
        return
    work = begun(page)
    go_to(
        page,
        {"ready": work["works"] - 5_000, "ended": evening(page)["life_ms"] - 200}.get(state, work["works"] + 4_000),
    )
    if state == "paused":
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Resume").wait_for()
    elif state == "ended":
        page.get_by_text("The session has ended").wait_for()
    else:
        page.locator("#ring").wait_for()
