"""What an owner meets: one command from nothing to a skill on their Echo, the same command ever after, and a sentence
wherever something is missing.

Not among the tests of every day: `make deploy-check` sets up what it needs and runs it. The tests are one story, in
their order.
"""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Handler
from coach.config import ID_KEY_MIN_CHARACTERS
from infra import id_key
from infra.stack import Stack
from simulator.nlu.understanding import SKILL_ID
from tests.front_door import FrontDoor
from tests.infra.deployed.alexa import Alexa
from tests.infra.deployed.cloud import REGION, Cloud
from tests.infra.deployed.owner import STACK, STAGE, Owner, clone

Done = subprocess.CompletedProcess[str]

KEY = f"/hip-coach/{STAGE}/id-key"
WORDS = Path("content", "locales", "en-US", "prompts.yaml")


def nothing_was_made(owner: Owner, aws: Cloud, home: Alexa) -> bool:
    made = owner.clone / "build"
    stacks = aws.client("cloudformation").list_stacks()["StackSummaries"]
    return not (made / "hip-coach.zip").exists() and not (made / "alexa").exists() and not stacks and not home.skills


def without_node(folder: Path) -> str:
    """A PATH with what `make` needs, and no Node.js."""
    for tool in ("python3.13", "python3", "git", "sh", "sed", "expand", "find", "make"):
        found = subprocess.run(["which", tool], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603, S607
        if found:
            (folder / tool).symlink_to(found)
    return str(folder)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            {"AWS_DEFAULT_REGION": ""},
            "No region of AWS is chosen. Choose one that Alexa calls, as AWS_REGION: us-east-1,",
        ),
        (
            {"AWS_REGION": "eu-central-1"},
            "Alexa calls no function in eu-central-1. Choose another one as AWS_REGION: us",
        ),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "AWS does not know who you are"),
        ({"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"}, "AWS does not take your credentials"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "AWS cannot be reached"),
        ({"HOME": "/nowhere"}, 'Alexa does not know you yet. Tell it who you are, `make ask ARGS="configure"`'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_what_is_missing_is_told_before_anything_is_made(
    owner: Owner, aws: Cloud, home: Alexa, missing: dict[str, str], told: str
) -> None:
    done = owner.deploy(**missing)
    assert done.returncode
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert nothing_was_made(owner, aws, home)


def test_a_tool_that_is_missing_is_told_with_what_to_install(
    owner: Owner, aws: Cloud, home: Alexa, tmp_path: Path
) -> None:
    done = owner.deploy(PATH=without_node(tmp_path))
    assert done.returncode
    assert "runs on Node.js 20 or newer, with npm, and here is none: install it" in done.stderr
    assert nothing_was_made(owner, aws, home)


def test_a_login_that_ran_out_is_told_before_anything_is_made(
    owner: Owner, aws: Cloud, home: Alexa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "knows_the_owner", False)
    done = owner.deploy()
    assert done.returncode
    assert "Alexa does not take your login: " in done.stderr
    assert 'log in again with `make ask ARGS="configure"`' in done.stderr
    assert "at " + str(owner.clone) not in done.stderr
    assert nothing_was_made(owner, aws, home)


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ([], "lacks a right"),
        (
            ["sts:*", "iam:*", "cloudformation:*", "s3:*", "dynamodb:*", "logs:*", "cloudwatch:*", "ssm:*"],
            "CreateAlias",
        ),
    ],
    ids=["none at all", "all but those of the function"],
)
def test_a_right_that_is_missing_is_named(owner: Owner, aws: Cloud, home: Alexa, rights: list[str], told: str) -> None:
    done = owner.deploy(**aws.somebody(*(rights or ["s3:ListBuckets"])))
    assert done.returncode
    assert told in done.stderr
    assert "Have whoever runs the account" in done.stderr
    assert nothing_was_made(owner, aws, home)


def test_the_first_time_one_command_goes_from_nothing_to_a_skill_on_an_echo(
    owner: Owner, home: Alexa, first: Done, outputs: dict[str, str]
) -> None:
    assert first.returncode == 0, first.stdout + first.stderr
    ((skill_id, skill),) = home.skills.items()
    assert skill.calls == outputs["Endpoint"]
    assert skill.manifest["events"] == {
        "endpoint": {"uri": outputs["Endpoint"]},
        "subscriptions": [{"eventName": "SKILL_DISABLED"}],
    }
    assert skill.enabled
    assert set(skill.models) == {"en-US", "en-GB", "en-CA", "en-AU", "en-IN"}
    assert f"The skill {skill_id} calls {outputs['Endpoint']}." in first.stdout
    assert home.refused == []


def test_nobody_but_the_account_gets_the_key_of_the_ids(owner: Owner, aws: Cloud, first: Done) -> None:
    key = kept_key(aws)
    assert len(key) >= ID_KEY_MIN_CHARACTERS
    assert used_key(aws) == key
    assert key not in first.stdout + first.stderr
    told = subprocess.run(["grep", "-rl", key, str(owner.clone)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert told.stdout == ""


def test_after_a_deployment_git_has_nothing_to_say(owner: Owner, first: Done) -> None:
    assert owner.git("status", "--porcelain") == ""


def test_a_key_that_only_the_stack_has_is_taken_from_it(
    aws: Cloud, outputs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in aws.environ.items():
        monkeypatch.setenv(name, value)
    aws.client("ssm").delete_parameter(Name=KEY)
    known = id_key.known_or_made(STAGE, REGION, Stack(STACK, REGION, SKILL_ID, outputs["Endpoint"]))
    assert known == kept_key(aws) == used_key(aws)


@pytest.fixture(scope="module")
def changed(aws: Cloud, owner: Owner, first: Done, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """The same owner in another clone, who changed what the coach says and deployed it."""
    other = clone(tmp_path_factory.mktemp("another"), owner.environ)
    words = (other.clone / WORDS).read_text(encoding="utf-8")
    (other.clone / WORDS).write_text(words.replace("professional", "professional, or a zebra,"), encoding="utf-8")
    return other


def test_the_same_command_in_another_clone_brings_a_change_and_keeps_all_else(
    aws: Cloud, home: Alexa, changed: Owner, coach: Handler
) -> None:
    before, key = {skill: at.manifest for skill, at in home.skills.items()}, kept_key(aws)

    done = changed.deploy()

    assert done.returncode == 0, done.stdout + done.stderr
    assert {skill: at.manifest for skill, at in home.skills.items()} == before
    assert kept_key(aws) == used_key(aws) == key
    assert key not in done.stdout + done.stderr
    (skill,) = home.skills.values()
    assert skill.enabled
    door = FrontDoor(coach)
    assert "zebra" in door.launch().text
    door.intent("ForgetMeIntent")
    door.intent("DeleteEverythingIntent")
    assert home.refused == []


def test_another_key_is_used_at_once_by_what_alexa_calls(aws: Cloud, owner: Owner, first: Done) -> None:
    before = kept_key(aws)
    done = owner.deploy("NEW_KEY=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert used_key(aws) == kept_key(aws) != before


def kept_key(aws: Cloud) -> str:
    return str(aws.client("ssm").get_parameter(Name=KEY, WithDecryption=True)["Parameter"]["Value"])


def used_key(aws: Cloud) -> str:
    function: dict[str, Any] = aws.client("lambda").get_function_configuration(FunctionName=STACK, Qualifier="live")
    return str(function["Environment"]["Variables"]["HIP_COACH_ID_KEY"])
