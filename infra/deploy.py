"""From a clone to a skill on the owner's Echo, and the same after every change: `python -m infra.deploy --stage prod`.

Rule: nothing has to be remembered between two times, and nobody copies an id. What is there is asked: the stacks which
skill they belong to, and Alexa what that skill calls. So a skill that works never loses what it calls.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from authoring import manifest
from authoring.addresses import Addresses
from infra import account, id_key, stack
from infra.account import REGIONS, AccountError
from infra.skill import Skill, SkillError
from infra.stack import Stack
from infra.voice import layer
from infra.voice.layer import VoiceError

ROOT = Path()
MADE = Path("build", "alexa")
"""Where the package of each stage is made. Nothing is lost with it once a stack is there."""

STAYS = {"alarm_email": "AlarmEmail", "snapstart": "SnapStart", "gradually": "Gradually"}
"""What may be given, and otherwise stays as it is: the option, and the parameter of the template."""


def deploy(options: argparse.Namespace) -> None:
    """Deploy what is in the repository, and say where it went. Raises AccountError, SkillError or VoiceError."""
    folder = MADE / options.stage
    stacks = [] if options.endpoint else stack.find(options.stage, account.chosen_region())
    skill = Skill(folder, "" if options.new_skill else _skill_of(stacks), forget=options.new_skill)
    live = Addresses.of(skill.manifest()) if skill.id else Addresses()
    own = options.endpoint or (live.endpoint if live.endpoint.startswith("https:") and not stacks else "")
    if own and options.voice:
        raise VoiceError(layer.ELSEWHERE)
    if not own and not options.moved:
        _check_called(live, stacks)
    if not skill.id:
        manifest.assemble(ROOT, folder, Addresses(site=options.site))
        skill.make()
    deployed = [] if own else _deployed(stacks, skill.id, options)
    called = Addresses(own) if own else _called(deployed, live)
    addresses = Addresses(called.endpoint, called.regions, options.site).or_else(live)
    manifest.assemble(ROOT, folder, addresses, plays=any(there.voice for there in deployed))
    skill.bring()
    print(f"The skill {skill.id} calls {', '.join({called.endpoint, *called.regions.values()})}.")
    print("Say to an Echo of the same Amazon account: “Alexa, open Hip Coach.”")


def _check_called(live: Addresses, stacks: Sequence[Stack]) -> None:
    """Raises AccountError where a skill calls what is in none of these stacks: it would be cut off from its people."""
    unseen = {live.endpoint, *live.regions.values()} - {"", *(found.endpoint for found in stacks)}
    if unseen:
        raise AccountError(
            f"The skill calls {', '.join(sorted(unseen))}, and your user at AWS sees no such stack. Choose with "
            "AWS_PROFILE who does.\nIf it is gone, and the people it knew with it: `make deploy MOVED=yes`."
        )


def _skill_of(stacks: Sequence[Stack]) -> str:
    skills = {found.skill_id for found in stacks}
    if len(skills) > 1:
        where = ", ".join(f"{found.skill_id} in {found.region}" for found in stacks)
        raise AccountError(f"The stacks belong to several skills: {where}. Delete those of the wrong one.")
    return max(skills, default="")


def _deployed(stacks: Sequence[Stack], skill_id: str, options: argparse.Namespace) -> list[Stack]:
    """The stacks of all regions, brought up to date; the first one is made where the owner works."""
    regions, there = _regions(stacks, options), {found.region: found for found in stacks}
    home = regions[0]
    for note in _notes(stacks, options.voice):
        print(note, file=sys.stderr)
    key = id_key.new() if options.new_key else id_key.known_or_made(options.stage, home, there.get(home))
    deployed = []
    for region in regions:
        parameters = {"Stage": options.stage, "SkillId": skill_id}
        parameters |= {named: given for option, named in STAYS.items() if (given := getattr(options, option))}
        if options.new_key or region not in there:
            parameters |= {"IdKey": key, "KeySince": datetime.now(UTC).isoformat(timespec="seconds")}
        if options.voice:
            taken_out = options.voice == layer.TAKEN_OUT
            parameters["VoiceLayer"] = "" if taken_out else layer.deploy(options.stage, region, Path(options.voice))
        deployed.append(stack.deploy(options.stage, region, parameters))
    if options.new_key:
        id_key.keep(options.stage, home, key)
    return deployed


def _regions(stacks: Sequence[Stack], options: argparse.Namespace) -> list[str]:
    """Where there are stacks, or are to be. Raises AccountError or VoiceError for one that does not fit."""
    regions = [found.region for found in stacks] or [account.chosen_region()]
    for region in filter(None, [options.also]):
        taken = {REGIONS[each]: each for each in regions if each != region}
        if other := taken.get(REGIONS[account.checked_region(region)]):
            raise AccountError(f"{other} answers that part of the world already. Choose a region of another one.")
        if region not in regions and not options.voice and any(found.voice for found in stacks):
            raise VoiceError(
                f"The coach has a voice in {regions[0]}, and would have none in {region}. Give it along, with VOICE "
                f"and the folder of its packs; or take it out, VOICE={layer.TAKEN_OUT}."
            )
        regions += [region] if region not in regions else []
    return regions


def _notes(stacks: Sequence[Stack], voice: str) -> Iterator[str]:
    """What their owner is told of a voice that is brought, or kept, before it is."""
    if voice and voice != layer.TAKEN_OUT:
        yield from layer.lacking(Path(voice))
    elif not voice:
        for found in stacks:
            yield from layer.outdated(found)


def _called(stacks: Sequence[Stack], live: Addresses) -> Addresses:
    """What the skill is to call. Where no stack is at home, it goes on to call the one that it calls now."""
    endpoints = [found.endpoint for found in stacks]
    regions = {REGIONS[found.region]: found.endpoint for found in stacks} if len(stacks) > 1 else {}
    return Addresses(live.endpoint if live.endpoint in endpoints else endpoints[0], regions)


def main(arguments: Sequence[str] | None = None) -> int:
    """Deploy; the exit status is 1 when something has to be mended first."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description="Bring the coach to an Echo.")
    parser.add_argument("--stage", default="prod", help="which of several stacks (default: %(default)s)")
    parser.add_argument("--alarm-email", default="", help="who is told when an alarm goes off")
    parser.add_argument(
        "--snapstart", default="", choices=["", "None", "PublishedVersions"], help="start from snapshots"
    )
    parser.add_argument("--gradually", default="", choices=["", "true", "false"], help="try a release on a tenth first")
    parser.add_argument("--also", default="", help="one more region, for the people who live near it")
    parser.add_argument("--voice", default="", help="the folder of voice packs; `no` takes the voice out again")
    parser.add_argument("--endpoint", default="", help="an https address of one's own, instead of AWS Lambda")
    parser.add_argument("--site", default="", help="the address under which the pages of docs/ are published")
    parser.add_argument("--new-key", action="store_true", help="hash ids with a new key: nobody is known any more")
    parser.add_argument(
        "--moved", action="store_true", help="what the skill called is gone, so it may call another one"
    )
    parser.add_argument("--new-skill", action="store_true", help="make another skill, in the place of one that is gone")
    options = parser.parse_args(arguments)
    problems = manifest.problems(ROOT)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    try:
        deploy(options)
    except (AccountError, SkillError, VoiceError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
