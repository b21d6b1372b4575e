"""`python -m simulator.nlu`: measure the understanding of what people say, or write the sets for Amazon's own tool."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
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
    stock = _learned(understanding)
    for part in PARTS:
        results = {way: run(understanding, row) for way, row in by_way(sets / part).items()}
        elsewhere = lists(sets / part / "elsewhere.yaml")["other"]
        taken = accepted(understanding, elsewhere)
        heads = f"{'said':>8}{'right':>9}{'with slots':>12}{'no samples':>12}{'stock, those':>14}"
        print(f"\n{part.replace('_', ' '):16}{heads}")
        beside = _of_stock(stock, results, elsewhere, len(taken)) if stock else {}
        every = [one for row in results.values() for one in row]
        for way, row in {**results, "all": every}.items():
            figures = score(row)
            print(
                f"  {way:14}{len(row):8}{figures.intents:9.1%}{figures.with_slots:12.1%}{figures.no_samples:12.1%}"
                f"{beside.get(way, ''):>14}"
            )
        of = f"{len(taken)} of {len(elsewhere)}, {len(taken) / len(elsewhere):.1%}"
        print(f"  meant for nobody here, and taken for something: {of}")
        danger = lists(sets / part / "danger.yaml")
        hurts = len(heard_to_hurt(understanding, danger))
        print(f"  something hurts, and is heard: {hurts} of {len(danger['ease'])}")
        confusions = dangerous(understanding, danger, lists(sets / part / "doubt.yaml"))
        for kind, wrong in confusions.items():
            print(f"  {kind}: {len(wrong)}")
        if faults and part == "tuning":
            _tell(results, taken, confusions)


def _learned(understanding: Understanding) -> "Stock | None":
    """A stock classifier that has learned the same samples, where there is one."""
    try:
        from simulator.nlu.stock import Stock  # noqa: PLC0415 - only who measures has it
    except ImportError:
        print("(without scikit-learn there is no stock classifier to hold this against)")
        return None
    return Stock(understanding.model)


def _of_stock(stock: "Stock", results: dict[str, list[Result]], elsewhere: list[str], taken: int) -> dict[str, str]:
    """What a stock classifier makes of what is no sample, by the way of speaking, where it turns away as much."""
    ratios = sorted((ratio for _, ratio in stock.understand(elsewhere)), reverse=True)
    least = ratios[taken] if taken < len(ratios) else 0.0
    told: dict[str, list[bool]] = {}
    for way, row in results.items():
        new = [one for one in row if not one.match.exact and one.labelled.intent != FALLBACK]
        understood = stock.understand([one.labelled.say for one in new])
        told[way] = [
            ratio > least and intent == one.labelled.intent
            for one, (intent, ratio) in zip(new, understood, strict=True)
        ]
    told["all"] = [right for row in told.values() for right in row]
    return {way: f"{share(row):.1%}" for way, row in told.items()}


def _tell(results: dict[str, list[Result]], taken: list[tuple[str, Match]], confusions: dict[str, list[str]]) -> None:
    every = [one for row in results.values() for one in row]
    said = Counter(one.labelled.intent for one in every)
    right = Counter(one.labelled.intent for one in every if one.right)
    print(f"\n{'intent':32}{'said':>6}{'right':>7}")
    for intent, many in said.items():
        print(f"{intent:32}{many:6}{right[intent]:7}")
    for one in every:
        if not one.all_right:
            wanted, got = one.labelled, one.match
            told = f"{got.intent} {slots_of(got) or ''} at {got.similarity}"
            print(f"  {wanted.say!r}: {wanted.intent} {wanted.slots or ''}, understood as {told}")
    for phrase, match in taken:
        print(f"  {phrase!r}: for nobody, understood as {match}")
    for wrong in confusions.values():
        print("".join(f"  {line}\n" for line in wrong), end="")


if __name__ == "__main__":
    sys.exit(main())
