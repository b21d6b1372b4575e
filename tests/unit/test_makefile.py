"""The Makefile is one for GNU make 3.81, which macOS has, and what it calls is there on a BSD as well."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEWER_MAKE = re.compile(
    r"^\.(?:ONESHELL|RECIPEPREFIX|SHELLFLAGS|EXTRA_PREREQS|NOTINTERMEDIATE)\b"
    r"|^(?:undefine|private|load)\s|^(?!\t|#).*(?:!=|::=|&:)|\$[({](?:file|guile|let|intcmp)\s",
    re.MULTILINE,
)
"""What came after 3.81, by its own NEWS. In a recipe `!=` is the shell's."""
GNU_SED = re.compile(r"\bsed (?:-\S+ )*(?:-i |-[a-z]*r\b|--)")
"""In place without a suffix, extended by -r, or an option in words."""


@pytest.mark.parametrize(
    "line",
    ["FILES != ls", "FILES ::= a b", "a b &: c", ".ONESHELL:", "undefine A", "\t@echo $(file < a)", "A := ${let b}"],
)
def test_what_a_newer_make_brought_is_found(line: str) -> None:
    assert NEWER_MAKE.search(f"all:\n{line}\n")


def test_the_makefile_asks_for_nothing_that_a_newer_make_brought() -> None:
    assert not NEWER_MAKE.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    assert not NEWER_MAKE.search('A ?= b # $(filter a,$(A))\nall: a\n\t[ "$$A" != b ] && echo $(filter-out c,$(A))\n')


@pytest.mark.parametrize("name", ["Makefile", ".ci/run"])
def test_sed_is_called_as_a_bsd_has_it(name: str) -> None:
    assert GNU_SED.search("sed -i 's/a/b/' c")
    assert GNU_SED.search("echo a | sed -nr 's/(a)/b/'")
    assert not GNU_SED.search("sed -i.bak -E 's/a -r/b/' c")
    assert not GNU_SED.findall((ROOT / name).read_text(encoding="utf-8"))
