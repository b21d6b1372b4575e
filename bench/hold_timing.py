"""Whether a hold lasts its dose when it is really heard: a routine through the handler, spoken by espeak-ng, measured.

    python -m bench.hold_timing [--routine quick] [--wav FILE]

Each run of words is spoken for itself and each silence is written as long as the answer says; the time between the
words that start a work and the words that end it is then what a person would hold. What is off is the estimate of the
words inside (`bench.speech_estimate`), because the silences around them were laid out with it.
"""

from __future__ import annotations

import argparse
import wave
from array import array
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench.espeak import SAMPLES_A_SECOND, milliseconds, silence, speak
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.speaking.content import load
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding
from simulator.speech import Pause, Piece

MODEL = Path(__file__).parents[1] / "interaction_model" / "en-US.json"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
ANSWERS_MAX = 80
NEAR_MS = 50


class Work(NamedTuple):
    """One work of a routine: what it should last, and how long it was heard to last."""

    step: str
    dose_ms: int
    heard_ms: float


def main() -> None:
    """Prints every work of a routine with its error, and the errors in all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--routine", default="quick", help="an id of content/routines.yaml")
    options.add_argument("--wav", type=Path, help="also write all that is heard to this file")
    chosen = options.parse_args()
    answers = routine(chosen.routine)
    if chosen.wav:
        write(chosen.wav, [render(piece) for heard in answers for piece in heard.pieces])
    works = [work for heard in answers for work in measured(heard)]
    print(f"{'step':32} {'dose':>8} {'heard':>8} {'error':>8}")
    for work in works:
        error = work.heard_ms - work.dose_ms
        print(f"{work.step:32} {work.dose_ms / 1000:6.1f} s {work.heard_ms / 1000:6.1f} s {error / 1000:+6.2f} s")
    errors = [(work.heard_ms - work.dose_ms) / work.dose_ms for work in works]
    print(f"\n{len(works)} works in {len(answers)} answers")
    print(
        f"mean error {fmean(errors):+.1%}, mean size {fmean(map(abs, errors)):.1%}, worst {max(errors, key=abs):+.1%}"
    )
    print("(espeak-ng stands in for Alexa, whose voice could not be measured)")


def routine(name: str) -> list[Heard]:
    """All the answers of a routine, listened to the end. Raises LookupError when it does not come to its end."""
    handler = bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))
    speaker = Speaker(handler, Understanding.from_file(MODEL), VirtualClock(EVENING))
    speaker.say("Alexa, open Hip Coach")
    answers = [speaker.say(f"start the {name.replace('_', ' ')} routine")]
    while speaker.session_open and len(answers) < ANSWERS_MAX:
        answer = speaker.say("next")
        if not marks(answer):
            return answers
        answers.append(answer)
    if len(answers) == ANSWERS_MAX:
        raise LookupError(f"the routine {name} does not come to an end")
    return answers


def marks(heard: Heard) -> list[tuple[str, int, int]]:
    """The works of an answer: step, and where in its timeline the work begins and ends, in estimated milliseconds."""
    attributes = (heard.response or {}).get("sessionAttributes", {})
    return [(step, works, ends) for step, _, works, ends, _ in attributes.get("session", {}).get("marks", [])]


def measured(heard: Heard) -> list[Work]:
    """How long each work of an answer is heard to last."""
    edges = [(0, 0.0)]
    for piece in heard.pieces:
        estimated, real = edges[-1]
        edges.append((estimated + piece.ms, real + milliseconds(render(piece))))
    return [Work(step, ends - works, _real(edges, ends) - _real(edges, works)) for step, works, ends in marks(heard)]


def render(piece: Piece) -> array[int]:
    """The sound of one piece of an answer."""
    return silence(piece.ms) if isinstance(piece, Pause) else speak(piece.text)


def write(path: Path, sounds: list[array[int]]) -> None:
    """Writes sounds one after the other to a wav file."""
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, SAMPLES_A_SECOND, 0, "NONE", "not compressed"))
        for samples in sounds:
            sound.writeframes(samples.tobytes())


def _dose_ms(step: str) -> int:
    """What the content says a step's work lasts."""
    return load("en-US").library.exercises[step.split(".", maxsplit=1)[0]].work.ms


def _real(edges: list[tuple[int, float]], moment: int) -> float:
    """When the moment of the timeline is really heard: at an edge between words and silence, or inside a silence."""
    for (before, heard), (after, _) in pairwise(edges):
        if before - NEAR_MS <= moment < after - NEAR_MS:
            return heard + max(0, moment - before)
    return edges[-1][1]


if __name__ == "__main__":
    main()
