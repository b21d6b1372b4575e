"""Voices that take as long as they like, rendered into packs whose frames stand for sound that nobody has to hear.

Each frame has the header of the format and a body that says whose it is, so that what was joined can be told apart
again; a decoder would make noise of it. What is really heard is tried where there is an encoder (check_sound.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from coach.reels.frames import FRAME_BYTES, FRAME_MS, HEADER
from coach.reels.pack import SUFFIX, VoicePack
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook
from infra.voice import pack, vocabulary

LOCALE = "en-US"
CHIME_MS = 912


def clip(text: str, ms: float) -> bytes:
    """Frames for about so many milliseconds, which are those of this text and no other. The first borrows nothing."""
    count = max(1, round(ms / FRAME_MS))
    body = blake2b(text.encode(), digest_size=32).digest()
    return b"".join(
        HEADER + b"\0" + number.to_bytes(2, "big") + body.ljust(FRAME_BYTES - len(HEADER) - 3, b"\x55")
        for number in range(count)
    )


@cache
def words(locale: str = LOCALE) -> Phrasebook:
    return Phrasebook(load(locale))


@cache
def spoken(locale: str = LOCALE) -> tuple[str, ...]:
    return vocabulary.texts(words(locale))


def render(
    folder: Path,
    *,
    locale: str = LOCALE,
    rate: float = 1.0,
    paces: Iterable[int] = (100,),
    texts: Iterable[str] | None = None,
    length: Callable[[str, int], float] | None = None,
) -> VoicePack:
    """A pack in a folder whose voice takes `rate` times the estimate for its words, or the `length` of each."""
    ms = length or (lambda text, pace: words(locale).spoken_ms(text) * rate * 100 / pace)
    known = spoken(locale) if texts is None else texts
    clips = {(text, pace): clip(f"{text} {pace}", ms(text, pace)) for pace in paces for text in known}
    path = folder / f"{locale}{SUFFIX}"
    pack.write(path, "nobody", locale, clips, clip("a chime", CHIME_MS))
    return VoicePack(path)
