"""A person written down is small, readable, and comes back as it was."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import values
from coach.persistence import changes
from coach.persistence.changes import Change
from coach.persistence.document import VERSION, read, write
from coach.persistence.progress import DAYS_KEPT, WEEKS_KEPT, Preferences, Progress, Went
from coach.persistence.stores.record import Record, saved
from coach.planning import Dose, Place, Plan, Variation
from tests.adapters.people import TODAY, anybody, veteran


@given(anybody)
def test_what_is_kept_aside_is_an_operation_that_can_be_carried(progress: Progress) -> None:
    change = Change.from_list(json.loads(json.dumps(changes.aside(progress.aside).to_list())))
    assert change.made_on(replace(progress, aside=None)) == progress


@given(anybody)
def test_writing_down_loses_nothing(progress: Progress) -> None:
    assert read(write(progress)) == progress


@given(anybody, anybody)
def test_what_was_saved_is_written_as_it_was_and_what_is_new_in_it_anew(progress: Progress, other: Progress) -> None:
    stands = saved(progress)
    assert stands == replace(progress, revision=progress.revision + 1)
    assert stands.document == progress.document == write(progress) == write(stands)
    moved = values.replace(stands, place=other.place, days=other.days)
    assert moved.document == write(moved)


def test_a_document_reads_as_it_is_described() -> None:
    doses = (Dose("pigeon_pose"), Dose("lying_twist", 2, 45_000), Dose("seated_twist", 3, 0, 50_000))
    plan = Plan("planned", doses, "hips", 5, ("seated_lunge", "lying_twist"), ("seated_twist",))
    progress = replace(
        Progress().counted("pigeon_pose", TODAY).counted("lying_twist", TODAY, 7),
        met={"pigeon_pose": 3},
        rests=("2026-W45", "2026-W46"),
        place=Place(plan, "pigeon_pose.1.left", 900, ("lying_twist",)),
        preferences=Preferences(hold_ms={"lying_twist": 45_000}, variations={"pigeon_pose": Variation.EASIER}),
    )
    document = write(progress)
    assert document["ids"] == "lying_twist pigeon_pose seated_twist seated_lunge"
    assert document["days"] == "2026-11 23ba7"
    assert document["weeks"] == "2026 48:1"
    assert document["rests"] == "2026 45 46"
    assert document["met"] == "b3"
    assert document["place"]["plan"]["doses"] == "ba2:45000c3:0:50000"
    assert document["place"]["plan"]["spare"] == "da"
    assert document["place"]["plan"]["gentle"] == "c"
    assert document["place"]["step"] == "pigeon_pose.1.left"
    assert document["place"]["done"] == "a"
    assert document["pref_hold_ms"] == "a45000"
    assert document["pref_variations"] == "easier:b"
    assert "pref_pace" not in document


def test_an_easy_start_reads_as_it_is_described() -> None:
    started = changes.made(
        Progress(),
        [
            changes.easy(True),
            *(changes.rung(exercise, 3) for exercise in ("pigeon_pose", "lying_twist")),
            *(changes.tried(exercise, TODAY, Went.WHOLE) for exercise in ("pigeon_pose", "lying_twist")),
            changes.tried("seated_twist", TODAY + timedelta(days=1), Went.BEGUN),
            changes.tried("pelvic_tilt", TODAY + timedelta(days=1), Went.BROKEN),
        ],
    )
    document = write(started)
    assert document["ids"] == "pigeon_pose lying_twist seated_twist pelvic_tilt"
    assert document["tried"] == "2026-11 23+a+b 24c-d"
    assert (document["pref_easy"], document["pref_rungs"]) == (True, "a3b3")
    assert read(document) == started
    ended = write(changes.made(started, [changes.easy(False)]))
    assert not {"tried", "pref_easy", "pref_rungs"} & ended.keys()


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("tried", "2026-11 23+a+b 24c-d 99+a", {"pigeon_pose", "lying_twist", "seated_twist", "pelvic_tilt"}),
        ("tried", "2026-11 23+a?b 24+z", {"pigeon_pose", "lying_twist"}),
        ("tried", 7, set()),
        ("pref_easy", "yes", {"pigeon_pose"}),
        ("pref_rungs", "a300b1", {"pigeon_pose"}),
    ],
)
def test_of_an_easy_start_only_what_does_not_read_is_lost(field: str, value: object, left: set[str]) -> None:
    document = {"v": VERSION, "ids": "pigeon_pose lying_twist seated_twist pelvic_tilt", "tried": "2026-11 23+a"}
    found = read({**document, "pref_easy": True, "pref_rungs": "b1", field: value})
    assert {*found.trials} == left
    assert found.preferences.rungs == {"lying_twist": 1}
    assert found.preferences.easy is (field != "pref_easy")
    assert found.repaired in ((field,), ())


def test_what_earlier_versions_wrote_has_no_easy_start() -> None:
    assert not read({"v": VERSION, "pref_pace": 85}).preferences.easy


@given(st.lists(st.tuples(st.sampled_from(Went), st.integers(0, 6)), min_size=1, max_size=6), st.randoms())
def test_how_a_week_went_is_the_same_in_whatever_order_it_is_told(
    told: list[tuple[Went, int]], chance: random.Random
) -> None:
    made = [changes.tried("pigeon_pose", TODAY + timedelta(days=days), went) for went, days in told]
    in_order = changes.made(Progress(), made)
    chance.shuffle(made)
    assert changes.made(Progress(), [*made, *made]) == in_order
    assert changes.made(in_order, [changes.tried("pigeon_pose", TODAY - timedelta(days=1), Went.WHOLE)]) == in_order


def test_a_day_of_which_nothing_is_known_any_more_does_not_become_one_like_the_day_before() -> None:
    kept = read({"v": 3, "ids": "lying_twist", "days": "2026-11 22a 23b 24a"})
    assert kept.days == {"2026-11-22": {"lying_twist": 1}, "2026-11-24": {"lying_twist": 1}}
    assert read(write(kept)).days == kept.days


def test_days_of_two_months_say_each_month_once() -> None:
    progress = Progress()
    for day in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)):
        progress = progress.counted("pigeon_pose", day, 1 + (day.day == 30))
    assert write(progress)["days"] == "2026-11 29a 30a2 2026-12 01a"


def test_a_day_like_the_one_before_is_its_number_alone() -> None:
    progress = Progress()
    for day in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)):
        progress = progress.counted("pigeon_pose", day)
    document = write(progress)
    assert document["days"] == "2026-11 29a 30 2026-12 01"
    assert read(document).days == progress.days


def test_a_field_that_is_not_described_belongs_to_a_newer_coach_and_stays() -> None:
    kept = Record(1, {**write(Progress()), "music": {"waves": [1, None, True]}, "pref_music": "waves"})
    after = kept.followed_by(replace(Progress(), revision=1)).document
    assert after
    assert after["music"] == {"waves": [1, None, True]}
    assert after["pref_music"] == "waves"


def test_the_page_about_what_is_stored_tells_of_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page))
    assert {name for name in write(veteran()) if not name.startswith("pref_")} <= told
    assert {"rev", "expires", "account", "voice"} <= told
    assert f"{DAYS_KEPT} days" in page
    assert f"{WEEKS_KEPT} weeks" in page
    versions = re.findall(r"^\| (\d) \|", page, re.MULTILINE)
    assert [int(version) for version in versions] == list(range(1, VERSION + 1))
