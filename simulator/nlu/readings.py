"""The ways to take a sentence: which of its words are literal, and which are the value of a slot.

Rule: a reading is a row of tokens like a template's, so the same words can be read as "go to number five"
and as "go to number {AMAZON.NUMBER}"; the likest template decides between them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import islice

from simulator.nlu import dates, durations, numbers, times
from simulator.nlu.language import Language
from simulator.nlu.model import SHORTEST_MISHEARD, Catalogue, Model, Value
from simulator.nlu.words import Tokens, stems

MOST_READINGS = 100
LONGEST_SPAN = 7
"""Words in the longest slot value that is looked for: "seven thirty in the evening"."""
LONGEST_OPEN = 3
"""Words in the longest value that is not in a list."""
NUMBER = "AMAZON.NUMBER"
MISHEARD = 0.86
"""How alike two spellings must be to be one word misheard or mistyped: pidgeon and pigeon, but not bread and break."""


@dataclass(frozen=True)
class Span:
    """Words from `start` up to `end` as the value of a slot: `value` as Alexa sends it, `listed` the value meant."""

    start: int
    end: int
    type: str
    value: str
    listed: Value | None = None
    open: bool = False


@dataclass(frozen=True)
class Reading:
    """One way to take a sentence. `spans` are its slot values, in order."""

    tokens: Tokens
    spans: tuple[Span, ...]

    @property
    def open(self) -> bool:
        """Whether a value in it is in no list."""
        return any(span.open for span in self.spans)


def spans(words: Tokens, model: Model, today: date, *, misheard: bool = True) -> list[Span]:
    """All words of a sentence that can be the value of a slot: listed ones, `misheard` ones among them, and those of
    the built-in types.
    """
    found: list[Span] = []
    reads = parsers(today, model.language)
    bare = stems(words, model.language)
    for start in range(len(words)):
        begun = {words[start], bare[start]}
        named = [one for one in model.catalogues.items() if misheard or not begun.isdisjoint(one[1].begun_with)]
        for end in range(start + 1, min(len(words), start + LONGEST_SPAN) + 1):
            part = words[start:end]
            for name, parse in reads.items() if model.language.of_values.issuperset(part) else ():
                if (value := parse(part)) and not _is_none(name, words, start, end, model.language):
                    found.append(Span(start, end, name, value))
            for name, catalogue in named:
                if hit := _listed(catalogue, part, bare[start:end], misheard=misheard):
                    found.append(Span(start, end, name, " ".join(hit[0]), hit[1]))
    return found


def widest(values: list[Span]) -> list[Span]:
    """The values without those that are only a part of another of their type, as "back" is of "lower back"."""
    return [span for span in values if not any(other.type == span.type and _holds(other, span) for other in values)]


def cut_out(values: Iterable[Span], listed: Iterable[Span], types: Iterable[str]) -> bool:
    """Whether one of the values is cut out of another that an intent with such slots would take whole, as "ten" is cut
    out of "ten minutes", and "hip" of "hip routine". A goal, which has no slot for a length, takes the "four" of "four
    days".
    """
    whole = [span for span in listed if span.type in types]
    return any(_holds(outer, inner) for outer in whole for inner in values)


def missed(reading: Reading, listed: Iterable[Span], many: int) -> bool:
    """Whether a reading does not take whole a name that is all of the `many` words that were said, but for one: what
    else is a "pelvic tilt, please"?
    """
    taken = [(span.start, span.end) for span in reading.spans]
    names = {(span.start, span.end) for span in listed if span.listed and span.end - span.start >= max(many - 1, 1)}
    return any(not any(begin <= start and end <= last for begin, last in taken) for start, end in names)


def uncounted(reading: Reading, listed: Iterable[Span], types: Iterable[str]) -> bool:
    """Whether a reading leaves a number as a word that a slot of one of the types would take."""
    if NUMBER not in types or any(span.type == NUMBER for span in reading.spans):
        return False
    taken = {place for span in reading.spans for place in range(span.start, span.end)}
    return any(span.type == NUMBER and taken.isdisjoint(range(span.start, span.end)) for span in listed)


def open_spans(words: Tokens, known: Callable[[str], bool], listed: list[Span], types: Iterable[str]) -> list[Span]:
    """Words that no sample and no list knows, as values of any custom type: the dolphin of "go to the dolphin"."""
    found: list[Span] = []
    taken = {place for span in listed for place in range(span.start, span.end)}
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and end not in taken and not known(words[end]):
            end += 1
        if 0 < end - start <= LONGEST_OPEN:
            value = " ".join(words[start:end])
            found.extend(Span(start, end, name, value, open=True) for name in types)
        start = end + 1
    return found


def readings(words: Tokens, values: list[Span]) -> Iterator[Reading]:
    """All ways to take the words, the one without slots last; cut off where a sentence has too many."""
    begin: dict[int, list[Span]] = {}
    for span in values:
        begin.setdefault(span.start, []).append(span)
    for row in begin.values():
        row.sort(key=lambda span: span.start - span.end)
    return islice(_from(words, begin, 0), MOST_READINGS)


def _from(words: Tokens, begin: Mapping[int, list[Span]], place: int) -> Iterator[Reading]:
    if place == len(words):
        yield Reading((), ())
        return
    for span in begin.get(place, []):
        for rest in _from(words, begin, span.end):
            yield Reading((f"{{{span.type}}}", *rest.tokens), (span, *rest.spans))
    for rest in _from(words, begin, place + 1):
        yield Reading((words[place], *rest.tokens), rest.spans)


def parsers(today: date, language: Language) -> dict[str, Callable[[Tokens], str | None]]:
    """What reads the values of Amazon's own types, by their names."""
    return {
        NUMBER: lambda part: _number(part, language),
        "AMAZON.Ordinal": lambda part: _ordinal(part, language),
        "AMAZON.DURATION": lambda part: durations.duration(part, language),
        "AMAZON.TIME": lambda part: times.time_of_day(part, language),
        "AMAZON.DATE": lambda part: dates.day(part, today, language),
    }


def _is_none(name: str, words: Tokens, start: int, end: int, language: Language) -> bool:
    """Whether the words are no value but look like one: no number is the "one" of "this one" and of "the fifth one",
    and no time the "two" of "two times".
    """
    before, after = words[max(start - 1, 0) : start], words[end : end + 1]
    if name == NUMBER and words[start:end] == (language.numbers.units[1],):
        return bool(before) and (before[0] in language.pointing or _ordinal(before, language) is not None)
    bare = numbers.number(words[start:end], language) is not None
    return name == "AMAZON.TIME" and bare and bool(after) and after[0] in language.counting


def _holds(outer: Span, inner: Span) -> bool:
    wider = outer.end - outer.start > inner.end - inner.start
    return wider and outer.start <= inner.start and inner.end <= outer.end


def _number(part: Tokens, language: Language) -> str | None:
    value = numbers.number(part, language)
    return None if value is None else str(value)


def _ordinal(part: Tokens, language: Language) -> str | None:
    ordinals = language.numbers.ordinals
    return str(ordinals.index(part[0])) if len(part) == 1 and part[0] in ordinals[1:] else None


def _listed(catalogue: Catalogue, part: Tokens, bare: Tokens, *, misheard: bool) -> tuple[Tokens, Value] | None:
    """The value that goes by these words, also when they were split, joined or spelled a little otherwise, or have
    other endings.
    """
    if value := catalogue.find(part, bare):
        return part, value
    said = "".join(part)
    if not misheard or len(said) < SHORTEST_MISHEARD:
        return None
    for letters, name, value in catalogue.near(said):
        same_words = len(name) == len(part)
        if abs(len(name) - len(part)) <= 1 and (letters == said or (same_words and _misheard(letters, said))):
            return name, value
    return None


def _misheard(name: str, said: str) -> bool:
    shared = sum(min(name.count(letter), said.count(letter)) for letter in set(name))
    return 2 * shared / (len(name) + len(said)) >= MISHEARD and SequenceMatcher(None, name, said).ratio() >= MISHEARD
