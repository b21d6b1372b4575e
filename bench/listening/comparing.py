"""What is beyond a limit from one evening to another, and in all evenings together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bench.listening import figures, limits
from bench.listening.authored import ON_REQUEST, Authored, Exercise, bare
from bench.listening.evenings import Evening
from bench.listening.judging import Fault
from bench.listening.script import Said
from simulator.speech import seconds


def of_series(evenings: Sequence[Evening]) -> list[Fault]:
    """What is beyond a limit from one evening to another of the same person."""
    first, *later = evenings
    told = {work.called: work for work in first.works}
    found = []
    for evening in later:
        for work in evening.works:
            before = told.get(work.called)
            if before and work.to_the_clock_ms < limits.FADED_SHARE_MIN * before.to_the_clock_ms:
                short = f"{seconds(work.to_the_clock_ms)} s to the clock, {seconds(before.to_the_clock_ms)} s at first"
                found.append(Fault("seconds fade", f"{evening}: {work.called}", short))
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
    heard: set[tuple[str, Authored]] = set()
    for evening in evenings:
        for work in evening.works:
            said = [item for item in (*work.lead, *work.inside, *work.out) if isinstance(item, Said)]
            for sentence in said:
                several = work.exercise.sentences.get(bare(sentence.text), ())
                heard |= {(work.exercise.id, one) for one in several}
    return [
        Fault("never heard", f"{exercise.id}: {authored}", words)
        for exercise in exercises.values()
        for authored, words in exercise.all().items()
        if not ON_REQUEST.intersection(authored.keys) and (exercise.id, authored) not in heard
    ]
