"""The command that deploys: what it keeps to itself, and which function answers which part of the world."""

import json
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from authoring.addresses import Addresses
from coach.config import ID_KEY_MIN_CHARACTERS
from infra import account, deploy, id_key, skill, stack
from infra.stack import Stack
from infra.voice import layer
from simulator.nlu.understanding import SKILL_ID
from tests.infra.conftest import ROOT

KEY = "k" * 64


def arn(region: str) -> str:
    return f"arn:aws:lambda:{region}:123456789012:function:hip-coach-prod:live"


def at(region: str) -> Stack:
    return Stack("hip-coach-prod", region, SKILL_ID, arn(region))


@dataclass
class World:
    """An AWS and an Alexa that take everything. It has what was asked of them."""

    stacks: list[Stack] = field(default_factory=list)
    live: Addresses = field(default_factory=Addresses)
    deployed: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    brought: list[Addresses] = field(default_factory=list)
    plays: bool = False

    def deploy(self, _: str, region: str, parameters: dict[str, str]) -> Stack:
        self.deployed.append((region, parameters))
        before = next((there.voice for there in self.stacks if there.region == region), "")
        return replace(at(region), voice=parameters.get("VoiceLayer", before))

    def assemble(self, _root: Path, _out: Path, addresses: Addresses, *, plays: bool = False) -> None:
        self.brought.append(addresses)
        self.plays = plays

    def run(self, *arguments: str) -> int:
        self.deployed.clear()
        return deploy.main(arguments)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    here = World()

    class Brought:
        def __init__(self, folder: Path, skill_id: str, *, forget: bool) -> None:
            self.id = skill_id or (SKILL_ID if here.live.endpoint and not forget else "")

        def manifest(self) -> dict[str, Any]:
            told: dict[str, Any] = {
                "apis": {"custom": {}},
                "events": {},
                "privacyAndCompliance": {"locales": {"en-US": {}}},
            }
            here.live.put_into(told)
            return told

        def make(self) -> None:
            self.id = SKILL_ID

        def bring(self) -> None:
            here.live = here.brought[-1]

    monkeypatch.setattr(deploy, "Skill", Brought)
    monkeypatch.setattr(deploy.manifest, "assemble", here.assemble)
    monkeypatch.setattr(stack, "find", lambda stage, home: here.stacks)
    monkeypatch.setattr(stack, "deploy", here.deploy)
    monkeypatch.setattr(id_key, "known_or_made", lambda *_: KEY)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.chdir(ROOT)
    return here


def test_a_stack_is_brought_up_to_date_where_it_is_wherever_its_owner_works_now(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stacks = [at("eu-west-1")]
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    assert world.run() == 0
    assert world.deployed == [("eu-west-1", {"Stage": "prod", "SkillId": SKILL_ID})]
    assert world.live == Addresses(arn("eu-west-1"))


def test_one_more_region_answers_its_part_of_the_world_with_the_same_key_and_goes_on_to(world: World) -> None:
    world.stacks = [at("us-east-1")]
    assert world.run() == 0
    assert world.run("--also", "eu-west-1") == 0
    assert [region for region, _ in world.deployed] == ["us-east-1", "eu-west-1"]
    assert ["IdKey" in parameters for _, parameters in world.deployed] == [False, True]
    both = Addresses(arn("us-east-1"), {"NA": arn("us-east-1"), "EU": arn("eu-west-1")})
    assert world.live == both

    world.stacks = [at("us-east-1"), at("eu-west-1")]
    assert world.run() == 0
    assert [region for region, _ in world.deployed] == ["us-east-1", "eu-west-1"]
    assert world.live == both


def test_another_key_is_given_only_to_whoever_asks_for_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.stacks, kept = [at("us-east-1")], []
    monkeypatch.setattr(id_key, "keep", lambda stage, region, key: kept.append(key))
    assert world.run() == 0
    assert world.deployed == [("us-east-1", {"Stage": "prod", "SkillId": SKILL_ID})]
    assert world.run("--new-key") == 0
    ((_, given),) = world.deployed
    assert [given["IdKey"]] == kept
    assert given["KeySince"]
    assert len(given["IdKey"]) >= ID_KEY_MIN_CHARACTERS


def test_the_rest_of_the_world_is_answered_by_whoever_did_so_before(world: World) -> None:
    world.stacks, world.live = [at("eu-west-1")], Addresses(arn("eu-west-1"))
    assert world.run("--also", "us-east-1") == 0
    assert world.live.endpoint == arn("eu-west-1")


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("us-west-2", "us-east-1 answers that part of the world already."),
        ("eu-central-1", "Alexa calls no function in eu-central-1."),
    ],
)
def test_a_region_that_would_never_be_called_is_refused(
    world: World, capsys: pytest.CaptureFixture[str], region: str, told: str
) -> None:
    world.stacks = [at("us-east-1")]
    assert world.run("--also", region) == 1
    assert told in capsys.readouterr().err
    assert world.deployed == []


@pytest.mark.parametrize(
    "elsewhere", [Addresses(arn("us-west-2")), Addresses(arn("us-east-1"), {"EU": arn("eu-west-1")})]
)
def test_a_skill_is_not_taken_from_a_stack_that_somebody_does_not_see(
    world: World, capsys: pytest.CaptureFixture[str], elsewhere: Addresses
) -> None:
    world.stacks, world.live = [at("us-east-1")], elsewhere
    assert world.run() == 1
    assert "your user at AWS sees no such stack" in capsys.readouterr().err
    assert world.deployed == []
    assert world.live == elsewhere
    assert world.run("--moved") == 0
    assert world.live == Addresses(arn("us-east-1"))


def test_a_skill_that_calls_an_address_of_ones_own_goes_on_to_call_it(world: World) -> None:
    assert world.run("--endpoint", "https://coach.example.org/", "--site", "https://example.org/coach") == 0
    told = Addresses("https://coach.example.org/", {}, "https://example.org/coach")
    assert world.live == told
    assert world.run() == 0
    assert world.deployed == []
    assert world.live == told


def layer_in(region: str) -> str:
    return f"arn:aws:lambda:{region}:123456789012:layer:hip-coach-prod-voice-1:3"


@pytest.fixture
def packs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were brought; AWS takes them in any region."""
    made: list[Path] = []

    def brought(_: str, region: str, folder: Path) -> str:
        made.append(folder)
        return layer_in(region)

    monkeypatch.setattr(layer, "deploy", brought)
    monkeypatch.setattr(layer, "lacking", lambda _: ["It lacks something."])
    monkeypatch.setattr(layer, "outdated", lambda there: ["It is outdated."] if there.voice else [])
    return made


def test_a_voice_stays_until_another_one_is_given_or_it_is_taken_out(
    world: World, packs: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    world.stacks = [at("us-east-1")]
    assert world.run() == 0
    assert not world.plays
    assert capsys.readouterr().err == ""

    assert world.run("--voice", "build/voice") == 0
    assert capsys.readouterr().err == "It lacks something.\n"
    assert packs == [Path("build/voice")]
    assert world.deployed[0][1]["VoiceLayer"] == layer_in("us-east-1")
    assert world.plays

    world.stacks = [replace(at("us-east-1"), voice=layer_in("us-east-1"))]
    assert world.run() == 0
    assert "VoiceLayer" not in world.deployed[0][1]
    assert world.plays
    assert capsys.readouterr().err == "It is outdated.\n"

    assert world.run("--voice", "no") == 0
    assert world.deployed[0][1]["VoiceLayer"] == ""
    assert not world.plays
    assert capsys.readouterr().err == ""
    assert len(packs) == 1


def test_each_region_has_the_voice_or_none_has(
    world: World, packs: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    world.stacks = [replace(at("us-east-1"), voice=layer_in("us-east-1"))]
    assert world.run("--also", "eu-west-1") == 1
    assert "has a voice in us-east-1, and would have none in eu-west-1" in capsys.readouterr().err
    assert world.deployed == []
    assert world.run("--also", "eu-west-1", "--voice", "build/voice") == 0
    assert [told["VoiceLayer"] for _, told in world.deployed] == [layer_in("us-east-1"), layer_in("eu-west-1")]


def test_a_voice_goes_to_no_address_of_ones_own(
    world: World, packs: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    world.live = Addresses("https://coach.example.org/")
    assert world.run("--voice", "build/voice") == 1
    assert "VOICE goes with AWS Lambda." in capsys.readouterr().err
    assert (packs, world.brought) == ([], [])


def test_stacks_of_several_skills_are_told_apart_by_their_owner(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.stacks = [at("us-east-1"), Stack("hip-coach-prod", "eu-west-1", "amzn1.ask.skill.other", arn("eu-west-1"))]
    assert world.run() == 1
    assert "amzn1.ask.skill.other in eu-west-1" in capsys.readouterr().err


def test_the_key_is_on_no_command_line_and_in_a_file_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(command: Sequence[str], **_: Any) -> "subprocess.CompletedProcess[str]":
        (named,) = [part for part in command if part.startswith("file://")]
        path = Path(named.removeprefix("file://"))
        seen.update(command=" ".join(command), path=path, told=json.loads(path.read_text(encoding="utf-8")))
        seen["mode"] = stat.S_IMODE(path.stat().st_mode)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(account.AccountError, match="What ran before runs on"):
        stack.deploy("prod", "us-east-1", {"IdKey": KEY})
    assert KEY not in seen["command"]
    assert seen["told"] == {"IdKey": KEY}
    assert seen["mode"] == 0o600
    assert not seen["path"].exists()


def test_the_ask_cli_is_told_which_skill_it_is_and_forgets_it_when_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skill, "profile", lambda: "default")
    assert skill.Skill(tmp_path).id == ""
    assert skill.Skill(tmp_path, SKILL_ID).id == SKILL_ID
    assert skill.Skill(tmp_path).id == SKILL_ID
    assert skill.Skill(tmp_path, forget=True).id == ""
