"""mitmproxy as a process of its own before a table, on this machine only."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

MITMDUMP = Path(__file__).parents[2] / "build" / "tools" / "mitmproxy" / "bin" / "mitmdump"
KINDS = ("latency", "throttling", "server_error", "reset", "garbage", "lost_answer")
STARTS_IN_SECONDS = 30


class FaultProxy:
    """A reverse proxy before `upstream` that does what the name of a table asks for (see `faults`)."""

    def __init__(self, upstream: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._upstream = upstream
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The endpoint, for `AWS_ENDPOINT_URL_DYNAMODB`."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start and wait until it listens. Raises RuntimeError when it is not installed or does not start."""
        if not MITMDUMP.exists():
            raise RuntimeError("mitmproxy is not there: run `make build/tools/mitmproxy/.ready`")
        options = [
            "--listen-host",
            "127.0.0.1",
            "--listen-port",
            str(self._port),
            "--mode",
            f"reverse:{self._upstream}",
        ]
        addon = Path(__file__).with_name("faults.py")
        self._process = subprocess.Popen([str(MITMDUMP), "--quiet", *options, "--scripts", str(addon)])
        deadline = time.monotonic() + STARTS_IN_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("mitmproxy did not start")

    def stop(self) -> None:
        """End it."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
