"""A coach in a process of its own, that sees a bundle and the standard library and nothing that is installed.

Rule: run as a script, by any Python: a request in each line of standard input, a response in each line of output, and
at the end, for an empty line, the top-level modules that were imported.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self


class LoneProcess:
    """A handler of Lambda's kind, behind a pipe. To be used in a `with`."""

    def __init__(self, bundle: Path, python: str = sys.executable) -> None:
        command = [python, "-I", "-S", str(Path(__file__)), str(bundle)]
        pipe = subprocess.PIPE
        memory = {"HIP_COACH_STORE": "memory:"}
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=memory)  # noqa: S603

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def __call__(self, event: dict[str, Any], _: object) -> dict[str, Any]:
        return dict(self._ask(json.dumps(event)))

    def imported(self) -> set[str]:
        """The modules at the top that were imported so far."""
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
        if line.strip():
            answer: Any = lambda_handler(json.loads(line), None)
        else:
            answer = sorted({name.partition(".")[0] for name in sys.modules})
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
