"""What is understood in each locale, learned once for all tests of a process: to learn takes seconds."""

from functools import cache

from simulator.nlu import Understanding, path_of
from simulator.transcript import LOCALE


@cache
def understood_in(locale: str = LOCALE) -> Understanding:
    """The understanding of the interaction model that Alexa gets for a locale."""
    return Understanding.from_file(path_of(locale))
