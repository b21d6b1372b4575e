"""What every store promises. One test a promise, over all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from coach.errors import ConflictError
from coach.persistence.progress import Applied, Preferences, Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.record import GONE_SECONDS
from tests.adapters.people import TODAY, anybody, beginner, veteran
from tests.adapters.shelves import Shelf

SOMEBODY, SOMEBODY_ELSE = Person("5f2b"), Person("77aa")


def by(session: str, progress: Progress, **changes: Any) -> Progress:
    """The progress as a session writes it."""
    return replace(progress, applied=(Applied(session, 1, "request"),), **changes)


def test_of_somebody_who_was_never_here_there_is_nothing(shelf: Shelf) -> None:
    assert shelf.store.load(SOMEBODY) is None


@pytest.mark.parametrize("progress", [Progress(), beginner(), veteran(years=1)], ids=["new", "beginner", "veteran"])
def test_what_was_saved_is_loaded(shelf: Shelf, progress: Progress) -> None:
    saved = shelf.store.save(SOMEBODY, progress)
    assert saved == replace(progress, revision=1)
    assert shelf.store.load(SOMEBODY) == saved


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(progress=anybody)
def test_any_progress_comes_back_as_it_was(shelf: Shelf, progress: Progress) -> None:
    stands = shelf.store.load(SOMEBODY) or Progress()
    saved = shelf.store.save(SOMEBODY, by("now", progress, revision=stands.revision))
    assert shelf.store.load(SOMEBODY) == saved
    assert replace(saved, revision=0, applied=()) == replace(progress, applied=())


def test_each_save_is_one_revision_more(shelf: Shelf) -> None:
    progress = beginner()
    for revision in (1, 2, 3):
        progress = shelf.store.save(SOMEBODY, by(f"r{revision}", progress, touched=revision))
        assert progress.revision == revision
    assert shelf.store.load(SOMEBODY) == progress


def test_people_do_not_see_each_other(shelf: Shelf) -> None:
    shelf.store.save(SOMEBODY, beginner())
    assert shelf.store.load(SOMEBODY_ELSE) is None
    shelf.store.save(SOMEBODY_ELSE, veteran(years=1))
    assert shelf.store.load(SOMEBODY) == replace(beginner(), revision=1)


def test_a_save_on_what_somebody_else_has_changed_is_refused_and_tells_what_stands(shelf: Shelf) -> None:
    here = there = shelf.store.save(SOMEBODY, beginner())
    stands = shelf.store.save(SOMEBODY, by("there", there, total_days=7))
    with pytest.raises(ConflictError) as refused:
        shelf.store.save(SOMEBODY, by("here", here, total_days=8))
    assert refused.value.stored == stands
    assert shelf.store.load(SOMEBODY) == stands


def test_the_second_of_two_first_saves_is_refused(shelf: Shelf) -> None:
    stands = shelf.store.save(SOMEBODY, by("there", beginner()))
    with pytest.raises(ConflictError) as refused:
        shelf.store.save(SOMEBODY, by("here", beginner()))
    assert refused.value.stored == stands


@pytest.mark.parametrize("before", [0, 1])
def test_a_save_whose_answer_was_lost_can_be_said_again_and_counts_once(shelf: Shelf, before: int) -> None:
    progress = Progress()
    for _ in range(before):
        progress = shelf.store.save(SOMEBODY, by("earlier", progress))
    counted = by("lost", progress.counted("lying_twist", TODAY))
    first = shelf.store.save(SOMEBODY, counted)
    assert shelf.store.save(SOMEBODY, counted) == first
    assert shelf.store.load(SOMEBODY) == first
    assert first.times_on(TODAY, "lying_twist") == 1


def test_a_repeated_request_that_was_saved_on_what_somebody_else_wrote_counts_once(shelf: Shelf) -> None:
    before = shelf.store.save(SOMEBODY, beginner())
    theirs = shelf.store.save(SOMEBODY, by("there", before))
    ours = shelf.store.save(SOMEBODY, by("here", theirs.counted("lying_twist", TODAY)))
    assert shelf.store.save(SOMEBODY, by("here", before.counted("lying_twist", TODAY))) == ours
    assert shelf.store.load(SOMEBODY) == ours


def test_two_saves_without_a_request_are_not_taken_for_one(shelf: Shelf) -> None:
    shelf.store.save(SOMEBODY, Progress())
    with pytest.raises(ConflictError):
        shelf.store.save(SOMEBODY, Progress(total_days=3))


def test_forgetting_leaves_nothing_and_may_be_said_twice(shelf: Shelf) -> None:
    shelf.store.save(SOMEBODY, beginner())
    shelf.store.forget(SOMEBODY)
    shelf.store.forget(SOMEBODY)
    assert shelf.store.load(SOMEBODY) == Progress(revision=3)
    assert not shelf.store.people(SOMEBODY.account)
    assert shelf.store.save(SOMEBODY, replace(beginner(), revision=3)).revision == 4
    assert shelf.store.people(SOMEBODY.account) == [SOMEBODY]


@pytest.mark.parametrize("revision", [0, 1])
def test_a_save_that_was_on_its_way_does_not_bring_back_somebody_who_was_forgotten(shelf: Shelf, revision: int) -> None:
    progress = veteran(years=1)
    if revision:
        progress = shelf.store.save(SOMEBODY, progress)
    shelf.store.forget(SOMEBODY)
    with pytest.raises(ConflictError) as refused:
        shelf.store.save(SOMEBODY, by("later", progress))
    assert refused.value.stored == Progress(revision=revision + 1) == shelf.store.load(SOMEBODY)


def test_of_somebody_who_was_forgotten_it_is_known_when_they_said_so_and_no_more(shelf: Shelf) -> None:
    stands = shelf.store.save(SOMEBODY, veteran(years=1))
    shelf.store.forget(SOMEBODY, stands.revision, 1_795_460_000)
    left = shelf.store.load(SOMEBODY)
    assert left == Progress(revision=2, forgotten=1_795_460_000)
    assert not shelf.store.people(SOMEBODY.account)
    again = shelf.store.save(SOMEBODY, replace(left, welcomed=True))
    assert shelf.store.load(SOMEBODY) == again == replace(left, welcomed=True, revision=3)


def test_a_deletion_that_comes_late_takes_nothing_that_was_written_since(shelf: Shelf) -> None:
    before = shelf.store.save(SOMEBODY, beginner())
    since = shelf.store.save(SOMEBODY, by("since", before.counted("lying_twist", TODAY)))
    with pytest.raises(ConflictError) as refused:
        shelf.store.forget(SOMEBODY, before.revision)
    assert refused.value.stored == since == shelf.store.load(SOMEBODY)
    shelf.store.forget(SOMEBODY, since.revision)
    assert shelf.store.load(SOMEBODY) == Progress(revision=since.revision + 1)


def test_after_a_day_nothing_at_all_lies_there_of_somebody_who_was_forgotten(shelf: Shelf) -> None:
    somebody_else = replace(beginner(), touched=int(time()))
    stands = shelf.store.save(SOMEBODY_ELSE, somebody_else)
    shelf.store.save(SOMEBODY, beginner())
    shelf.store.forget(SOMEBODY)
    shelf.wait(GONE_SECONDS - 60)
    stands = shelf.store.save(SOMEBODY_ELSE, by("in the day", stands))
    assert shelf.store.load(SOMEBODY) == Progress(revision=2)
    shelf.wait(120)
    assert shelf.store.load(SOMEBODY) is None
    shelf.store.save(SOMEBODY_ELSE, by("after it", stands))
    assert not shelf.lies(SOMEBODY)
    assert shelf.lies(SOMEBODY_ELSE)
    assert shelf.store.save(SOMEBODY, beginner()).revision == 1


@pytest.mark.parametrize("preference", [False, True], ids=["field", "preference"])
def test_what_a_newer_coach_has_written_survives_a_save(shelf: Shelf, preference: bool) -> None:
    progress = shelf.store.save(SOMEBODY, beginner())
    shelf.add(SOMEBODY, "mood_music", "waves", preference=preference)
    loaded = shelf.store.load(SOMEBODY)
    assert loaded == progress
    shelf.store.save(SOMEBODY, by("later", progress))
    assert shelf.has(SOMEBODY, "mood_music", "waves", preference=preference)


def test_a_preference_that_was_set_back_is_gone(shelf: Shelf) -> None:
    progress = shelf.store.save(SOMEBODY, veteran(years=1))
    usual = shelf.store.save(SOMEBODY, by("later", progress, preferences=Preferences()))
    assert shelf.store.load(SOMEBODY) == usual


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("days", 7, {"days": {}}),
        ("weeks", "2026 47:9 48:2 99:1", {"weeks": {"2026-W48": 2}}),
        ("at", "yesterday", {"touched": 0}),
        ("at", 10**15, {"touched": 0}),
        ("place", {"plan": [], "step": "nowhere"}, {"place": None}),
        ("zones", ["Europe/Berlin"], {"zones": ()}),
    ],
)
def test_a_field_that_does_not_read_is_told_and_nothing_else_is_lost_with_it(
    shelf: Shelf, field: str, value: object, lost: dict[str, Any]
) -> None:
    shelf.store.save(SOMEBODY, veteran(years=1))
    shelf.add(SOMEBODY, "mood_music", "waves")
    shelf.spoil(SOMEBODY, field, value)
    stored = shelf.store.load(SOMEBODY)
    assert stored
    assert stored == replace(veteran(years=1), revision=1, **lost)
    assert {name.split(".")[0] for name in stored.repaired} == {field}
    shelf.store.save(SOMEBODY, by("later", stored))
    sound = shelf.store.load(SOMEBODY)
    assert sound
    assert sound == by("later", replace(stored, revision=2))
    assert not sound.repaired
    assert shelf.has(SOMEBODY, "mood_music", "waves")


@pytest.mark.parametrize(("name", "usual"), [("pace", 100), ("holds", 100), ("weekly_goal", 4), ("mode", "exercise")])
@pytest.mark.parametrize("value", [0, -1, 99, 10**12, "100", None, [], {"a": 1}, True])
def test_a_preference_that_nobody_can_choose_is_the_usual_one(
    shelf: Shelf, name: str, usual: object, value: object
) -> None:
    shelf.store.save(SOMEBODY, beginner())
    shelf.spoil(SOMEBODY, f"pref_{name}", value)
    stored = shelf.store.load(SOMEBODY)
    assert stored
    assert stored.repaired == (f"pref_{name}",)
    assert getattr(stored.preferences, name) == usual


def test_what_cannot_be_read_at_all_locks_nobody_out(shelf: Shelf) -> None:
    shelf.store.save(SOMEBODY, beginner())
    neighbour = shelf.store.save(SOMEBODY_ELSE, beginner())
    shelf.ruin(SOMEBODY)
    progress = shelf.store.load(SOMEBODY) or Progress()
    for days in (1, 2):
        progress = shelf.store.save(SOMEBODY, by(f"{days}", progress, total_days=days))
        assert shelf.store.load(SOMEBODY) == progress
    assert progress.total_days == 2
    assert shelf.store.load(SOMEBODY_ELSE) == neighbour


def test_whoever_cannot_be_read_at_all_can_be_forgotten(shelf: Shelf) -> None:
    shelf.store.save(SOMEBODY, beginner())
    shelf.ruin(SOMEBODY)
    shelf.store.forget(SOMEBODY)
    assert (shelf.store.load(SOMEBODY) or Progress()).total_days == 0
    assert shelf.store.people(SOMEBODY.account) == []


def test_progress_is_there_when_the_store_is_opened_again(shelf: Shelf) -> None:
    saved = shelf.store.save(SOMEBODY, veteran(years=1))
    assert shelf.reopened().load(SOMEBODY) == saved


def test_of_many_saves_at_once_exactly_one_wins(busy_shelf: Shelf) -> None:
    progress = busy_shelf.store.save(SOMEBODY, beginner())

    def attempt(speaker: int) -> bool:
        try:
            busy_shelf.store.save(SOMEBODY, by(f"speaker-{speaker}", progress, total_days=speaker))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as speakers:
        won = list(speakers.map(attempt, range(8)))
    assert won.count(True) == 1
    stands = busy_shelf.store.load(SOMEBODY)
    assert stands is not None
    assert stands.revision == 2
    assert stands.total_days == won.index(True)


def test_speakers_that_take_up_what_stands_lose_nothing(busy_shelf: Shelf) -> None:
    busy_shelf.store.save(SOMEBODY, Progress())
    with ThreadPoolExecutor(8) as speakers:
        list(speakers.map(lambda speaker: _count_four(busy_shelf.store, f"speaker-{speaker}"), range(8)))
    stands = busy_shelf.store.load(SOMEBODY)
    assert stands is not None
    assert stands.times_on(TODAY, "pelvic_tilt") == 32


def _count_four(store: ProgressRepository, speaker: str) -> None:
    progress = store.load(SOMEBODY) or Progress()
    for turn in range(4):
        while True:
            counted = by(f"{speaker}-{turn}", progress.counted("pelvic_tilt", TODAY))
            try:
                progress = store.save(SOMEBODY, counted)
                break
            except ConflictError as conflict:
                progress = conflict.stored
