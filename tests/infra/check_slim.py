"""Of ask-sdk nothing is in the bundle that nobody imports, and nothing is missing that somebody does."""

import importlib
import sys
from pathlib import Path

import pytest

from authoring.slim import SLIMMED, lazy
from tests.front_door import FrontDoor
from tests.infra.lone_process import LoneProcess
from tests.infra.whole_conversation import hold_to_it

FOR_PERMISSION = {
    "directive",
    *("interfaces.connections", "interfaces.connections.send_request_directive"),
    *("interfaces.connections.connections_response", "interfaces.connections.connections_status"),
}
"""What is imported where permission for reminders is asked for, and answered."""


def test_every_module_of_the_sdk_in_the_bundle_is_imported_by_somebody(unpacked: Path) -> None:
    with LoneProcess(unpacked) as handler:
        hold_to_it(handler)
        door = FrontDoor(handler)
        door.launch()
        door.intent("SetReminderIntent", {"time": ("19:30", None)})
        imported = handler.imported_in_full()
    files = [path.relative_to(unpacked) for name in SLIMMED for path in (unpacked / name).rglob("*.py")]
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    assert modules - imported <= {f"ask_sdk_model.{name}" for name in FOR_PERMISSION}


def test_a_package_gives_a_name_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "slim_one"
    package.mkdir()
    (package / "__init__.py").write_text(lazy("from .one import One\nfrom .two import Two\n"))
    (package / "one.py").write_text("class One: pass\n")
    (package / "two.py").write_text("raise RuntimeError('nobody asked')\n")
    monkeypatch.syspath_prepend(tmp_path)
    slim_one = importlib.import_module("slim_one")
    assert "slim_one.one" not in sys.modules
    assert slim_one.One.__module__ == "slim_one.one"
    with pytest.raises(AttributeError, match="no attribute 'Three'"):
        _ = slim_one.Three


@pytest.mark.parametrize(
    "source", ["import os\n", "from .one import *\n", "from .one import One as Other\n", "x = 1\n"]
)
def test_a_package_that_does_more_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        lazy(source)
