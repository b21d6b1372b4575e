"""`python -m simulator.nlu`: measure the understanding of what people say, or write the set for Amazon's own tool."""

import argparse
import json
from collections import Counter
from pathlib import Path

from simulator.nlu import Understanding
from simulator.nlu.evaluation import Result, annotations, load, run, score, slots_of
from simulator.nlu.model import read

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "interaction_model" / "en-US.json"
TUNING = ROOT / "tests" / "understanding" / "en-US.tuning.yaml"
HELD_OUT = ROOT / "tests" / "understanding" / "en-US.held_out.yaml"


def main() -> None:
    """Print the figures, and what went wrong."""
    parser = argparse.ArgumentParser(description="Measure the understanding of what people say.")
    parser.add_argument("--held-out", action="store_true", help="measure on the part kept apart too, figures only")
    parser.add_argument("--annotations", type=Path, help="write the whole set for Amazon's NLU evaluation tool")
    options = parser.parse_args()
    if options.annotations:
        whole = annotations([*load(TUNING), *load(HELD_OUT)], read(MODEL))
        options.annotations.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
        return
    understanding = Understanding.from_file(MODEL)
    results = run(understanding, load(TUNING))
    _print_intents(results)
    _print_faults(results)
    _print_score("tuning set", results)
    if options.held_out:
        _print_score("held out", run(understanding, load(HELD_OUT)))


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
    main()
