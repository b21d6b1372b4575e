"""The Python of the function is found behind a version manager, and without it no bundle is made unawares."""

import os
from pathlib import Path

import pytest

from authoring.__main__ import main
from authoring.interpreters import RUNTIME, interpreter
from tests.infra.conftest import ROOT

NAME = f"python{RUNTIME}"


def _program(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is on the path, and no version manager's variables."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    for name in ("PYENV_ROOT", "ASDF_DATA_DIR", "MISE_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_one_that_is_on_the_path_is_taken(path: Path, tmp_path: Path) -> None:
    found = _program(path / NAME, f"echo {RUNTIME}")
    assert interpreter(NAME, tmp_path) == str(found)


def test_one_of_another_version_is_not(path: Path, tmp_path: Path) -> None:
    _program(path / NAME, "echo 3.9")
    assert interpreter(NAME, tmp_path) is None


@pytest.mark.parametrize("kept", ["versions/3.13.0/bin", "installs/python/3.13.1/bin"])
def test_the_one_behind_a_shim_that_starts_nothing_is_found(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    shim = _program(tmp_path / "manager/shims" / NAME, "echo command not found >&2; exit 127")
    real = _program(tmp_path / "manager" / kept / NAME, f"echo {RUNTIME}")
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{path}{os.pathsep}/bin")
    assert interpreter(NAME, tmp_path) == str(real)


@pytest.mark.parametrize(
    "kept",
    [".pyenv/versions/3.13.2/bin", ".asdf/installs/python/3.13.2/bin", ".local/share/uv/python/cpython-3.13/bin"],
)
def test_one_that_a_manager_keeps_is_found_where_no_shim_is_on_the_path(kept: str, path: Path, tmp_path: Path) -> None:
    real = _program(tmp_path / kept / NAME, f"echo {RUNTIME}")
    assert interpreter(NAME, tmp_path) == str(real)


def test_without_it_no_bundle_is_made_and_it_is_told_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["package", "--root", str(ROOT), "--out", str(tmp_path), "--python", "python0.0"]) == 1
    assert "RUNTIME_PYTHON=" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
