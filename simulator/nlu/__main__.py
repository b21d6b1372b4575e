"""`python -m simulator.nlu`: measure the understanding of what people say, or write the set for Amazon's own tool."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from simulator.nlu import LanguageError, Understanding
from simulator.nlu.evaluation import Result, annotations, load, run, score, slots_of

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and what went wrong; the exit status."""
    parser = argparse.ArgumentParser(description="Measure the understanding of what people say.")
    parser.add_argument("--locale", default="en-US", help="the language (default: %(default)s)")
    parser.add_argument("--held-out", action="store_true", help="measure on the part kept apart too, figures only")
    parser.add_argument("--annotations", type=Path, help="write the whole set for Amazon's NLU evaluation tool")
    options = parser.parse_args(arguments)
    try:
        _measure(options)
    except LanguageError as error:
        print(f"understand: {error}", file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"understand: {error.filename} is missing.", file=sys.stderr)
        return 1
    return 0


def _measure(options: argparse.Namespace) -> None:
    understanding = Understanding.from_file(ROOT / "interaction_model" / f"{options.locale}.json")
    tuning, held_out = (
        ROOT / "tests" / "understanding" / f"{options.locale}.{part}.yaml" for part in ("tuning", "held_out")
    )
    if options.annotations:
        whole = annotations([*load(tuning), *load(held_out)], understanding.model)
        options.annotations.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
        return
    results = run(understanding, load(tuning))
    _print_intents(results)
    _print_faults(results)
    _print_score("tuning set", results)
    if options.held_out:
        _print_score("held out", run(understanding, load(held_out)))


def _print_intents(results: list[Result]) -> None:
    many = Counter(result.labelled.intent for result in results)
    right = Counter(result.labelled.intent for result in results if result.right)
    full = Counter(result.labelled.intent for result in results if result.all_right)
    print(f"{'intent':32}{'said':>6}{'right':>7}{'with slots':>12}")
    for intent, said in many.items():
        print(f"{intent:32}{said:6}{right[intent]:7}{full[intent]:12}")


def _print_faults(results: list[Result]) -> None:
    for result in results:
        if not result.all_right:
            wanted, got = result.labelled, result.match
            told = f"{got.intent} {slots_of(got) or ''} at {got.similarity}"
            print(f"  {wanted.say!r}: {wanted.intent} {wanted.slots or ''}, understood as {told}")


def _print_score(name: str, results: list[Result]) -> None:
    figures = score(results)
    print(
        f"{name}, {len(results)} utterances: intent {figures.intents:.1%}, with all slots {figures.with_slots:.1%}, "
        f"other talk turned away {figures.rejected:.1%}"
    )


if __name__ == "__main__":
    sys.exit(main())
