"""The speaker as a person at a keyboard sees it, with the real coach behind it unless it says otherwise."""

import asyncio
import io
import os
import re
import shutil
import signal
import sys
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.plain_text import PlainTextOutput

from simulator.ears.ears import NotHeardError
from simulator.loudspeaker import Loudspeaker
from simulator.terminal import Terminal
from simulator.voices.clips import Clips
from tests.patience import PATIENCE_SECONDS
from tests.simulator.pseudo_terminal import PseudoTerminal

COMMAND = [sys.executable, "-m", "simulator"]
SHORT_HOLD = [sys.executable, "-m", "tests.simulator.evening", "hold", "10"]
STREAM = [sys.executable, "-m", "tests.simulator.evening", "stream", "10"]
SOON = [sys.executable, "-m", "tests.simulator.evening", "coach", "30"]
GREETING = "This is a smart speaker with Hip Coach on it."
NO_SESSION = "No session is open"
TWIST = "alexa, ask hip coach for just the lying twist"


@pytest.fixture
def sit_down(tmp_path):
    """Opens terminals in a home folder of their own, and ends what runs in them."""
    at = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONPATH": "lambda:."}
    opened = []

    def open_one(*options, command=COMMAND, size=(80, 24), piped=False, **environ):
        unset = {"NO_COLOR", "HIP_COACH_STORE"}
        kept = {name: value for name, value in at.items() if name not in unset}
        terminal = PseudoTerminal([*command, *options], {**kept, **environ}, size, piped=piped)
        opened.append(terminal)
        terminal.see(GREETING)
        return terminal

    yield open_one
    for terminal in opened:
        terminal.__exit__()


def test_the_greeting_fits_80_columns_and_says_what_to_type(sit_down):
    terminal = sit_down()
    terminal.see(NO_SESSION, "Ctrl-D leaves")
    assert terminal.lines[1] == "    alexa, open hip coach"
    assert terminal.lines[3] == "You:"
    terminal.type(terminal.lines[1].strip())
    terminal.see("-> LaunchRequest", "Coach: Welcome")


ALEXAS = "Alexa would take that for herself, as no session is open"
NONE_OPEN = "That is for a session, and none is open"
MEANT = "Alexa does not know that you mean Hip Coach"
OUTSIDE = [
    ("hello", ALEXAS, "alexa, open hip coach"),
    ("yes", NONE_OPEN, "alexa, open hip coach"),
    ("next", NONE_OPEN, "alexa, open hip coach"),
    ("start my hip routine", MEANT, "alexa, ask hip coach to start my hip routine"),
    ("Alexa, begin.", MEANT, "alexa, ask hip coach to begin"),
    ("something for my lower back", MEANT, "alexa, ask hip coach for something for my lower back"),
    ("i have ten minutes", MEANT, "alexa, tell hip coach that i have ten minutes"),
    ("that hurts", MEANT, "alexa, tell hip coach that it hurts"),
    ("how am i doing", MEANT, "alexa, ask hip coach how am i doing"),
    ("resume yesterday's session", MEANT, "alexa, ask hip coach to resume yesterday's session"),
]


def test_outside_a_session_every_line_is_answered_with_what_to_type_instead(sit_down, understanding):
    terminal = sit_down(size=(80, 50))
    for said, reason, instead in OUTSIDE:
        terminal.type(said)
        terminal.see(f"You: {said} {reason}. Type: {instead}")
        called = understanding.called(instead)
        assert called.kind == "launch" or understanding.understand(called.rest).exact, instead
    terminal.type(instead)
    terminal.see_no_more(NO_SESSION)
    terminal.see("-> AMAZON.ResumeIntent")


TEN = re.compile(r"  [A-Z][a-z ]+ {2,}(\S.*)| {20}(\S.*)")


def listed(terminal):
    """What the lists of things to say have."""
    return [found[1] or found[2] for line in terminal.lines if (found := TEN.fullmatch(line))]


def test_help_lists_ten_things_to_say_and_each_is_understood(sit_down, understanding):
    terminal = sit_down(size=(80, 50))
    for number, asked in enumerate(["help", "?", "help me type"], 1):
        terminal.type(asked)
        terminal.see_so_often('"?" is this list', number)
    thirty = listed(terminal)
    assert thirty == 3 * thirty[:10]
    for said in thirty[:10]:
        called = understanding.called(said)
        assert called.kind == "launch" or understanding.understand(called.rest).exact, said


def test_help_in_a_session_is_for_the_coach_and_the_list_still_there(sit_down):
    terminal = sit_down(size=(80, 40))
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent")
    terminal.type("help")
    terminal.see("-> AMAZON.HelpIntent")
    terminal.type("help me type")
    terminal.see('"?" is this list')
    assert len(listed(terminal)) == 10


def test_the_bar_shows_the_hold_and_the_routine(sit_down):
    terminal = sit_down(command=SOON)
    terminal.type(TWIST)
    terminal.see('Say "Alexa, ready"')
    terminal.type("ready")
    terminal.see(" lying twist, left ", "s to get ready | 1 of 1 □")
    shown = terminal.see("s left | 1 of 1 □")
    assert re.search(r" lying twist, left [■□]{10} \d+ s left \| 1 of 1 □$", shown)


def test_a_window_of_another_size_has_no_torn_lines(sit_down):
    terminal = sit_down()
    terminal.type("start my hip routine")
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent", "Coach: Welcome to Hip Coach")
    terminal.type("stop")
    terminal.see("-> AMAZON.StopIntent")
    for columns, rows in [(60, 24), (40, 16), (110, 30)]:
        terminal.resize(columns, rows)
        terminal.see("-> AMAZON.StopIntent")
    terminal.see_line(f"{GREETING} Type what you would say to it:")
    terminal.leave()
    terminal.see("Goodbye.")
    terminal.see_end()
    lines = [line for line in terminal.lines if line]
    assert sum("Coach: Welcome" in line for line in lines) == 1
    for line, following in pairwise(lines):
        # A line that goes on in the next one is full: the next word had no room in it.
        begins = re.match(r"This is|Type while|You|Coach: |Goodbye| ", following)
        assert begins or len(line) + 1 + len(following.split()[0]) > columns - 1, (line, following)


def test_you_the_coach_the_intent_and_a_warning_are_told_apart_by_their_colours(sit_down):
    terminal = sit_down()
    terminal.type("hello")
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent", "Coach: Welcome", "Alexa would take")
    seen = {terminal.colour(words) for words in ("You: hello", "Coach: ", "  -> One", "  Alexa would")}
    assert len(seen) == 4


def test_no_color_is_respected_whatever_its_value(sit_down):
    terminal = sit_down(NO_COLOR="0")
    terminal.type("hello")
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent", "Coach: Welcome", "Alexa would take")
    seen = {terminal.colour(words)[0] for words in ("You: hello", "Coach: ", "  -> One", "  Alexa would")}
    assert seen == {"default"}


@pytest.mark.parametrize(("term", "piped"), [("dumb", False), ("xterm-256color", True)])
def test_a_terminal_that_can_only_write_lines_gets_lines(sit_down, term, piped):
    terminal = sit_down(TERM=term, piped=piped)
    terminal.type("hello")
    terminal.see("Alexa would take that for herself")
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent")
    terminal.leave()
    terminal.see("Goodbye.")
    terminal.see_end()
    assert b"\x1b" not in terminal.raw


def test_on_leaving_the_place_is_kept_and_tomorrow_it_is_known(sit_down):
    terminal = sit_down()
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent")
    terminal.type("ready")
    terminal.see("-> ReadyIntent", "s to get ready")
    terminal.leave()
    terminal.see("Your place is kept", "make talk", "alexa, ask hip coach to resume")
    terminal.see_end()
    tomorrow = sit_down("--date", "+1d")
    tomorrow.type("alexa, ask hip coach to resume")
    tomorrow.see("-> AMAZON.ResumeIntent", "Welcome back")


def test_on_leaving_without_a_place_no_place_is_promised(sit_down):
    terminal = sit_down()
    terminal.leave()
    assert "Your place" not in terminal.see("Goodbye.", "make talk")


@pytest.mark.parametrize("leave", ["\x03", "exit\rbye\r"])
def test_on_leaving_what_was_in_memory_is_said_to_be_gone(sit_down, leave):
    terminal = sit_down("--store", "memory:")
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent")
    terminal.press(leave)
    terminal.see("(the session has ended: you left)", "Nothing of this is kept")
    terminal.see_end()


@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGHUP])
def test_what_is_ended_from_outside_keeps_the_place_and_leaves_the_terminal_as_it_was(sit_down, ends):
    terminal = sit_down()
    assert not terminal.echoes
    terminal.type(TWIST)
    terminal.see("-> OneExerciseIntent")
    terminal.type("ready")
    terminal.see("-> ReadyIntent", "s to get ready")
    terminal.end(ends)
    terminal.see("Your place is kept")
    terminal.see_end()
    assert terminal.echoes


def test_ctrl_c_between_two_typed_lines_leaves_as_it_does_while_one_is_typed(a_speaker):
    shown = io.StringIO()

    async def evening():
        talking = asyncio.create_task(Terminal(a_speaker(), keeps=False).run())
        # Nobody takes keys between two lines, and Python ends the task that runs.
        while "Ctrl-D leaves" not in shown.getvalue():
            await asyncio.sleep(0)
        talking.cancel()
        await talking

    with create_pipe_input() as keys, create_app_session(input=keys, output=PlainTextOutput(shown)):
        asyncio.run(evening())
    assert "Nothing of this is kept" in shown.getvalue()


def test_an_evening_that_was_typed_and_recorded_plays_as_it_went(sit_down, tmp_path):
    path = tmp_path / "evening.yaml"
    terminal = sit_down("--record", str(path), "--date", "2026-11-23T19:00")
    terminal.type(TWIST)
    terminal.see("Coach: Welcome to")
    terminal.type("ready")
    terminal.see("s to get ready")
    terminal.type("how much longer")
    terminal.see("-> TimeLeftIntent")
    terminal.leave()
    terminal.see_end()
    with PseudoTerminal([*COMMAND, "--transcript", str(path)], os.environ, (80, 24), piped=False) as again:
        again.see("-> TimeLeftIntent")
        again.see_end()
    assert "expected" not in again.text
    assert "start: '2026-11-23T19:00:" in path.read_text(encoding="utf-8")


def test_words_come_with_the_time_and_a_pause_counts_down(sit_down):
    terminal = sit_down(command=SHORT_HOLD)
    terminal.type("open hip coach")
    terminal.see("Coach: Hold. [8]")
    terminal.see("Coach: Hold. [10] Coach: Let go.", "listening: ")
    terminal.see("Coach, again: Still here.", "(the session has ended: nobody answered)", NO_SESSION)


def test_speaking_up_breaks_off_what_is_spoken(sit_down):
    terminal = sit_down(command=SHORT_HOLD)
    terminal.type("open hip coach")
    terminal.see("Coach: Hold. [")
    terminal.type("next")
    shown = terminal.see("-> AMAZON.NextIntent, an exact sample")
    assert re.search(r'Coach: Hold\. \[\d+\] — You \([\d.]+ s in, after "Hold\."\): next', shown)


@pytest.fixture
def sounds(tmp_path):
    """A folder of commands with eSpeak NG and nothing else; clips are kept in it, too."""
    espeak = shutil.which("espeak-ng")
    if not espeak:
        pytest.skip("Install Debian's package espeak-ng.")
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "espeak-ng").symlink_to(espeak)
    return folder


def pids(file, number):
    """The processes that wrote themselves down there, once there are so many."""
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := file.read_text().split() if file.exists() else []) < number:
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return [int(pid) for pid in found]


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_is_spoken_is_played_and_stops_at_once_when_somebody_types(sit_down, sounds):
    player, played = sounds / "aplay", sounds / "played"
    player.write_text(f"#!/bin/sh\necho $$ >> {played}\nexec /bin/sleep 600\n")
    player.chmod(0o755)
    terminal = sit_down("--voice", "espeak", PATH=str(sounds))
    terminal.type("alexa, open hip coach")
    (first,) = pids(played, 1)
    assert runs(first)
    terminal.see("Coach: Welcome")
    terminal.type("just the lying twist")
    _, second = pids(played, 2)
    assert not runs(first)
    terminal.see("-> OneExerciseIntent")
    terminal.press("\x04")
    terminal.see("Goodbye.")
    assert not runs(second)


@pytest.fixture
def talker(tmp_path):
    """A computer with a recorder, and with ears that hear these words one after the other."""
    said = ["Alexa, open Hip Coach.", "Just the lying twist.", ""]
    folder = tmp_path / "talker"
    ears = folder / "bin" / "python"
    ears.parent.mkdir(parents=True)
    (folder / ".ready").touch()
    (folder / "said").write_text("".join(f"{words}\n" for words in said))
    hears = """while read -r _; do read -r said <&3; printf '{"words": "%s"}\\n' "$said"; done"""
    ears.write_text(f"#!/bin/sh\nexec 3<{folder}/said\n{hears}\n")
    recorder = folder / "arecord"
    (folder / "silence").write_bytes(bytes(32_000))
    recorder.write_text(f"#!/bin/sh\n/bin/cat {folder}/silence\necho $$ >> {folder}/recorders\nexec /bin/sleep 600\n")
    for program in (ears, recorder):
        program.chmod(0o755)
    elsewhere = f"import pathlib, simulator.ears.whisper as ears; ears._TOOL = pathlib.Path({str(folder)!r})"
    (folder / "sitecustomize.py").write_text(elsewhere)
    return folder


def test_who_talks_instead_of_typing_is_heard_as_if_it_had_been_typed(sit_down, talker):
    terminal = sit_down("--ears", PATH=str(talker), PYTHONPATH=f"lambda:.:{talker}")
    terminal.see("Or say it: Enter begins to listen", NO_SESSION)
    heard_each = ("Coach: Welcome", "Just the lying twist. -> OneExerciseIntent", "No words were heard.")
    for number, heard in enumerate(heard_each, start=1):
        terminal.type("")
        terminal.see("listening to you: Enter when you have said it")
        *_, recorder = pids(talker / "recorders", number)
        terminal.type("")
        terminal.see(heard)
        assert not runs(recorder)
    terminal.type("how much longer")
    terminal.see("-> TimeLeftIntent")
    terminal.type("")
    *_, recorder = pids(talker / "recorders", 4)
    terminal.press("\x04")
    terminal.see("Goodbye.")
    until = time.monotonic() + PATIENCE_SECONDS
    while runs(recorder):
        assert time.monotonic() < until


class Slow:
    """The microphone of somebody who takes six seconds to say anything."""

    open = False
    over = False

    def __init__(self, clock, words="just the lying twist"):
        self.clock, self.says = clock, words

    def start(self):
        self.open = True

    def stop(self):
        self.open = False
        return b""

    def words(self, _):
        self.clock.wait_until(self.clock.now() + timedelta(seconds=6))
        if not self.says:
            raise NotHeardError("No words were heard.")
        return self.says

    def close(self):
        self.open = False


class Silent:
    """A player that nobody hears. What it plays, it plays from these milliseconds on."""

    trouble = ""

    def __init__(self):
        self.plays_from = []

    def load(self, _, from_ms=0):
        self.plays_from.append(from_ms)

    def watch(self, _):
        pass

    def play(self):
        pass

    stop = play


@pytest.fixture
def sit_and_talk(a_speaker, an_answer, skill, clock):
    """Opens the skill, and a second into its answer begins to talk, with a player or without; then does what is given,
    as soon as the microphone is open. Returns the speaker, and what is on the screen.
    """
    skill.answers = [an_answer('Wait.<break time="10s"/>')]

    def sit(slow, player, then):
        speaker = a_speaker(loudspeaker=Loudspeaker(Clips(None)) if player else None)
        shown = io.StringIO()

        async def evening():
            talking = asyncio.create_task(Terminal(speaker, keeps=False, player=player, microphone=slow).run())
            keys.send_text("alexa, open hip coach\n")
            await until(lambda: player.plays_from if player else speaker.heard)
            clock.wait_until(speaker.heard[0].begins + timedelta(seconds=1))
            keys.send_text("\n")
            while not slow.open:
                await asyncio.sleep(0)
            await then(keys, speaker, shown)
            talking.cancel()
            await talking

        with create_pipe_input() as keys, create_app_session(input=keys, output=PlainTextOutput(shown)):
            asyncio.run(evening())
        return speaker, shown.getvalue()

    return sit


async def until(true):
    while not true():
        await asyncio.sleep(0)


@pytest.mark.parametrize(("heard", "into_ms"), [(True, 1_000), (False, 7_000)])
def test_a_voice_waits_for_who_talks_and_without_one_time_goes_on(sit_and_talk, clock, heard, into_ms):
    async def says_it(keys, speaker, _):
        keys.send_text("\n")
        await until(lambda: len(speaker.heard) > 1)

    speaker, _ = sit_and_talk(Slow(clock), Silent() if heard else None, says_it)
    assert speaker.heard[1].said == "just the lying twist"
    assert speaker.heard[1].into_ms == into_ms


def test_where_nothing_was_heard_a_voice_goes_on_from_where_it_fell_silent(sit_and_talk, clock):
    async def says_nothing(keys, _, shown):
        keys.send_text("\n")
        await until(lambda: "No words were heard." in shown.getvalue())

    player = Silent()
    speaker, _ = sit_and_talk(Slow(clock, words=""), player, says_nothing)
    assert player.plays_from == [0, 1_000]
    assert len(speaker.heard) == 2
    assert speaker.heard[1].ended == "USER_INITIATED"


def test_what_is_typed_while_somebody_talks_is_said_where_the_voice_fell_silent(sit_and_talk, clock):
    async def types(keys, speaker, _):
        clock.wait_until(clock.now() + timedelta(seconds=75))
        keys.send_text("yes\n")
        await until(lambda: len(speaker.heard) > 1)

    slow = Slow(clock)
    speaker, _ = sit_and_talk(slow, Silent(), types)
    assert (speaker.heard[1].said, speaker.heard[1].into_ms) == ("yes", 1_000)
    assert not slow.open


def test_who_says_exit_leaves_as_if_it_had_been_typed(sit_down, talker):
    (talker / "said").write_text("Exit.\n")
    terminal = sit_down("--ears", PATH=str(talker), PYTHONPATH=f"lambda:.:{talker}")
    terminal.type("")
    pids(talker / "recorders", 1)
    terminal.type("")
    terminal.see("Goodbye.")
    terminal.see_end()


def test_a_recorder_that_ends_by_itself_is_not_waited_for(sit_down, talker):
    (talker / "arecord").write_text("#!/bin/sh\nexit 1\n")
    terminal = sit_down("--ears", PATH=str(talker), PYTHONPATH=f"lambda:.:{talker}")
    terminal.type("")
    terminal.see("The recorder arecord recorded nothing.", NO_SESSION)
    (talker / "arecord").write_text(f"#!/bin/sh\nexec /bin/cat {talker}/silence\n")
    terminal.type("")
    terminal.see("Coach: Welcome")


def test_where_there_is_no_bar_it_is_told_that_somebody_is_listened_to(sit_down, talker):
    (talker / "said").write_text("Help.\n")
    terminal = sit_down("--ears", PATH=str(talker), PYTHONPATH=f"lambda:.:{talker}", TERM="dumb")
    terminal.type("")
    terminal.see("listening to you: Enter when you have said it")
    pids(talker / "recorders", 1)
    terminal.type("")
    terminal.see("To begin alexa, open hip coach")


def test_who_wants_to_talk_where_nothing_can_hear_is_told_and_types(sit_down, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        f"import pathlib, simulator.ears.whisper as ears; ears._TOOL = pathlib.Path({str(tmp_path)!r})"
    )
    terminal = sit_down("--ears", PYTHONPATH=f"lambda:.:{tmp_path}")
    terminal.see("Nothing here understands speech, so type it. Run `make ears`")
    terminal.type("alexa, open hip coach")
    terminal.see("Coach: Welcome")


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_who_leaves_while_words_are_made_is_let_go(sit_down, talker, key):
    asked = talker / "asked"
    ears = talker / "bin" / "python"
    ears.write_text(f"#!/bin/sh\nread -r _; echo $$ > {asked}; exec /bin/sleep 600\n")
    terminal = sit_down("--ears", PATH=str(talker), PYTHONPATH=f"lambda:.:{talker}")
    terminal.type("")
    pids(talker / "recorders", 1)
    terminal.type("")
    terminal.see("making words of what you said")
    (listener,) = pids(asked, 1)
    terminal.press(key)
    terminal.see("Goodbye.")
    terminal.see_end()
    assert not runs(listener)


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_who_leaves_while_an_answer_is_being_made_is_let_go(sit_down, sounds, key):
    asked, espeak = sounds / "asked", sounds / "espeak-ng"
    real = espeak.resolve()
    espeak.unlink()
    espeak.write_text(f'#!/bin/sh\necho $$ >> {asked}\n/bin/sleep 0.3\nexec {real} "$@"\n')
    espeak.chmod(0o755)
    # Nothing was spoken before, so that there is something to be made.
    elsewhere = (
        f"import pathlib, simulator.voices.clips as clips; clips.kept_in = lambda: pathlib.Path({str(sounds)!r})"
    )
    (sounds / "sitecustomize.py").write_text(elsewhere)
    terminal = sit_down("--voice", "espeak", PATH=str(sounds), PYTHONPATH=f"lambda:.:{sounds}")
    terminal.type("alexa, open hip coach")
    pids(asked, 1)
    terminal.see("The voice speaks this for the first time")
    terminal.press(key)
    terminal.see("Goodbye.")


def test_without_a_player_a_sentence_is_told_once_and_the_words_go_on(sit_down, sounds):
    terminal = sit_down("--voice", "espeak", PATH=str(sounds))
    terminal.see("There is no player for sound here", "so the words are shown and not heard.")
    terminal.type("alexa, open hip coach")
    terminal.see("Coach: Welcome")
    assert terminal.text.count("There is no player") == 1


def test_a_stream_is_shown_while_it_is_heard_and_a_word_in_its_middle_reaches_the_skill(sit_down):
    terminal = sit_down(command=STREAM)
    terminal.type("alexa, ask hip coach to start the quick routine")
    terminal.see("Coach: Here it is.", "(the session has ended: the skill closed it)", "(a stream begins)")
    terminal.see("playing a stream: 5 s into it", "Coach: Begin one. [")
    terminal.type("alexa, pause")
    terminal.see("] —", "s in, after", "-> AMAZON.PauseIntent")
    terminal.see(NO_SESSION)
    terminal.type("resume")
    terminal.see("Coach: On we go.", "(a stream begins, 50 s into it)", "Coach: End one.")
    terminal.see(NO_SESSION)
