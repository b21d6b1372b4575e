"""Sessions behind a table that fails, in a table of Markdown.

    python -m bench.reliability [--sessions 1000] [--only lost_answer-10] [--jobs 2]

Wants DynamoDB Local and mitmproxy, which `make reliability` sets up. Latency and time-outs are real. Whoever lost
something is named on the standard error stream, and meets the same again with `--only` and as many sessions.
"""

import argparse
import logging
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from bench.reliability.cells import Cell, bench
from bench.reliability.proxy import KINDS
from bench.reliability.report import heading, row

SHARES = ("1", "10", "100", "writes")
CELLS = [("no_fault", "0"), *((kind, share) for kind in KINDS for share in SHARES)]


def main() -> None:
    """Prints the table, row by row. Exits with 1 if anything was lost, counted twice, or not answered well."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sessions", type=int, default=100, help="for each kind of fault and rate")
    options.add_argument("--only", default="", help="one of them, by name")
    options.add_argument("--jobs", type=int, default=2, help="how many of them at a time")
    chosen = options.parse_args()
    wanted = [cell for cell in CELLS if chosen.only in ("", f"{cell[0]}-{cell[1]}")]
    began, wronged = time.monotonic(), []
    print(heading(), flush=True)
    with ProcessPoolExecutor(chosen.jobs) as jobs:
        for cell in jobs.map(measured, *zip(*wanted, strict=True), [chosen.sessions] * len(wanted)):
            wronged += cell.wronged
            print(row(cell), flush=True)
    print(f"\n{chosen.sessions} sessions each, in {(time.monotonic() - began) / 60:.0f} minutes")
    if wronged:
        sys.exit(f"lost, counted twice, or not answered well: {' '.join(wronged)}")


def measured(kind: str, share: str, sessions: int) -> Cell:
    """One cell, with servers of its own."""
    logging.disable()
    with bench() as servers:
        return servers.cell(kind, share, sessions)


if __name__ == "__main__":
    main()
