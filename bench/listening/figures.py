"""One evening in numbers, as a listener could count them.

Rule: figures say what is; what is too much is for `judging` to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.listening.authored import bare
from bench.listening.evenings import Evening
from bench.listening.framing import CLOCK
from bench.listening.limits import ANSWER_CHARACTERS_MAX, ANSWER_MS_MAX, SILENCE_MIN_MS, SPARE_SHARE
from bench.listening.script import Item, Said, Silence
from bench.listening.works import TEMPO, Work

_BREAK_CHARACTERS = len('<break time="10000ms"/> ')


@dataclass(frozen=True)
class Run:
    """What is said between two silences that somebody can move in: sentences of instruction, and all words."""

    instructions: int
    words: int
    text: str


def silent_share(evening: Evening) -> float:
    """How much of an evening's speech is silence."""
    return sum(silence.ms for silence in evening.silences) / evening.ms


def words_a_minute(evening: Evening) -> float:
    """Words in a minute of speech, silences included."""
    return sum(said.words for said in evening.said) / evening.ms * 60_000


def runs(items: Iterable[Item], *, prompts_count: bool) -> Iterator[Run]:
    """What is said between two silences. The words of prompts count where the talk goes on behind them, as a name's."""
    said: list[Said] = []
    for item in items:
        is_break = item.ms >= SILENCE_MIN_MS if isinstance(item, Silence) else said and item.answer != said[-1].answer
        if said and is_break:
            yield _run(said, prompts_count)
            said = []
        if isinstance(item, Said):
            said.append(item)
    if said:
        yield _run(said, prompts_count)


def longest_run(evening: Evening) -> Run:
    """The run with the most sentences of instruction, of those the one with the most words."""
    several = [run for work in evening.works for run in around(work)]
    return max(several, key=lambda run: (run.instructions, run.words), default=Run(0, 0, ""))


def around(work: Work) -> list[Run]:
    """What is said between silences on the way into a work and out of it."""
    return [*runs(work.lead, prompts_count=True), *runs(work.out, prompts_count=False)]


def repeated(evening: Evening) -> Counter[str]:
    """How often each sentence is heard, the words of its clock aside."""
    tempo = {
        words
        for work in evening.works
        for words, several in work.exercise.sentences.items()
        if any(one.kind in TEMPO for one in several)
    }
    return Counter(said.text for said in evening.said if not said.is_of(CLOCK) and bare(said.text) not in tempo)


def cues(evening: Evening) -> dict[str, list[str]]:
    """The cues of each exercise, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for work in evening.works:
        found[work.exercise.id] += [text for text, _ in work.all_cues()]
    return found


def first_hold(evening: Evening) -> Work | None:
    """The first hold of an evening; None when it has none."""
    return next((work for work in evening.works if work.kind == "hold"), None)


def quiet_ms(evening: Evening) -> int:
    """The longest silence in the first hold; nought when there is none."""
    hold = first_hold(evening)
    return max(hold.silences(), default=0) if hold else 0


def prompts(evening: Evening) -> int:
    """How often the coach waits for somebody to say something before the routine is over."""
    return len(evening.answers) - 1


def between_sides(evening: Evening) -> list[tuple[Work, bool]]:
    """The second sides that somebody was asked before, each with whether both sides fit into one answer."""
    found = []
    for first, then in zip(evening.works, evening.works[1:], strict=False):
        if then.second and then.exercise is first.exercise and then.answer != first.answer:
            items = [*_all(first), *_all(then)]
            both_ms = first.ends_out - first.named + then.ends_out - then.named
            # Before a further set there is a rest, which leaves no room for two sides.
            found.append((then, first.set == 1 and fits_easily(both_ms, _characters(items))))
    return found


def needless(evening: Evening) -> list[Work]:
    """The works before which somebody was asked although what ends next, an exercise or a set, would have fitted."""
    found = []
    for place, work in enumerate(evening.works):
        before = evening.works[place - 1] if place else None
        if before is None or before.answer == work.answer or work.second:
            continue
        rest = evening.works[place + 1 :]
        both = [work, *([rest[0]] if rest and rest[0].second else [])]
        answer = evening.answers[before.answer]
        more = [item for one in both for item in _all(one)]
        if fits_easily(answer.ms + both[-1].ends_out - work.named, answer.characters + _characters(more)):
            found.append(work)
    return found


def fits(ms: int, characters: int) -> bool:
    """Whether one answer can be so long."""
    return ms <= ANSWER_MS_MAX and characters <= ANSWER_CHARACTERS_MAX


def fits_easily(ms: int, characters: int) -> bool:
    """Whether it can, with something to spare."""
    return fits(round(ms / (1 - SPARE_SHARE)), round(characters / (1 - SPARE_SHARE)))


def _all(work: Work) -> list[Item]:
    return [*work.lead, *work.inside, *work.out]


def _characters(items: Iterable[Item]) -> int:
    return sum(len(item.text) + 1 if isinstance(item, Said) else _BREAK_CHARACTERS for item in items)


def _run(said: list[Said], prompts_count: bool) -> Run:
    told = [one for one in said if not one.prompt]
    counted = said if prompts_count else told
    return Run(len(told), sum(one.words for one in counted), " ".join(one.text for one in said))
