"""AWS on this machine: ministack, which runs functions and enforces the rights of their roles.

Rule: a cloud of one check. It listens on the loopback only, keeps nothing, and ends with the check.
"""

import io
import json
import os
import socket
import subprocess
import time
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import boto3
from botocore.exceptions import ClientError

from tests.infra.conftest import ROOT
from tests.patience import PATIENCE_SECONDS

TOOLS = ROOT / "build" / "tools"
REGION = "us-east-1"
OWN_MOUNTS = ["unshare", "--map-root-user", "--mount"]
"""Runs something that sees other folders than all else on this machine: Linux alone has it, and not everywhere."""


@dataclass(frozen=True)
class Cloud:
    """A cloud that runs. `environ` has what AWS's own tools need to find it, and `opt` is the folder that its functions
    see as /opt; None where this machine lets nobody have an /opt of their own.
    """

    environ: dict[str, str]
    opt: Path | None = None

    def client(self, service: str) -> Any:
        """A boto3 client with all rights."""
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.environ["AWS_ENDPOINT_URL"],
            aws_access_key_id=self.environ["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.environ["AWS_SECRET_ACCESS_KEY"],
        )

    def lets(self, function: str, skill_id: str) -> bool:
        """Whether a function lets a skill call it."""
        name, _, alias = function.rpartition(":")
        try:
            policy = json.loads(self.client("lambda").get_policy(FunctionName=name, Qualifier=alias)["Policy"])
        except ClientError:
            return False
        return any(skill_id in str(statement["Condition"]) for statement in policy["Statement"])

    def somebody(self, *actions: str) -> dict[str, str]:
        """The credentials of a new user who may do this, and nothing else."""
        iam, name = self.client("iam"), f"user-{uuid.uuid4()}"
        iam.create_user(UserName=name)
        allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        iam.put_user_policy(UserName=name, PolicyName="rights", PolicyDocument=document)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    def mount(self, layer: str) -> None:
        """Unpack a layer for all functions, as Lambda does for each that has it, and this cloud only for imports."""
        assert self.opt
        url = self.client("lambda").get_layer_version_by_arn(Arn=layer)["Content"]["Location"]
        with urlopen(url) as content, zipfile.ZipFile(io.BytesIO(content.read())) as packed:  # noqa: S310 - our own
            packed.extractall(self.opt)

    def invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        """The answer of a deployed function, as soon as it is ready."""
        client = self.client("lambda")
        client.get_waiter("function_active_v2").wait(FunctionName=function)
        answer = client.invoke(FunctionName=function, Payload=json.dumps(event))
        payload = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, payload
        return dict(payload)


@contextmanager
def cloud(folder: Path) -> Iterator[Cloud]:
    """A cloud, for as long as the `with` lasts. `folder` takes its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    credentials = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
    environ = (
        os.environ
        | credentials
        | {"AWS_ENDPOINT_URL": address, "AWS_EC2_METADATA_DISABLED": "true", "SAM_CLI_TELEMETRY": "0"}
    )
    own = {"AUTH": "true", "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "MINISTACK_HOST": "127.0.0.1"}
    command = [str(TOOLS / "ministack" / "bin" / "ministack")]
    opt = folder / "opt"
    opt.mkdir()
    if may := subprocess.run([*OWN_MOUNTS, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        command = [*OWN_MOUNTS, "sh", "-c", 'mount --bind "$0" /opt && exec "$1"', str(opt), *command]
    with (folder / "ministack.log").open("w") as log:
        process = subprocess.Popen(command, env=environ | own, stdout=log, stderr=log, cwd=folder)  # noqa: S603
        try:
            _wait_for(f"{address}/_ministack/health")
            yield Cloud(environ, opt if may else None)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own address
                return
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
