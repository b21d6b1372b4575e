"""The sounds that an answer brings along by their address, as a listener gets them.

Rule: what is heard is found in the frames themselves: a clip of a pack by its bytes, and silence by its. Nothing is
taken from the timeline that they were joined by.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.reels.folder import HERE
from coach.reels.frames import FRAME_BYTES, FRAME_MS, HEADER, SILENT
from coach.reels.pack import VoicePack, packs_in
from coach.speaking.tempo import Voice
from simulator.speech import SOUND, Pause, Phrase, Piece, Sounds, SpeechError, phrase_of

SOUND_MAX_MS = 240_000
"""The longest sound that a speech may have in it. Source: SSML reference, `audio`."""


@dataclass(frozen=True)
class Shelved:
    """The settings of a coach that answers with sounds, and what hears them."""

    voice: str = ""
    shelf: str = ""
    sounds: Sounds | None = None
    streams: Sounds | None = None


NO_REELS = Shelved()


@contextmanager
def shelved(folder: Path | None) -> Iterator[Shelved]:
    """A shelf of its own for the voice packs in a folder, as long as it is needed; nothing without one. Raises
    ConfigurationError for packs that cannot be used.
    """
    if folder is None:
        yield NO_REELS
        return
    packs = packs_in(folder).values()
    with TemporaryDirectory() as shelf:
        reels = Reels(Path(shelf), packs)
        yield Shelved(str(folder), f"folder://{shelf}", reels, reels.streamed)


class Reels:
    """Fetches what is on a shelf in a folder, and hears what was said for it in these packs."""

    def __init__(self, folder: Path, packs: Iterable[VoicePack]) -> None:
        self._folder = folder
        self._by_start: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for pack in packs:
            heard = [(pack.frames(*clip) or b"", clip[0]) for clip in pack.clips]
            for frames, text in [*heard, (pack.chime(), SOUND)]:
                self._by_start[frames[:FRAME_BYTES]].append((frames, text))

    def __call__(self, address: str, voice: Voice) -> tuple[Piece, ...]:
        """What is heard of a sound in a speech: see simulator.speech.Sounds."""
        sound = self._fetched(address)
        if (ms := len(sound) // FRAME_BYTES * FRAME_MS) > SOUND_MAX_MS:
            raise SpeechError(f"a sound of {ms / 1000:g} seconds is longer than 240")
        return self._heard(sound, voice)

    def streamed(self, address: str, voice: Voice) -> tuple[Piece, ...]:
        """What is heard of a stream, which can be of any length."""
        return self._heard(self._fetched(address), voice)

    def _heard(self, sound: bytes, voice: Voice) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = 0
        while at < len(sound):
            frames, text = self._clip_at(sound, at)
            ms = len(frames) // FRAME_BYTES * FRAME_MS
            at += len(frames)
            if text == SOUND:
                pieces.append(Phrase(SOUND, ms, (0,)))
            elif text:
                pieces.append(phrase_of(text, ms, voice))
            elif pieces and isinstance(pieces[-1], Pause):
                pieces[-1] = Pause(pieces[-1].ms + ms)
            else:
                pieces.append(Pause(ms))
        return tuple(pieces)

    def _fetched(self, address: str) -> bytes:
        try:
            sound = (self._folder / address.removeprefix(HERE)).read_bytes()
        except OSError as error:
            raise SpeechError("a sound cannot be fetched from its address") from error
        frames, rest = divmod(len(sound), FRAME_BYTES)
        if rest or any(not sound.startswith(HEADER, number * FRAME_BYTES) for number in range(frames)):
            raise SpeechError("a sound is not of the format that a speech may have in it")
        return sound

    def _clip_at(self, sound: bytes, at: int) -> tuple[bytes, str]:
        """The longest clip that begins here, and its words; or a silent frame, which has none."""
        found = [clip for clip in self._by_start[sound[at : at + FRAME_BYTES]] if sound.startswith(clip[0], at)]
        if found:
            return max(found, key=lambda clip: len(clip[0]))
        if sound.startswith(SILENT, at):
            return SILENT, ""
        raise SpeechError(f"{at // FRAME_BYTES * FRAME_MS} ms into a sound is something that nobody spoke")
