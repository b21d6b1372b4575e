"""The speaker for a person at a keyboard."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.plain_text import PlainTextOutput

from simulator.terminal import Terminal


@pytest.fixture
def terminal(speaker):
    return Terminal(speaker)


def let_pass(speaker, terminal, seconds):
    """Move the clock as the keyboard's loop sees it, a tenth of a second at a time."""
    for _ in range(round(seconds * 10)):
        speaker.clock.wait_until(speaker.clock.now() + timedelta(milliseconds=100))
        terminal.advance()


@pytest.fixture(autouse=True)
def a_hold(skill, an_answer):
    skill.answers = [an_answer('Hold.<break time="10s"/>Let go.', reprompt="Still here.")]


def test_what_is_said_and_what_it_was_taken_for_is_shown_at_once(terminal, capsys):
    terminal.hear("open hip coach")
    assert capsys.readouterr().out.splitlines() == ["You: open hip coach", "  -> LaunchRequest"]


def test_the_words_come_with_the_time_and_the_toolbar_says_what_goes_on(terminal, speaker, capsys):
    terminal.hear("open hip coach")
    assert "..." in terminal.toolbar()
    let_pass(speaker, terminal, 1)
    assert terminal.live() == "Coach: Hold."
    assert "speaking" in terminal.toolbar()
    let_pass(speaker, terminal, 3)
    assert terminal.live().startswith("Coach: Hold. [8 ")
    assert "quiet for 8 s" in terminal.toolbar()
    let_pass(speaker, terminal, 8)
    assert "listening: 8 s to answer" in terminal.toolbar()
    assert capsys.readouterr().out.splitlines()[2:] == ["Coach: Hold. [10]", "Coach: Let go."]


def test_speaking_up_breaks_off_what_is_spoken(terminal, speaker, skill, capsys):
    terminal.hear("open hip coach")
    let_pass(speaker, terminal, 5)
    terminal.hear("next")
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("Coach: Hold. [7 ")
    assert lines[2].endswith("—")
    assert lines[3:] == ['You (4 s in, after "Hold."): next', "  -> AMAZON.NextIntent, an exact sample"]
    assert [request["timestamp"][-3:-1] for request in skill.requests] == ["00", "05"]


def test_without_an_answer_the_reprompt_is_heard_and_the_session_ends(terminal, speaker, capsys):
    terminal.hear("open hip coach")
    let_pass(speaker, terminal, 30)
    assert capsys.readouterr().out.splitlines()[3:] == [
        "Coach: Let go.",
        "Coach, again: Still here.",
        "  (the session has ended: nobody answered)",
    ]
    assert "No session is open" in terminal.toolbar()


def test_the_end_of_a_session_is_shown_after_the_last_words(terminal, speaker, skill, an_answer, capsys):
    skill.answers = [an_answer('Rest well.<break time="2s"/>', ends=True)]
    terminal.hear("open hip coach")
    let_pass(speaker, terminal, 2)
    assert "ended" not in capsys.readouterr().out
    let_pass(speaker, terminal, 2)
    assert capsys.readouterr().out.splitlines() == [
        "Coach: Rest well. [2]",
        "  (the session has ended: the skill closed it)",
    ]


def test_what_does_not_reach_the_skill_is_said_plainly(terminal, capsys):
    terminal.hear("next")
    assert "would not send this to Hip Coach" in capsys.readouterr().out


class _FastClock:
    """A real clock that runs a hundred times as fast."""

    def __init__(self):
        self._start = datetime.now(UTC)

    def now(self):
        return self._start + (datetime.now(UTC) - self._start) * 100

    def wait_until(self, moment):
        raise AssertionError("a terminal does not wait for anything but the keyboard")


A_WHILE = 60
"""Seconds after which an evening that does not end is taken to hang."""


@pytest.mark.parametrize("leave", ["\x04", "\x03", "exit\r"])
def test_typed_lines_are_said_and_the_person_can_leave(a_speaker, skill, leave):
    speaker = a_speaker()
    speaker.clock = _FastClock()

    screen = io.StringIO()

    async def evening():
        with create_pipe_input() as keys, create_app_session(input=keys, output=PlainTextOutput(screen)):
            keys.send_text("open hip coach\r")
            talking = asyncio.create_task(Terminal(speaker).run())
            # The hold, the reprompt and the two windows pass, however slow this machine is.
            while len(skill.requests) < 2:
                await asyncio.sleep(0.01)
            keys.send_text(leave)
            await talking

    asyncio.run(asyncio.wait_for(evening(), A_WHILE))
    shown = screen.getvalue()
    assert "You: open hip coach" in shown
    assert "Coach, again: Still here." in shown
    assert shown.rstrip().endswith("Goodbye.")
    assert [request["type"] for request in skill.requests] == ["LaunchRequest", "SessionEndedRequest"]
