"""The pages that a repository is known by: each link leads somewhere, and each command that is named is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
PICTURES = re.compile(r'(?:src|srcset)="([^"]+)"')
LINKS = re.compile(r"\]\(([^)\s]+)\)")
TARGETS = re.compile(r"^([a-z-]+):", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The headings of a page, as a forge writes them in links."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for link in LINKS.findall(text) + PICTURES.findall(text):
        if not link.startswith("https:"):
            file, _, heading = link.partition("#")
            assert (ROOT / file).exists(), link
            assert not heading or heading in anchors(ROOT / file), link


@pytest.mark.parametrize("name", PAGES)
def test_every_target_that_is_named_is_made(name: str) -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= set(TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def test_what_runs_before_a_commit_and_on_the_forge_is_what_runs_here() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == ["make lint", "make content"]
    (job,) = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}


def test_the_licence_of_the_package_is_the_one_that_lies_beside_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split()[:4] == ["Apache", "License", "Version", "2.0,"]
