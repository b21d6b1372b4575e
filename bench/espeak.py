"""Speech by espeak-ng (Debian package `espeak-ng`), as samples.

Rule: plain words go in, never SSML: espeak merges breaks that follow one another. Silences are written by the caller.
Quotation marks are left out: espeak pauses for them, which voices like Alexa's are not known to do.
"""

from __future__ import annotations

import subprocess
import wave
from array import array
from functools import cache
from io import BytesIO

SAMPLES_A_SECOND = 22_050
WORDS_A_MINUTE = 134
"""espeak's own setting. Measured over the content it speaks 158 words a minute, pauses between sentences
included; Alexa is said to speak 150 to 165."""

_VOICES = {"en-US": "en-us"}
_SILENT_BELOW = 200


@cache
def speak(words: str, locale: str = "en-US", setting: int = WORDS_A_MINUTE) -> array[int]:
    """The sound of `words` from its first audible sample to its last. Raises CalledProcessError when espeak fails."""
    command = ["espeak-ng", "-v", _VOICES[locale], "-s", str(setting), "--stdout", words.replace('"', "")]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(BytesIO(spoken)) as sound:
        # espeak cannot go back in a pipe to write how long it was, so the header's count of frames is not to be used.
        samples = array("h", sound.readframes(len(spoken)))
    return _trimmed(samples)


def milliseconds(samples: array[int]) -> float:
    """How long it takes to play `samples`."""
    return len(samples) / SAMPLES_A_SECOND * 1000


def silence(ms: float) -> array[int]:
    """Samples of nothing for `ms` milliseconds."""
    return array("h", bytes(2 * round(ms * SAMPLES_A_SECOND / 1000)))


def _trimmed(samples: array[int]) -> array[int]:
    loud = [at for at, sample in enumerate(samples) if abs(sample) >= _SILENT_BELOW]
    return samples[loud[0] : loud[-1] + 1] if loud else samples[:0]
