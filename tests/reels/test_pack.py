"""A pack is whole, or refused where the coach starts; and so are settings that do not go together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import ConfigurationError
from coach.reels.frames import FRAME_MS
from coach.reels.pack import VoicePack, packs_in
from infra.voice import pack
from tests.reels.voices import clip, render

TEXTS = {("Hold there.", 100): 1_200, ("Hold there.", 85): 1_400, ("Halfway.", 100): 700}


def written(folder: Path) -> Path:
    path = folder / "en-US.pack"
    clips = {key: clip(f"{key}", ms) for key, ms in TEXTS.items()}
    pack.write(path, "nobody", "en-US", clips, clip("a chime", 900))
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    read = VoicePack(written(tmp_path))
    for (text, pace), ms in TEXTS.items():
        assert read.frames(text, pace) == clip(f"{(text, pace)}", ms)
        assert abs((read.clip_ms(text, pace) or 0) - ms) <= FRAME_MS / 2
    assert read.chime() == clip("a chime", 900)
    assert read.clip_ms("Hold there.", 115) is None
    assert read.frames("Something else.", 100) is None


def beyond(index: dict[str, object]) -> dict[str, object]:
    return {**index, "chime": [0, 9_999]}


def before(index: dict[str, object]) -> dict[str, object]:
    return {**index, "chime": [-1, 4]}


def named(index: dict[str, object]) -> dict[str, object]:
    return {**index, "paces": {"slow": {"Hold there.": [0, 1]}}}


def lacking(index: dict[str, object]) -> dict[str, object]:
    return {name: part for name, part in index.items() if name != "locale"}


def spoil(path: Path, spoiled: Callable[[dict[str, object]], dict[str, object]]) -> None:
    first, frames = path.read_bytes().split(b"\n", 1)
    path.write_bytes(json.dumps(spoiled(json.loads(first))).encode() + b"\n" + frames)


def test_a_pack_of_another_version_is_told_as_such(tmp_path: Path) -> None:
    path = written(tmp_path)
    spoil(path, lambda index: {**index, "version": 2})
    with pytest.raises(ConfigurationError, match=r"en-US\.pack is a voice pack of another version: make it anew"):
        VoicePack(path)


@pytest.mark.parametrize("spoiled", [beyond, before, named, lacking])
def test_an_index_that_is_wrong_is_refused(
    tmp_path: Path, spoiled: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    path = written(tmp_path)
    spoil(path, spoiled)
    with pytest.raises(ConfigurationError, match=r"en-US\.pack is no voice pack, or not whole"):
        VoicePack(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"[]\n", b"{}", b"\xff\xfb\n", b"null\n" + bytes(144)])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "en-US.pack"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="make it anew"):
        VoicePack(path)


@pytest.mark.parametrize("cut", [1, 100, 144, 1_000])
def test_a_file_that_was_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ConfigurationError, match="not whole"):
        VoicePack(path)


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="make voice"):
        packs_in(tmp_path)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"voice": "{here}"}, "Set both"),
        ({"shelf": "folder://{here}"}, "Set both"),
        ({"voice": "{here}", "shelf": "folder://{here}/nowhere"}, "is no shelf"),
        ({"voice": "{here}", "shelf": "ftp://somewhere"}, "is no shelf"),
        ({"voice": "{here}", "shelf": "s3://a.name.with.dots"}, "is no shelf"),
        ({"voice": "{here}/nowhere", "shelf": "folder://{here}"}, "There is no voice pack"),
    ],
)
def test_settings_that_do_not_do_are_refused_at_the_start(tmp_path: Path, settings: dict[str, str], why: str) -> None:
    render(tmp_path, texts=["Hold there."])
    with pytest.raises(ConfigurationError, match=why):
        bootstrap(Settings(**{name: value.format(here=tmp_path) for name, value in settings.items()}))


def test_settings_come_from_the_environment() -> None:
    read = Settings.from_env({"HIP_COACH_VOICE": " /opt/voice ", "HIP_COACH_SHELF": "s3://reels"})
    assert (read.voice, read.shelf) == ("/opt/voice", "s3://reels")
