"""How long a cold start takes: a fresh interpreter that imports the Lambda entry and answers its first request.

    python -m bench.cold_start [--runs 15]

The yardstick is a fresh interpreter that imports what any skill in Python imports, `ask_sdk_core.skill_builder`: the
ratio to it is what carries over to other machines. Processor time is taken, which a busy machine disturbs least, and
which a cold start is bound by. AWS's own latency cannot be measured here.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from simulator import envelopes
from simulator.envelopes import Household

SOURCE = Path(__file__).parents[1] / "lambda"
STARTED = datetime(2026, 11, 23, 19, tzinfo=UTC)
CLOCK = "import time; began = time.process_time()"
STOP = "print((time.process_time() - began) * 1000)"
TURN = "lambda_handler(json.loads(sys.argv[1]), None)"
YARDSTICK = "import ask_sdk_core.skill_builder"
MEASURED = {
    YARDSTICK: ["import ask_sdk_core.skill_builder"],
    "import lambda_function": ["import lambda_function"],
    "import, and the first turn": ["import json, sys", "from lambda_function import lambda_handler", TURN],
    "import, and two turns": ["import json, sys", "from lambda_function import lambda_handler", TURN, TURN],
}


def main() -> None:
    """Prints the times of each, and their ratio to the yardstick."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15)
    runs = options.parse_args().runs
    who = Household("bench", "speaker", None, "en-US", False)
    request = envelopes.launch(who, STARTED)
    event = json.dumps(envelopes.envelope(who, request, session_id="bench", new=True, attributes={}))
    times: dict[str, list[float]] = {name: [] for name in MEASURED}
    for _ in range(runs + 1):
        # In turn, so that what else the machine does falls on all of them alike. The first round fills the caches.
        for name, lines in MEASURED.items():
            times[name].append(took(lines, event))
    print(f"{f'{runs} fresh interpreters each':40} {'least':>8} {'median':>8} {'ratio':>7}")
    for name, taken in times.items():
        ratio = median(taken[1:]) / median(times[YARDSTICK][1:])
        print(f"{name:40} {min(taken[1:]):5.0f} ms {median(taken[1:]):5.0f} ms {ratio:7.2f}")


def took(lines: list[str], event: str) -> float:
    """Milliseconds that `lines` take in a fresh interpreter. Raises CalledProcessError when they fail."""
    code = "\n".join([CLOCK, *lines, STOP])
    environment = {"PYTHONPATH": str(SOURCE), "HIP_COACH_STORE": "memory:"}
    done = subprocess.run(
        [sys.executable, "-c", code, event], check=True, capture_output=True, text=True, env=environment
    )
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
