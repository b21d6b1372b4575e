"""A coach in a process of its own, that sees a bundle and the standard library and nothing that is installed, not even
the time zones of the machine.

Rule: run as a script, by any Python: a request in each line of standard input, a response in each line of output; for
the name of a time zone, how far it is ahead; for an empty line, the modules that were imported.
"""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

# Those of the simulator's skill, and a key. In here, where nothing but the standard library can be imported.
IDS = {
    "HIP_COACH_SKILL_ID": "amzn1.ask.skill.00000000-0000-4000-8000-000000000000",
    "HIP_COACH_ID_KEY": "a key that is used for tests only",
}


class LoneProcess:
    """A handler of Lambda's kind, behind a pipe. To be used in a `with`."""

    def __init__(self, bundle: Path, python: str = sys.executable) -> None:
        command = [python, "-I", "-S", str(Path(__file__)), str(bundle)]
        pipe = subprocess.PIPE
        environ = {"HIP_COACH_STORE": "memory:", "PYTHONTZPATH": ""} | IDS
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ)  # noqa: S603

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=120)

    def __call__(self, event: dict[str, Any], _: object) -> dict[str, Any]:
        return dict(self._ask(json.dumps(event)))

    def ahead(self, zone: str) -> timedelta:
        """How far a time zone is ahead of UTC on a day in summer."""
        return timedelta(seconds=self._ask(json.dumps(zone)))

    def imported(self) -> set[str]:
        """The modules at the top that were imported so far."""
        return {name.partition(".")[0] for name in self.imported_in_full()}

    def imported_in_full(self) -> set[str]:
        """All modules that were imported so far."""
        return set(self._ask(""))

    def _ask(self, line: str) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def _serve(bundle: str) -> None:
    sys.path.insert(0, bundle)
    from lambda_function import lambda_handler  # noqa: PLC0415 - there is none before the bundle is on the path

    for line in sys.stdin:
        asked = json.loads(line) if line.strip() else None
        answer: Any
        if isinstance(asked, dict):
            answer = lambda_handler(asked, None)
        elif asked:
            answer = datetime(2026, 7, 1, tzinfo=ZoneInfo(asked)).utcoffset().total_seconds()
        else:
            answer = sorted(sys.modules)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
