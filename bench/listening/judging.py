"""What is beyond a limit in one evening.

Rule: each limit of `limits` is one function, here or in `comparing`, which says where it is broken and how.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.listening import figures, limits
from bench.listening.authored import Authored, bare
from bench.listening.evenings import Evening
from bench.listening.framing import LENGTHS, Framing
from bench.listening.script import Item, Said
from bench.listening.works import Work
from simulator.speech import seconds

_BREATHES = re.compile(r"\b(breath\w*|inhal\w*|exhal\w*)\b|\bin\b.*\bout\b", re.IGNORECASE)
_MOVES = frozenset({"setup", "enter"})


Found = Iterator[tuple[str, str, str]]
"""A limit, where in the evening it is broken, and how."""


@dataclass(frozen=True)
class Fault:
    """A limit that is broken: which, where, and how."""

    limit: str
    where: str
    told: str


def of_evening(evening: Evening, prompts: Framing) -> list[Fault]:
    """What is beyond a limit in one evening."""
    found = [
        *_runs(evening),
        *_moves(evening),
        *_holds(evening),
        *_clocks(evening),
        *_cues_twice(evening),
        *_sentences(evening),
        *_length(evening, prompts),
        *_answers(evening),
        *_prompts(evening),
        *_cautions(evening),
        *_variation(evening),
    ]
    return [Fault(limit, f"{evening}: {where}", told) for limit, where, told in found]


def _runs(evening: Evening) -> Found:
    for work in evening.works:
        for run in figures.around(work):
            if run.instructions > limits.INSTRUCTIONS_MAX:
                yield "too many instructions", work.called, f"{run.instructions} in a row: {run.text}"
            if run.words > limits.LEAD_WORDS_MAX:
                yield "too many words", work.called, f"{run.words} in a row: {run.text}"


def _timed(work: Work, items: Sequence[Item], over: int, variation: str) -> Iterator[tuple[Authored, Said, int]]:
    """The moves that are told, and how long each has until the next or a prompt. A landmark or a caution is no move."""
    said = [(item, _move(work, item, variation)) for item in items if isinstance(item, Said)]
    for place, (item, move) in enumerate(said):
        if move and not move.place:
            rest = said[place + 1 :]
            ends = (one.begins for one, other in rest if one.prompt or (other and other.keys != move.keys))
            yield move, item, next(ends, over) - item.begins


def _move(work: Work, said: Said, variation: str) -> Authored | None:
    authored = work.exercise.find(said.text, variation)
    return authored if authored and (authored.takes or authored.kind in _MOVES) else None


def _moves(evening: Evening) -> Found:
    for work in evening.works:
        again = work.second or work.set > 1
        moves = [one for one in _moves_of(work, evening.way.variation) if not (one.once and again)]
        need_ms = round(1000 * sum(one.takes for one in moves))
        if work.to_the_clock_ms < limits.MOVE_SHARE_MIN * need_ms:
            short = f"{seconds(work.to_the_clock_ms)} s to the clock, its moves take {seconds(need_ms)} s"
            yield "no time for the moves", work.called, short
        for items, over in ((work.lead, work.clock), (work.out, work.ends_out)):
            for move, said, has_ms in _timed(work, items, over, evening.way.variation):
                if has_ms < limits.MOVE_SHARE_MIN * 1000 * move.takes:
                    yield "no time for a move", work.called, f"{seconds(has_ms)} s of {move.takes:g} s: {said.text}"


def _moves_of(work: Work, variation: str) -> list[Authored]:
    return work.exercise.moves(variation) or work.exercise.moves("usual")


def _holds(evening: Evening) -> Found:
    for work in evening.works:
        said = [item for item in work.inside if isinstance(item, Said)]
        authored = (work.exercise.find(item.text) for item in said)
        meant = any(one is not None and "breath" in one.keys for one in authored)
        breathes = meant or any(_BREATHES.search(item.text) for item in said)
        if work.kind == "hold" and not breathes:
            yield "no word about breathing", work.called, " ".join(text for text, _ in work.cues()) or "no cue at all"
    if (longest := figures.quiet_ms(evening)) > limits.FIRST_HOLD_SILENCE_MAX_MS:
        hold = figures.first_hold(evening)
        yield "too long without a word", hold.called if hold else "", f"{seconds(longest)} s"


def _clocks(evening: Evening) -> Found:
    for work in evening.works:
        if not work.is_complete:
            yield "not counted to its end", work.called, f"{work.kind}, counted as far as {work.counted}"
        elif work.kind == "hold" and work.dose:
            held_ms = work.ends - work.begins
            if abs(held_ms - 1000 * work.dose) > limits.HOLD_SHARE_MAX * 1000 * work.dose:
                yield "a hold of another length", work.called, f"{seconds(held_ms)} s, told {work.dose}"


def _cues_twice(evening: Evening) -> Found:
    held: Counter[tuple[str, Authored | str]] = Counter()
    counted: Counter[tuple[str, Authored]] = Counter()
    exercises = {}
    for work in evening.works:
        exercises[work.exercise.id] = work.exercise
        for text, authored in work.all_cues():
            if work.kind == "hold":
                held[work.exercise.id, authored or text] += 1
            elif authored:
                counted[work.exercise.id, authored] += 1
    for (name, cue), times in held.items():
        if times > limits.CUE_MAX:
            words = exercises[name].all()[cue] if isinstance(cue, Authored) else cue
            yield "a cue twice", name, f"{times} times: {words}"
    for (name, one), times in counted.items():
        least = min(counted[name, other] for other in exercises[name].cues(one.pool))
        if times > limits.CUE_MAX + least:
            words = exercises[name].all()[one]
            yield "a cue twice", name, f"{times} times, and another of its kind {least} times: {words}"


def _cautions(evening: Evening) -> Found:
    if evening.number > limits.CAUTION_EVENINGS:
        return
    for name, works in _by_exercise(evening).items():
        heard = {
            "before": _bare(item for work in works for item in work.lead),
            "entering": _bare(item for work in works for item in work.lead),
            "during": _bare(item for work in works for item in (*work.lead, *work.inside)),
            "leaving": _bare(item for work in works for item in (*work.inside, *work.out)),
        }
        exercise = works[0].exercise
        told = {
            one
            for words, several in exercise.sentences.items()
            for one in several
            if words in heard.get(_moment(one), ())
        }
        for one, words in exercise.all().items():
            if _moment(one) in heard and one not in told:
                yield "a caution not at its moment", name, f"{_moment(one)}: {words}"


def _moment(one: Authored) -> str:
    """When a caution belongs to be heard; empty for anything else."""
    return one.keys[1] if one.kind == "cautions" and len(one.keys) > 1 else ""


def _bare(items: Iterable[Item]) -> set[str]:
    return {bare(item.text) for item in items if isinstance(item, Said)}


def _sentences(evening: Evening) -> Found:
    for text, times in figures.repeated(evening).items():
        if times > limits.SENTENCE_MAX:
            yield "said too often", "", f"{times} times: {text}"


def _length(evening: Evening, prompts: Framing) -> Found:
    told = next((said for said in evening.said if said.is_of(LENGTHS)), None)
    minutes = prompts.number(told.prompt.fields.get("minutes", "")) if told and told.prompt else None
    if minutes is None:
        return
    off_ms = abs(evening.ms - minutes * 60_000)
    if off_ms > limits.MINUTES_SHARE_MAX * minutes * 60_000 + 30_000:
        yield "not as long as told", "", f"{evening.ms / 60_000:.1f} minutes, told {minutes}"


def _answers(evening: Evening) -> Found:
    for place, answer in enumerate(evening.answers):
        if not figures.fits(answer.ms, answer.characters):
            told = f"{seconds(answer.ms)} s, {answer.characters} characters"
            yield "an answer too long", f"answer {place + 1}", told


def _prompts(evening: Evening) -> Found:
    if evening.way.mode != "step-by-step":
        asked = [work for work, fits in figures.between_sides(evening) if fits]
        if len(asked) > limits.PROMPTS_BETWEEN_SIDES_MAX:
            yield "asked between two sides", ", ".join(work.called for work in asked), f"{len(asked)} times"
    if evening.way.mode == "hands-free":
        asked = figures.needless(evening)
        if len(asked) > limits.NEEDLESS_PROMPTS_MAX:
            yield "asked without need", ", ".join(work.called for work in asked), f"{len(asked)} times"


def _variation(evening: Evening) -> Found:
    """Whoever asked for everything easier is led in with words that only the easier variation has."""
    if evening.way.variation == "usual":
        return
    for name, works in _by_exercise(evening).items():
        said = [(work.exercise, item) for work in works for item in work.lead if isinstance(item, Said)]
        ways = [{one.variation for one in exercise.sentences.get(bare(item.text), ())} for exercise, item in said]
        if not any(evening.way.variation in several and not several & {"", "usual"} for several in ways):
            yield "not the variation that was asked for", name, ""


def _by_exercise(evening: Evening) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = defaultdict(list)
    for work in evening.works:
        found[work.exercise.id].append(work)
    return found
