"""Where the real coach is, as the screen shows it."""

from datetime import timedelta

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.device import Speaker
from simulator.whereabouts import whereabouts


@pytest.fixture
def speaker(understanding, clock):
    return Speaker(bootstrap(Settings(store="memory:")), understanding, clock)


def where(speaker, into_ms):
    moment = speaker.heard[-1].begins + timedelta(milliseconds=into_ms)
    return str(whereabouts(speaker.attributes, moment, speaker.content) or "")


def test_nothing_is_shown_while_no_exercise_is_done(speaker):
    speaker.say("open hip coach")
    assert where(speaker, 5_000) == ""


def test_nothing_is_shown_outside_a_session(speaker, clock):
    assert whereabouts({}, clock.now(), speaker.content) is None


def test_the_exercise_the_side_and_the_seconds_follow_the_speech(speaker):
    for said, side in (("ask hip coach for the lying twist", "left"), ("next", "right")):
        heard = speaker.say(said)
        shown = [where(speaker, into_ms) for into_ms in range(0, heard.total_ms, 100)]
        for left in ("5 s to get ready", "1 s to get ready", "□□□□□□□□□□ 30 s left", "■■■■■■■■■■ 1 s left", "done"):
            assert f"lying twist, {side} {left} | 1 of 1 □" in shown
    assert shown[-1] == "lying twist, right done | 1 of 1 □"


def test_what_comes_before_the_exercises_and_after_them_is_shown_too(speaker):
    speaker.say("open hip coach")
    heard = speaker.say("the evening routine")
    shown = set()
    for _ in range(12):
        shown |= {where(speaker, into_ms) for into_ms in range(0, heard.total_ms, 1_000)}
        heard = speaker.say("ready")
    assert any(line.startswith("the warm-up ■■■■■□□□□□ ") for line in shown)
    assert any(line.startswith("the quiet minute ■■■■■□□□□□ ") for line in shown)
    assert any(line.endswith("5 of 5 ■■■■□") for line in shown)
