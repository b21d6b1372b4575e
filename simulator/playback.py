"""What a speaker is doing at a given moment after an answer began: speaking, pausing, listening, or nothing more.

Rule: worked out from the answer and the time alone, so that the terminal can draw it and a test can ask for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from coach.alexa.limits import LISTENING_WINDOW_MS
from simulator.speech import Phrase, Piece


class Doing(Enum):
    """What can be seen and heard of a speaker."""

    THINKING = "thinking"
    SPEAKING = "speaking"
    PAUSING = "pausing"
    LISTENING = "listening"
    SILENT = "silent"


@dataclass(frozen=True)
class Stage:
    """One stretch of an answer's life: a phrase, a pause, or the microphone open for a while."""

    doing: Doing
    ms: int
    phrase: Phrase | None = None
    repeated: bool = False


@dataclass(frozen=True)
class Moment:
    """Where an answer stands: the stage and its index, the words of it that have been heard, and what is left of it."""

    doing: Doing
    index: int
    words: str
    left_ms: int


def stages(phrases: tuple[Piece, ...], reprompt: tuple[Piece, ...], *, listens: bool) -> tuple[Stage, ...]:
    """The life of an answer: the speech, and when the session stays open, the window, the reprompt, and the window."""
    life = list(_spoken(phrases, repeated=False))
    if listens:
        window = Stage(Doing.LISTENING, LISTENING_WINDOW_MS)
        life.append(window)
        if reprompt:
            life += [*_spoken(reprompt, repeated=True), window]
    return tuple(life)


def moment(life: tuple[Stage, ...], elapsed_ms: int) -> Moment:
    """What is heard `elapsed_ms` after the speech began; below nought it has not begun."""
    if elapsed_ms < 0:
        return Moment(Doing.THINKING, 0, "", -elapsed_ms)
    for index, stage in enumerate(life):
        if elapsed_ms < stage.ms:
            return Moment(stage.doing, index, _words(stage.phrase, elapsed_ms), stage.ms - elapsed_ms)
        elapsed_ms -= stage.ms
    return Moment(Doing.SILENT, len(life), "", 0)


def last_words(life: tuple[Stage, ...], elapsed_ms: int) -> str:
    """The end of what has been heard so far: the words of this phrase, or of the phrase before this pause."""
    now = moment(life, elapsed_ms)
    before = [stage.phrase.text for stage in life[: now.index] if stage.phrase]
    return now.words or (before[-1] if before else "")


def _spoken(heard: tuple[Piece, ...], *, repeated: bool) -> Iterator[Stage]:
    for piece in heard:
        if isinstance(piece, Phrase):
            yield Stage(Doing.SPEAKING, piece.ms, piece, repeated)
        else:
            yield Stage(Doing.PAUSING, piece.ms, None, repeated)


def _words(phrase: Phrase | None, elapsed_ms: int) -> str:
    if phrase is None:
        return ""
    begun = sum(start <= elapsed_ms for start in phrase.starts)
    return " ".join(phrase.text.split()[:begun])
