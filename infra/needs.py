"""What a deployment needs, looked at before anything is made: `python -m infra.needs --stage prod`."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from infra import account, skill, stack
from infra.voice import layer

NODE = 20
"""The oldest Node.js that the ASK CLI is known to run on here."""


def missing(stage: str, voice: str, *, aws: bool) -> list[str]:
    """A sentence about each thing that is missing. `voice` is a folder of voice packs, if one is to go along."""
    needed: list[Callable[[], object]] = [skill.profile]
    if voice:
        needed.append(lambda: _check_voice(voice, aws=aws))
    if aws:
        needed.append(lambda: _check_account(stage, voice=bool(voice)))
    return [*_tools(), *_told(*needed)]


def _tools() -> list[str]:
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False) if _has_node() else None  # noqa: S607
    found = asked.stdout.strip() if asked else "none"
    if asked and int(found.lstrip("v").split(".")[0]) >= NODE:
        return []
    return [
        f"Alexa's own command runs on Node.js {NODE} or newer, with npm, and here is {found}: install it, nodejs.org."
    ]


def _has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def _check_voice(voice: str, *, aws: bool) -> None:
    if not aws:
        raise layer.VoiceError(layer.ELSEWHERE)
    if voice != layer.TAKEN_OUT:
        layer.packs(Path(voice))


def _check_account(stage: str, *, voice: bool) -> None:
    region, name = account.chosen_region(), stack.name(stage)
    if rights := account.lacking(region, stage, name, voice=voice):
        raise account.AccountError(
            f"Your user at AWS lacks rights that it takes: {', '.join(rights)}. "
            "Have whoever runs the account give them to you."
        )
    for there in stack.find(stage, region):
        if not voice:
            layer.check_known(there)


def _told(*needed: Callable[[], object]) -> Iterator[str]:
    for check in needed:
        try:
            check()
        except (account.AccountError, skill.SkillError, layer.VoiceError) as error:
            yield str(error)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell what is missing; the exit status is 1 if something is."""
    parser = argparse.ArgumentParser(prog="python -m infra.needs", description="Tell what a deployment lacks.")
    parser.add_argument("--stage", default="prod", help="which of several stacks (default: %(default)s)")
    parser.add_argument("--voice", default="", help="the folder of voice packs that is to go along")
    parser.add_argument("--without-aws", action="store_true", help="the skill calls an address of one's own")
    parser.add_argument("--login", action="store_true", help="only whether Alexa takes the login: the ASK CLI is there")
    options = parser.parse_args(arguments)
    if options.login:
        sentences = list(_told(skill.check_login))
    else:
        sentences = missing(options.stage, options.voice, aws=not options.without_aws)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
