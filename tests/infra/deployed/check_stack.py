"""The stack as its owner deploys it: the function coaches from its table, and its role allows nothing else.

Not among the tests of every day: `make deploy-check` sets up what it needs and runs it.
"""

import io
import zipfile
from typing import Any

import pytest

from coach.bootstrap import Handler
from tests.infra.deployed.cloud import Cloud
from tests.infra.deployed.owner import STACK
from tests.infra.whole_conversation import hold_to_it

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

SOMEBODY = {"account": {"S": "somebody"}, "voice": {"S": "-"}}

LEFT_OF_NOBODY = {"account", "voice", "rev", "expires", "gone"}
"""What an item has for a day after somebody was forgotten: who is to be forgotten, that it was done, and when."""


@pytest.fixture(scope="module")
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


def test_the_deployed_function_has_a_whole_conversation_and_leaves_nothing_of_who_is_forgotten(
    aws: Cloud, coach: Handler, outputs: dict[str, str]
) -> None:
    items = []

    def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
        answer = coach(event, context)
        items.append(aws.client("dynamodb").scan(TableName=outputs["Table"])["Items"])
        return answer

    said = hold_to_it(handler)
    assert len(said) == len(items)
    assert max(map(len, items)) == 1
    assert any(item.keys() == LEFT_OF_NOBODY for (item,) in filter(None, items))


def test_alexa_may_call_the_function_for_this_skill_and_nobody_else_may(aws: Cloud, outputs: dict[str, str]) -> None:
    name, _, alias = outputs["Endpoint"].rpartition(":")
    policy = aws.client("lambda").get_policy(FunctionName=name, Qualifier=alias)["Policy"]
    assert policy.count('"Effect"') == 1
    assert "alexa-appkit.amazon.com" in policy
    assert "amzn1.ask.skill." in policy


def test_the_role_lets_the_coach_read_its_table(aws: Cloud, outputs: dict[str, str], probe: str) -> None:
    asked = {"service": "dynamodb", "call": "get_item", "arguments": {"TableName": outputs["Table"], "Key": SOMEBODY}}
    assert aws.invoke(probe, asked) == {"outcome": "allowed"}


@pytest.mark.parametrize(
    ("service", "call", "arguments"),
    [
        ("dynamodb", "scan", {"TableName": "TABLE"}),
        ("dynamodb", "delete_item", {"TableName": "TABLE", "Key": SOMEBODY}),
        ("dynamodb", "describe_table", {"TableName": "TABLE"}),
        ("dynamodb", "delete_table", {"TableName": "TABLE"}),
        ("dynamodb", "get_item", {"TableName": "another", "Key": SOMEBODY}),
        ("dynamodb", "list_tables", {}),
        ("s3", "list_buckets", {}),
        ("iam", "list_roles", {}),
        ("logs", "create_log_group", {"logGroupName": "another"}),
        ("cloudformation", "describe_stacks", {"StackName": STACK}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_role_lets_the_coach_do_nothing_else(
    aws: Cloud, outputs: dict[str, str], probe: str, service: str, call: str, arguments: dict[str, Any]
) -> None:
    table = outputs["Table"]
    filled = {name: table if value == "TABLE" else value for name, value in arguments.items()}
    outcome = aws.invoke(probe, {"service": service, "call": call, "arguments": filled})["outcome"]
    assert outcome in ("AccessDenied", "AccessDeniedException")
