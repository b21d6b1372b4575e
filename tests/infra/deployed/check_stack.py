"""The stack as its owner deploys it: the function coaches from its table, and its role allows nothing else.

Not among the tests of every day: `make deploy-check` sets up what it needs and runs it.
"""

import json
import subprocess
from typing import Any

import pytest

from coach.bootstrap import Handler
from tests.infra.conftest import ROOT
from tests.infra.deployed.cloud import TOOLS, Cloud
from tests.infra.deployed.owner import STACK
from tests.infra.whole_conversation import hold_to_it

TRANSLATED = """
import json, sys
import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

template = yaml_parse(open("infra/template.yaml").read())
template["Resources"]["CoachFunction"]["Properties"]["CodeUri"] = "s3://bucket/key"
given = {name: parameter.get("Default", "x") for name, parameter in template["Parameters"].items()}
session = boto3.Session(region_name="us-east-1")
translated = Translator({}, Parser(), boto_session=session).translate(template, given | {"Gradually": sys.argv[1]})
print(json.dumps(translated["Resources"]))
"""
"""What SAM makes of the template, as AWS does when a stack is deployed."""

SOMEBODY = {"account": {"S": "somebody"}, "voice": {"S": "-"}}

LEFT_OF_NOBODY = {"account", "voice", "rev", "expires", "gone"}
"""What an item has for a day after somebody was forgotten: who is to be forgotten, that it was done, and when."""


def test_the_deployed_function_has_a_whole_conversation_and_leaves_nothing_of_who_is_forgotten(
    aws: Cloud, coach: Handler, outputs: dict[str, str]
) -> None:
    items = []

    def kept() -> list[dict[str, Any]]:
        return [dict(item) for item in aws.client("dynamodb").scan(TableName=outputs["Table"])["Items"]]

    # Whoever was forgotten before, under another key, has an item for a day.
    before = kept()

    def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
        answer = coach(event, context)
        items.append([item for item in kept() if item not in before])
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


@pytest.mark.parametrize("gradually", [True, False])
def test_a_release_is_tried_on_a_tenth_where_that_is_wanted(gradually: bool) -> None:
    sam = str(TOOLS / "sam" / "bin" / "python")
    command = [sam, "-c", TRANSLATED, str(gradually).lower()]
    made = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)  # noqa: S603
    (alias,) = [resource for resource in made.values() if resource["Type"] == "AWS::Lambda::Alias"]
    groups = [r["Properties"] for r in made.values() if r["Type"] == "AWS::CodeDeploy::DeploymentGroup"]
    assert ("CodeDeployLambdaAliasUpdate" in alias.get("UpdatePolicy", {})) is gradually
    assert len(groups) == gradually
    for group in groups:
        assert group["DeploymentConfigName"]["Fn::Sub"][1] == {"ConfigName": "Canary10Percent5Minutes"}
        assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
        assert len(group["AlarmConfiguration"]["Alarms"]) == 4


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
