"""The bundle and the template, as they would be deployed, for every test of them."""

import os
import zipfile
from pathlib import Path

import pytest

from authoring.check import checked
from authoring.content import Library
from authoring.interpreters import RUNTIME, interpreter
from authoring.package import Package, package

ROOT = Path(__file__).parents[2]
RUNTIME_PYTHON = os.environ.get("RUNTIME_PYTHON", f"python{RUNTIME}")


@pytest.fixture(scope="session")
def library() -> Library:
    """All content, without a fault."""
    library, problems = checked(ROOT)
    assert library, problems
    return library


@pytest.fixture(scope="session")
def bundle(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The bundle, made afresh."""
    return package(library, ROOT, tmp_path_factory.mktemp("bundle"), interpreter(RUNTIME_PYTHON))


@pytest.fixture(scope="session")
def unpacked(bundle: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that Lambda would make of the bundle."""
    folder = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(bundle.path) as content:
        content.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def runtime_python() -> str:
    """The Python that the function runs on, where this machine has it."""
    return interpreter(RUNTIME_PYTHON) or pytest.skip(f"no Python {RUNTIME} here: set RUNTIME_PYTHON to its path")
