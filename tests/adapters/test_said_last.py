"""Of a setting that is changed on two speakers, what was said last holds, whichever is written later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.persistence.changes import (
    SETTLED_SECONDS,
    Change,
    Delta,
    brought_back,
    hold,
    left_out,
    made,
    made_again,
    pace,
    settled,
    usual_holds,
    weekly_goal,
)
from coach.persistence.progress import Preferences, Progress

EARLIER, LATER = 1_795_460_000, 1_795_460_060


def kept(progress: Progress, when: int, *changes: Change) -> Progress:
    """After a turn of another speaker that was written."""
    return settled(made(progress, changes), [Delta(when, changes)])


@pytest.mark.parametrize(
    ("first", "then", "preferred"),
    [
        ([weekly_goal(2)], [weekly_goal(5)], Preferences(weekly_goal=5)),
        ([weekly_goal(2)], [pace(115)], Preferences(weekly_goal=2, pace=115)),
        ([left_out("bridge")], [brought_back("bridge")], Preferences()),
        ([left_out("bridge")], [left_out("cat_cow")], Preferences(left_out=("cat_cow", "bridge"))),
        ([hold("bridge", 40_000)], [hold("bridge", 60_000)], Preferences(hold_ms={"bridge": 60_000})),
        ([hold("bridge", 40_000)], [usual_holds()], Preferences()),
        ([usual_holds()], [hold("bridge", 60_000)], Preferences(hold_ms={"bridge": 60_000})),
    ],
    ids=str,
)
def test_what_could_not_be_written_leaves_what_was_said_after_it(
    first: Sequence[Change], then: Sequence[Change], preferred: Preferences
) -> None:
    standing = kept(made(Progress(), [hold("cat_cow", 50_000)]), LATER, *then)
    if not {usual_holds()} & {*first, *then}:
        preferred = Preferences(**{**vars(preferred), "hold_ms": {"cat_cow": 50_000, **preferred.hold_ms}})
    assert made_again(standing, "session", [Delta(EARLIER, tuple(first))]).preferences == preferred
    assert made_again(standing, "session", [Delta(LATER + 1, tuple(first))]) == made(standing, first)


def test_a_setting_that_is_written_late_is_not_taken_for_one_that_was_said_late() -> None:
    standing = kept(kept(Progress(), LATER, weekly_goal(5)), EARLIER, weekly_goal(2))
    assert standing.settled == (("weekly_goal", LATER),)


def test_when_a_setting_was_said_is_forgotten_after_a_day() -> None:
    standing = kept(kept(Progress(), EARLIER, weekly_goal(5)), EARLIER + SETTLED_SECONDS, pace(115))
    assert standing.settled == (("pace", EARLIER + SETTLED_SECONDS),)
