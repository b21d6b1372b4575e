"""How long the speaker takes to say something: the one estimate every timeline is laid out with.

Rule: letters and not syllables, so that a new language needs numbers and no code. The numbers are content (`voice` in
`locale.yaml`), fitted by `bench/speech_estimate.py`. A mark at the very end of a text costs nothing: the silence after
the last word belongs to the pause that follows it. So estimate a run of words as one text; two texts that follow one
another without a pause take `stop - phrase` more than their sum.
"""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMA = re.compile(r"[,;:–—][\"'”’)]*(?=\s)")
_STOP = re.compile(r"[.?!…]+[\"'”’)]*(?=\s)")
_LETTERS_OF_A_DIGIT = 4


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
    letters = sum(_letters(word) for word in words)
    marks = voice.comma * len(_COMMA.findall(plain)) + voice.stop * len(_STOP.findall(plain))
    return round(voice.phrase + voice.letter * letters + voice.word * len(words) + marks)


def _letters(word: str) -> int:
    return sum(_LETTERS_OF_A_DIGIT if sign.isdigit() else sign.isalpha() for sign in word)
