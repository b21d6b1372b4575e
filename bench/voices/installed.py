"""Which synthesisers there are, and which of them are there."""

from collections.abc import Collection

from bench.voices.festival import Festival
from bench.voices.flite import Flite
from simulator.voices.espeak import Espeak
from simulator.voices.piper import Piper
from simulator.voices.port import Synthesiser

ALL: tuple[Synthesiser, ...] = (Espeak(), Flite(), Festival(), Piper())
NAMES = tuple(one.name for one in ALL)


def installed(names: Collection[str] = NAMES) -> list[Synthesiser]:
    """Those of these names that can speak, having told of each other one what to do for it. Where there is none, that
    is told too: what needs no voice goes on without.
    """
    asked = [one for one in ALL if one.name in names]
    for one in asked:
        if one.missing():
            print(f"({one.name} is not there. {one.missing()})")
    there = [one for one in asked if not one.missing()]
    if not there:
        print("(There is no voice to measure with, so nothing that is heard is measured.)")
    return there
