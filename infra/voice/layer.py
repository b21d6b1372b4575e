"""The voice packs as a layer of the function: which may go along, and how they get to AWS.

Rule: packs are looked at before anything is made, and no coach is deployed with what it could not start with. The layer
has a stack of its own, so that whoever deploys the coach the next time, in whatever clone, need not have the packs.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from authoring.whole import replacing
from coach.errors import ConfigurationError
from coach.reels.pack import SUFFIX, VERSION, packs_in
from coach.speaking.content import best_locale, load
from coach.speaking.phrasebook import Phrasebook
from infra import stack
from infra.account import AccountError, client, told_in_words
from infra.stack import Stack
from infra.voice import vocabulary

TEMPLATE = Path("infra", "voice", "layer.yaml")
MADE = Path("build", "voice-layer.zip")
"""As in the template."""

FOLDER = "voice"
"""Where the packs are in the layer, which Lambda puts under /opt: HIP_COACH_VOICE in infra/template.yaml."""

TAKEN_OUT = "no"
"""What is given in the place of a folder by whoever wants the voice out of the skill again."""

LARGEST = 230_000_000
"""So many bytes of packs may go along. Lambda has room for 262,144,000, unpacked, and the bundle takes some of that.
Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

ELSEWHERE = (
    "VOICE goes with AWS Lambda. What answers at an address of your own finds its packs by HIP_COACH_VOICE and "
    "HIP_COACH_SHELF there: deploy without VOICE."
)

_SPOKEN_BY_THE_DEVICE = (
    "an answer with one of those is spoken by the device. `make voice` makes them alone, and `make deploy` with VOICE "
    "brings them."
)

_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16


class VoiceError(Exception):
    """These packs cannot go along; the message says what to do."""


def packs(folder: Path) -> list[Path]:
    """The packs in a folder, each of which the coach can read. Raises VoiceError."""
    try:
        packs_in(folder)
    except ConfigurationError as error:
        raise VoiceError(str(error)) from None
    found = sorted(folder.glob(f"*{SUFFIX}"))
    size = sum(path.stat().st_size for path in found)
    if size > LARGEST:
        raise VoiceError(
            f"The voice packs in {folder} have {size / 1e6:.0f} MB, and AWS Lambda has room for {LARGEST / 1e6:.0f}: "
            "take a locale away, or make them with fewer paces."
        )
    return found


def make(folder: Path) -> None:
    """Make the layer of the packs in a folder: the same bytes whenever they are the same packs. Raises VoiceError."""
    found = packs(folder)
    with replacing(MADE) as path, zipfile.ZipFile(path, "w") as made:
        for pack in found:
            entry = zipfile.ZipInfo(f"{FOLDER}/{pack.name}", _MIDNIGHT)
            entry.external_attr, entry.create_system = _READABLE, 3
            made.writestr(entry, pack.read_bytes())


def check_known(there: Stack) -> None:
    """Raises VoiceError where the coach could not read the packs that a stack has."""
    if there.voice and not there.voice.rpartition(":")[0].endswith(f"-{VERSION}"):
        raise VoiceError(
            f"The voice packs in {there.region} are of another version, and the coach would not start with them: make "
            f"them anew with `make voice`, and give them along, VOICE=build/voice. Or take them out, VOICE={TAKEN_OUT}."
        )


def lacking(folder: Path) -> Iterator[str]:
    """A sentence about each pack in a folder that has not all that the coach says today."""
    for locale, pack in packs_in(folder).items():
        said = _said(locale)
        if silent := sum(pack.clip_ms(text, 100) is None for text in said):
            yield f"The voice pack of {locale} lacks {silent} of {len(said)} texts: {_SPOKEN_BY_THE_DEVICE}"


def outdated(there: Stack) -> Iterator[str]:
    """A sentence where a stack has packs, and the coach says other things than on the day when they were brought."""
    before = ""
    # It is no more than a note: who may not look is not kept from what they came for.
    with suppress(AccountError):
        before = _outputs(_name(there.name), there.region).get("Texts", "") if there.voice else ""
    if before != " ".join(_mark(text.partition(":")[0]) for text in before.split()):
        yield f"The coach has other texts since {there.region} got its voice: {_SPOKEN_BY_THE_DEVICE}"


def deploy(stage: str, region: str, folder: Path) -> str:
    """Bring the packs in a folder to a region, and tell the name that AWS has for their layer. Raises AccountError or
    VoiceError.
    """
    make(folder)
    name = _name(stack.name(stage))
    texts = " ".join(map(_mark, packs_in(folder)))
    stack.bring(TEMPLATE, name, region, {"Stage": stage, "PackVersion": str(VERSION), "Texts": texts})
    return _outputs(name, region)["Layer"]


def _name(coach: str) -> str:
    return f"{coach}-voice"


def _outputs(name: str, region: str) -> dict[str, str]:
    with told_in_words():
        (found,) = client("cloudformation", region).describe_stacks(StackName=name)["Stacks"]
    return {output["OutputKey"]: str(output["OutputValue"]) for output in found.get("Outputs", [])}


def _said(locale: str) -> Sequence[str]:
    return vocabulary.texts(Phrasebook(load(best_locale(locale))))


def _mark(locale: str) -> str:
    """What is another one as soon as a text is another one."""
    return f"{locale}:{blake2b(chr(0).join(_said(locale)).encode(), digest_size=8).hexdigest()}"
