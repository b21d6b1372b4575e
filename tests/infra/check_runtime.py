"""The bundle under AWS's own runtime emulator and runtime client: how Lambda starts it, calls it, and sees it fail.

Not among the tests of every day: `make lambda-check` sets up what it needs and runs it.
"""

import json
import os
import platform
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from simulator.nlu.understanding import SKILL_ID
from tests.infra.conftest import ROOT
from tests.infra.turn_log import document
from tests.infra.whole_conversation import hold_to_it
from tests.patience import PATIENCE_SECONDS

Json = dict[str, Any]

TOOLS = ROOT / "build" / "tools"
MACHINE = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
# Longer than on AWS: without bytecode, and on a machine that does much else, a start alone can take its seven seconds.
TURN_SECONDS = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def send(address: str, event: object) -> Json:
    body = Request(address, json.dumps(event).encode(), method="POST")  # noqa: S310 - our own address
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urlopen(body, timeout=TURN_SECONDS) as answer:  # noqa: S310
                return dict(json.loads(answer.read()))
        except HTTPError as failed:
            return dict(json.loads(failed.read()))
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@contextmanager
def runtime(task: Path, log: Path, **settings: str) -> Iterator[str]:
    """The address at which the unpacked bundle is called."""
    (emulator,) = (TOOLS / "sam").rglob(f"aws-lambda-rie-{MACHINE}")
    emulator.chmod(0o755)
    at, behind = free_port(), free_port()
    listen = ["--runtime-interface-emulator-address", f"127.0.0.1:{at}", "--runtime-api-address", f"127.0.0.1:{behind}"]
    client = [str(TOOLS / "lambda" / "bin" / "python"), "-m", "awslambdaric", "lambda_function.lambda_handler"]
    lambdas = {"AWS_LAMBDA_FUNCTION_TIMEOUT": str(TURN_SECONDS), "LAMBDA_TASK_ROOT": str(task), "PYTHONPATH": str(task)}
    ids = {"HIP_COACH_SKILL_ID": SKILL_ID, "HIP_COACH_ID_KEY": "a key that is used for this check only"}
    environ = {"PATH": os.environ["PATH"], "HIP_COACH_STORE": "memory:"} | ids | lambdas | settings
    with log.open("w") as lines:
        process = subprocess.Popen([str(emulator), *listen, *client], cwd=task, env=environ, stdout=lines, stderr=lines)  # noqa: S603
        try:
            yield f"http://127.0.0.1:{at}/2015-03-31/functions/function/invocations"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def address(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    progress = tmp_path_factory.mktemp("kept") / "progress.sqlite"
    log = tmp_path_factory.mktemp("log") / "runtime.log"
    with runtime(unpacked, log, HIP_COACH_STORE=f"sqlite:///{progress}") as address:
        yield address


def test_the_bundle_has_a_whole_conversation_under_the_runtime(address: str) -> None:
    hold_to_it(lambda event, _: send(address, event))


def test_each_turn_is_a_line_by_itself_in_the_log_of_a_function_that_logs_json(unpacked: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with runtime(unpacked, log, HIP_COACH_METRICS="HipCoach/check", AWS_LAMBDA_LOG_FORMAT="JSON") as address:
        said = hold_to_it(lambda event, _: send(address, event))
    lines = [document(line) for line in log.read_text(encoding="utf-8").splitlines() if "_aws" in line]
    assert len(lines) == len(said)
    assert len({line["request"] for line in lines}) == len(said)


@pytest.mark.parametrize("event", [{}, [], "", {"request": {"type": "LaunchRequest"}}], ids=str)
def test_what_is_no_request_is_answered_with_an_apology_and_not_with_a_crash(address: str, event: object) -> None:
    answer = send(address, event)
    assert answer["response"]["shouldEndSession"] is True
    assert answer["response"]["outputSpeech"]["ssml"].startswith("<speak>")


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("HIP_COACH_STORE", "mysql://somewhere", "sqlite:///PATH"),
        ("HIP_COACH_STORE", "", "HIP_COACH_STORE"),
        ("HIP_COACH_SKILL_ID", "", "HIP_COACH_SKILL_ID"),
        ("HIP_COACH_ID_KEY", "too short", "HIP_COACH_ID_KEY"),
    ],
)
def test_a_function_that_is_set_up_wrongly_does_not_start_and_says_why(
    unpacked: Path, tmp_path: Path, setting: str, value: str, told: str
) -> None:
    with runtime(unpacked, tmp_path / "log", **{setting: value}) as address:
        answer = send(address, {})
    assert answer["errorType"] == "ConfigurationError"
    assert told in answer["errorMessage"]
