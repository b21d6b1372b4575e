"""An AWS, an Alexa and an owner on this machine, and what the owner's first command brings to both."""

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from coach.bootstrap import Handler
from simulator.nlu.understanding import SKILL_ID
from tests.infra.deployed.alexa import Alexa, alexa
from tests.infra.deployed.cloud import Cloud, cloud
from tests.infra.deployed.owner import STACK, Owner, clone

PROBE = """
import boto3

def lambda_handler(event, context):
    client = boto3.client(event["service"])
    try:
        getattr(client, event["call"])(**event["arguments"])
    except client.exceptions.ClientError as error:
        return {"outcome": error.response["Error"]["Code"]}
    return {"outcome": "allowed"}
"""
"""A function that does with its role's rights whatever it is told."""


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with cloud(tmp_path_factory.mktemp("cloud")) as running:
        yield running


@pytest.fixture(scope="session")
def home(aws: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alexa]:
    """An Alexa, to which nobody has brought a skill."""
    with alexa(aws.lets) as running:
        yield running


@pytest.fixture(scope="session")
def owner(aws: Cloud, home: Alexa, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """Somebody with a clone and both accounts."""
    return clone(tmp_path_factory.mktemp("clone"), aws.environ | home.environ(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def first(owner: Owner) -> "subprocess.CompletedProcess[str]":
    """How the first deployment went."""
    return owner.deploy()


@pytest.fixture(scope="session")
def outputs(aws: Cloud, first: "subprocess.CompletedProcess[str]") -> dict[str, str]:
    """What the stack tells of itself."""
    assert first.returncode == 0, first.stdout + first.stderr
    (stack,) = aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


@pytest.fixture(scope="session")
def coach(aws: Cloud, home: Alexa, outputs: dict[str, str]) -> Handler:
    """The deployed function, called as Alexa calls it for the owner's skill."""
    (skill_id,) = home.skills

    def call(event: dict[str, Any], _: object) -> dict[str, Any]:
        return aws.invoke(outputs["Endpoint"], json.loads(json.dumps(event).replace(SKILL_ID, skill_id)))

    return call


@pytest.fixture(scope="session")
def probe(aws: Cloud, outputs: dict[str, str]) -> str:
    """A function with the role of the coach."""
    role = aws.client("lambda").get_function(FunctionName=outputs["Endpoint"])["Configuration"]["Role"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as bundle:
        bundle.writestr("probe.py", PROBE)
    aws.client("lambda").create_function(
        FunctionName="probe",
        Role=role,
        Runtime="python3.13",
        Handler="probe.lambda_handler",
        Code={"ZipFile": code.getvalue()},
    )
    return "probe"
