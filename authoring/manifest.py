"""The skill package that the ASK CLI deploys: the manifest, the interaction models and the icons, in Amazon's layout.

Rule: what belongs to one owner, the address of the function and of the pages, is no part of the repository. It is given
here, and what was not given is left out.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from authoring.icons import icon
from authoring.whole import replacing

SOURCE = Path("infra", "skill-package", "skill.json")
MODELS = Path("interaction_model")
NAME = "skill-package"

ICONS = {"smallIcon": 108, "largeIcon": 512}
"""The icons that Amazon wants, and their sides in pixels."""

PAGES = {"privacyPolicyUrl": "privacy", "termsOfUseUrl": "terms"}
"""The pages of `docs/` that the manifest points to."""


class ManifestError(Exception):
    """The package cannot be made; the message says what to change."""


def assemble(root: Path, out: Path, *, endpoint: str = "", site: str = "") -> Path:
    """Make the folder `skill-package` in `out`, and tell where it is. Raises ManifestError.

    `endpoint` is the ARN of the function's alias or an https address, `site` the address under which the pages of
    `docs/` are published.
    """
    if (out / NAME).resolve() == (root / SOURCE).parent.resolve():
        raise ManifestError(f"{out / NAME} is what the package is made from: choose another folder.")
    with replacing(out / NAME) as package:
        models, images = package / "interactionModels" / "custom", package / "assets" / "images"
        models.mkdir(parents=True)
        images.mkdir(parents=True)
        manifest = json.loads((root / SOURCE).read_text(encoding="utf-8"))
        _address(manifest["manifest"], endpoint, site)
        (package / "skill.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        drawn = {name: icon(side) for name, side in ICONS.items()}
        for model in sorted((root / MODELS).glob("*.json")):
            shutil.copyfile(model, models / model.name)
            for name, png in drawn.items():
                (images / f"{model.stem}_{name}.png").write_bytes(png)
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
