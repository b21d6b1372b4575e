"""The one file of a voice, as the coach reads it (coach.reels.pack)."""

import json
from collections.abc import Mapping
from pathlib import Path

from coach.reels.frames import FRAME_BYTES
from coach.reels.pack import VERSION, Clip
from infra.voice.shop import Wanted


def write(path: Path, voice: str, locale: str, clips: Mapping[Wanted, bytes], chime: bytes) -> None:
    """Write a pack whole, or not at all."""
    frames = bytearray()

    def put(clip: bytes) -> Clip:
        first = len(frames) // FRAME_BYTES
        frames.extend(clip)
        return first, len(clip) // FRAME_BYTES

    paces: dict[int, dict[str, Clip]] = {}
    index = {"version": VERSION, "voice": voice, "locale": locale, "chime": put(chime), "paces": paces}
    for (text, pace), clip in clips.items():
        paces.setdefault(pace, {})[text] = put(clip)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_bytes(json.dumps(index, ensure_ascii=False).encode() + b"\n" + frames)
    half.replace(path)
