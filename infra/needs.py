"""What a deployment needs, looked at before anything is made: `python -m infra.needs --stage prod`."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from infra import account, skill, stack

NODE = 20
"""The oldest Node.js that the ASK CLI is known to run on here."""


def missing(stage: str, *, aws: bool) -> list[str]:
    """A sentence about each thing that is missing."""
    needed: list[Callable[[], object]] = [skill.profile]
    if aws:
        needed.append(lambda: _check_account(stage))
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


def _check_account(stage: str) -> None:
    region, name = account.chosen_region(), stack.name(stage)
    if rights := account.lacking(region, stage, name):
        raise account.AccountError(
            f"Your user at AWS lacks rights that it takes: {', '.join(rights)}. "
            "Have whoever runs the account give them to you."
        )
    stack.find(stage, region)


def _told(*needed: Callable[[], object]) -> Iterator[str]:
    for check in needed:
        try:
            check()
        except (account.AccountError, skill.SkillError) as error:
            yield str(error)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell what is missing; the exit status is 1 if something is."""
    parser = argparse.ArgumentParser(prog="python -m infra.needs", description="Tell what a deployment lacks.")
    parser.add_argument("--stage", default="prod", help="which of several stacks (default: %(default)s)")
    parser.add_argument("--without-aws", action="store_true", help="the skill calls an address of one's own")
    parser.add_argument("--login", action="store_true", help="only whether Alexa takes the login: the ASK CLI is there")
    options = parser.parse_args(arguments)
    known = _told(skill.check_login) if options.login else missing(options.stage, aws=not options.without_aws)
    sentences = list(known)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
