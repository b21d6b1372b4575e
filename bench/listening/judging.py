"""What is beyond a limit in one evening.

Rule: each limit of `limits` is one function, here or in `comparing`, which says where it is broken and how.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
        *_second_sides(evening),
        *_moves(evening),
        *_holds(evening),
        *_clocks(evening),
        *_cues_twice(evening),
        *_sentences(evening),
        *_length(evening, prompts),
        *_answers(evening),
        *_prompts(evening),
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


def _second_sides(evening: Evening) -> Found:
    for first, then in pairwise(evening.works):
        if then.second and then.exercise is first.exercise:
            again_ms = _to_do_again_ms(first, evening.way.variation)
            if then.to_the_clock_ms < limits.SECOND_SIDE_SHARE_MIN * again_ms:
                short = f"{seconds(then.to_the_clock_ms)} s, and the same moves took {seconds(again_ms)} s before"
                yield "the second side is hurried", then.called, short


def _to_do_again_ms(work: Work, variation: str) -> int:
    """How long the moves of a lead took that are done once for each side, with the silence behind them."""
    said = [item for item in work.lead if isinstance(item, Said)]
    ends = [*(item.begins for item in said[1:]), work.clock]
    total = 0
    for item, end in zip(said, ends, strict=True):
        authored = work.exercise.find(item.text, variation)
        if authored and authored.kind in _MOVES and not authored.once:
            total += end - item.begins
    return total


def _moves(evening: Evening) -> Found:
    for work in evening.works:
        again = work.second or work.set > 1
        moves = [one for one in _moves_of(work, evening.way.variation) if not (one.once and again)]
        need_ms = round(1000 * sum(one.takes for one in moves))
        if work.to_the_clock_ms < limits.MOVE_SHARE_MIN * need_ms:
            short = f"{seconds(work.to_the_clock_ms)} s to the clock, its moves take {seconds(need_ms)} s"
            yield "no time for the moves", work.called, short
        for items, over in ((work.lead, work.clock), (work.out, work.ends_out)):
            yield from _each_move(work, items, over, evening.way.variation)


def _each_move(work: Work, items: Sequence[Item], over: int, variation: str) -> Found:
    said = [item for item in items if isinstance(item, Said)]
    for place, item in enumerate(said):
        move = work.exercise.find(item.text, variation)
        if move and move.takes and not move.place:
            behind = (one for one in said[place + 1 :] if _keys(work, one, variation) != move.keys)
            has_ms = next((one.begins for one in behind), over) - item.begins
            if has_ms < limits.MOVE_SHARE_MIN * 1000 * move.takes:
                yield "no time for a move", work.called, f"{seconds(has_ms)} s of {move.takes:g} s: {item.text}"


def _moves_of(work: Work, variation: str) -> list[Authored]:
    return work.exercise.moves(variation) or work.exercise.moves("usual")


def _keys(work: Work, said: Said, variation: str = "usual") -> tuple[str, ...]:
    authored = work.exercise.find(said.text, variation)
    return authored.keys if authored else ()


def _holds(evening: Evening) -> Found:
    for work in evening.works:
        said = [item for item in work.inside if isinstance(item, Said)]
        breathes = any(_BREATHES.search(item.text) or "breath" in _keys(work, item) for item in said)
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
