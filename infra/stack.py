"""A stack of the coach at AWS: where one is, what it remembers, and how it is deployed.

Rule: the stack is the memory. Which skill it belongs to and with which key people's ids are hashed is asked of it, so
that a second clone of the repository goes on with the same ones.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from botocore.exceptions import ClientError

from infra.account import REGIONS, AccountError, client, denied, told_in_words

TEMPLATE = Path("infra", "template.yaml")
SAM = Path("build", "tools", "sam", "bin", "sam")


@dataclass(frozen=True)
class Stack:
    """A stack that is there. `skill_id` is the skill that may call it, and `endpoint` what that skill calls; `voice` is
    the layer with its packs, empty where it has none.
    """

    name: str
    region: str
    skill_id: str
    endpoint: str
    voice: str = ""


def name(stage: str) -> str:
    """What the stack of a stage is called."""
    return f"hip-coach-{stage}"


def find(stage: str, home: str) -> list[Stack]:
    """The stacks of a stage, in the order of the regions that Alexa calls. Where somebody may not look, except at
    home, there is none. Raises AccountError.
    """
    return [there for region in REGIONS if (there := _look_up(stage, region, at_home=region == home))]


def _look_up(stage: str, region: str, *, at_home: bool = True) -> Stack | None:
    with told_in_words():
        try:
            (stack,) = client("cloudformation", region).describe_stacks(StackName=name(stage))["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error) or (denied(error) and not at_home):
                return None
            raise
    if stack["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"):
        raise AccountError(
            f"The stack {name(stage)} in {region} was never finished. Delete it, and try again:\n"
            f"  aws cloudformation delete-stack --region {region} --stack-name {name(stage)}"
        )
    if stack["StackStatus"].endswith("_IN_PROGRESS"):
        if stack["StackStatus"] in ("REVIEW_IN_PROGRESS", "DELETE_IN_PROGRESS"):
            return None
        raise AccountError(
            f"Somebody is deploying {name(stage)} in {region} at the moment. Wait until it is done, and try again."
        )
    known = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in stack["Parameters"]}
    told = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    return Stack(name(stage), region, known["SkillId"], told["Endpoint"], known.get("VoiceLayer", ""))


def deploy(stage: str, region: str, parameters: dict[str, str]) -> Stack:
    """Deploy the bundle and the template. What is not among the parameters stays as it is. Raises AccountError."""
    bring(TEMPLATE, name(stage), region, parameters)
    deployed = _look_up(stage, region)
    if deployed is None:
        raise AccountError(
            f"The stack {name(stage)} is not in {region}, though AWS took it. Look for it in the console."
        )
    return deployed


def bring(template: Path, stack: str, region: str, parameters: dict[str, str]) -> None:
    """Have SAM deploy a template, with what it names, as a stack. Raises AccountError."""
    # In a file that only its owner can read, and not on the command line: there everybody on the machine can.
    with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        json.dump(parameters, file)
        file.flush()
        where = ["deploy", "--template", str(template), "--stack-name", stack, "--region", region, "--resolve-s3"]
        how = ["--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", "--no-confirm-changeset"]
        failing = ["--on-failure", "DELETE", "--parameter-overrides", f"file://{file.name}"]
        environ = os.environ | {"SAM_CLI_TELEMETRY": "0"}
        done = subprocess.run([str(SAM), *where, *how, *failing], env=environ, check=False)  # noqa: S603
    if done.returncode:
        raise AccountError(
            f"AWS did not take the stack {stack} in {region}: the reason is above. What ran before runs on.\n"
            "Mend it, and try again."
        )
