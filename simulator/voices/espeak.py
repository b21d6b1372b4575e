"""eSpeak NG: sounds put together from formants, their lengths by rules that people wrote.

Rule: quotation marks are left out. It pauses for them, which the others do not.
"""

from shutil import which

from simulator.voices.sound import Sound, recorded

_WORDS_A_MINUTE = 134
"""Its own setting, at which it speaks the content about as fast as Alexa is said to: what its pauses are to its words
depends on it."""


class Espeak:
    """Its American English voice."""

    name = "espeak"
    manner = f"en-us, set to {_WORDS_A_MINUTE}"

    def missing(self) -> str:
        """What to install, when it is not there."""
        return "" if which("espeak-ng") else "Install Debian's package espeak-ng."

    def speak(self, text: str, pace: int = 100) -> Sound:
        """The sound of plain words at a pace in percent."""
        said, speed = text.replace('"', ""), str(round(_WORDS_A_MINUTE * pace / 100))
        return recorded("espeak-ng", "-v", "en-us", "-s", speed, "--stdin", "-w", said=said)
