"""How long the speaker takes to say something: the one estimate that every timeline is laid out with, and how fast one
speaker speaks beside it, learned from when people answer.

Rule: letters and not syllables, so that a new language needs numbers and no code. The numbers are content (`voice` in
`locale.yaml`), fitted by `bench/speech_estimate.py`. A mark at the very end of a text costs nothing: the silence after
the last word belongs to the pause that follows it. So estimate a run of words as one text; two texts that follow one
another without a pause take `stop - phrase` more than their sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, sqrt, tanh

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMA = re.compile(r"[,;:–—][\"'”’)]*(?=\s)")
_STOP = re.compile(r"[.?!…]+[\"'”’)]*(?=\s)")
_LETTERS_OF_A_DIGIT = 4

SLOWEST, FASTEST = 160, 60
"""How long words take at most and at least, in percent of the estimate. Nobody follows a voice farther from it."""

MISJUDGED = 0.02
"""How far an answer's words are from what their letters say, once the rate is known, as a share of them
(docs/voice.md). It sets how sure one can get of a rate.
"""

WHOLE_SECONDS_MS = 400
"""The standard error of the time between two requests: they are told in whole seconds."""

CHANGED = 0.02
"""How likely it is that a speaker was told meanwhile to speak slower or faster."""

MUCH_LATER_MS = 600_000
"""How long after an answer somebody may still answer it."""

SIGMAS = 2.0
"""An error that is told is so many standard errors: it holds for 19 of 20."""


@dataclass(frozen=True)
class Voice:
    """How one locale's voice speaks, in milliseconds at its normal rate.

    `letter` for each letter, `word` for each word, `comma` and `stop` for the short and the long pause inside a text,
    `phrase` once for a whole text: the last syllable before a silence is drawn out.
    """

    letter: float
    word: float
    comma: float
    stop: float
    phrase: float


def spoken_ms(text: str, voice: Voice) -> int:
    """Milliseconds from the first sound of `text` to its last, at normal rate; 0 where there are no words."""
    plain = text.strip()
    words = _WORD.findall(plain)
    if not words:
        return 0
    letters = _letters("".join(words))
    marks = voice.comma * len(_COMMA.findall(plain)) + voice.stop * len(_STOP.findall(plain))
    return round(voice.phrase + voice.letter * letters + voice.word * len(words) + marks)


@dataclass(frozen=True)
class Span:
    """A time that is not known for sure: milliseconds from `least` to `most`, as likely here as there."""

    least: int
    most: int

    @property
    def middle(self) -> int:
        """What is reckoned with."""
        return (self.least + self.most) // 2

    @property
    def spread(self) -> float:
        """Its standard error, in milliseconds."""
        return (self.most - self.least) / sqrt(12)


@dataclass(frozen=True)
class Tempo:
    """How long the words of one speaker take, in percent of the estimate, and the standard error of that."""

    percent: float = 100.0
    spread: float = 20.0

    def learning(self, likely: Callable[[float], float]) -> Tempo:
        """What is known after an observation: `likely` says how likely it is at a rate, given in parts of 1."""
        rates = range(FASTEST, SLOWEST + 1)
        even = CHANGED / len(rates)
        weights = [
            (exp(-(((rate - self.percent) / self.spread) ** 2) / 2) + even) * likely(rate / 100) for rate in rates
        ]
        percent = _mean(rates, weights)
        spread = sqrt(_mean([(rate - percent) ** 2 for rate in rates], weights))
        return Tempo(round(percent, 1), round(max(spread, 100 * MISJUDGED / 2), 1))


UNKNOWN = Tempo()
"""A speaker of which nothing is known: any voice that one can follow."""


@dataclass(frozen=True)
class Lasting:
    """How long an answer is that was said: `silence_ms` that do not hang on the voice, `words_ms` at the rate of the
    estimate, and `again_ms` of words for its reprompt, 0 where there is none. Its request came at `sent_ms`.
    """

    sent_ms: int = 0
    silence_ms: int = 0
    words_ms: int = 0
    again_ms: int = 0

    @property
    def shortest_ms(self) -> float:
        """How long it is at least: whoever speaks up before that tells nothing of the voice."""
        return self.silence_ms + self.words_ms * FASTEST / 100

    def over_ms(self, tempo: Tempo) -> float:
        """When it is over, counted as `sent_ms` is, and from its first word as if that came at once."""
        return self.sent_ms + self.silence_ms + self.words_ms * tempo.percent / 100

    def lapsed(self, after_ms: int, starts: Span, listening_ms: int) -> Callable[[float], float]:
        """How likely it is that so long after its request the session ended in silence: behind the answer, its
        reprompt, and two windows in which nobody spoke.
        """
        words_ms = self.words_ms + self.again_ms
        late_ms = after_ms - self.silence_ms - 2 * listening_ms
        within = _within(starts, words_ms)
        return lambda rate: within(late_ms - rate * words_ms)

    def answered(
        self, after_ms: int, starts: Span, speaking_up: Span, listening_ms: int, in_turn: float
    ) -> Callable[[float], float]:
        """How likely it is that so long after its request the next one comes. People let the coach finish, and answer:
        at once (`in_turn` says how likely), after a while, after the reprompt, or much later, where a screen keeps the
        session. Or they speak up while it speaks, at any moment.
        """
        late_ms = after_ms - self.silence_ms
        at_once = Span(starts.least + speaking_up.least, starts.most + speaking_up.most)
        in_time = Span(at_once.least, at_once.most + listening_ms)
        reminded = Span(listening_ms, 2 * listening_ms + at_once.most)
        spans = at_once, in_time, reminded, Span(at_once.least, MUCH_LATER_MS)
        soon, later, again, whenever = (_within(span, self.words_ms) for span in spans)

        def likely(rate: float) -> float:
            late = late_ms - rate * self.words_ms
            long_ms = self.silence_ms + rate * self.words_ms + 1
            at_last = 0.05 * again(late - rate * self.again_ms) + 0.05 * whenever(late)
            answering = 0.8 * soon(late) + 0.1 * later(late) + at_last
            interrupting = 1 / long_ms if late < at_once.most else 0.0
            return in_turn * answering + (1 - in_turn) * interrupting

        return likely


def _within(span: Span, words_ms: float) -> Callable[[float], float]:
    """How likely a time is that lies in a span, in parts of 1 a millisecond. Its edges are as soft as the estimate of
    the words before it, and as request times in whole seconds: each goes from 0 to 1 as a bell curve adds up. The
    logistic one is near enough, and is a tanh of half its argument.
    """
    soft = sqrt((MISJUDGED * words_ms) ** 2 + WHOLE_SECONDS_MS**2) * 2 / 1.702
    least, most, twice_as_long = span.least, span.most, 2 * max(span.most - span.least, 1)

    def likely(ms: float) -> float:
        return (tanh((ms - least) / soft) - tanh((ms - most) / soft)) / twice_as_long + 1e-9

    return likely


def _mean(values: Iterable[float], weights: list[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word)) + _LETTERS_OF_A_DIGIT * sum(map(str.isdigit, word))
