"""Festival: the University of Edinburgh's engine, its lengths by a hidden Markov model of one speaker's recordings."""

from pathlib import Path
from shutil import which

from simulator.voices.sound import Sound, recorded

_SPEAKER = "cmu_us_slt_arctic_hts"
_SPEAKERS = Path("/usr/share/festival/voices/us")


class Festival:
    """Its voice `slt`, an American woman."""

    name = "festival"
    manner = _SPEAKER

    def missing(self) -> str:
        """What to install, when it or its voice is not there."""
        there = which("text2wave") and (_SPEAKERS / _SPEAKER).exists()
        return "" if there else "Install Debian's packages festival and festvox-us-slt-hts."

    def speak(self, text: str) -> Sound:
        """The sound of plain words."""
        return recorded("text2wave", "-eval", f"(voice_{_SPEAKER})", "-o", said=text)
