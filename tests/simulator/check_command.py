"""`python -m simulator`, run as a person or a program runs it, with the real handler behind it."""
# ruff: noqa: S603 - what is run here is this project itself

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.store import data_folder
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "simulator"]
MONDAY = ["--date", "2026-11-23T19:00"]
TUESDAY = ["--date", "2026-11-24T19:00"]


@pytest.fixture
def run(tmp_path):
    """Runs the command with lines on standard input, in a home folder of its own."""

    home = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}

    def call(*options, lines="", command=COMMAND, **environ):
        return subprocess.run(
            [*command, *options],
            input=lines,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=home | environ,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    return call


@pytest.fixture
def refused(monkeypatch, capsys):
    """Runs the command in this process, which is soon told no: to start another one takes longer than all of it."""

    def call(*options, lines=""):
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        try:
            status = main(options)
        except SystemExit as ended:
            status = ended.code
        return subprocess.CompletedProcess(options, status, *capsys.readouterr())

    return call


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{tmp_path}/progress.sqlite"


def test_a_script_is_played_at_once_with_the_real_coach(run, store):
    ran = run(*MONDAY, "--store", store, lines="alexa, open hip coach\nthe quick one\n@+40s next\n@silence\n")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    shown = ran.stdout.splitlines()
    assert shown[:2] == ["You: alexa, open hip coach", "  -> LaunchRequest"]
    assert shown[2].startswith("Coach: Welcome to Hip Coach.")
    assert "routine=quick" in shown[4]
    assert "[" in shown[5]
    assert "You (40 s in, after " in shown[6]
    assert shown[-1] == "  (the session has ended: nobody answered)"


def test_a_reminder_is_set_with_alexas_permission_and_read_back(run, store):
    lines = "alexa, ask hip coach to remind me every day at seven\nyes\ni approve\nstop reminding me\n"
    ran = run(*MONDAY, "--store", store, lines=lines)
    assert ran.returncode == 0, ran.stderr
    assert "Shall I remind you every day at seven in the morning?" in ran.stdout
    assert "Do you give Hip Coach permission to update your reminders?" in ran.stdout
    assert "I'll remind you every day at seven in the morning." in ran.stdout
    assert "I won't remind you any more" in ran.stdout


def test_tomorrow_the_place_of_yesterday_is_known(run, store):
    run(*MONDAY, "--store", store, lines="ask hip coach to start the quick routine\n@+40s stop\n")
    ran = run(*TUESDAY, "--store", store, lines="alexa, ask hip coach to resume yesterday's session\n")
    assert "yesterday" in ran.stdout.split("Coach: ")[1].lower()


def test_a_script_leaves_the_persons_own_progress_alone(run, tmp_path):
    assert run(lines="ask hip coach to start the quick routine\n@+40s stop\n").returncode == 0
    assert not (tmp_path / "data").exists()


def test_a_store_that_the_environment_names_is_used_and_one_of_the_command_before_it(run, tmp_path, store):
    named = {"HIP_COACH_STORE": f"sqlite:///{tmp_path}/named.sqlite"}
    began, resumed = "ask hip coach to start the quick routine\n@+40s stop\n", "ask hip coach to resume\n"
    run(*MONDAY, lines=began, **named)
    assert (tmp_path / "named.sqlite").exists()
    assert "yesterday" in run(*TUESDAY, lines=resumed, **named).stdout.lower()
    assert "yesterday" not in run(*TUESDAY, "--store", store, lines=resumed, **named).stdout.lower()


def test_a_store_whose_modules_are_not_set_up_is_told(run):
    # A module that cannot be imported, as in an environment for talking alone.
    code = "import sys; sys.modules['botocore'] = None; from simulator.__main__ import main; sys.exit(main())"
    ran = run("--store", "dynamodb://progress", command=[sys.executable, "-c", code])
    assert ran.returncode == 1
    assert ran.stderr == "simulator: The store dynamodb://progress needs botocore.exceptions: `make test` sets it up.\n"


LINES = """alexa, ask hip coach to remind me every day at seven
yes
i approve
next
ask hip coach for just the lying twist
@+5s help
ready
@+300ms ready
@+0s how much longer
@silence
hello
@+1d
ask hip coach to resume
"""


def test_what_is_recorded_plays_as_it_went(run, tmp_path):
    path = tmp_path / "evening.yaml"
    recorded = run("--record", str(path), "--locale", "en-GB", "--user", "ann", "--device", "kitchen", lines=LINES)
    assert recorded.returncode == 0, recorded.stderr
    played = run("--transcript", str(path))
    assert played.stderr == ""
    assert played.stdout + "  (the script ends here, with the session open)\n" == recorded.stdout
    text = path.read_text(encoding="utf-8")
    assert "locale: en-GB" in text
    assert "user: ann" in text


def test_a_recording_that_cannot_be_written_is_told_before_anything_is_said(run):
    ran = run("--record", "/nowhere/evening.yaml", lines=LINES)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert (
        ran.stderr == "simulator: The transcript /nowhere/evening.yaml cannot be written: No such file or directory.\n"
    )


def test_json_is_every_request_and_response_on_a_line_of_its_own(run, store):
    ran = run(
        "--json", *MONDAY, "--user", "ann", "--device", "kitchen", "--store", store, lines="open hip coach\nexit\n"
    )
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [next(iter(line)) for line in lines] == ["request", "response"] * 2
    assert lines[0]["request"]["request"]["timestamp"] == "2026-11-23T19:00:00Z"
    assert lines[0]["request"]["session"]["user"]["userId"].endswith("ann")
    assert lines[1]["response"]["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert lines[2]["request"]["request"]["reason"] == "USER_INITIATED"


def test_strict_takes_nothing_but_samples(run, store):
    lines = "open hip coach\ncould we perhaps have the next one\n"
    assert "a guess" in run("--store", store, lines=lines).stdout
    assert "AMAZON.FallbackIntent" in run("--store", store, "--strict", lines=lines).stdout


@pytest.mark.parametrize(
    "option",
    [
        ["--loud"],
        ["--date", "tonight"],
        ["--date", "+soon"],
        ["--record", "x", "--store", "memory:"],
        ["--serve", "door"],
        ["--transcript", "x", "--serve", "1"],
        ["--player"],
        ["--ears", "--page"],
        ["--ears", "--record", "x"],
        ["--player", "--reels", "x", "--transcript", "x"],
    ],
)
def test_a_wrong_command_is_refused_with_status_two(refused, option):
    ran = refused(*option)
    assert ran.returncode == 2
    assert option[0].lstrip("-") in ran.stderr


@pytest.mark.parametrize(
    ("options", "lines", "reason"),
    [
        (
            ["--model", "missing.json"],
            "",
            "model missing.json cannot be read: No such file or directory",
        ),
        (["--model", "pyproject.toml"], "", "The interaction model pyproject.toml is not in Amazon's format"),
        (["--locale", "en-XX"], "", "en-XX.json cannot be read"),
        (["--locale", "xx-XX"], "", "There are no words for the language xx"),
        (
            ["--locale", "xx-XX", "--model", "interaction_model/en-US.json"],
            "",
            "There are no words for the language xx",
        ),
        (
            ["--store", "sqlite:////nowhere/at/progress.sqlite"],
            "",
            "The folder /nowhere/at for the progress file does not exist",
        ),
        (["--store", "paper:"], "", "no store that the coach knows"),
        (["--store", "memory:"], "open hip coach\n@later next\n", 'Line 2: "@later next" is neither'),
        (["--transcript", "missing.yaml"], "", "The transcript missing.yaml cannot be read"),
        (["--ears"], "open hip coach\n", "Nobody is at a terminal here who could talk"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(refused, options, lines, reason):
    ran = refused(*options, lines=lines)
    assert ran.returncode == 1
    assert ran.stderr.startswith("simulator: ")
    assert reason in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_without_compiled_content_it_says_how_to_make_it(run, tmp_path):
    for part in ("lambda", "simulator", "interaction_model", "authoring"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("compiled", "__pycache__"))
    code = "import sys; from simulator.__main__ import main; sys.exit(main())"
    paths = f"import sys; sys.path[:0] = ['{tmp_path}/lambda', '{tmp_path}']; "
    ran = run("--store", "memory:", command=[sys.executable, "-c", paths + code])
    assert ran.returncode == 1
    assert "make content" in ran.stderr


def test_a_transcript_that_is_met_ends_well(run, tmp_path):
    path = tmp_path / "welcome.yaml"
    path.write_text("start: 2026-11-23T19:00\nturns:\n  - say: alexa, open hip coach\n    hear: Welcome to Hip Coach\n")
    ran = run("--transcript", str(path))
    assert ran.returncode == 0, ran.stderr
    assert "Coach: Welcome to Hip Coach" in ran.stdout


def test_a_transcript_that_is_not_met_names_file_line_and_what_was_heard(run, tmp_path):
    path = tmp_path / "welcome.yaml"
    path.write_text("start: 2026-11-23T19:00\nturns:\n  - say: alexa, open hip coach\n    hear: Good morning\n")
    ran = run("--transcript", str(path))
    assert ran.returncode == 1
    assert ran.stderr.startswith(f'{path}:3: expected to hear "Good morning"; heard: Welcome to Hip Coach')


def test_a_reader_that_goes_away_is_no_fault():
    speaking = subprocess.Popen(
        [*COMMAND, "--store", "memory:"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    speaking.stdout.close()
    speaking.stdin.write("open hip coach\n" * 3)
    speaking.stdin.close()
    assert speaking.wait(30) == 0
    assert speaking.stderr.read() == ""
    speaking.stderr.close()


@pytest.fixture
def served(tmp_path):
    """The handler behind a port: the process and its port."""
    process = subprocess.Popen(
        [*COMMAND, "--serve", "0"],
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # Whoever runs the tests in the background has Ctrl-C ignored, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there are no threads here
    )
    port = int(process.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
    yield process, port
    process.kill()
    process.communicate()


def post(port, body):
    """The status and the body of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("POST", "/", body)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def test_the_real_handler_answers_envelopes_on_a_port_and_leaves_the_persons_own_progress_alone(run, served, tmp_path):
    _, port = served
    first = run("--json", "--store", "memory:", lines="open hip coach\n").stdout.splitlines()[0]
    envelope = json.loads(first)["request"]
    for _ in range(2):
        status, answer = post(port, json.dumps(envelope))
        assert status == 200
        assert answer["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert post(port, "{")[0] == 400
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_taken_is_told(refused, served):
    _, port = served
    for what in ("--serve", "--page"):
        ran = refused(what, str(port), "--store", "memory:")
        assert ran.returncode == 1
        assert f"Port {port} cannot be used: Address already in use. Port 0 takes one" in ran.stderr


def test_a_port_that_there_is_not_is_told(refused):
    ran = refused("--page", "99999", "--store", "memory:")
    assert ran.returncode == 1
    assert "There is no port 99999" in ran.stderr


def test_ctrl_c_ends_a_server_politely(served):
    process, _ = served
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert out.endswith("Goodbye.\n")
    assert err == ""


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, "/home/ann/.local/share/hip-coach"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/hip-coach"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/home/ann/Library/Application Support/hip-coach"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/hip-coach"),
        ("win32", {}, "/home/ann/AppData/Local/hip-coach"),
    ],
)
def test_the_data_folder_follows_the_custom_of_the_platform(platform, environ, folder):
    assert data_folder(environ, platform, Path("/home/ann")) == Path(folder)


def test_without_a_voice_a_sentence_is_told_and_the_words_are_shown(run, tmp_path):
    path = str(Path(sys.executable).parent)
    options = ("--voice", "espeak", "--voice-to", str(tmp_path / "talk.wav"), "--captions", str(tmp_path / "talk.vtt"))
    ran = run(*MONDAY, *options, lines="alexa, open hip coach\n", PATH=path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == (
        "simulator: The voice espeak is not there, so the words are shown and not heard. "
        "Install Debian's package espeak-ng.\n"
    )
    assert "Coach: Welcome to Hip Coach." in ran.stdout
    assert "Welcome to Hip Coach." in (tmp_path / "talk.vtt").read_text()
    assert not (tmp_path / "talk.wav").exists()


@pytest.mark.parametrize("option", ["--voice-to", "--captions"])
def test_a_file_that_cannot_be_written_is_told_before_anybody_speaks(refused, option):
    ran = refused(*MONDAY, option, "/nowhere/talk", lines="alexa, open hip coach\n")
    assert ran.returncode == 1
    if option == "--captions" or shutil.which("espeak-ng"):
        assert "/nowhere/talk cannot be written: No such file or directory." in ran.stderr
        assert ran.stdout == ""


@pytest.mark.parametrize("mode", [("--serve", "0"), ("--record", "talk.yaml"), ("--transcript", "talk.yaml")])
def test_what_is_heard_goes_with_a_talk_and_with_nothing_else(refused, mode):
    ran = refused("--voice", "espeak", *mode)
    assert ran.returncode == 2
    assert "go with no --transcript, --record or --serve" in " ".join(ran.stderr.split())


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs Debian's package espeak-ng")
def test_a_talk_is_kept_as_sound_and_captions(run, tmp_path):
    files = ("--voice-to", str(tmp_path / "talk.wav"), "--captions", str(tmp_path / "talk.vtt"))
    ran = run(*MONDAY, "--voice", "espeak", *files, lines="alexa, open hip coach\n@+3s stop\n")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "talk.wav").read_bytes()[:4] == b"RIFF"
    assert "<v You>stop" in (tmp_path / "talk.vtt").read_text()
