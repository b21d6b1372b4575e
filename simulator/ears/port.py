"""What a recogniser can do."""

from typing import Protocol

from simulator.voices.sound import Sound


class Recogniser(Protocol):
    """One program that makes words of speech. `rate` is how many samples a second it wants."""

    rate: int

    def missing(self) -> str:
        """What to do so that it can listen, as a sentence; empty when it can."""
        ...

    def wake(self) -> None:
        """Begin to make ready what takes a while, so that the first words need not wait for it."""
        ...

    def close(self) -> None:
        """Listen no more, also where somebody waits for words just now: that fails then."""
        ...

    def words(self, sound: Sound, expected: str) -> str:
        """What is said in a sound, and nothing where nobody speaks. `expected` are sentences as they may be said, which
        make those likelier. Raises OSError when it fails.
        """
        ...
