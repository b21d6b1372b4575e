"""A function as AWS runs it: its own client of the runtime in a process, which asks a Runtime API for work.

Rule: a function is given one request at a time, and remembers what it likes from one to the next.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.deployed.installing import installed, to_bytecode
from bench.deployed.subjects import TOOLS, Subject, Workshop

TURN_SECONDS = 60

Json = dict[str, Any]


class Function:
    """One function: its process, and the Runtime API that it asks for work. It is given one request at a time."""

    def __init__(self, made: Workshop, client: Path, subject: Subject, environment: dict[str, str]) -> None:
        self._work: queue.Queue[Json | None] = queue.Queue()
        self._done: queue.Queue[tuple[bool, Json]] = queue.Queue()
        self._api = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._api.daemon_threads = True
        threading.Thread(target=self._api.serve_forever, daemon=True).start()
        aws = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._api.server_address[1]}",
            "AWS_LAMBDA_FUNCTION_NAME": subject.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "LAMBDA_TASK_ROOT": str(subject.task),
            "PYTHONPATH": os.pathsep.join(map(str, (subject.task, made.runtime, client))),
        }
        command = [made.python, "-S", "-m", "awslambdaric", "lambda_function.lambda_handler"]
        self.process = subprocess.Popen(
            command,
            cwd=subject.task,
            env={"PATH": os.environ["PATH"], **environment, **aws},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def answer(self, event: Json) -> tuple[bool, Json]:
        """Whether it answered, and what; otherwise its error."""
        self._work.put(event)
        try:
            return self._done.get(timeout=TURN_SECONDS)
        except queue.Empty:
            return False, {"errorMessage": "no answer in time"}

    def cpu_seconds(self) -> float:
        """The processor time that its process has had."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=TURN_SECONDS)
        self._work.put(None)
        self._api.shutdown()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        work, done = self._work, self._done

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                event = work.get()
                if event is None:
                    return
                request = event["request"]["requestId"].rpartition(".")[2]
                deadline = str(round((time.time() + TURN_SECONDS) * 1000))
                self._send(200, event, {"Aws-Request-Id": request, "Deadline-Ms": deadline})

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                done.put((self.path.endswith("/response"), told))
                self._send(202, {"status": "OK"}, {})

            def log_message(self, *_: object) -> None:
                pass

            def _send(self, status: int, body: Json, more: dict[str, str]) -> None:
                sent = json.dumps(body).encode()
                self.send_response_only(status)
                for name, value in more.items():
                    self.send_header(f"Lambda-Runtime-{name}", value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

        return Handler


def runtime_client(made: Workshop) -> Path:
    """The folder of AWS's client of the runtime, for the function's Python. Raises InstallingError."""
    client = installed(["awslambdaric"], TOOLS, made.python)
    if not (client / "awslambdaric" / "__pycache__").exists():
        to_bytecode(client, made.python)
    return client


@contextmanager
def running(
    made: Workshop, client: Path, subject: Subject, environment: dict[str, str], number: int
) -> Iterator[Sequence[Function]]:
    """So many functions, as long as they are needed."""
    with ExitStack() as stack:
        functions = [Function(made, client, subject, environment) for _ in range(number)]
        for function in functions:
            stack.callback(function.stop)
        yield functions
