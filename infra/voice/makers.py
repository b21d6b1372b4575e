"""The voices of which a pack can be made, by what they are asked for."""

from typing import Protocol

from infra.voice.mp3 import encoded
from infra.voice.polly import Polly
from simulator.voices.espeak import Espeak
from simulator.voices.piper import Piper
from simulator.voices.port import Paced


class Maker(Protocol):
    """What speaks texts for a pack. `name` and `manner` tell its clips from those of others."""

    name: str
    manner: str

    def missing(self) -> str:
        """What to do so that it can speak, as a sentence; empty when it can."""
        ...

    def price(self, characters: int) -> float:
        """What so many characters cost, in US dollars."""
        ...

    def clip(self, text: str, pace: int) -> bytes:
        """The frames of a text at a pace in percent. Raises OSError, SubprocessError and FormatError."""
        ...


class Rendered:
    """A voice of this machine, which costs nothing."""

    def __init__(self, voice: Paced) -> None:
        self.name, self.manner = voice.name, voice.manner
        self._voice = voice

    def missing(self) -> str:
        """See Maker."""
        return self._voice.missing()

    def price(self, characters: int) -> float:
        """See Maker."""
        return 0.0

    def clip(self, text: str, pace: int) -> bytes:
        """See Maker."""
        return encoded(self._voice.speak(text, pace))


def maker(asked: str) -> Maker:
    """The voice of a name. Raises LookupError, which says which there are."""
    name, _, voice = asked.partition(":")
    if name == Polly.name and voice:
        return Polly(voice)
    local: dict[str, type[Paced]] = {Piper.name: Piper, Espeak.name: Espeak}
    if name in local and not voice:
        return Rendered(local[name]())
    raise LookupError(f"There is no voice {asked}: use {', '.join(local)}, or {Polly.name}:NAME as in polly:Matthew.")
