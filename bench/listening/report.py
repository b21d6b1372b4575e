"""What was heard, to read: one evening word for word with its figures, or a table of all, and the broken limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from bench.listening import figures
from bench.listening.evenings import Answer, Evening
from bench.listening.judging import Fault
from bench.listening.script import Silence
from simulator.speech import seconds

_MINUTE_MS = 60_000
_LEGEND = """\
min: longest evening. silent, words/min: mean. to clock: of the seconds from a name to its clock on the first evening,
the least share that is left later. run, words: most instructions and words without a silence. same: most often heard
sentence. quiet: longest silence in the first hold. sides: prompts between two sides. longest: longest answer in s."""
_COLUMNS = ("min", "silent", "words/min", "to clock", "run", "words", "same", "quiet", "prompts", "sides", "longest")


def heard(evening: Evening) -> Iterator[str]:
    """The lines of an evening, and its figures."""
    for answer in evening.answers:
        yield f"> {answer.asked}"
        yield from lines(answer)
        yield ""
    yield from numbers(evening)


def lines(answer: Answer) -> Iterator[str]:
    """An answer, a line to each silence."""
    line: list[str] = []
    for item in answer.items:
        line.append(str(item))
        if isinstance(item, Silence):
            yield "  " + " ".join(line)
            line = []
    if line:
        yield "  " + " ".join(line)


def numbers(evening: Evening) -> Iterator[str]:
    """The figures of an evening."""
    run, between = figures.longest_run(evening), figures.between_sides(evening)
    yield (
        f"{evening.ms / _MINUTE_MS:.1f} minutes, {figures.silent_share(evening):.0%} of it silence, "
        f"{figures.words_a_minute(evening):.0f} words a minute"
    )
    yield f"longest run of instructions: {run.instructions} sentences, {run.words} words: {run.text}"
    yield f"longest silence in the first hold: {seconds(figures.quiet_ms(evening))} s"
    yield f"prompts: {figures.prompts(evening)}, of them between two sides {len(between)}"
    longest = max(answer.ms for answer in evening.answers)
    too_long = sum(not figures.fits(answer.ms, answer.characters) for answer in evening.answers)
    yield f"longest answer: {seconds(longest)} s; answers over the limit: {too_long}"
    yield "from a name to its clock:"
    for work in evening.works:
        yield f"  {work.called:36}{work.to_the_clock_ms / 1000:6.1f} s"
    yield "said more than once, the words of a clock aside:"
    yield from (f"  {times} times: {text}" for text, times in figures.repeated(evening).most_common() if times > 1)


def table(series: Sequence[Sequence[Evening]], faults: Sequence[Fault]) -> Iterator[str]:
    """A row for each routine and mode, with the worst of its evenings and variations."""
    rows: dict[tuple[str, str], list[list[Evening]]] = defaultdict(list)
    for evenings in series:
        rows[evenings[0].way.routine, evenings[0].way.mode].append([one for one in evenings if one.number])
    yield f"{'':32}" + "".join(f"{name:>10}" for name in (*_COLUMNS, "faults"))
    for (routine, mode), several in rows.items():
        evenings = [evening for one in several for evening in one]
        count = sum(fault.where.startswith(f"{routine}, {mode},") for fault in faults)
        cells = [*_cells(evenings), f"{min(_left(one) for one in several):.0%}"]
        cells.insert(3, cells.pop())
        yield f"{routine + ', ' + mode:32}" + "".join(f"{cell:>10}" for cell in (*cells, str(count)))
    yield _LEGEND


def summary(faults: Sequence[Fault], most: int) -> Iterator[str]:
    """What is beyond a limit, by limit, with so many different ones of each and how often they were met."""
    by_limit: dict[str, dict[str, list[Fault]]] = defaultdict(lambda: defaultdict(list))
    for fault in faults:
        by_limit[fault.limit][fault.told].append(fault)
    for limit, alike in sorted(by_limit.items(), key=lambda pair: -sum(map(len, pair[1].values()))):
        yield f"{limit}: {sum(map(len, alike.values()))}, of them different {len(alike)}"
        for told, several in sorted(alike.items(), key=lambda pair: -len(pair[1]))[:most]:
            times = f"{len(several)} times, first in " if len(several) > 1 else ""
            yield f"  {times}{several[0].where.rstrip(': ')}: {told}"


def _cells(evenings: Sequence[Evening]) -> list[str]:
    runs = [run for evening in evenings for work in evening.works for run in figures.around(work)]
    return [
        f"{max(evening.ms for evening in evenings) / _MINUTE_MS:.1f}",
        f"{fmean(map(figures.silent_share, evenings)):.0%}",
        f"{fmean(map(figures.words_a_minute, evenings)):.0f}",
        str(max(run.instructions for run in runs)),
        str(max(run.words for run in runs)),
        str(max(max(figures.repeated(evening).values()) for evening in evenings)),
        seconds(max(map(figures.quiet_ms, evenings))),
        str(max(map(figures.prompts, evenings))),
        str(max(len(figures.between_sides(evening)) for evening in evenings)),
        seconds(max(answer.ms for evening in evenings for answer in evening.answers)),
    ]


def _left(evenings: Iterable[Evening]) -> float:
    """The least share of the seconds to a clock that is left on a later evening."""
    first, *later = evenings
    told = {work.called: work.to_the_clock_ms for work in first.works}
    shares = [
        work.to_the_clock_ms / told[work.called] for evening in later for work in evening.works if work.called in told
    ]
    return min(shares, default=1.0)
