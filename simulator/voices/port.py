"""What a synthesiser can do."""

from typing import Protocol

from simulator.voices.sound import Sound


class Synthesiser(Protocol):
    """One program with one voice at one setting. `name` is what it is asked for by, `manner` tells the rest."""

    name: str
    manner: str

    def missing(self) -> str:
        """What to do so that it can speak, as a sentence; empty when it can."""
        ...

    def speak(self, text: str) -> Sound:
        """The sound of plain words, without silence around it. Raises OSError or SubprocessError when it fails."""
        ...


class Paced(Synthesiser, Protocol):
    """One that speaks slower and faster as well."""

    def speak(self, text: str, pace: int = 100) -> Sound:
        """The sound of plain words at a pace in percent."""
        ...
