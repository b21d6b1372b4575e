"""Sessions behind a table that fails, in a table of Markdown.

    python -m bench.reliability [--sessions 1000] [--only lost_answer-10]

Wants DynamoDB Local and mitmproxy, which `make reliability` sets up. Latency and time-outs are real. Whoever lost
something is named on the standard error stream, and meets the same again with `--only` and as many sessions.
"""

import argparse
import logging
import sys
import time

from bench.reliability.cells import bench
from bench.reliability.proxy import KINDS
from bench.reliability.report import heading, row

RATES = (1, 10, 100)


def main() -> None:
    """Prints the table, row by row."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sessions", type=int, default=100, help="for each kind of fault and rate")
    options.add_argument("--only", default="", help="one of them, by name")
    chosen = options.parse_args()
    logging.disable()
    cells = [("no_fault", 0), *((kind, rate) for kind in KINDS for rate in RATES)]
    print(heading(), flush=True)
    began, wronged = time.monotonic(), []
    with bench() as servers:
        for kind, percent in cells:
            if chosen.only in ("", f"{kind}-{percent}"):
                cell = servers.cell(kind, percent, chosen.sessions)
                wronged += cell.wronged
                print(row(cell), flush=True)
    print(f"\nin {(time.monotonic() - began) / 60:.0f} minutes")
    if wronged:
        sys.exit(f"lost or counted twice: {' '.join(wronged)}")


if __name__ == "__main__":
    main()
