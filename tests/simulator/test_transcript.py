"""Conversations with their expectations."""

from datetime import UTC, datetime

import pytest

from simulator import player
from simulator.transcript import TranscriptError, read
from tests.simulator.streams import STOP, Station, play, reply, spoken, streams

HEAD = "about: A hold.\nstart: 2026-11-23T19:00\n"
HOLD = 'Hold, from now.<break time="10s"/><break time="9s"/>Three.<break time="1s"/>Let go.'


@pytest.fixture
def transcript(tmp_path):
    """Writes a transcript and reads it."""

    def make(turns, head=HEAD):
        path = tmp_path / "hold.yaml"
        path.write_text(f"{head}turns:\n{turns}", encoding="utf-8")
        return read(path)

    return make


@pytest.fixture
def problems(transcript, skill, understanding):
    """Plays a transcript and returns what was not as expected, as text without the folder."""

    def run(turns, head=HEAD):
        found = player.play(transcript(turns, head), skill, understanding)
        return [f"{problem.path.name}:{problem.line}: {problem.reason}" for problem in found]

    return run


def test_a_conversation_as_expected_has_no_problems(problems, skill, an_answer):
    skill.answers = [an_answer(HOLD, reprompt="Still here.")]
    turns = """
  - say: alexa, open hip coach
    hear: [HOLD, from now, /th(r|w)ee/, Let go]
    not: [Again]
    reprompt: Still
    session: open
    intent: LaunchRequest
    between: {from: from now, to: Let go, lasts: 20s, within: 3%}
    quiet_at_most: 19s
  - say: yes
    at: 12s
    intent: AMAZON.YesIntent
  - say: next
    after: 5s
  - silence: true
    hear: Still here
    session: closed
  - pass: 1d
  - say: ask hip coach to resume
    session: open
"""
    assert problems(turns) == []
    assert skill.requests[-1]["timestamp"].startswith("2026-11-24")


def test_words_can_be_said_at_a_time_past_words_that_are_heard(problems, skill, an_answer):
    skill.answers = [an_answer(HOLD, reprompt="Still here.")]
    turns = """
  - say: open hip coach
    between: {past: hold, from: now, to: Three, lasts: 19s}
  - say: next
    at: 12s
    past: from now
"""
    assert problems(turns) == []
    assert skill.requests[-1]["timestamp"] > skill.requests[0]["timestamp"]


def test_words_that_are_to_be_passed_and_are_not_heard_end_the_conversation(problems, skill, an_answer):
    skill.answers = [an_answer(HOLD, reprompt="Still here.")]
    turns = "  - say: open hip coach\n  - say: next\n    at: 2s\n    past: from then\n"
    assert problems(turns) == ['hold.yaml:5: "from then" is not heard before this']


def test_what_was_not_heard_is_named_with_its_line_and_what_was_heard_instead(problems, skill, an_answer):
    skill.answers = [an_answer("Hold. Let go.")]
    turns = "  - say: open hip coach\n  - say: next\n    hear: [let go, hold]\n"
    assert problems(turns) == ['hold.yaml:5: expected to hear "hold" after "let go"; heard: Hold. Let go.']


@pytest.mark.parametrize(
    ("expectation", "reason"),
    [
        ("not: [/let/]", '"/let/" was not to be heard; heard: Hold, from now. Three. Let go.'),
        ("session: closed", "the session is open, and not closed"),
        ("intent: AMAZON.NextIntent", "the intent is LaunchRequest, and not AMAZON.NextIntent"),
        ("reprompt: Still", 'expected to hear "Still"; heard: nothing'),
        ("between: {from: from now, to: Let go, lasts: 40s}", "seconds, and not 40"),
        ("between: {from: from then, to: Let go, lasts: 20s}", '"from then" is not heard where `between` needs it'),
        ("quiet_at_most: 10s", "there are 19 seconds without a word, and 10 at most were expected"),
    ],
)
def test_each_expectation_says_how_it_was_missed(problems, skill, an_answer, expectation, reason):
    skill.answers = [an_answer(HOLD)]
    (problem,) = problems(f"  - say: open hip coach\n    {expectation}\n")
    assert problem.startswith("hold.yaml:4: ")
    assert reason in problem


def test_a_moment_can_be_told_by_what_is_heard_just_before_it(problems, skill, an_answer):
    skill.answers = [an_answer('<break time="7s"/>Hold.<break time="10s"/>Let go.')]
    assert problems("  - say: open hip coach\n  - say: next\n    at: 3s\n    past: hold\n") == []
    assert skill.requests[1]["timestamp"] in {"2026-11-23T19:00:11Z", "2026-11-23T19:00:12Z"}


def test_a_moment_that_is_told_by_words_that_are_not_heard_is_a_problem(problems):
    turns = "  - say: open hip coach\n  - say: next\n    at: 3s\n    past: release\n"
    assert problems(turns) == ['hold.yaml:5: "release" is not heard before this']


def test_a_fault_of_the_skill_is_a_problem_though_nothing_was_expected(problems, skill):
    skill.answers = [ValueError("no such place")]
    assert problems("  - say: open hip coach\n") == ["hold.yaml:4: the skill failed with ValueError: no such place"]


def test_people_and_devices_are_those_that_the_transcript_names(problems, skill):
    head = HEAD + "people: {device: kitchen, user: ann}\n"
    turns = "  - say: open hip coach\n  - device: bedroom\n  - say: open hip coach\n  - person: bob\n  - say: next\n"
    problems(turns, head)
    kitchen, bedroom = (event["context"]["System"] for event in skill.sent)
    assert kitchen["device"]["deviceId"].endswith("kitchen")
    assert bedroom["device"]["deviceId"].endswith("bedroom")
    assert bedroom["user"]["userId"].endswith("ann")


def test_something_can_be_said_before_an_answer_begins(problems, skill):
    assert problems("  - say: open hip coach\n  - say: next\n    at: -400ms\n") == []
    assert [request["timestamp"][-3:] for request in skill.requests] == ["00Z", "01Z"]


def test_a_session_left_alone_ends_while_another_speaker_is_used(problems, skill):
    turns = "  - say: open hip coach\n  - device: bedroom\n  - pass: 1h\n"
    problems(turns)
    assert [request["type"] for request in skill.requests] == ["LaunchRequest", "SessionEndedRequest"]


def test_a_transcript_starts_at_its_time_in_utc(transcript):
    assert transcript("  - say: next\n").start == datetime(2026, 11, 23, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("turns", "line", "reason"),
    [
        ("  - say: next\n  - shout: next\n", 5, "unknown: shout"),
        (
            "  - say: next\n    silence: true\n",
            4,
            "one of `say`, `touch`, `press`, `sends`, `fails`, `silence`, `stream`, `pass`",
        ),
        ("  - pass: 1d\n    at: 3s\n", 4, "go with `say`"),
        ("  - say: next\n    past: now\n", 4, "`past` goes with `at`"),
        ("  - say: next\n    at: 3\n", 4, "not a length of time"),
        ("  - say: next\n    past: hold\n", 4, "`past` goes with `at`"),
        ("  - say: next\n    session: ajar\n", 4, "`session` is open or closed"),
        ("  - silence: no\n", 4, "`silence` is true"),
        ("  - stream: no\n", 4, "`stream` is true"),
        ("  - press: Louder\n", 4, "`press` is Next, Previous, Play or Pause"),
        ("  - say: next\n    between: {from: now}\n", 4, "`between` needs"),
        ("  - say: next\n    say: stop\n", 4, "`say` is there twice"),
        ("  - next\n", 4, "a turn is a mapping"),
        ("  - say: [next\n", 5, "expected"),
    ],
)
def test_a_slip_in_a_transcript_is_named_with_its_line(transcript, turns, line, reason):
    with pytest.raises(TranscriptError, match=rf"hold\.yaml:{line}: .*{reason}"):
        transcript(turns)


@pytest.mark.parametrize("head", ["start: soon\n", "title: A hold.\nstart: 2026-11-23T19:00\n", "about: No start.\n"])
def test_a_slip_in_the_head_of_a_transcript_is_named(transcript, head):
    with pytest.raises(TranscriptError, match=r"hold\.yaml:1: "):
        transcript("  - say: next\n", head)


STREAM = HEAD + "player: true\n"


@pytest.fixture
def station():
    """A skill that plays one stream, and another one behind it."""
    station = Station()
    station.on("StartRoutineIntent", spoken("Here it is.", play("one")))
    station.on("PlaybackNearlyFinished", reply(play("two", "ENQUEUE", after="one")))
    station.on("AMAZON.PauseIntent", reply(STOP, shouldEndSession=True))
    return station


@pytest.fixture
def streamed(transcript, station, understanding):
    """Plays a transcript of a device with a player and returns what was not as expected."""

    def run(turns):
        problems = player.play(transcript(turns, STREAM), station, understanding, streams=streams)
        return [f"{problem.path.name}:{problem.line}: {problem.reason}" for problem in problems]

    return run


def test_streams_are_heard_one_after_the_other_and_words_are_said_into_them(streamed, station):
    turns = """
  - say: alexa, ask hip coach to start the quick routine
    hear: Here it is
    session: closed
  - stream: true
    hear: [Begin one, End one]
    between: {from: Begin one, to: End one, lasts: 58s}
  - stream: true
    hear: [Begin two, End two]
  - say: alexa, pause
    at: 12s
    past: Begin two
    intent: AMAZON.PauseIntent
"""
    assert streamed(turns) == []
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == 13_000


def test_a_button_is_a_turn_with_what_the_skill_was_told(streamed, station):
    turns = """
  - say: alexa, ask hip coach to start the quick routine
  - stream: true
  - press: Pause
    at: 12s
    intent: PlaybackController.PauseCommandIssued
"""
    assert streamed(turns) == []


def test_a_stream_that_does_not_come_is_a_problem(streamed):
    assert streamed("  - stream: true\n") == ["hold.yaml:5: no stream begins, or goes on"]


def test_a_reply_to_a_player_that_is_refused_is_a_problem(streamed, station):
    station.on("PlaybackStarted", reply(play("two")))
    (problem,) = streamed("  - say: ask hip coach to start the quick routine\n  - stream: true\n")
    assert problem.startswith("hold.yaml:6: the platform refuses the response: a reply to AudioPlayer.PlaybackStarted")
