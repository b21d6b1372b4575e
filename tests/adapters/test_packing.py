"""Packed progress is small, readable, and comes back as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given

from coach.persistence.document import SCHEMA_VERSION, pack, unpack
from coach.persistence.progress import DAYS_KEPT, WEEKS_KEPT, Preferences, Progress
from coach.planning.exercises import Variation
from coach.planning.plan import Dose, Place, Plan
from tests.adapters.people import TODAY, anybody, veteran


@given(anybody)
def test_packing_loses_nothing(progress: Progress) -> None:
    document = progress.to_document()
    assert Progress.from_document(unpack(pack(document))) == progress
    assert {*unpack(pack(document))} == {*document}


def test_packed_progress_reads_as_it_is_described() -> None:
    plan = Plan("planned", (Dose("pigeon_pose"), Dose("lying_twist", 2, 45_000)), "hips", 5)
    progress = replace(
        Progress().counted("pigeon_pose", TODAY).counted("lying_twist", TODAY, 7),
        met={"pigeon_pose": 3},
        rests=("2026-W45", "2026-W46"),
        place=Place(plan, "pigeon_pose.left.1", 900, ("lying_twist",)),
        preferences=Preferences(hold_ms={"lying_twist": 45_000}, variations={"pigeon_pose": Variation.EASIER}),
    )
    packed = pack(progress.to_document())
    assert packed["ids"] == "lying_twist pigeon_pose"
    assert packed["days"] == "2026-11 23ba7"
    assert packed["weeks"] == "2026 48:1"
    assert packed["rests"] == "2026 45 46"
    assert packed["met"] == "b3"
    assert packed["place"]["plan"]["doses"] == "ba2:45000"
    assert packed["place"]["done"] == "a"
    assert packed["pref_hold_ms"] == "a45000"
    assert packed["pref_variations"] == "easier:b"


def test_days_of_two_months_say_each_month_once() -> None:
    progress = Progress()
    for day in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)):
        progress = progress.counted("pigeon_pose", day, 1 + (day.day == 30))
    assert pack(progress.to_document())["days"] == "2026-11 29a 30a2 2026-12 01a"


def test_a_day_like_the_one_before_is_its_number_alone() -> None:
    progress = Progress()
    for day in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)):
        progress = progress.counted("pigeon_pose", day)
    packed = pack(progress.to_document())
    assert packed["days"] == "2026-11 29a 30 2026-12 01"
    assert Progress.from_document(unpack(packed)).days == progress.days


def test_a_field_that_is_not_described_is_kept_under_its_own_name() -> None:
    document = {**Progress().to_document(), "music": {"waves": [1, None, True]}}
    assert pack(document)["music"] == {"waves": [1, None, True]}
    assert unpack(pack(document))["music"] == {"waves": [1, None, True]}


def test_the_page_about_the_table_tells_of_every_attribute_of_an_item() -> None:
    page = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page))
    assert {name for name in pack(veteran().to_document()) if not name.startswith("pref_")} <= told
    assert {"rev", "expires", "account", "voice"} <= told
    assert f"{DAYS_KEPT} days" in page
    assert f"{WEEKS_KEPT} weeks" in page
    versions = re.findall(r"^\| (\d) \|", page, re.MULTILINE)
    assert [int(version) for version in versions] == list(range(1, SCHEMA_VERSION + 1))
