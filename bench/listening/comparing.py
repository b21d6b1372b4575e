"""What is beyond a limit from one evening to another, and in all evenings together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise

from bench.listening import figures
from bench.listening.authored import ON_REQUEST, SEEN, WAYS, Authored, Exercise, bare
from bench.listening.evenings import Evening
from bench.listening.judging import Fault
from bench.listening.script import Said

NOT_HERE = ON_REQUEST | SEEN | {WAYS, "cues"}
"""Keys of words that need not be heard in a routine as authored: a way may be needed in others only. A cue has its turn
within a dozen evenings, which `tests/content/test_hearing.py` listens to; here are five.
"""


def of_series(evenings: Sequence[Evening]) -> list[Fault]:
    """What is beyond a limit from one evening to another of the same person."""
    found = []
    for one, then in pairwise(evenings):
        before_cues, cues = figures.cues(one), figures.cues(then)
        found += [
            Fault("the same cues again", f"{then}: {name}", ", ".join(texts))
            for name, texts in cues.items()
            if texts and before_cues.get(name) == texts
        ]
    return found


def never_heard(evenings: Iterable[Evening], exercises: Mapping[str, Exercise]) -> list[Fault]:
    """The authored sentences that were in none of the evenings, those aside that somebody has to ask for."""
    heard: dict[str, set[str]] = defaultdict(set)
    for evening in evenings:
        for work in evening.works:
            said = (item for item in (*work.lead, *work.inside, *work.out) if isinstance(item, Said))
            heard[work.exercise.id] |= {bare(item.text) for item in said}
    found = []
    for exercise in exercises.values():
        told = _told(exercise, heard[exercise.id])
        missing = ((one, words) for one, words in exercise.all().items() if one not in told)
        found += [
            Fault("never heard", f"{exercise.id}: {one}", words)
            for one, words in missing
            if not NOT_HERE.intersection(one.keys)
        ]
    return found


def _told(exercise: Exercise, heard: Set[str]) -> set[Authored]:
    """What of an exercise was heard on either side."""
    return {
        one
        for words, several in exercise.sentences.items()
        for one in several
        if words in heard or (one.fragment and any(words in sentence for sentence in heard))
    }
