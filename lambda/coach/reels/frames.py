"""The one format of all that is joined: MPEG-2 Layer III at 24 kHz, 48 kbit/s, one channel.

A second of it are 41 2/3 frames of equal size, each of them whole bytes, so that sounds are joined by putting one
behind the other, without a decoder. Alexa plays it (SSML reference, `audio`: MPEG version 2, 48 kbps, 24,000 Hz).
Source of the layout: ISO/IEC 13818-3, and 11172-3 for its header.

Rule: a frame belongs to no other. A clip begins with one that borrows nothing from the frames before it.
"""

from typing import Final

FRAME_MS: Final = 24
"""576 samples."""

FRAME_BYTES: Final = 144

HEADER: Final = bytes.fromhex("fff364c4")
"""Layer III of MPEG-2 without a checksum, 48 kbit/s, 24 kHz, not padded, one channel."""

SILENT: Final = HEADER + bytes(FRAME_BYTES - len(HEADER))
"""A frame in which nothing is heard: no bits are spent on its sound."""


def frames_in(ms: int) -> int:
    """The number of frames that comes nearest to a time."""
    return (ms + FRAME_MS // 2) // FRAME_MS
