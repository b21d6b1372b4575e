"""Flite: a small engine of Carnegie Mellon University, its lengths by trees grown on the recordings of one speaker."""

from shutil import which

from simulator.voices.sound import Sound, recorded

_SPEAKER = "rms"


class Flite:
    """Its voice `rms`, an American man; `slt` would be the woman that Festival has."""

    name = "flite"
    manner = _SPEAKER

    def missing(self) -> str:
        """What to install, when it is not there."""
        return "" if which("flite") else "Install Debian's package flite."

    def speak(self, text: str) -> Sound:
        """The sound of plain words."""
        return recorded("flite", "-voice", _SPEAKER, "-t", text, "-o")
