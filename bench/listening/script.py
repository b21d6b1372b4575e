"""An answer as it is heard: sentences and silences, each with its moment, and each sentence with the prompt it is.

Rule: made of SSML and of nothing else. How long words take is the estimate of the simulator's speaker; silences are
exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.listening.authored import sentences
from bench.listening.framing import Framed, Framing
from simulator.speech import Pause, Phrase, Piece, seconds


@dataclass(frozen=True)
class Silence:
    """A silence, in milliseconds of the evening's speech. `answer` is the place of its answer in the evening."""

    begins: int
    ends: int
    answer: int

    @property
    def ms(self) -> int:
        """How long it is."""
        return self.ends - self.begins

    def __str__(self) -> str:
        return f"[{seconds(self.ms)}]"


@dataclass(frozen=True)
class Said:
    """A sentence, in the same time. `prompt` is the one that it belongs to, if any, and `opens` whether it is its first
    sentence.
    """

    text: str
    begins: int
    ends: int
    answer: int
    prompt: Framed | None = None
    opens: bool = True

    def __str__(self) -> str:
        return self.text

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether it belongs to a prompt whose name begins with one of these."""
        return self.prompt is not None and self.prompt.is_of(names)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


Item = Said | Silence


def script(pieces: Sequence[Piece], framing: Framing, *, begins: int = 0, answer: int = 0) -> list[Item]:
    """What is heard of one answer, from the moment on at which it begins."""
    items: list[Item] = []
    clock = begins
    for piece in pieces:
        if isinstance(piece, Pause):
            items.append(Silence(clock, clock + piece.ms, answer))
        else:
            items += _said(piece, framing, clock, answer)
        clock += piece.ms
    return items


def _said(phrase: Phrase, framing: Framing, begins: int, answer: int) -> Iterator[Said]:
    spoken = sentences(phrase.text)
    starts = [*phrase.starts, phrase.ms]
    framed: Framed | None = None
    left = word = 0
    for place, text in enumerate(spoken):
        opens = not left
        if opens:
            framed = framing.find(" ".join(spoken[place:]))
            left = framed.sentences if framed else 1
        left -= 1
        ends = word + len(text.split())
        yield Said(text, begins + starts[word], begins + starts[ends], answer, framed, opens)
        word = ends
