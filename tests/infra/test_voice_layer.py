"""The layer has the packs and nothing else, where the function looks for them. What cannot go along is told first."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from authoring.package import Package
from coach.bootstrap import bootstrap
from coach.config import Settings
from infra import account, needs, skill, stack
from infra.stack import Stack
from infra.voice import layer
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu.understanding import SKILL_ID
from tests.reels.test_answers import ssml
from tests.reels.voices import LOCALE, render, spoken
from tests.understood import understood_in

ROOM = 262_144_000
"""Of Lambda, for the bundle and its layers, unpacked."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pack and the clips that it was made of; what is made goes beside it."""
    voice = tmp_path / "voice"
    (voice / "clips").mkdir(parents=True)
    (voice / "clips" / "0123.mp3").write_bytes(b"a clip")
    render(voice, length=lambda *_: 96)
    monkeypatch.setattr(layer, "MADE", tmp_path / "layer.zip")
    return voice


def test_the_layer_has_the_packs_alone_and_is_the_same_each_time(folder: Path) -> None:
    layer.make(folder)
    first = layer.MADE.read_bytes()
    with zipfile.ZipFile(layer.MADE) as made:
        assert made.namelist() == [f"voice/{LOCALE}.pack"]
        assert made.read(made.namelist()[0]) == (folder / f"{LOCALE}.pack").read_bytes()
    layer.make(folder)
    assert layer.MADE.read_bytes() == first


def test_the_coach_speaks_from_a_layer(folder: Path, tmp_path: Path) -> None:
    layer.make(folder)
    with zipfile.ZipFile(layer.MADE) as made:
        made.extractall(tmp_path / "opt")
    coach = bootstrap(Settings(voice=str(tmp_path / "opt" / "voice"), shelf=f"folder://{tmp_path}"))
    speaker = Speaker(coach, understood_in(LOCALE), VirtualClock(datetime(2026, 11, 23, 19, tzinfo=UTC)))
    speaker.say("Alexa, ask Hip Coach to do the lying twist")
    assert '<audio src="https://reels.localhost/' in ssml(speaker.say("ready"))


def test_there_is_room_for_the_largest_packs_beside_the_bundle(bundle: Package) -> None:
    with zipfile.ZipFile(bundle.path) as content:
        unpacked = sum(entry.file_size for entry in content.infolist())
    assert unpacked + layer.LARGEST < ROOM


def test_it_is_told_how_much_of_what_the_coach_says_a_pack_lacks(folder: Path) -> None:
    assert list(layer.lacking(folder)) == []
    render(folder, texts=spoken()[:-3], length=lambda *_: 96)
    (told,) = layer.lacking(folder)
    assert told.startswith(f"The voice pack of {LOCALE} lacks 3 of {len(spoken())} texts: ")
    assert "`make voice` makes them alone" in told


def no_pack(folder: Path) -> None:
    (folder / f"{LOCALE}.pack").unlink()


def another_version(folder: Path) -> None:
    pack = folder / f"{LOCALE}.pack"
    pack.write_bytes(pack.read_bytes().replace(b'"version": 1', b'"version": 2', 1))


def cut_short(folder: Path) -> None:
    pack = folder / f"{LOCALE}.pack"
    pack.write_bytes(pack.read_bytes()[:-1])


def too_large(_: Path) -> None:
    """Nothing: there is no more room than for a part of it."""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[Stack]:
    """The stacks that somebody has who lacks nothing."""
    stacks: list[Stack] = []
    monkeypatch.setattr(needs, "_tools", list)
    monkeypatch.setattr(skill, "profile", lambda: "default")
    monkeypatch.setattr(account, "lacking", lambda *_, voice: [])
    monkeypatch.setattr(stack, "find", lambda *_: stacks)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return stacks


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_pack, "There is no voice pack in {folder}: make one with `make voice`."),
        (another_version, "en-US.pack is a voice pack of another version: make it anew."),
        (cut_short, "en-US.pack is no voice pack, or not whole: make it anew."),
        (too_large, "The voice packs in {folder} have 1 MB, and AWS Lambda has room for 0: take a locale away"),
    ],
)
def test_a_pack_that_cannot_go_along_is_told_before_anything_is_made(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    told: str,
) -> None:
    assert needs.main(["--voice", str(folder)]) == 0
    spoil(folder)
    if spoil is too_large:
        monkeypatch.setattr(layer, "LARGEST", 100_000)
    assert needs.main(["--voice", str(folder)]) == 1
    assert told.format(folder=folder) in capsys.readouterr().err


@pytest.mark.usefixtures("known")
def test_a_voice_for_an_address_of_ones_own_is_refused_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert needs.main(["--voice", str(folder), "--without-aws"]) == 1
    assert "HIP_COACH_VOICE" in capsys.readouterr().err


def test_a_coach_that_could_not_read_the_voice_that_is_there_is_not_deployed(
    known: list[Stack], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:layer:hip-coach-prod-voice-{}:12"
    known.append(Stack("hip-coach-prod", "us-east-1", SKILL_ID, "arn", arn.format(1)))
    assert needs.main([]) == 0
    known[:] = [Stack("hip-coach-prod", "us-east-1", SKILL_ID, "arn", arn.format(2))]
    assert needs.main([]) == 1
    assert "VOICE=build/voice. Or take them out, VOICE=no." in capsys.readouterr().err
    assert needs.main(["--voice", "no"]) == 0
    assert needs.main(["--voice", str(folder)]) == 0
