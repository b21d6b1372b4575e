"""A conversation from lines of text, on a clock that jumps."""

import pytest

from simulator.habits import Habits
from simulator.script import ScriptError, play
from tests.simulator.streams import STOP, Station, reply, spoken, streams
from tests.simulator.streams import play as playing


@pytest.fixture
def script(speaker):
    """Plays lines and returns what was shown."""

    def run(*lines):
        shown = []
        run.good = play(lines, speaker, shown.append)
        return shown

    return run


def test_each_line_is_answered_with_its_intent_and_the_words_and_pauses(script, skill, an_answer):
    skill.answers = [an_answer('Hold.<break time="7s"/>Let go.')]
    assert script("Alexa, open hip coach", "next") == [
        "You: Alexa, open hip coach",
        "  -> LaunchRequest",
        "Coach: Hold. [7] Let go.",
        "You: next",
        "  -> AMAZON.NextIntent, an exact sample",
        "Coach: Hold. [7] Let go.",
        "  (the script ends here, with the session open)",
    ]


def test_a_time_before_the_words_is_a_place_in_the_speech(script, skill, an_answer):
    skill.answers = [an_answer('Hold.<break time="10s"/><break time="10s"/>Let go.')]
    shown = script("open hip coach", "@+12s next")
    assert 'You (12 s in, after "Hold."): next' in shown
    assert [request["timestamp"][-3:-1] for request in skill.requests] == ["00", "13"]


def test_silence_plays_the_reprompt_and_the_end(script, skill, an_answer):
    skill.answers = [an_answer("Hold.", reprompt="Still here.")]
    assert script("open hip coach", "@silence")[-3:] == [
        "  (8 seconds pass)",
        "Coach: Still here.",
        "  (the session has ended: nobody answered)",
    ]


def test_a_time_alone_passes_and_ends_what_is_open(script, skill):
    shown = script("open hip coach", "@+1d", "open hip coach")
    assert "  (the session has ended: nobody answered)" in shown
    assert skill.requests[2]["timestamp"].startswith("2026-11-24T19:00")


def test_blank_lines_and_remarks_are_passed_over(script, skill):
    assert script("", "   ", "# a remark") == []
    assert skill.sent == []


def test_what_the_speaker_would_not_send_is_said_plainly(script):
    assert "  That is for a session, and none is open. Type" in script("next")[1].split(":")[0]


def test_a_guess_is_shown_as_a_guess(script):
    shown = script("open hip coach", "could we perhaps have the next one")
    assert "a guess" in shown[4]


def test_a_fault_of_the_skill_makes_the_script_fail(script, skill):
    skill.answers = [ValueError("no such place")]
    shown = script("open hip coach")
    assert "  ! the skill failed with ValueError: no such place" in shown
    assert "  (the session has ended: the skill's answer could not be used)" in shown
    assert not script.good


def test_a_closing_answer_is_followed_by_the_end(script, skill, an_answer):
    skill.answers = [an_answer("Rest well.", ends=True)]
    assert script("open hip coach")[-1] == "  (the session has ended: the skill closed it)"
    assert script.good


@pytest.mark.parametrize("line", ["@later next", "@+soon next", "@20s next", "@silence please"])
def test_a_line_that_means_nothing_is_named(script, line):
    with pytest.raises(ScriptError, match="Line 2"):
        script("open hip coach", line)


def test_a_stream_is_waited_for_shown_and_spoken_into(a_speaker):
    station = Station()
    station.on("StartRoutineIntent", spoken("Here it is.", playing("one")))
    station.on("AMAZON.PauseIntent", reply(STOP, shouldEndSession=True))
    lines = ["ask hip coach to start the quick routine", "@stream", "@+20s pause", "@stream"]
    shown = []
    assert play(lines, a_speaker(handler=station, player=Habits(), streams=streams), shown.append)
    assert shown[2:] == [
        "Coach: Here it is.",
        "  (the session has ended: the skill closed it)",
        "  (a stream begins)",
        "Coach: Begin one. [58] End one.",
        "  -> AudioPlayer.PlaybackStarted",
        "  -> AudioPlayer.PlaybackNearlyFinished",
        'You (20 s in, after "Begin one."): pause',
        "  -> AMAZON.PauseIntent, an exact sample",
        "  (nothing is said)",
        "  (the session has ended: the skill closed it)",
        "  -> AudioPlayer.PlaybackStopped",
    ]
