"""The skill package that the ASK CLI deploys: the manifest and the icons of `infra/skill-package`, with the listings of
`infra/listings`, and the models.

Rule: what belongs to one owner, the address of the function and of the pages, is no part of the repository. It is given
here, and kept from the package that was made before where it is not.
"""

import json
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from authoring import model_files
from authoring.addresses import Addresses
from authoring.bases import in_order, only_differences
from authoring.content import load
from authoring.document import Document, Where, read
from authoring.overlay import BASE, Laying, at
from authoring.problem import Problem
from authoring.whole import replacing

SOURCE = Path("infra", "skill-package")
VARIETIES = Path("infra", "listings")
"""Where the listing of a locale is that says only how it differs from another one."""

NAME = "skill-package"

ICONS = {"smallIconUri": 108, "largeIconUri": 512}
"""The icons that Amazon wants of each locale, and their sides in pixels."""

SCREEN = "ALEXA_PRESENTATION_APL"
"""The interface without which no device is sent anything to show, nor says what was touched on it."""

PLAYER = "AUDIO_PLAYER"
"""The interface by which a device plays what goes on by itself. It goes with a voice, and Amazon wants the intents to
pause and to resume with it.
"""

LISTINGS: Where = ("manifest", "publishingInformation", "locales")

PNG = b"\x89PNG\r\n\x1a\n"
SIZE = slice(16, 24)
"""Where a PNG has its width and its height. Source: the PNG specification."""


class ManifestError(Exception):
    """The package cannot be made; the message says what to change."""


def problems(root: Path) -> list[Problem]:
    """What is wrong with the manifest and the listings as files, and with the icons that they name."""
    listings, found = _listings(root)
    return [*found, *_screen(read(root / SOURCE / "skill.json"))] + [
        listing.problem((name,), f"{listing.data[name]}: {fault}")
        for listing in listings.values()
        for name, side in ICONS.items()
        if (fault := _icon_fault(root / SOURCE / listing.data[name].removeprefix("file://"), side))
    ]


def _listings(root: Path) -> tuple[dict[str, Document], list[Problem]]:
    """The listings by locale, each whole, and what is wrong with those that have a fault."""
    manifest = read(root / SOURCE / "skill.json")
    if manifest.faults:
        return {}, list(manifest.faults)
    pages = {locale: manifest.part((*LISTINGS, locale)) for locale in at(manifest.data, LISTINGS)}
    pages |= {path.stem: read(path) for path in sorted((root / VARIETIES).glob("*.yaml"))}
    order, problems = in_order(pages)
    listings: dict[str, Document] = {}
    for locale, base in order:
        page = only_differences(pages[locale])
        if page.path.suffix == ".yaml" and not page.faults and not base:
            problems.append(page.problem((), f"`{BASE}` is missing: the locale that this one differs from"))
            continue
        if base in listings and not page.faults:
            laying = Laying(listings[base], page, base)
            laying.lay((), ())
            page = laying.document
        problems.extend(page.faults)
        if not page.faults and (base in listings or not base):
            listings[locale] = page
    return listings, problems


def _screen(manifest: Document) -> Iterator[Problem]:
    """That nothing would be shown: the interface is not named, or for no viewport."""
    where: Where = ("manifest", "apis", "custom")
    custom = {} if manifest.faults else at(manifest.data, where)
    screens = [one for one in custom.get("interfaces", []) if one.get("type") == SCREEN]
    if not manifest.faults and not any(one.get("supportedViewports") for one in screens):
        yield manifest.problem(where, f"the interface {SCREEN} is missing, with the viewports that it is for")


def _icon_fault(path: Path, side: int) -> str | None:
    if not path.is_file():
        return "there is no such file"
    data = path.read_bytes()
    if not data.startswith(PNG) or len(data) < SIZE.stop:
        return "this is no PNG"
    width, height = struct.unpack(">II", data[SIZE])
    return None if width == height == side else f"this has {width} by {height} pixels, and must have {side} by {side}"


def known(out: Path) -> Addresses:
    """The addresses that the package in `out` has; none, if there is no package."""
    made = out / NAME / "skill.json"
    return Addresses.of(json.loads(made.read_text(encoding="utf-8"))["manifest"]) if made.is_file() else Addresses()


def assemble(root: Path, out: Path, addresses: Addresses, *, plays: bool = False) -> Path:
    """Make the folder `skill-package` in `out`, and tell where it is. `plays` is whether the skill has a voice of its
    own. Raises ManifestError.
    """
    if (out / NAME).resolve() == (root / SOURCE).resolve():
        raise ManifestError(f"{out / NAME} is what the package is made from: choose another folder.")
    with replacing(out / NAME) as package:
        shutil.copytree(root / SOURCE, package)
        manifest = json.loads((package / "skill.json").read_text(encoding="utf-8"))
        _varieties(manifest["manifest"], _listings(root)[0])
        addresses.put_into(manifest["manifest"])
        if plays:
            manifest["manifest"]["apis"]["custom"]["interfaces"].append({"type": PLAYER})
        (package / "skill.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        models = package / "interactionModels" / "custom"
        models.mkdir(parents=True)
        for locale, page in model_files.read(root, load(root)[0])[0].items():
            (models / f"{locale}.json").write_text(model_files.written(page), encoding="utf-8")
    return out / NAME


def _varieties(manifest: dict[str, Any], listings: dict[str, Document]) -> None:
    """Put the listings into a manifest, those of varieties too."""
    for locale, listing in listings.items():
        manifest["publishingInformation"]["locales"].setdefault(locale, listing.data)
        manifest["privacyAndCompliance"]["locales"].setdefault(locale, {})
