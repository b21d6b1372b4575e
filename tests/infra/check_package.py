"""The bundle is the same each time, small, and holds all that the coach needs and nothing else."""

import hashlib
import re
import sys
import tomllib
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from authoring.content import Library
from authoring.interpreters import RUNTIME, interpreter
from authoring.package import LOCK, MAX_BYTES, Package, PackageError, fetched, package
from coach.speaking.content import module_name
from tests.front_door import FrontDoor
from tests.infra.conftest import ROOT, RUNTIME_PYTHON
from tests.infra.lone_process import LoneProcess
from tests.infra.whole_conversation import hold_to_it

OURS = {"coach", "lambda_function"}
BROUGHT_BY_THE_RUNTIME = {"python-dateutil"}


def names(bundle: Package) -> list[str]:
    with zipfile.ZipFile(bundle.path) as content:
        return content.namelist()


def locked() -> dict[str, str]:
    text = (ROOT / LOCK).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==(\S+)", text, re.MULTILINE))


def test_two_bundles_of_the_same_sources_are_the_same_byte_for_byte(
    library: Library, bundle: Package, tmp_path: Path
) -> None:
    again = package(library, ROOT, tmp_path, interpreter(RUNTIME_PYTHON))
    assert again.path.read_bytes() == bundle.path.read_bytes()


@pytest.fixture
def earlier(bundle: Package, tmp_path: Path) -> Path:
    """A bundle of an earlier time."""
    path = tmp_path / bundle.path.name
    path.write_bytes(b"of an earlier time")
    return path


def test_a_bundle_that_is_too_large_leaves_the_one_that_is_there(
    library: Library, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("authoring.package.MAX_BYTES", 1_000)
    with pytest.raises(PackageError, match="larger than 1000 bytes"):
        package(library, ROOT, earlier.parent, compiler=None)
    assert earlier.read_bytes() == b"of an earlier time"


def test_a_bundle_that_dies_in_the_middle_leaves_the_one_that_is_there(
    library: Library, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = zipfile.ZipFile.writestr

    def dying(to: zipfile.ZipFile, entry: zipfile.ZipInfo, *rest: Any, **named: Any) -> None:
        written(to, entry, *rest, **named)
        if entry.filename.startswith("coach/"):
            raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "writestr", dying)
    with pytest.raises(KeyboardInterrupt):
        package(library, ROOT, earlier.parent, compiler=None)
    assert earlier.read_bytes() == b"of an earlier time"


def test_the_bundle_is_no_larger_than_it_may_be(bundle: Package) -> None:
    assert bundle.path.stat().st_size < MAX_BYTES


def test_the_bundle_holds_python_and_content_and_time_zones_and_roots_and_nothing_else(bundle: Package) -> None:
    locales = {path.name for path in (ROOT / "content" / "locales").iterdir()}
    others = {name for name in names(bundle) if not name.endswith((".py", ".pyc"))}
    zones = {name for name in others if name.startswith("tzdata/zoneinfo/")}
    roots = "coach/persistence/stores/amazon-roots.pem"
    assert others - zones == {roots, *(f"coach/compiled/{page}.json" for page in (*locales, "poses", "screen"))}
    assert {"tzdata/zoneinfo/Europe/Berlin", "tzdata/zoneinfo/UTC"} <= zones


def test_the_prompts_of_each_locale_are_in_the_bundle_and_no_others(bundle: Package) -> None:
    locales = {folder.name for folder in (ROOT / "content" / "locales").iterdir()}
    modules = {name for name in names(bundle) if re.fullmatch(r"coach/compiled/\w+\.py", name)}
    assert modules == {f"coach/compiled/{module_name(locale)}.py" for locale in locales}


def test_neither_build_tools_nor_what_the_runtime_brings_are_in_the_bundle(bundle: Package) -> None:
    at_the_top = {name.partition("/")[0].removesuffix(".py") for name in names(bundle)} - {"__pycache__"}
    modules = {name.replace("-", "_") for name in locked()}
    assert at_the_top == OURS | modules


def test_the_bundle_coaches_with_nothing_installed_and_uses_all_that_it_brings(unpacked: Path) -> None:
    with LoneProcess(unpacked) as handler:
        hold_to_it(handler)
        door = FrontDoor(handler)
        door.launch()
        door.attributes["progress"]["zone"] = "Europe/Berlin"
        door.intent("AMAZON.HelpIntent")
        imported = handler.imported()
    assert {name.replace("-", "_") for name in locked()} <= imported


def test_the_bundle_coaches_on_the_python_of_the_runtime(unpacked: Path, runtime_python: str) -> None:
    with LoneProcess(unpacked, runtime_python) as handler:
        hold_to_it(handler)


def test_the_bundle_knows_the_time_zones_where_the_machine_has_none(unpacked: Path) -> None:
    with LoneProcess(unpacked) as handler:
        assert handler.ahead("Europe/Berlin") == timedelta(hours=2)


@pytest.mark.usefixtures("runtime_python")
def test_every_module_comes_compiled_and_is_not_checked_again(unpacked: Path) -> None:
    tag = f"cpython-{RUNTIME.replace('.', '')}"
    for path in unpacked.rglob("*.py"):
        compiled = path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc"
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01, path


def test_without_a_compiler_the_bundle_has_sources_only(library: Library, tmp_path: Path) -> None:
    made = package(library, ROOT, tmp_path, compiler=None)
    assert not made.bytecode
    assert not [name for name in names(made) if name.endswith(".pyc")]


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module as a package, the only one that can be had."""
    wheel = tmp_path / "stand_still-1.0-py3-none-any.whl"
    about = "stand_still-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as module:
        module.writestr("stand_still.py", "")
        module.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: stand-still\nVersion: 1.0\n")
        module.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        module.writestr(f"{about}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", tmp_path.as_uri())
    return wheel


def a_lock(root: Path, digest: str) -> None:
    lock = root / LOCK
    lock.parent.mkdir(parents=True)
    lock.write_text(f"stand-still==1.0 --hash=sha256:{digest}")


def test_a_module_that_is_not_the_locked_one_is_refused(tmp_path: Path, offered: Path) -> None:
    a_lock(tmp_path, "0" * 64)
    with pytest.raises(PackageError, match="DO NOT MATCH THE HASHES"):
        fetched(tmp_path)


def test_what_is_fetched_once_is_there_without_a_network(tmp_path: Path, offered: Path) -> None:
    a_lock(tmp_path, hashlib.sha256(offered.read_bytes()).hexdigest())
    folder = fetched(tmp_path)
    offered.unlink()
    assert fetched(tmp_path) == folder
    assert [path.name for path in folder.iterdir()] == ["stand_still.py"]


def test_the_lock_pins_each_module_with_hashes_and_names_no_host() -> None:
    text = (ROOT / LOCK).read_text(encoding="utf-8")
    for requirement in text.replace("\\\n", "").splitlines()[1:]:
        assert re.fullmatch(r"[\w-]+==[\w.]+( +--hash=sha256:[0-9a-f]{64})+", requirement.strip()), requirement[:80]
    assert "://" not in text


def test_the_lock_satisfies_what_the_project_asks_for() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pinned = locked()
    for requirement in map(Requirement, wanted):
        if requirement.name not in BROUGHT_BY_THE_RUNTIME:
            assert requirement.specifier.contains(pinned[requirement.name.lower()]), str(requirement)


def test_the_answers_do_not_depend_on_the_python_that_gives_them(unpacked: Path, runtime_python: str) -> None:
    told = []
    for python in (sys.executable, runtime_python):
        with LoneProcess(unpacked, python) as handler:
            told.append([reply.ssml for reply in hold_to_it(handler)])
    assert told[0] == told[1]
