"""The table to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.deployed.figures import Figure, Run, figure, ratio
from bench.deployed.goals import GOALS, Of
from bench.deployed.lives import EVENING
from bench.deployed.runs import GROWN
from bench.deployed.subjects import OURS, SAMPLES, Subject

Lives = Mapping[str, Sequence[Run]]
"""The runs of each subject by its name."""

SPACE = "Space"
TITLES: dict[str, dict[str, str]] = {
    "A processor's milliseconds": {
        "cold": "cold start, to the first answer",
        "start": "  of which the initialisation",
        "first": "  of which the first turn",
        "warm": "a warm turn",
        "slowest": "the slowest warm turn",
    },
    "Milliseconds on the wall": {
        "cold wall": "cold start, to the first answer",
        "start wall": "  of which the initialisation",
        "first wall": "  of which the first turn",
        "warm wall": "a warm turn",
        "slowest wall": "the slowest warm turn",
    },
    SPACE: {
        "memory": "most memory, MiB",
        "modules": "modules loaded",
        "answer": "bytes of an answer",
    },
    f"The table, in a session of {len(EVENING)} turns": {
        "reads": "reads",
        "writes": "writes",
        "asked": "bytes sent to it",
        "told": "bytes that came back",
        "item": "bytes of the item, at the end",
    },
}
OVER_YEARS = {
    "warm": "a warm turn",
    "slowest": "the slowest warm turn",
    "answer": "bytes of an answer",
    "item": "bytes of the item",
}
BUNDLE = "bundle"
WIDTH = 34


def bundle_figure(subject: Subject) -> Figure:
    """The bytes of a bundle."""
    return Figure(subject.bundle.stat().st_size)


def lines(subjects: Sequence[Subject], lives: Lives) -> Iterator[str]:
    """The table, line by line."""
    names = [subject.name for subject in subjects]
    yield f"{'':{WIDTH}}" + "".join(f"{name:>11}" for name in names) + f"{'ours/samples':>18}   goal"
    for heading, measures in TITLES.items():
        yield f"\n{heading}"
        for measure, title in measures.items():
            own = [figure(lives[name], measure) for name in names]
            yield _row(measure, title, own, ratio(lives[OURS], lives[SAMPLES], measure))
        if heading == SPACE:
            sizes = {subject.name: bundle_figure(subject) for subject in subjects}
            by = Figure(sizes[OURS].value / sizes[SAMPLES].value)
            yield _row(BUNDLE, "bytes of the bundle", [sizes[name] for name in names], by)
    yield f"\n{'After ten years of every day':{WIDTH}}{'':33}{'to a newcomer':>18}"
    for measure, title in OVER_YEARS.items():
        then, by = figure(lives[GROWN], measure), ratio(lives[GROWN], lives[OURS], measure)
        yield f"  {title:{WIDTH - 2}}{_number(then.value):>11}{'':22}{_ratio(by):>18}".rstrip()


def missed(subjects: Sequence[Subject], lives: Lives) -> list[str]:
    """The goals that are missed, by their measures."""
    return [name for name, goal in GOALS.items() if goal.missed(_judged(name, subjects, lives))]


def _judged(name: str, subjects: Sequence[Subject], lives: Lives) -> Figure:
    if name == BUNDLE:
        return next(bundle_figure(subject) for subject in subjects if subject.name == OURS)
    if GOALS[name].of is Of.OWN:
        return figure(lives[OURS], name)
    return ratio(lives[OURS], lives[SAMPLES], name)


def _row(measure: str, title: str, own: Sequence[Figure], by: Figure) -> str:
    start = f"  {title:{WIDTH - 2}}" + "".join(f"{_number(each.value):>11}" for each in own) + f"{_ratio(by):>18}"
    goal = GOALS.get(measure)
    if not goal:
        return start.rstrip()
    most = f"{goal.most:.2f}" if goal.of is Of.RATIO else f"{goal.most:,.0f} of its own"
    reach = f" (reach {goal.reach:.2f})" if goal.reach else ""
    return f"{start}   {most}{reach}: {goal.verdict(own[0] if goal.of is Of.OWN else by)}"


def _number(value: float) -> str:
    if value >= 1_000 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _ratio(by: Figure) -> str:
    return f"{by.value:.2f} ±{by.noise:.2f}" if by.noise >= 0.005 else f"{by.value:.2f}      " if by.value else ""
