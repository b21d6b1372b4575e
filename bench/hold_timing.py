"""Whether a hold lasts its dose when it is really heard: a routine through the handler, spoken by synthesisers.

    python -m bench.hold_timing [--routine full]                every synthesiser that is there, and the works in all
    python -m bench.hold_timing --voice espeak [--wav FILE]     one of them, and each work of the routine

Each run of words is spoken for itself and each silence is written as long as the answer says; the time between the
words that start a work and the words that end it is then what a person would hold. What is off is the estimate of the
words inside (`bench.speech_estimate`), because the silences around them were laid out with it. It is measured twice: as
the synthesiser speaks, and at the rate that the estimate takes for granted, which is what is left where the coach knows
how fast it is spoken.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench.shape import Lengths
from bench.spoken import ROUTINES, marks, routine
from bench.voices.installed import NAMES, installed
from bench.voices.lengths import lengths
from bench.voices.port import Synthesiser
from bench.voices.sound import silence, write
from simulator.heard import Heard
from simulator.speech import Pause

NEAR_MS = 50
CLOSE = 0.05


class Work(NamedTuple):
    """One work of a routine: what it should last, and how long it was heard to last."""

    step: str
    dose_ms: int
    heard_ms: float

    @property
    def error(self) -> float:
        """How much too long, as a part of the dose."""
        return self.heard_ms / self.dose_ms - 1


def main() -> None:
    """Prints the errors of a routine's works, and with one voice each of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--routine", default="full", choices=ROUTINES)
    options.add_argument("--voice", choices=NAMES, help="one synthesiser instead of all that are there")
    options.add_argument("--wav", type=Path, help="with --voice: also write all that is heard to this file")
    chosen = options.parse_args()
    answers = routine(chosen.routine)
    speakers = installed([chosen.voice] if chosen.voice else NAMES)
    print(f"works of the routine within {CLOSE:.0%} of their dose, mean size of an error, the worst")
    print(f"{'':12}{'as it speaks':42}at a known rate")
    for speaker in speakers:
        spoken = lengths(speaker, [run for heard in answers for run in heard.phrases])
        works = measured(answers, spoken)
        print(f"{speaker.name:12}{_errors(works)}{_errors(measured(answers, at_known_rate(answers, spoken)))}")
        if chosen.voice:
            _list(works)
            if chosen.wav:
                record(chosen.wav, answers, speaker)


def measured(answers: Sequence[Heard], spoken: Lengths) -> list[Work]:
    """How long each work of the answers is heard to last."""
    works = []
    for heard in answers:
        edges = [(0, 0.0)]
        for piece in heard.pieces:
            estimated, real = edges[-1]
            ms = piece.ms if isinstance(piece, Pause) else spoken[piece.text]
            edges.append((estimated + piece.ms, real + ms))
        works += [
            Work(mark.step, mark.ends - mark.works, _real(edges, mark.ends) - _real(edges, mark.works))
            for mark in marks(heard)
            if mark.ends > mark.works
        ]
    return works


def at_known_rate(answers: Sequence[Heard], spoken: Lengths) -> Lengths:
    """The lengths as if all words together took as long as estimated."""
    words = [piece for heard in answers for piece in heard.pieces if not isinstance(piece, Pause)]
    factor = sum(piece.ms for piece in words) / sum(spoken[piece.text] for piece in words)
    return {text: ms * factor for text, ms in spoken.items()}


def record(path: Path, answers: Sequence[Heard], speaker: Synthesiser) -> None:
    """Writes all that is heard of the answers, words and silences, to a wav file."""
    rate = speaker.speak("One.").rate
    write(
        path,
        (
            silence(piece.ms, rate) if isinstance(piece, Pause) else speaker.speak(piece.text)
            for heard in answers
            for piece in heard.pieces
        ),
        rate,
    )


def _real(edges: list[tuple[int, float]], moment: int) -> float:
    """When the moment of the timeline is really heard: at an edge between words and silence, or inside a silence."""
    for (before, heard), (after, _) in pairwise(edges):
        if before - NEAR_MS <= moment < after - NEAR_MS:
            return heard + max(0, moment - before)
    return edges[-1][1]


def _errors(works: Sequence[Work]) -> str:
    errors = [work.error for work in works]
    close = sum(abs(error) <= CLOSE for error in errors)
    share = f"{close} of {len(errors)}, {close / len(errors):.0%}"
    return f"{share:16}{fmean(map(abs, errors)):9.1%}{max(errors, key=abs):+9.1%}        "


def _list(works: Sequence[Work]) -> None:
    print(f"\n{'step':32} {'dose':>8} {'heard':>8} {'error':>8}")
    for step, dose, heard in works:
        print(f"{step:32} {dose / 1000:6.1f} s {heard / 1000:6.1f} s {(heard - dose) / 1000:+6.2f} s")


if __name__ == "__main__":
    main()
