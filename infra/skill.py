"""The skill at Alexa, by way of the ASK CLI: made once, and brought what it is to be from then on.

Rule: the ASK CLI knows a skill by a file beside its package. That file is made here, from what the stack remembers.
"""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

Json = dict[str, Any]

ASK = Path("infra", "ask", "node_modules", ".bin", "ask")
CONFIGURATION = Path(".ask", "cli_config")
"""Where the ASK CLI keeps its profiles, in the home of whoever uses it."""

STAGE = "development"
"""The stage of a skill that Echos of its owner's account use."""

_BY_ENVIRONMENT = "__ENVIRONMENT_ASK_PROFILE__"


class SkillError(Exception):
    """It cannot go on at Alexa; the message says what to do."""


def profile() -> str:
    """Who the ASK CLI takes for the owner. Raises SkillError if it knows nobody by that name."""
    # By the same rule as the ASK CLI: the environment is used when it has all of these.
    given = all(map(os.environ.get, ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ASK_VENDOR_ID")))
    if given and (os.environ.get("ASK_REFRESH_TOKEN") or os.environ.get("ASK_ACCESS_TOKEN")):
        return _BY_ENVIRONMENT
    name = os.environ.get("ASK_DEFAULT_PROFILE", "default")
    try:
        known = json.loads((Path.home() / CONFIGURATION).read_text(encoding="utf-8"))["profiles"]
    except (OSError, ValueError, LookupError):
        known = {}
    if name not in known:
        told = "" if name == "default" else f" --profile {name}"
        raise SkillError(
            f'Alexa does not know you yet. Tell it who you are, `make ask ARGS="configure{told}"`, and try again. '
            "Leave its question about AWS unanswered."
        )
    return name


def check_login() -> None:
    """Raises SkillError unless Alexa takes the owner's login."""
    done = _ask(["smapi", "get-vendor-list", "--profile", profile()], capture_output=True)
    if done.returncode:
        raise SkillError(
            f"Alexa does not take your login: {_reason(done)}\n"
            'Look at your connection, log in again with `make ask ARGS="configure"`, and try again.'
        )


class Skill:
    """One skill. `folder` has its package, and what the ASK CLI remembers of it, unless it is to `forget` that."""

    def __init__(self, folder: Path, skill_id: str = "", *, forget: bool = False) -> None:
        self.folder = folder
        self._profile = profile()
        self._states = folder / ".ask" / "ask-states.json"
        source = {"skillMetadata": {"src": "./skill-package"}}
        resources = {"askcliResourcesVersion": "2020-03-31", "profiles": {self._profile: source}}
        _write(folder / "ask-resources.json", resources)
        if forget:
            self._states.unlink(missing_ok=True)
        if skill_id and skill_id != self.id:
            states = {"askcliStatesVersion": "2020-03-31", "profiles": {self._profile: {"skillId": skill_id}}}
            _write(self._states, states)

    @property
    def id(self) -> str:
        """Amazon's id of it; empty, as long as it has none."""
        if not self._states.is_file():
            return ""
        states = json.loads(self._states.read_text(encoding="utf-8"))
        return str(states["profiles"].get(self._profile, {}).get("skillId", ""))

    def manifest(self) -> Json:
        """What Alexa has of it now. Raises SkillError."""
        asked = ["smapi", "get-skill-manifest", "--skill-id", self.id, "--stage", STAGE, "--profile", self._profile]
        done = _ask(asked, capture_output=True)
        try:
            return dict(json.loads(done.stdout)["manifest"])
        except (ValueError, LookupError):
            raise SkillError(
                f"Alexa does not show you the skill {self.id}: {_reason(done)}\n"
                "If it belongs to another account, choose its profile as ASK_DEFAULT_PROFILE. If you deleted it, have "
                "another one made: `make deploy NEW_SKILL=yes`."
            ) from None

    def make(self) -> None:
        """Have Alexa make a skill from the package. Raises SkillError."""
        self._deploy("--target", "skill-metadata")

    def bring(self) -> None:
        """Bring the package to the skill, and have it enabled on its owner's Echos. Raises SkillError."""
        self._deploy()

    def _deploy(self, *how: str) -> None:
        # Even if this clone brought the same package before: another one may have brought its own since.
        done = _ask(["deploy", "--ignore-hash", "--profile", self._profile, *how], cwd=self.folder)
        if done.returncode or not self.id:
            raise SkillError("Alexa did not take the skill: the reason is above. Mend it, and try again.")


def _ask(arguments: list[str], **how: Any) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | {"ASK_SHARE_USAGE": "false"}
    return subprocess.run([str(ASK.absolute()), *arguments], env=environ, text=True, check=False, **how)  # noqa: S603


def _reason(done: "subprocess.CompletedProcess[str]") -> str:
    """What the ASK CLI says went wrong, without where in its own code."""
    said = done.stderr + done.stdout
    found = re.search(r'"message": "(.*)"', said)
    return found[1] if found else said.strip()


def _write(path: Path, data: Json) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
