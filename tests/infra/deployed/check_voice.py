"""A voice for a skill that is there already: the same command with a pack brings it, without one keeps it, and with
`no` takes it out again.

Not among the tests of every day: `make deploy-check` sets up what it needs and runs it. The tests are one story, in
their order.
"""

import subprocess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from botocore.exceptions import ClientError

from coach.bootstrap import Handler
from infra.account import RIGHTS
from tests.front_door import FrontDoor
from tests.infra.deployed.alexa import Alexa
from tests.infra.deployed.cloud import Cloud
from tests.infra.deployed.owner import STACK, Owner, clone
from tests.reels.voices import render

Done = subprocess.CompletedProcess[str]

WORDS = Path("content", "locales", "en-US", "prompts.yaml")
PLAYER = {"type": "AUDIO_PLAYER"}
ANOTHER = "somebody-elses"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small voice pack."""
    folder = tmp_path_factory.mktemp("packs")
    render(folder, length=lambda *_: 96)
    return folder


@pytest.fixture(scope="module")
def voiced(owner: Owner, first: Done, packs: Path) -> Done:
    """How the deployment with a voice went."""
    assert first.returncode == 0, first.stdout + first.stderr
    return owner.deploy(f"VOICE={packs}")


@pytest.fixture(scope="module")
def bucket(aws: Cloud, voiced: Done) -> str:
    assert voiced.returncode == 0, voiced.stdout + voiced.stderr
    (stack,) = aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    (name,) = [output["OutputValue"] for output in stack["Outputs"] if output["OutputKey"] == "Reels"]
    return str(name)


def interfaces(home: Alexa) -> list[dict[str, Any]]:
    (skill,) = home.skills.values()
    return list(skill.manifest["apis"]["custom"]["interfaces"])


def live(aws: Cloud) -> dict[str, Any]:
    told = aws.client("lambda").get_function_configuration(FunctionName=STACK, Qualifier="live")
    return {name: value for name, value in told.items() if name != "ResponseMetadata"}


def layers(function: dict[str, Any]) -> list[str]:
    return [layer["Arn"] for layer in function.get("Layers", [])]


def test_before_there_is_a_voice_there_is_nothing_of_one(aws: Cloud, home: Alexa, first: Done) -> None:
    assert first.returncode == 0, first.stdout + first.stderr
    assert PLAYER not in interfaces(home)
    assert layers(live(aws)) == []
    assert {"HIP_COACH_VOICE", "HIP_COACH_SHELF"}.isdisjoint(live(aws)["Environment"]["Variables"])


def test_a_pack_that_is_not_there_and_a_right_that_is_missing_are_told_before_anything_is_made(
    aws: Cloud, owner: Owner, first: Done, packs: Path, tmp_path: Path
) -> None:
    before = live(aws)
    lacking = owner.deploy(f"VOICE={tmp_path}")
    base = {action for actions in RIGHTS.values() for action in actions}
    forbidden = owner.deploy(f"VOICE={packs}", **aws.somebody("iam:SimulatePrincipalPolicy", "sts:*", *sorted(base)))
    assert lacking.returncode
    assert forbidden.returncode
    assert f"There is no voice pack in {tmp_path}: make one with `make voice`." in lacking.stderr
    assert "lacks rights that it takes: cloudformation:" not in forbidden.stderr
    assert "lambda:PublishLayerVersion" in forbidden.stderr
    assert "Have whoever runs the account give them to you." in forbidden.stderr
    assert not (owner.clone / "build" / "voice-layer.zip").exists()
    assert live(aws) == before


def test_with_a_pack_the_same_command_gives_the_skill_a_voice(
    aws: Cloud, home: Alexa, outputs: dict[str, str], first: Done, bucket: str
) -> None:
    function = live(aws)
    (layer,) = layers(function)
    assert layer.endswith(f":layer:{STACK}-voice-1:1")
    assert function["Environment"]["Variables"]["HIP_COACH_VOICE"] == "/opt/voice"
    assert function["Environment"]["Variables"]["HIP_COACH_SHELF"] == f"s3://{bucket}"
    (skill,) = home.skills.values()
    assert skill.calls == outputs["Endpoint"]
    assert PLAYER in interfaces(home)
    assert home.refused == []


def test_the_bucket_is_private(aws: Cloud, bucket: str) -> None:
    # This cloud takes no note of the rule by which what is old is removed.
    access = aws.client("s3").get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert len(access) == 4
    assert all(access.values())
    assert aws.client("s3").get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]


def test_the_function_finds_the_packs_where_lambda_puts_them_and_a_device_fetches_what_it_says(
    aws: Cloud, coach: Handler, bucket: str
) -> None:
    if not aws.opt:
        pytest.skip("this machine lets nobody have an /opt of their own: a function cannot find a layer there")
    aws.mount(*layers(live(aws)))
    # The addresses of this cloud are not https.
    door = FrontDoor(coach, checked=False)
    door.launch()
    answer = door.intent("StartRoutineIntent", {"routine": ("quick", "quick")})
    ((_, address),) = [tag.split('"')[:2] for tag in answer.ssml.split("<audio ")[1:]]
    assert f"/{bucket}/" in address
    with urlopen(address.replace("&amp;", "&")) as sound:  # noqa: S310 - on this machine
        assert sound.headers["Content-Type"] == "audio/mpeg"
        assert len(sound.read()) % 144 == 0
    held = [each["Key"] for each in aws.client("s3").list_objects_v2(Bucket=bucket)["Contents"]]
    assert address.partition("?")[0].rpartition("/")[2] in held
    door.intent("ForgetMeIntent")
    door.intent("DeleteEverythingIntent")


SOMETHING = {"Bucket": "BUCKET", "Key": "something.mp3"}


@pytest.mark.parametrize(
    ("call", "arguments", "outcome"),
    [
        ("put_object", SOMETHING | {"Body": "sound"}, "allowed"),
        ("get_object", SOMETHING, "allowed"),
        ("head_object", SOMETHING, "allowed"),
        ("delete_object", SOMETHING, "AccessDenied"),
        ("list_objects_v2", {"Bucket": "BUCKET"}, "AccessDenied"),
        ("put_object_acl", SOMETHING | {"ACL": "public-read"}, "AccessDenied"),
        ("get_bucket_policy", {"Bucket": "BUCKET"}, "AccessDenied"),
        ("delete_bucket", {"Bucket": "BUCKET"}, "AccessDenied"),
        ("put_object", {"Bucket": ANOTHER, "Key": "something.mp3", "Body": "sound"}, "AccessDenied"),
        ("get_object", {"Bucket": ANOTHER, "Key": "something.mp3"}, "AccessDenied"),
        ("list_buckets", {}, "AccessDenied"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.get("Bucket", "")),
)
def test_the_role_gets_and_puts_what_is_in_the_bucket_and_does_nothing_else(
    aws: Cloud, bucket: str, probe: str, call: str, arguments: dict[str, Any], outcome: str
) -> None:
    aws.client("s3").create_bucket(Bucket=ANOTHER)
    filled = {name: bucket if value == "BUCKET" else value for name, value in arguments.items()}
    assert aws.invoke(probe, {"service": "s3", "call": call, "arguments": filled})["outcome"] == outcome


def test_the_same_command_in_another_clone_which_has_no_pack_keeps_the_voice_and_tells_of_words_that_it_lacks(
    aws: Cloud, home: Alexa, owner: Owner, bucket: str, tmp_path: Path
) -> None:
    before, other = live(aws), clone(tmp_path, owner.environ)
    words = (other.clone / WORDS).read_text(encoding="utf-8")
    (other.clone / WORDS).write_text(words.replace("half_way: Halfway.", "half_way: A half is over."), encoding="utf-8")
    done = other.deploy()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The coach has other texts since us-east-1 got its voice: " in done.stderr
    assert layers(live(aws)) == layers(before) != []
    assert live(aws)["Environment"] == before["Environment"]
    assert PLAYER in interfaces(home)


def test_another_pack_is_another_layer(aws: Cloud, owner: Owner, bucket: str, packs: Path) -> None:
    render(packs, length=lambda *_: 120)
    done = owner.deploy(f"VOICE={packs}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [layer.rpartition(":")[2] for layer in layers(live(aws))] == ["2"]


def test_with_no_the_voice_is_taken_out_again_and_what_is_being_heard_stays_where_it_is(
    aws: Cloud, home: Alexa, owner: Owner, bucket: str, probe: str
) -> None:
    done = owner.deploy("VOICE=no")
    assert done.returncode == 0, done.stdout + done.stderr
    function = live(aws)
    assert layers(function) == []
    assert {"HIP_COACH_VOICE", "HIP_COACH_SHELF"}.isdisjoint(function["Environment"]["Variables"])
    assert PLAYER not in interfaces(home)
    assert aws.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    asked = {"service": "s3", "call": "get_object", "arguments": SOMETHING | {"Bucket": bucket}}
    assert aws.invoke(probe, asked) == {"outcome": "AccessDenied"}
    with pytest.raises(ClientError, match="NoSuchEntity"):
        aws.client("iam").get_role_policy(RoleName=function["Role"].rpartition("/")[2], PolicyName="keep-reels")
