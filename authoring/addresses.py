"""The addresses that belong to one owner, and are no part of the repository: what the skill calls, where its pages are.

Rule: a manifest that has them can be asked for them, so that nobody has to give the same address twice.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PARTS_OF_THE_WORLD = ("NA", "EU", "FE")
"""Amazon's names for North America, Europe and the Far East."""

PAGES = {"privacyPolicyUrl": "privacy", "termsOfUseUrl": "terms"}
"""The pages of `docs/` that the manifest points to."""


@dataclass(frozen=True)
class Addresses:
    """`endpoint` is the ARN of the function's alias or an https address, `regions` the same for parts of the world, and
    `site` the address under which the pages of `docs/` are published. What is not known is empty.
    """

    endpoint: str = ""
    regions: dict[str, str] = field(default_factory=dict)
    site: str = ""

    @classmethod
    def of(cls, manifest: Json) -> "Addresses":
        """Those that a manifest has."""
        custom = manifest.get("apis", {}).get("custom", {})
        regions = {part: region["endpoint"]["uri"] for part, region in custom.get("regions", {}).items()}
        privacies = manifest.get("privacyAndCompliance", {}).get("locales", {}).values()
        sites = {privacy.get(url, "").removesuffix(page) for privacy in privacies for url, page in PAGES.items()}
        return cls(custom.get("endpoint", {}).get("uri", ""), regions, max(sites, default="").rstrip("/"))

    def or_else(self, known: "Addresses") -> "Addresses":
        """These, and those that were known where none is given here."""
        regions = self.regions or ({} if self.endpoint else known.regions)
        return Addresses(self.endpoint or known.endpoint, regions, self.site or known.site)

    def put_into(self, manifest: Json) -> None:
        """Have a manifest say them. Without an endpoint there are no events: nobody would be told of them."""
        if self.endpoint:
            called = {"endpoint": _called(self.endpoint)}
            if self.regions:
                called["regions"] = {part: {"endpoint": _called(uri)} for part, uri in sorted(self.regions.items())}
            manifest["apis"]["custom"] |= called
            manifest["events"] |= called
        else:
            del manifest["events"]
        if self.site:
            for privacy in manifest["privacyAndCompliance"]["locales"].values():
                privacy |= {url: f"{self.site.rstrip('/')}/{page}" for url, page in PAGES.items()}


def _called(uri: str) -> Json:
    # For an https address Amazon wants to know who made its certificate: here, somebody that it trusts.
    return {"uri": uri} | ({"sslCertificateType": "Trusted"} if uri.startswith("https:") else {})
