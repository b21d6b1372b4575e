"""How long a cold start takes: a fresh interpreter that imports the Lambda entry and answers its first request.

    python -m bench.cold_start [--runs 15]

The yardstick is a fresh interpreter that imports what any skill in Python imports, `ask_sdk_core.skill_builder`: the
ratio to it is what carries over to other machines. Processor time is taken, which a busy machine disturbs least, and
which a cold start is bound by. AWS's own latency cannot be measured here.

The first turn is taken once more where the prompts were not compiled, and the ratio of the two is printed at the end.
"""

import argparse
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from simulator import envelopes
from simulator.envelopes import Household
from simulator.nlu.understanding import SKILL_ID

SOURCE = Path(__file__).parents[1] / "lambda"
STARTED = datetime(2026, 11, 23, 19, tzinfo=UTC)
CLOCK = "import time; began = time.process_time()"
STOP = "print((time.process_time() - began) * 1000)"
TURN = "lambda_handler(json.loads(sys.argv[1]), None)"
YARDSTICK = "import ask_sdk_core.skill_builder"
START = ["import json, sys", "from lambda_function import lambda_handler"]
FIRST, FROM_SOURCE = "import, and the first turn", "the same, prompts not compiled"
MEASURED = {
    YARDSTICK: ["import ask_sdk_core.skill_builder"],
    "import lambda_function": ["import lambda_function"],
    FIRST: [*START, TURN],
    FROM_SOURCE: [*START, TURN],
    "import, and two turns": [*START, TURN, TURN],
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
    with TemporaryDirectory() as folder:
        uncompiled = Path(folder, "lambda")
        shutil.copytree(SOURCE, uncompiled, ignore=shutil.ignore_patterns("tmpl_*", "__pycache__"))
        for _ in range(runs + 1):
            # In turn, so that what else the machine does falls on all of them alike. The first round fills the caches.
            for name, lines in MEASURED.items():
                times[name].append(took(lines, event, uncompiled if name == FROM_SOURCE else SOURCE))
    print(f"{f'{runs} fresh interpreters each':40} {'least':>8} {'median':>8} {'ratio':>7}")
    for name, taken in times.items():
        ratio = median(taken[1:]) / median(times[YARDSTICK][1:])
        print(f"{name:40} {min(taken[1:]):5.0f} ms {median(taken[1:]):5.0f} ms {ratio:7.2f}")
    gain = median(times[FIRST][1:]) / median(times[FROM_SOURCE][1:])
    print(f"With compiled prompts the first answer comes in {gain:.2f} of the time.")


def took(lines: list[str], event: str, source: Path) -> float:
    """Milliseconds that `lines` take in a fresh interpreter, with the coach in the folder `source`. Raises
    CalledProcessError when they fail.
    """
    code = "\n".join([CLOCK, *lines, STOP])
    ids = {"HIP_COACH_SKILL_ID": SKILL_ID, "HIP_COACH_ID_KEY": "a key for these starts only"}
    environment = {"PYTHONPATH": str(source), "HIP_COACH_STORE": "memory:"} | ids
    done = subprocess.run(
        [sys.executable, "-c", code, event], check=True, capture_output=True, text=True, env=environment
    )
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
