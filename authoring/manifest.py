"""The skill package that the ASK CLI deploys: the manifest and the icons of `infra/skill-package`, and the models.

Rule: what belongs to one owner, the address of the function and of the pages, is no part of the repository. It is given
here, and what was not given is left out.
"""

import json
import shutil
import struct
from pathlib import Path
from typing import Any

from authoring.document import Where, read
from authoring.problem import Problem
from authoring.whole import replacing

SOURCE = Path("infra", "skill-package")
MODELS = Path("interaction_model")
NAME = "skill-package"

ICONS = {"smallIconUri": 108, "largeIconUri": 512}
"""The icons that Amazon wants of each locale, and their sides in pixels."""

LISTINGS: Where = ("manifest", "publishingInformation", "locales")

PNG = b"\x89PNG\r\n\x1a\n"
SIZE = slice(16, 24)
"""Where a PNG has its width and its height. Source: the PNG specification."""

PAGES = {"privacyPolicyUrl": "privacy", "termsOfUseUrl": "terms"}
"""The pages of `docs/` that the manifest points to."""


class ManifestError(Exception):
    """The package cannot be made; the message says what to change."""


def problems(root: Path) -> list[Problem]:
    """What is wrong with the manifest as a file, and with the icons that it names."""
    document = read(root / SOURCE / "skill.json")
    if document.faults:
        return list(document.faults)
    return [
        document.problem((*LISTINGS, locale, name), f"{listing[name]}: {fault}")
        for locale, listing in document.data["manifest"]["publishingInformation"]["locales"].items()
        for name, side in ICONS.items()
        if (fault := _icon_fault(root / SOURCE / listing[name].removeprefix("file://"), side))
    ]


def _icon_fault(path: Path, side: int) -> str | None:
    if not path.is_file():
        return "there is no such file"
    data = path.read_bytes()
    if not data.startswith(PNG) or len(data) < SIZE.stop:
        return "this is no PNG"
    width, height = struct.unpack(">II", data[SIZE])
    return None if width == height == side else f"this has {width} by {height} pixels, and must have {side} by {side}"


def assemble(root: Path, out: Path, *, endpoint: str = "", site: str = "") -> Path:
    """Make the folder `skill-package` in `out`, and tell where it is. Raises ManifestError.

    `endpoint` is the ARN of the function's alias or an https address, `site` the address under which the pages of
    `docs/` are published.
    """
    if (out / NAME).resolve() == (root / SOURCE).resolve():
        raise ManifestError(f"{out / NAME} is what the package is made from: choose another folder.")
    with replacing(out / NAME) as package:
        shutil.copytree(root / SOURCE, package)
        manifest = json.loads((package / "skill.json").read_text(encoding="utf-8"))
        _address(manifest["manifest"], endpoint, site)
        (package / "skill.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        models = package / "interactionModels" / "custom"
        models.mkdir(parents=True)
        for model in sorted((root / MODELS).glob("*.json")):
            shutil.copyfile(model, models / model.name)
    return out / NAME


def _address(manifest: dict[str, Any], endpoint: str, site: str) -> None:
    if endpoint:
        # For an https address Amazon wants to know who made its certificate: here, somebody that it trusts.
        certificate = {"sslCertificateType": "Trusted"} if endpoint.startswith("https:") else {}
        called = {"uri": endpoint} | certificate
        manifest["apis"]["custom"]["endpoint"] = manifest["events"]["endpoint"] = called
    else:
        del manifest["events"]
    if site:
        for privacy in manifest["privacyAndCompliance"]["locales"].values():
            privacy |= {url: f"{site.rstrip('/')}/{page}" for url, page in PAGES.items()}
