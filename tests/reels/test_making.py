"""A pack is made once: what is there is not made again, and nothing is bought that was not agreed to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from coach.reels.frames import FRAME_BYTES, HEADER, SILENT
from coach.reels.pack import VoicePack
from infra.voice import __main__ as command
from infra.voice import makers, mp3
from infra.voice.polly import Polly
from tests.reels.voices import clip, spoken


class Speaking:
    """A voice that makes frames, counts them, and may break off or cost something."""

    name, manner = "stand-in", "loud"

    def __init__(self, dollars: float = 0.0, most: int = 100_000) -> None:
        self.dollars, self.most = dollars, most
        self.made: list[tuple[str, int]] = []

    def missing(self) -> str:
        return ""

    def price(self, characters: int) -> float:
        return self.dollars * characters

    def clip(self, text: str, pace: int) -> bytes:
        if len(self.made) >= self.most:
            raise OSError("It has stopped speaking")
        self.made.append((text, pace))
        return clip(f"{text} {pace}", 800)


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs the command with a voice, in a folder of its own."""
    monkeypatch.setattr(mp3, "encoded", lambda _: clip("a chime", 900))

    def run(voice: Any, *more: str) -> int:
        monkeypatch.setattr(command, "maker", lambda _: voice)
        return command.main(["--voice", "x", "--to", str(tmp_path), "--clips", str(tmp_path / "clips"), *more])

    return run


def test_all_of_the_vocabulary_is_made_and_the_second_time_nothing(make: Any, tmp_path: Path) -> None:
    first, second = Speaking(), Speaking()
    assert make(first) == 0
    assert {text for text, _ in first.made} == set(spoken())
    pack = VoicePack(tmp_path / "en-US.pack")
    assert all(pack.frames(text, 100) == clip(f"{text} 100", 800) for text in spoken())
    assert make(second) == 0
    assert second.made == []


def test_a_further_pace_is_made_beside_those_that_are_there(make: Any, tmp_path: Path) -> None:
    make(Speaking())
    further = Speaking()
    assert make(further, "--pace", "85", "100") == 0
    assert {pace for _, pace in further.made} == {85}
    assert {pace for _, pace in VoicePack(tmp_path / "en-US.pack").clips} == {85, 100}


def test_a_run_that_broke_off_goes_on_where_it_was(make: Any, tmp_path: Path, capsys: Any) -> None:
    assert make(Speaking(most=300)) == 1
    assert "What was made is kept" in capsys.readouterr().err
    assert not (tmp_path / "en-US.pack").exists()
    rest = Speaking()
    assert make(rest) == 0
    assert len(rest.made) == len(spoken()) - 300


def test_nothing_is_bought_before_its_price_was_told(make: Any, capsys: Any) -> None:
    voice = Speaking(dollars=0.00001)
    assert make(voice) == 1
    assert voice.made == []
    letters = sum(map(len, spoken()))
    assert f"about ${letters * 0.00001:.2f}" in capsys.readouterr().err
    assert make(voice, "--buy") == 0
    assert len(voice.made) == len(spoken())


def test_a_clip_that_was_spoiled_is_made_again(make: Any, tmp_path: Path) -> None:
    make(Speaking())
    spoiled = sorted((tmp_path / "clips").iterdir())[0]
    spoiled.write_bytes(spoiled.read_bytes()[:-3])
    again = Speaking()
    assert make(again) == 0
    assert len(again.made) == 1


def test_a_voice_that_there_is_not_is_told(capsys: Any) -> None:
    assert command.main(["--voice", "siri"]) == 1
    assert "There is no voice siri: use piper, espeak, or polly:NAME" in capsys.readouterr().err


SPOKEN = clip("Hold there.", 240)
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)
INFO = HEADER + bytes(13) + b"Info" + bytes(FRAME_BYTES - 21)


@pytest.mark.parametrize(
    "around", [SPOKEN, ID3 + SPOKEN, INFO + SPOKEN, SPOKEN + b"TAG" + bytes(125), ID3 + INFO + SPOKEN]
)
def test_what_players_write_around_a_sound_is_left_out(around: bytes) -> None:
    assert mp3.checked(around) == SPOKEN


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        (b"", "no whole number"),
        (SPOKEN[:-1], "no whole number"),
        (b"RIFF" + SPOKEN[4:], "frame 0 begins with"),
        (SPOKEN[:144] + b"\xff\xf3\x74\xc4" + SPOKEN[148:], "frame 1 begins with"),
        (SPOKEN[:144] + b"\xff\xf3\x66\xc4" + SPOKEN[148:], "frame 1 begins with"),
        (SPOKEN[:144] + b"\xff\xf3\x64\x04" + SPOKEN[148:], "frame 1 begins with"),
        (HEADER + b"\x09" + SPOKEN[5:], "stands on frames before it"),
        (INFO, "stands on frames before it"),
    ],
    ids=["nothing", "cut", "another kind", "64 kbit/s", "padded", "stereo", "borrows", "only a header"],
)
def test_a_sound_that_cannot_be_joined_is_refused(spoiled: bytes, why: str) -> None:
    with pytest.raises(mp3.FormatError, match=why):
        mp3.checked(spoiled)


def test_silence_is_a_frame_of_the_format() -> None:
    assert mp3.checked(SILENT) == SILENT


@pytest.fixture
def polly() -> Iterator[tuple[Polly, Stubber]]:
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "region_name": "us-east-1"}
    client = boto3.client("polly", **keys)  # type: ignore[call-overload]
    with Stubber(client) as stub:
        yield Polly("Matthew", client), stub


def asked(text: str) -> dict[str, str]:
    return {
        "Engine": "neural",
        "OutputFormat": "mp3",
        "SampleRate": "24000",
        "Text": f"<speak>{text}</speak>",
        "TextType": "ssml",
        "VoiceId": "Matthew",
    }


def told(sound: bytes) -> dict[str, Any]:
    return {"AudioStream": StreamingBody(io.BytesIO(sound), len(sound)), "ContentType": "audio/mpeg"}


def test_polly_is_asked_as_its_service_wants_it(polly: tuple[Polly, Stubber]) -> None:
    voice, stub = polly
    stub.add_response("synthesize_speech", told(ID3 + SPOKEN), asked("Knees &amp; hips."))
    assert voice.clip("Knees & hips.", 100) == SPOKEN
    stub.add_response("synthesize_speech", told(SPOKEN), asked('<prosody rate="85%">Hold there.</prosody>'))
    assert voice.clip("Hold there.", 85) == SPOKEN
    stub.assert_no_pending_responses()


def test_what_polly_sends_is_held_to_the_format(polly: tuple[Polly, Stubber]) -> None:
    voice, stub = polly
    stub.add_response("synthesize_speech", told(b"\0" * 8), asked("Hold there."))
    with pytest.raises(mp3.FormatError):
        voice.clip("Hold there.", 100)


def test_what_polly_refuses_ends_the_run_with_a_sentence(polly: tuple[Polly, Stubber], make: Any, capsys: Any) -> None:
    voice, stub = polly
    stub.add_client_error("synthesize_speech", "ThrottlingException", "Rate exceeded")
    assert make(voice, "--buy") == 1
    assert "Rate exceeded" in capsys.readouterr().err


def test_polly_costs_what_its_list_says() -> None:
    assert Polly("Matthew").price(1_000_000) == pytest.approx(16)
    assert isinstance(makers.maker("polly:Matthew"), Polly)
