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

from authoring.interpreters import RUNTIME
from authoring.package import PLATFORM
from coach.config import ID_KEY_MIN_CHARACTERS
from coach.errors import ConflictError
from coach.metrics import UNITS
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.reels.s3 import KEPT_DAYS
from infra.voice import layer
from simulator.nlu.understanding import SKILL_ID
from tests.infra.conftest import ROOT
from tests.infra.turn_log import TurnLog

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Json = dict[str, Any]

TABLE = "progress"
NOW = "2026-11-23T19:00:00+00:00"
LONGEST_LAYER = "arn:aws:lambda:ap-northeast-1:123456789012:layer:hip-coach-abcdefghijklmnop-voice-1:1234"
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

LACKING = {"!Ref": "AWS::NoValue"}
HAS_VOICE = "HasVoice"


def decided(part: Any, *, voice: bool) -> Any:
    """A part of the template for a stack with a voice, or for one without."""
    match part:
        case {"!If": [str(condition), with_it, without]} if condition == HAS_VOICE:
            return decided(with_it if voice else without, voice=voice)
        case dict():
            kept = {name: decided(value, voice=voice) for name, value in part.items() if voice or not is_voices(value)}
            return {name: value for name, value in kept.items() if value != LACKING}
        case list():
            return [value for each in part if (value := decided(each, voice=voice)) != LACKING]
    return part


def is_voices(part: Any) -> bool:
    return isinstance(part, dict) and part.get("Condition") == HAS_VOICE


def read(name: str) -> Json:
    text = (ROOT / "infra" / name).read_text(encoding="utf-8")
    return dict(yaml.load(text, _Loader))  # noqa: S506 - a safe loader, with tags of its own


@pytest.fixture(scope="module")
def template() -> Json:
    """As it is without a voice."""
    return dict(decided(read("template.yaml"), voice=False))


@pytest.fixture(scope="module")
def voiced() -> Json:
    """As it is with one."""
    return dict(decided(read("template.yaml"), voice=True))


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


def test_a_version_is_published_whenever_anything_changes_and_from_a_snapshot_where_that_is_wanted(
    template: Json, function: Json
) -> None:
    assert function["SnapStart"] == {"ApplyOn": {"!Ref": "SnapStart"}}
    assert template["Parameters"]["SnapStart"]["Default"] == "None"
    assert set(template["Parameters"]["SnapStart"]["AllowedValues"]) == {"None", "PublishedVersions"}
    assert function["AutoPublishAlias"]
    assert function["AutoPublishAliasAllProperties"] is True


def test_a_version_is_published_whenever_a_parameter_of_the_function_changes(template: Json, voiced: Json) -> None:
    function = voiced["Resources"]["CoachFunction"]
    told = set(re.findall(r"\$\{(\w+)\}", function["Properties"]["VersionDescription"]["!Sub"]))
    reaching = {part for part in template["Parameters"] if f"'!Ref': '{part}'" in str(function["Properties"])}
    # A stage is another stack, an alias alone is gone to gradually, and of the key it is told since when it is there.
    assert told == reaching - {"Gradually", "IdKey"} | {"KeySince"}
    # Lambda takes no longer one.
    longest = {"SkillId": SKILL_ID, "KeySince": NOW, "SnapStart": "PublishedVersions", "VoiceLayer": LONGEST_LAYER}
    description = function["Properties"]["VersionDescription"]["!Sub"]
    assert len(re.sub(r"\$\{(\w+)\}", lambda part: longest[part[1]], description)) <= 256


def test_the_function_is_given_each_setting_that_the_code_reads(function: Json, voiced: Json) -> None:
    known = set(re.findall(r'"(HIP_COACH_\w+)"', code("config.py")))
    given = voiced["Resources"]["CoachFunction"]["Properties"]["Environment"]["Variables"]
    assert set(given) == known
    assert set(function["Environment"]["Variables"]) == known - {"HIP_COACH_VOICE", "HIP_COACH_SHELF"}


def test_without_a_voice_nothing_of_one_is_there_and_that_is_how_it_is_unless_one_is_given(template: Json) -> None:
    assert template["Parameters"]["VoiceLayer"]["Default"] == ""
    assert template["Conditions"][HAS_VOICE] == {"!Not": [{"!Equals": [{"!Ref": "VoiceLayer"}, ""]}]}
    assert {part["Type"] for part in template["Resources"].values()}.isdisjoint({"AWS::S3::Bucket"})
    made = {part: content for part, content in template.items() if part not in ("Parameters", "Conditions")}
    assert set(re.findall("s3:|S3|VoiceLayer|HIP_COACH_VOICE|Reel", str(made))) == {"VoiceLayer"}
    assert "Layers" not in template["Resources"]["CoachFunction"]["Properties"]


def test_with_a_voice_the_function_has_its_layer_and_finds_the_packs_where_the_layer_has_them(voiced: Json) -> None:
    function = voiced["Resources"]["CoachFunction"]["Properties"]
    assert function["Layers"] == [{"!Ref": "VoiceLayer"}]
    assert function["Environment"]["Variables"]["HIP_COACH_VOICE"] == f"/opt/{layer.FOLDER}"
    own = read("voice/layer.yaml")["Resources"]["VoiceLayer"]["Properties"]
    assert (ROOT / layer.TEMPLATE.parent / own["ContentUri"]).resolve() == ROOT / layer.MADE
    assert own["RetentionPolicy"] == "Retain"


def test_the_bucket_is_private_and_the_role_gets_and_puts_what_is_in_it_and_no_more(
    template: Json, voiced: Json
) -> None:
    bucket = voiced["Resources"]["ReelBucket"]["Properties"]
    assert bucket["PublicAccessBlockConfiguration"] == dict.fromkeys(
        ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
    )
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    shelf = voiced["Resources"]["CoachFunction"]["Properties"]["Environment"]["Variables"]["HIP_COACH_SHELF"]
    assert shelf == {"!Sub": "s3://${ReelBucket}"}
    (more,) = [statement for statement in statements(voiced) if statement not in statements(template)]
    objects = {"!Sub": "${ReelBucket.Arn}/*"}
    assert more == {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": objects}


def test_the_bucket_keeps_a_reel_for_as_long_as_the_code_counts_on(voiced: Json) -> None:
    bucket = voiced["Resources"]["ReelBucket"]
    assert bucket["Properties"]["LifecycleConfiguration"] == {
        "Rules": [{"Status": "Enabled", "ExpirationInDays": KEPT_DAYS}]
    }
    # What is in it is still heard by somebody when the voice is taken out.
    assert bucket["DeletionPolicy"] == "RetainExceptOnCreate"


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


def test_the_table_cannot_be_deleted_by_mistake(table: Json) -> None:
    assert table["Properties"]["DeletionProtectionEnabled"] is True


def test_the_store_keeps_progress_in_the_table_and_lets_it_expire(
    table: Json, store: DynamoDBStore, client: "DynamoDBClient"
) -> None:
    store.save(SOMEBODY, Progress(touched=TOUCHED))
    (item,) = client.scan(TableName=TABLE)["Items"]
    expires = item[table["Properties"]["TimeToLiveSpecification"]["AttributeName"]]
    assert int(expires["N"]) > TOUCHED


def alarms(template: Json) -> dict[str, Json]:
    resources = template["Resources"].items()
    return {name: r["Properties"] for name, r in resources if r["Type"] == "AWS::CloudWatch::Alarm"}


def test_the_alarms_and_the_dashboard_use_metrics_that_the_coach_writes_where_the_stage_has_them(
    template: Json, function: Json
) -> None:
    namespace = function["Environment"]["Variables"]["HIP_COACH_METRICS"]["!Sub"]
    assert "${Stage}" in namespace
    log = TurnLog()
    log.door.launch()
    (directive,) = log.lines[0]["_aws"]["CloudWatchMetrics"]
    # Without a dimension in the lines, an alarm or a graph with one would wait for ever.
    assert directive["Dimensions"] == [[]]
    own = [a for a in alarms(template).values() if a["Namespace"] == {"!Sub": namespace}]
    assert {a["MetricName"] for a in own} == {"FailedTurns", "StoreFaults"}
    assert not [a for a in own if "Dimensions" in a]
    shown = set()
    for widget in dashboard(template):
        at = ""
        for row in widget["properties"].get("metrics", []):
            at = at if row[0] in (".", "...") else row[0]
            shown |= {row[1]} if at == namespace and row[0] != "..." else set()
    assert shown == {*UNITS}


def test_a_release_that_is_tried_first_is_taken_back_by_alarms_that_tell_of_its_faults(
    template: Json, function: Json
) -> None:
    preference = function["DeploymentPreference"]
    assert preference["Enabled"] == {"!Ref": "Gradually"}
    assert template["Parameters"]["Gradually"]["Default"] == "false"
    # An account that runs as many functions at once as it may is no fault of a release.
    assert {alarm["!Ref"] for alarm in preference["Alarms"]} == set(alarms(template)) - {"ThrottlesAlarm"}


def test_silence_of_the_metrics_is_no_alarm_and_whoever_is_to_be_told_is_told(template: Json) -> None:
    for alarm in alarms(template).values():
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmActions"] == alarm["OKActions"] == {"!If": ["SomebodyIsTold", [{"!Ref": "Alarms"}], []]}


def test_the_duration_that_alarms_is_under_the_limits_of_the_function_and_of_alexa(
    template: Json, function: Json
) -> None:
    assert alarms(template)["DurationAlarm"]["Threshold"] < function["Timeout"] * 1000 < 8000


def test_the_runbook_has_a_row_for_each_alarm_and_each_metric(template: Json) -> None:
    runbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (\w+) \|", runbook, re.MULTILINE))
    assert {name.removesuffix("Alarm") for name in alarms(template)} <= rows
    assert set(UNITS) <= rows


def dashboard(template: Json) -> list[Json]:
    body = json.loads(template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["!Sub"])
    return list(body["widgets"])


def test_the_dashboard_can_be_read_and_shows_every_alarm(template: Json) -> None:
    shown = {arn for widget in dashboard(template) for arn in widget["properties"].get("alarms", [])}
    assert shown == {f"${{{name}.Arn}}" for name in alarms(template)}


def test_the_template_holds_no_secret_and_never_shows_one(template: Json) -> None:
    assert template["Parameters"]["IdKey"]["NoEcho"] is True
    assert "Default" not in template["Parameters"]["IdKey"]
    assert "IdKey" not in str(template["Outputs"])


def test_no_stack_can_be_made_with_ids_that_the_function_would_not_start_with(template: Json) -> None:
    skill_id, key = template["Parameters"]["SkillId"], template["Parameters"]["IdKey"]
    assert not re.fullmatch(skill_id["AllowedPattern"], "")
    assert re.fullmatch(skill_id["AllowedPattern"], SKILL_ID)
    assert key["MinLength"] >= ID_KEY_MIN_CHARACTERS
    assert "Default" not in skill_id
    assert "Default" not in key
