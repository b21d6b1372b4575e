"""One life of a function, in a fresh process: it is initialised, and answers what it is sent; what that took is told.

Rule: run as a script, by the function's Python and isolated, so that it sees a bundle, the runtime's boto3 and the
standard library; it imports nothing of `bench`. The clock starts at its first line.

    python3.13 -I -S process.py TASK RUNTIME SCRIPT RESULT
"""

import time

BEGAN = time.process_time(), time.perf_counter()

import json  # noqa: E402 - as all below, it is a part of the start that is measured
import logging  # noqa: E402
import sys  # noqa: E402

# The runtime of AWS prints what is logged, so whoever logs a lot pays for it.
LOG = logging.StreamHandler(sys.stdout)
LOG.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(message)s", "%Y-%m-%dT%H:%M:%S"))
logging.getLogger().addHandler(LOG)
# The runtime of AWS has the bundle first, and its own modules behind.
sys.path.insert(0, sys.argv[1])
sys.path.append(sys.argv[2])

from lambda_function import lambda_handler  # noqa: E402

INITIALISED = time.process_time(), time.perf_counter()

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402


class Context:
    """What the runtime hands to a function beside the event."""

    aws_request_id = "00000000-0000-4000-8000-000000000000"
    function_name = "bench"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function would be stopped."""
        return 7_000


def lived(sessions: list[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """What each turn of each session took, in milliseconds of processor and of the clock on the wall; how large its
    answer was; and what was said.
    """
    for session in sessions:
        attributes: dict[str, Any] = {}
        turns = []
        for event in session:
            event["session"]["attributes"] = attributes
            sent = json.dumps(event)
            cpu, wall = time.process_time(), time.perf_counter()
            answer = json.dumps(lambda_handler(json.loads(sent), Context()))
            taken = (time.process_time() - cpu) * 1_000, (time.perf_counter() - wall) * 1_000
            told = json.loads(answer)
            attributes = told.get("sessionAttributes", {})
            speech = told["response"].get("outputSpeech", {}).get("ssml", "")
            turns.append({"cpu": taken[0], "wall": taken[1], "bytes": len(answer.encode()), "said": speech})
        yield turns


def memory_bytes() -> int:
    """The most memory that this process had at once. What the system tells of its children counts the parent too."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except OSError:
        import resource  # noqa: PLC0415 - nothing that is measured needs it

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    """Live, and write down what it took."""
    script = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    modules = len(sys.modules)
    started = {"cpu": (INITIALISED[0] - BEGAN[0]) * 1_000, "wall": (INITIALISED[1] - BEGAN[1]) * 1_000}
    sessions = list(lived(script))
    told = {
        "started": started,
        "sessions": sessions,
        "memory": memory_bytes(),
        "modules_at_start": modules,
        "modules": len(sys.modules),
    }
    Path(sys.argv[4]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
