"""Which voices there are to talk with, and which of them is there."""

from simulator.voices.espeak import Espeak
from simulator.voices.piper import Piper
from simulator.voices.port import Paced

BEST = "best"
NAMES = (Piper.name, Espeak.name)
"""The best first."""


class NoVoiceError(Exception):
    """No voice can speak. The message says what to do."""


def voice(name: str = BEST) -> Paced:
    """The voice of a name, or the best that is there. Raises NoVoiceError."""
    voices: tuple[Paced, ...] = (Piper(), Espeak())
    wanted = [one for one in voices if name in (BEST, one.name)]
    there = next((one for one in wanted if not one.missing()), None)
    if there:
        return there
    what = "There is no voice here" if name == BEST else f"The voice {name} is not there"
    raise NoVoiceError(f"{what}, so the words are shown and not heard. {' Or: '.join(one.missing() for one in wanted)}")
