"""Record what people hear and what is kept of them, and hold another checkout against it.

    python -m bench.replay record FILE [--turns 5000] [--seed 1]
    python -m bench.replay compare FILE
    python -m bench.replay adopt FILE [--every 10]

`record` drives the coach of this checkout through seeded random turns, and prints what they reach. `compare` sends the
same to the coach of the checkout that it runs in, and `adopt` has it take over, at every tenth turn, the session and
the people as they were recorded. Both tell each difference, and exit with 1 if there is any.
"""

import argparse
import sys
import time
from pathlib import Path

from bench.replay import comparing, house, recording
from bench.replay.coverage import Coverage
from bench.replay.said import Model
from bench.replay.walk import Walk


def main() -> None:
    """Does what the command says."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("command", choices=("record", "compare", "adopt"))
    options.add_argument("file", type=Path)
    options.add_argument("--turns", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--every", type=int, default=10, help="how many turns from one that is adopted to the next")
    chosen = options.parse_args()
    began = time.perf_counter()
    with house.opened() as coach:
        if chosen.command == "record":
            record(coach, chosen.file, chosen.turns, chosen.seed)
            same = True
        else:
            same = hold(coach, chosen.command, chosen.file, chosen.every)
    print(f"{time.perf_counter() - began:.0f} seconds")
    sys.exit(not same)


def record(coach: house.House, file: Path, turns: int, seed: int) -> None:
    """Write a recording, and print what it reaches."""
    coverage = Coverage()
    for line in recording.write(file, Walk(coach, seed).turns(turns)):
        coverage.add(line)
    print(*coverage.table(house.STATES, Model().intents), sep="\n")


def hold(coach: house.House, command: str, file: Path, every: int) -> bool:
    """Print how the coach differs from a recording, and return whether it does not."""
    verdict, lines = comparing.Verdict(), recording.read(file)
    told = (
        comparing.compared(lines, coach, verdict)
        if command == "compare"
        else comparing.adopted(lines, coach, verdict, every)
    )
    for text in told:
        print(text, flush=True)
    print(*verdict.summary(), sep="\n")
    return verdict.same


if __name__ == "__main__":
    main()
