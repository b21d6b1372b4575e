"""The template deploys what the code is written for: its Python, its variables, its table, its calls and no other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import yaml
from moto import mock_aws

from authoring.package import PLATFORM, RUNTIME
from coach.errors import ConflictError
from coach.progress import Person, Progress
from coach.stores.dynamodb import DynamoDBStore
from tests.infra.conftest import ROOT

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Json = dict[str, Any]

TABLE = "progress"
TOUCHED = 1_795_000_000


class _Loader(yaml.SafeLoader):
    """YAML in which CloudFormation's functions stand as {"!Name": argument}."""


def _function(loader: _Loader, name: str, node: yaml.Node) -> Json:
    if isinstance(node, yaml.ScalarNode):
        return {f"!{name}": loader.construct_scalar(node)}
    assert isinstance(node, yaml.SequenceNode)
    return {f"!{name}": loader.construct_sequence(node, deep=True)}


_Loader.add_multi_constructor("!", _function)


SOMEBODY = Person("somebody")


@pytest.fixture(scope="module")
def template() -> Json:
    text = (ROOT / "infra" / "template.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, _Loader))  # noqa: S506 - a safe loader, with tags of its own


@pytest.fixture(scope="module")
def function(template: Json) -> Json:
    return dict(template["Resources"]["CoachFunction"]["Properties"])


@pytest.fixture(scope="module")
def table(template: Json) -> Json:
    return dict(template["Resources"]["ProgressTable"])


@pytest.fixture
def client(table: Json) -> Iterator["DynamoDBClient"]:
    """A client of a service that has the template's table, and nothing else."""
    shape = {key: table["Properties"][key] for key in ("AttributeDefinitions", "KeySchema", "BillingMode")}
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(TableName=TABLE, **shape)
        yield client


@pytest.fixture
def store(client: "DynamoDBClient") -> DynamoDBStore:
    return DynamoDBStore(client, TABLE)


@pytest.fixture
def calls(client: "DynamoDBClient") -> set[str]:
    """The operations that the client has been asked for so far."""
    operations: set[str] = set()
    client.meta.events.register("before-call.dynamodb", lambda model, **_: operations.add(model.name))
    return operations


def code(name: str) -> str:
    return Path(ROOT / "lambda" / "coach" / name).read_text(encoding="utf-8")


def statements(template: Json) -> list[Json]:
    policies = template["Resources"]["CoachRole"]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def test_the_function_runs_on_the_python_and_the_machine_that_the_bundle_is_made_for(function: Json) -> None:
    assert function["Runtime"] == f"python{RUNTIME}"
    assert PLATFORM.endswith({"arm64": "aarch64", "x86_64": "x86_64"}[function["Architectures"][0]])


def test_the_function_gives_up_before_alexa_does_and_after_the_slowest_table(function: Json) -> None:
    assert 4 < function["Timeout"] < 8


def test_a_version_is_published_from_a_snapshot_whenever_anything_changes(function: Json) -> None:
    assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function["AutoPublishAlias"]
    assert function["AutoPublishAliasAllProperties"] is True


def test_the_function_is_given_each_setting_that_the_code_reads(function: Json) -> None:
    assert set(function["Environment"]["Variables"]) == set(re.findall(r'"(HIP_COACH_\w+)"', code("config.py")))


def test_only_the_skill_may_call_the_function(template: Json, function: Json) -> None:
    assert [event["Type"] for event in function["Events"].values()] == ["AlexaSkill"]
    assert function["Events"]["Alexa"]["Properties"] == {"SkillId": {"!Ref": "SkillId"}}
    assert "Default" not in template["Parameters"]["SkillId"]


def test_the_role_allows_the_calls_that_the_store_makes_on_its_table_and_no_other(
    template: Json, store: DynamoDBStore, calls: set[str]
) -> None:
    first = store.save(SOMEBODY, Progress(touched=TOUCHED))
    store.save(SOMEBODY, first)
    with pytest.raises(ConflictError):
        store.save(SOMEBODY, first)
    store.load(SOMEBODY)
    store.people(SOMEBODY.account)
    store.forget(SOMEBODY)
    (on_table,) = [statement for statement in statements(template) if str(statement["Action"]).count("dynamodb")]
    assert set(on_table["Action"]) == {f"dynamodb:{call}" for call in calls}
    assert on_table["Resource"] == {"!GetAtt": "ProgressTable.Arn"}


def test_the_role_allows_nothing_by_wildcard(template: Json) -> None:
    for statement in statements(template):
        assert isinstance(statement["Resource"], dict)
        assert "*" not in str(statement)


def test_progress_outlives_the_stack_and_can_be_restored(table: Json) -> None:
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["SSESpecification"] == {"SSEEnabled": True}


def test_the_store_keeps_progress_in_the_table_and_lets_it_expire(
    table: Json, store: DynamoDBStore, client: "DynamoDBClient"
) -> None:
    store.save(SOMEBODY, Progress(touched=TOUCHED))
    (item,) = client.scan(TableName=TABLE)["Items"]
    expires = item[table["Properties"]["TimeToLiveSpecification"]["AttributeName"]]
    assert int(expires["N"]) > TOUCHED


def test_the_alarms_wait_for_words_that_the_coach_logs(template: Json) -> None:
    filters = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Logs::MetricFilter"]
    logged = set(re.findall(r'log\.record\("(\w+)"', code("alexa/handlers.py")))
    assert {f["FilterPattern"].strip('"') for f in filters} <= logged
    counted = {f["MetricTransformations"][0]["MetricName"] for f in filters}
    alarms = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::CloudWatch::Alarm"]
    assert counted <= {alarm.get("MetricName") for alarm in alarms}


def test_the_dashboard_can_be_read_and_shows_every_alarm(template: Json) -> None:
    dashboard = json.loads(template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["!Sub"])
    shown = {arn for widget in dashboard["widgets"] for arn in widget["properties"].get("alarms", [])}
    alarms = {name for name, r in template["Resources"].items() if r["Type"] == "AWS::CloudWatch::Alarm"}
    assert shown == {f"${{{name}.Arn}}" for name in alarms}


def test_the_template_holds_no_secret_and_never_shows_one(template: Json) -> None:
    assert template["Parameters"]["IdKey"]["NoEcho"] is True
    assert "Default" not in template["Parameters"]["IdKey"]
    assert "IdKey" not in str(template["Outputs"])
