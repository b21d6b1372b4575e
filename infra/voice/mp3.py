"""Sounds as frames of the one format that is joined (coach.reels.frames), encoded by LAME or made elsewhere.

Rule: what goes into a pack is looked at frame by frame here, so that nothing has to be looked at where it is joined.
"""

from typing import Any

from coach.reels.frames import FRAME_BYTES, HEADER
from simulator.voices.sound import Sound

BITRATE, RATE = 48, 24_000
SAMPLES = 576
"""In a frame."""
DELAY = 576 + 529
"""So many samples later than its first frame a sound is heard, for LAME's encoder and for any decoder. What LAME puts
behind that is silence, which would make every clip longer.
"""
BEST = 2
"""LAME's quality: 2 is its best that is not slow."""

_FIXED = bytes.fromhex("fffffec0")
"""The bits of a header that say how long a frame is and how it is read: all but padding, copyright and emphasis."""


class FormatError(ValueError):
    """A sound that cannot be joined. The message says why."""


def encoded(sound: Sound) -> bytes:
    """The frames of a sound."""
    import lameenc  # noqa: PLC0415 - an extra, which only who makes a pack has

    encoder: Any = lameenc.Encoder()
    encoder.set_bit_rate(BITRATE)
    encoder.set_in_sample_rate(sound.rate)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(BEST)
    encoder.silence()
    frames = checked(bytes(encoder.encode(sound.samples.tobytes()) + encoder.flush()))
    needed = -(-(round(sound.ms * RATE / 1000) + DELAY) // SAMPLES)
    return frames[: needed * FRAME_BYTES]


def checked(mp3: bytes) -> bytes:
    """The frames of a file, without what players write before and behind them. Raises FormatError for any that is not
    of the format, and for a first one that stands on frames before it.
    """
    sound = _without_tags(mp3)
    if not sound or len(sound) % FRAME_BYTES:
        raise FormatError(f"{len(sound)} bytes are no whole number of frames of {FRAME_BYTES}")
    frames = [sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES)]
    for number, frame in enumerate(frames):
        if any((have ^ want) & fixed for have, want, fixed in zip(frame, HEADER, _FIXED, strict=False)):
            raise FormatError(f"frame {number} begins with {frame[:4].hex()}, and not as {HEADER.hex()}")
    if any(name in frames[0] for name in (b"Xing", b"Info")):
        frames = frames[1:]
    if not frames or frames[0][4]:
        raise FormatError("the first frame stands on frames before it")
    return b"".join(frames)


def _without_tags(mp3: bytes) -> bytes:
    """The frames alone: without ID3, of version 2 before them and of version 1 behind them (id3.org)."""
    if mp3[:3] == b"ID3" and len(mp3) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True))
        mp3 = mp3[10 + size :]
    return mp3[:-128] if mp3[-128:-125] == b"TAG" else mp3
