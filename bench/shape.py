"""The five numbers of `coach.speaking.tempo` that fit measured lengths best, and the middle of several synthesisers.

Rule: a voice's rate is its own, and is learned or timed; what is fitted is the shape, which is how long letters, words
and pauses are to one another. So lengths are brought to one rate before they are compared.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, fields
from statistics import median

from coach.speaking.tempo import Voice, spoken_ms

NAMES = tuple(field.name for field in fields(Voice))
_ROUNDS = 10_000
_SETTLED_MS = 1e-6
Lengths = Mapping[str, float]


def fit(measured: Lengths) -> Voice:
    """The voice with the least squared error, each as a part of what is said, no number negative, and none in all.

    As a part, because a hold is full of short words, and there a tenth of a second each counts. The estimate is a sum
    of number times count, so the counts are what a voice with a single 1000 in it estimates.
    """
    units = [Voice(**{name: 1000.0 * (name == one) for name in NAMES}) for one in NAMES]
    rows = [[spoken_ms(text, unit) / 1000 / ms for unit in units] for text, ms in measured.items()]
    found = Voice(*_least_squares(rows))
    return scaled(found, rate(found, measured))


def rate(voice: Voice, measured: Lengths) -> float:
    """How many times longer the texts were in all than a voice is estimated to speak them."""
    return sum(measured.values()) / sum(spoken_ms(text, voice) for text in measured)


def scaled(voice: Voice, factor: float) -> Voice:
    """A voice so many times slower, to a tenth of a millisecond."""
    return Voice(*(round(number * factor, 1) for number in astuple(voice)))


def at_rate(measured: Lengths, words_a_minute: float) -> Lengths:
    """The lengths as they would be at another rate. A rate is of words, with the pauses between them."""
    factor = words_a_minute_of(measured) / words_a_minute
    return {text: ms * factor for text, ms in measured.items()}


def words_a_minute_of(measured: Lengths) -> float:
    """How fast the texts were spoken."""
    return sum(len(text.split()) for text in measured) / sum(measured.values()) * 60_000


def middle(several: Collection[Lengths]) -> Lengths:
    """Each text's median length over synthesisers, which must have been brought to one rate."""
    first, *_ = several
    return {text: median(one[text] for one in several) for text in first}


def _least_squares(rows: Sequence[Sequence[float]]) -> list[float]:
    """The numbers of which none is negative and that bring each row's sum of products nearest to 1: one number after
    the other is set to its best, until none moves. The sum of squares is convex, so this comes to the only minimum.
    """
    places = range(len(rows[0]))
    square = [[sum(row[i] * row[j] for row in rows) for j in places] for i in places]
    sums = [sum(row[i] for row in rows) for i in places]
    found = [0.0 for _ in places]
    for _ in range(_ROUNDS):
        moved = 0.0
        for i in places:
            left = sums[i] - sum(square[i][j] * found[j] for j in places if j != i)
            best = max(0.0, left / square[i][i])
            moved, found[i] = max(moved, abs(best - found[i])), best
        if moved < _SETTLED_MS:
            break
    return found
