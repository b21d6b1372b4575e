"""Whether a hold lasts its dose when it is really heard: routines through the handler, spoken by synthesisers.

    python -m bench.hold_timing [--routine quick]               every synthesiser that is there, and the works in all
    python -m bench.hold_timing --voice espeak [--wav FILE]     one of them, and each work of the routine

Each run of words is spoken for itself and each silence is written as long as the answer says; the time between the
words that start a work and the words that end it is then what a person would hold. What is off is the estimate of the
words inside (`bench.speech_estimate`), because the silences around them were laid out with it: a word that is longer
pushes all that comes behind it. It is measured three times: as the synthesiser speaks; at the rate that the estimate
takes for granted, which is what is left where the coach knows how fast it is spoken; and at that rate with the silence
that the synthesiser puts around each run of words, which nobody knows of Alexa.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

from bench.shape import Lengths
from bench.spoken import LOCALE, ROUTINES, routine, works
from bench.voices.installed import NAMES, installed
from bench.voices.lengths import lengths, with_silence
from coach.speaking.content import load
from simulator.heard import Heard
from simulator.speech import Pause, Phrase
from simulator.voices.port import Synthesiser
from simulator.voices.sound import silence, write

NEAR_MS = 150
CLOSE = 0.05
EVERY = "all"
KINDS = ("hold", "reps", "breaths")


class Work(NamedTuple):
    """One work of a routine: what it should last, and how long it was heard to last."""

    step: str
    kind: str
    dose_ms: int
    heard_ms: float

    @property
    def error(self) -> float:
        """How much too long, as a part of the dose."""
        return self.heard_ms / self.dose_ms - 1


def main() -> None:
    """Prints the errors of the works of routines, and with one voice each of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--routine", default=EVERY, choices=(*ROUTINES, EVERY))
    options.add_argument("--voice", choices=NAMES, help="one synthesiser instead of all that are there")
    options.add_argument("--wav", type=Path, help="with --voice: also write all that is heard to this file")
    chosen = options.parse_args()
    there = installed([chosen.voice] if chosen.voice else NAMES)
    if not there:
        return
    names = ROUTINES if chosen.routine == EVERY else (chosen.routine,)
    answers = [heard for name in names for heard in routine(name)]
    print(
        f"Works within {CLOSE:.0%} of their dose: of holds, of reps, of breaths; mean size of an error, and the worst;"
    )
    print("and how many runs of words took longer than their own time and the silence behind them.")
    for speaker in there:
        _tell(speaker, answers)
        if chosen.voice:
            _list(measured(answers, lengths(speaker, runs(answers))))
            if chosen.wav:
                record(chosen.wav, answers, speaker)


def runs(answers: Sequence[Heard]) -> list[str]:
    """The runs of words of all answers."""
    return [run for heard in answers for run in heard.phrases]


def _tell(speaker: Synthesiser, answers: Sequence[Heard]) -> None:
    spoken = with_silence(speaker, runs(answers))
    words = {text: length.ms for text, length in spoken.items()}
    before, after = (f"{median(length[place] for length in spoken.values()):.0f} ms" for place in (1, 2))
    print(f"\n{speaker.name}, which puts a silence of {before} before a run of words and of {after} after it")
    for title, long in {
        "as it speaks": words,
        "at a known rate": at_known_rate(answers, words),
        "with its silences": at_known_rate(answers, {text: sum(length) for text, length in spoken.items()}),
    }.items():
        print(f"  {title:20}{_errors(measured(answers, long))}{pushed(answers, long):6}")


def pushed(answers: Sequence[Heard], spoken: Lengths) -> int:
    """How many runs of words took longer than the estimate gave them with the silence behind them."""
    pairs = (pair for heard in answers for pair in pairwise(heard.pieces))
    return sum(
        spoken[words.text] > words.ms + behind.ms
        for words, behind in pairs
        if isinstance(words, Phrase) and isinstance(behind, Pause)
    )


def measured(answers: Sequence[Heard], spoken: Lengths) -> list[Work]:
    """How long each work of the answers is heard to last."""
    found = []
    for heard in answers:
        edges = [(0, 0.0)]
        for piece in heard.pieces:
            estimated, real = edges[-1]
            ms = piece.ms if isinstance(piece, Pause) else spoken[piece.text]
            edges.append((estimated + piece.ms, real + ms))
        found += [
            Work(one.step, kind(one.step), one.dose_ms, _real(edges, one.ends) - _real(edges, one.works))
            for one in works(heard)
            if one.dose_ms and kind(one.step) in KINDS
        ]
    return found


def kind(step: str) -> str:
    """Whether the work of a step is a hold, reps or breaths; "around" for what has no dose."""
    exercise = load(LOCALE).library.exercises.get(step.split(".", maxsplit=1)[0])
    return type(exercise.work).__name__.lower() if exercise else "around"


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
    shares = (_share([work.error for work in works if work.kind == kind]) for kind in KINDS)
    return "".join(f"{share:16}" for share in shares) + f"{fmean(map(abs, errors)):6.1%}{max(errors, key=abs):+8.1%}"


def _share(errors: Sequence[float]) -> str:
    close = sum(abs(error) <= CLOSE for error in errors)
    return f"{close} of {len(errors)}, {close / len(errors):.0%}" if errors else "none"


def _list(works: Sequence[Work]) -> None:
    print(f"\n{'step':32} {'dose':>8} {'heard':>8} {'error':>8}")
    for step, _, dose, heard in works:
        print(f"{step:32} {dose / 1000:6.1f} s {heard / 1000:6.1f} s {(heard - dose) / 1000:+6.2f} s")


if __name__ == "__main__":
    main()
