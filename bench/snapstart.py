"""Whether SnapStart is worth its price: a million routines without it and with it, and how long the first answer takes.

    python -m bench.snapstart [--cold 1.0] [--python python3.13]

What a routine uses is counted by `bench.cost`; how long a function takes to start is measured on the bundle, by the
means of `bench.deployed`, and stretched to the share of a processor that comes with a memory. `--cold` is how many
functions start in a session: one is the worst case, of a skill that is used so seldom that each session finds none.

Since August 2025 an initialisation is charged like any other time of a function:
https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
With SnapStart it is done once, when a version is published, and what is charged is that it is restored:
https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from authoring.interpreters import RUNTIME
from bench.cost import (
    GB_SECOND,
    MEMORY_MB,
    MONTH_SECONDS,
    RESTORED_GB,
    ROUTINES,
    SNAPSHOT_GB_SECOND,
    TABLE_MS,
    Bill,
    routine,
    stretched,
    table,
)
from bench.deployed.lives import evenings
from bench.deployed.runs import lived
from bench.deployed.serving import serving
from bench.deployed.subjects import workshop

MEMORIES = (MEMORY_MB, 1024, 1769)
STARTS = 5
MILLION = 1_000_000
RESTORE_MS = 250
"""Assumed: how long it takes to restore a snapshot. It is waited for, and not charged by its time."""


@dataclass(frozen=True)
class Start:
    """Milliseconds of a whole processor that a function takes before it can answer, and for its first answer."""

    initialisation: float
    first: float

    def wait_ms(self, memory_mb: int, *, restored: bool) -> float:
        """From a request that finds no function until it is answered."""
        before = RESTORE_MS if restored else self.initialisation * stretched(memory_mb)
        return before + self.first * stretched(memory_mb) + TABLE_MS

    def charged(self, memory_mb: int, *, restored: bool) -> float:
        """The dollars of one start, without its first answer."""
        gb = memory_mb / 1024
        return gb * (RESTORED_GB if restored else self.initialisation * stretched(memory_mb) / 1_000 * GB_SECOND)


def measured(python: str) -> Start:
    """How long the bundle takes to start. Raises SubjectError and InstallingError."""
    made = workshop(python)
    with TemporaryDirectory() as folder, serving(Path(folder)) as served:
        runs = [lived(made, served, made.ours, f"start-{at}", evenings(1)) for at in range(STARTS)]
    return Start(median(run.started("cpu") for run in runs), median(run.first("cpu") for run in runs))


def show(name: str, bill: Bill, start: Start, cold: float) -> None:
    """Prints what a million routines cost, for each memory."""
    print(f"\nA million {name} routines, each of {bill.turns} turns and {cold:g} starts; US dollars")
    turns = [sum(dollars for *_, dollars in bill.rows(memory)) * MILLION / 1_000 for memory in MEMORIES]
    _row("all but the starts", turns)
    for restored, title in ((False, "with initialisations"), (True, "with SnapStart's restores")):
        starts = [start.charged(memory, restored=restored) * cold * MILLION for memory in MEMORIES]
        _row(title, [sum(both) for both in zip(turns, starts, strict=True)])


def _row(title: str, values: list[float], form: str = ",.2f") -> None:
    print(f"  {title:34}" + "".join(f"{value:>12{form}}" for value in values))


def main() -> None:
    """Prints the bills, and the waits."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cold", type=float, default=1.0, help="how many functions start in a session")
    options.add_argument("--python", default=os.environ.get("RUNTIME_PYTHON", f"python{RUNTIME}"))
    chosen = options.parse_args()
    start = measured(chosen.python)
    print(f"{'':36}" + "".join(f"{f'{memory} MB':>12}" for memory in MEMORIES))
    print("Until the first answer of a function that has to be started; milliseconds")
    _row("initialised", [start.wait_ms(memory, restored=False) for memory in MEMORIES], ",.0f")
    _row("restored", [start.wait_ms(memory, restored=True) for memory in MEMORIES], ",.0f")
    with table():
        for name in ROUTINES:
            routine(name)  # The first time fills the caches of the process.
            show(name, routine(name), start, chosen.cold)
    print("\nEach month for each version that is kept; US dollars")
    _row("its snapshot", [memory / 1024 * MONTH_SECONDS * SNAPSHOT_GB_SECOND for memory in MEMORIES])
    own, here = start.initialisation, start.initialisation * stretched(MEMORY_MB)
    print(f"\nTo restore a function once costs as much as {RESTORED_GB / GB_SECOND:.1f} seconds of initialisation.")
    print(f"This bundle takes {own:.0f} ms of a processor, which are {here:.0f} ms with {MEMORY_MB} MB.")


if __name__ == "__main__":
    main()
