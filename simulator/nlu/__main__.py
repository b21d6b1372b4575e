"""`python -m simulator.nlu`: measure the understanding of what people say, or write the sets for Amazon's own tool."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.nlu import FALLBACK, LanguageError, Match, Understanding, path_of
from simulator.nlu.evaluation import (
    PARTS,
    Result,
    accepted,
    annotations,
    by_way,
    dangerous,
    heard_to_hurt,
    lists,
    run,
    score,
    share,
    slots_of,
)

if TYPE_CHECKING:
    from simulator.nlu.stock import Stock

ROOT = Path(__file__).parents[2]

TUNING = PARTS[0]
"""What was looked at while samples were written, and measures nothing."""


@dataclass(frozen=True)
class _Answers:
    """What was made of a part of the sets: of what people say, by the way of speaking; of what is said `elsewhere`, to
    nobody here, and what of that was `taken` for something; of what `hurts`, and what of that was `heard`; and what was
    confused that must not be.
    """

    results: dict[str, list[Result]]
    elsewhere: list[str]
    taken: list[tuple[str, Match]]
    hurts: int
    heard: list[str]
    confusions: dict[str, list[str]]

    @property
    def all(self) -> list[Result]:
        """In whichever way it was said."""
        return [one for row in self.results.values() for one in row]

    @classmethod
    def of(cls, understanding: Understanding, part: Path) -> "_Answers":
        """What is made of a part."""
        elsewhere, danger = lists(part / "elsewhere.yaml")["other"], lists(part / "danger.yaml")
        return cls(
            {way: run(understanding, row) for way, row in by_way(part).items()},
            elsewhere,
            accepted(understanding, elsewhere),
            len(danger["ease"]),
            heard_to_hurt(understanding, danger),
            dangerous(understanding, danger, lists(part / "doubt.yaml")),
        )

    @classmethod
    def together(cls, parts: Sequence["_Answers"]) -> "_Answers":
        """Several as if they were one."""
        ways = sorted({way for part in parts for way in part.results})
        kinds = parts[0].confusions
        return cls(
            {way: [one for part in parts for one in part.results.get(way, [])] for way in ways},
            [phrase for part in parts for phrase in part.elsewhere],
            [one for part in parts for one in part.taken],
            sum(part.hurts for part in parts),
            [phrase for part in parts for phrase in part.heard],
            {kind: [line for part in parts for line in part.confusions[kind]] for kind in kinds},
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and what went wrong in the part for tuning; the exit status."""
    parser = argparse.ArgumentParser(description="Measure the understanding of what people say.")
    parser.add_argument("--locale", default="en-US", help="the language (default: %(default)s)")
    parser.add_argument("--faults", action="store_true", help="also list what went wrong in the part for tuning")
    parser.add_argument("--annotations", type=Path, help="write all sets for Amazon's NLU evaluation tool")
    options = parser.parse_args(arguments)
    try:
        understanding = Understanding.from_file(path_of(options.locale))
        sets = ROOT / "tests" / "understanding" / options.locale
        if options.annotations:
            _annotate(understanding, sets, options.annotations)
        else:
            _measure(understanding, sets, faults=options.faults)
    except LanguageError as error:
        print(f"understand: {error}", file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"understand: {error.filename} is missing.", file=sys.stderr)
        return 1
    return 0


def _annotate(understanding: Understanding, sets: Path, path: Path) -> None:
    every = [one for part in PARTS for row in by_way(sets / part).values() for one in row]
    path.write_text(json.dumps(annotations(every, understanding.model), indent=2) + "\n", encoding="utf-8")


def _measure(understanding: Understanding, sets: Path, *, faults: bool) -> None:
    every = {part: _Answers.of(understanding, sets / part) for part in PARTS}
    apart = [every[part] for part in PARTS if part != TUNING]
    every["kept apart"] = _Answers.together(apart)
    stock = _learned(understanding)
    bar = _bar(stock, every["kept apart"]) if stock else 0.0
    for part, answers in every.items():
        heads = f"{'said':>8}{'right':>9}{'with slots':>12}{'no samples':>12}{'stock, those':>14}"
        print(f"\n{part.replace('_', ' '):16}{heads}")
        for way, row in {**answers.results, "all": answers.all}.items():
            figures, beside = score(row), f"{_of_stock(stock, row, bar):.1%}" if stock else ""
            print(
                f"  {way:14}{len(row):8}{figures.intents:9.1%}{figures.with_slots:12.1%}{figures.no_samples:12.1%}"
                f"{beside:>14}"
            )
        many, taken = len(answers.elsewhere), len(answers.taken)
        print(f"  meant for nobody here, and taken for something: {taken} of {many}, {taken / many:.1%}")
        print(f"  something hurts, and is heard: {len(answers.heard)} of {answers.hurts}")
        for kind, wrong in answers.confusions.items():
            print(f"  {kind}: {len(wrong)}")
    if faults:
        _tell(every[TUNING])


def _learned(understanding: Understanding) -> "Stock | None":
    """A stock classifier that has learned the same samples, where there is one."""
    try:
        from simulator.nlu.stock import Stock  # noqa: PLC0415 - only who measures has it
    except ImportError:
        print("(without scikit-learn there is no stock classifier to hold this against)")
        return None
    return Stock(understanding.model)


def _bar(stock: "Stock", apart: _Answers) -> float:
    """How many times as likely as other talk a sentence has to be for the stock classifier to take it, where of all
    that is kept apart it turns away as much as ours.
    """
    ratios = sorted((ratio for _, ratio in stock.understand(apart.elsewhere)), reverse=True)
    return ratios[len(apart.taken)] if len(apart.taken) < len(ratios) else 0.0


def _of_stock(stock: "Stock", row: list[Result], bar: float) -> float:
    """The share of what is no sample that a stock classifier understands."""
    new = [one for one in row if not one.match.exact and one.labelled.intent != FALLBACK]
    understood = stock.understand([one.labelled.say for one in new])
    return share(
        [ratio > bar and intent == one.labelled.intent for one, (intent, ratio) in zip(new, understood, strict=True)]
    )


def _tell(answers: _Answers) -> None:
    said = Counter(one.labelled.intent for one in answers.all)
    right = Counter(one.labelled.intent for one in answers.all if one.right)
    print(f"\n{'intent':32}{'said':>6}{'right':>7}")
    for intent, many in said.items():
        print(f"{intent:32}{many:6}{right[intent]:7}")
    for one in answers.all:
        if not one.all_right:
            wanted, got = one.labelled, one.match
            told = f"{got.intent} {slots_of(got) or ''} at {got.similarity}"
            print(f"  {wanted.say!r}: {wanted.intent} {wanted.slots or ''}, understood as {told}")
    for phrase, match in answers.taken:
        print(f"  {phrase!r}: for nobody, understood as {match}")
    for wrong in answers.confusions.values():
        print("".join(f"  {line}\n" for line in wrong), end="")


if __name__ == "__main__":
    sys.exit(main())
