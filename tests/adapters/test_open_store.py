"""A URL names a store; one that names none is refused with a sentence that says what to change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import ConfigurationError
from coach.persistence.stores import open_store
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.persistence.stores.memory import MemoryStore
from coach.persistence.stores.sqlite import SQLiteStore


def test_memory_is_a_store_of_its_own_each_time() -> None:
    one, other = open_store("memory:"), open_store("memory:")
    assert isinstance(one, MemoryStore)
    assert one is not other


def test_a_path_behind_three_slashes_is_a_file(tmp_path: Path) -> None:
    assert isinstance(open_store(f"sqlite:///{tmp_path}/progress.sqlite"), SQLiteStore)
    assert (tmp_path / "progress.sqlite").is_file()


def test_a_path_without_a_leading_slash_is_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///progress.sqlite")
    assert (tmp_path / "progress.sqlite").is_file()


def test_a_table_is_a_dynamodb_store_and_opening_it_asks_nobody(aws: pytest.MonkeyPatch) -> None:
    aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9")
    assert isinstance(open_store("dynamodb://hip-coach-progress"), DynamoDBStore)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "use memory:, sqlite:///PATH or dynamodb://TABLE"),
        ("redis://localhost", "use memory:, sqlite:///PATH or dynamodb://TABLE"),
        ("memory:kept", "use memory:, sqlite:///PATH or dynamodb://TABLE"),
        ("sqlite:", "three slashes"),
        ("sqlite:///", "three slashes"),
        ("sqlite://progress.sqlite", "three slashes"),
        ("sqlite:////no/such/folder/progress.sqlite", "/no/such/folder"),
        ("dynamodb://", "3 to 255"),
        ("dynamodb://hip coach", "3 to 255"),
        ("dynamodb://hip/coach", "3 to 255"),
    ],
)
def test_a_url_that_names_no_store_is_refused_with_what_to_change(url: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        open_store(url)


def test_a_folder_is_no_progress_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada, " * 100)
    with pytest.raises(ConfigurationError, match=r"letter\.txt cannot be used"):
        open_store(f"sqlite:///{letter}")
    assert letter.read_text() == "Dear Ada, " * 100


def test_a_table_without_a_region_is_refused(aws: pytest.MonkeyPatch) -> None:
    aws.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(ConfigurationError, match="region"):
        open_store("dynamodb://hip-coach-progress")


@pytest.mark.parametrize("url", ["memory:", "sqlite:///progress.sqlite"])
def test_a_store_on_the_laptop_does_not_wait_for_boto3(url: str, tmp_path: Path) -> None:
    opened = f"from coach.persistence.stores import open_store; open_store({url!r})"
    program = f"import sys; {opened}; print('boto3' in sys.modules)"
    python = [sys.executable, "-c", program]
    run = subprocess.run(python, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603
    assert run.stdout.strip() == "False"
