"""How many commands come out right when synthesisers speak them and the recogniser of this computer listens.

    python -m bench.ears

Rule: right is what is understood as the same words typed would be, with the same names and numbers in it. No
synthesiser is a person, and none speaks in a room: what a microphone brings is not measured here.
"""

from __future__ import annotations

import io
import sys
from array import array
from time import perf_counter
from typing import Any

from bench.voices.installed import installed
from coach.speaking.content import load
from simulator.ears.ears import Ears, NotHeardError
from simulator.ears.whisper import Whisper
from simulator.nlu import Understanding, path_of
from simulator.voices.sound import Sound, silence, write

COMMANDS = (
    "alexa, open hip coach",
    "alexa, ask hip coach to resume",
    "alexa, ask hip coach to start the full routine",
    "start my hip routine",
    "start the quick routine",
    "just the lying twist",
    "the butterfly pose",
    "I have ten minutes",
    "go easy",
    "ready",
    "next",
    "skip this one",
    "previous",
    "go back",
    "repeat",
    "say that again",
    "pause",
    "resume",
    "continue",
    "how much longer",
    "how many seconds left",
    "what comes next",
    "how do I do this",
    "what do I need",
    "make it easier",
    "slower",
    "the other side",
    "my back hurts",
    "how am I doing",
    "start over",
    "yes",
    "no",
    "help",
    "stop",
)
AROUND_MS = 300
"""The quiet between the button and the words, and between the words and the button."""


def main() -> int:
    """Print the count and what was not heard; returns the exit status."""
    ears = Ears(Whisper(), load("en-US"))
    if missing := ears.missing():
        print(f"ears: {missing}", file=sys.stderr)
        return 1
    understanding = Understanding.from_file(path_of("en-US"))
    ears.wake()
    for speaker in installed():
        wrong: list[str] = []
        began = perf_counter()
        for command in COMMANDS:
            heard = _heard(ears, recording(speaker.speak(command)))
            if _meant(understanding, heard) != _meant(understanding, command):
                wrong.append(f'"{command}" as "{heard}"')
        took = (perf_counter() - began) / len(COMMANDS)
        print(f"{speaker.name}: {len(COMMANDS) - len(wrong)} of {len(COMMANDS)}, in {took:.1f} s each")
        print(*(f"  heard {one}\n" for one in wrong), sep="", end="")
    return 0


def recording(spoken: Sound, rate: int = Whisper.rate) -> bytes:
    """A wav file as a microphone makes it of what is spoken: at a rate of its own, between quiet and quiet."""
    last = len(spoken.samples) - 1
    places = (at * spoken.rate / rate for at in range(round(last * rate / spoken.rate)))
    samples = array("h", [_between(spoken.samples, place) for place in places])
    file = io.BytesIO()
    around = silence(AROUND_MS, rate)
    write(file, [around, Sound(samples, rate), around], rate)
    return file.getvalue()


def _between(samples: array[int], place: float) -> int:
    """What a sound is between two of its samples."""
    before = int(place)
    return round(samples[before] + (samples[before + 1] - samples[before]) * (place - before))


def _heard(ears: Ears, wav: bytes) -> str:
    try:
        return ears.words(wav)
    except NotHeardError:
        return ""


def _meant(understanding: Understanding, words: str) -> object:
    """What words come to: the skill that is called, or the intent, and what is in its slots."""
    called = understanding.called(words)
    match = understanding.understand(called.rest)
    return called.kind, match.intent, {name: _value(slot) for name, slot in match.slots.items()}


def _value(slot: dict[str, Any]) -> object:
    """What is in a slot: the value that goes by a name, or the words where none does."""
    for found in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
        for one in found.get("values", ()):
            return one["value"]["id"]
    return slot.get("value")


if __name__ == "__main__":
    sys.exit(main())
