"""What an answer led out of, on its way through a session that anybody may have changed."""

import pytest

from coach.conversation.session import Left, Session
from coach.persistence.reading import Fields
from coach.planning import Variation


def read(left: object) -> Left | None:
    return Session.from_document(Fields({"left": left})).left


def test_nothing_of_it_is_lost_on_the_way() -> None:
    left = Left("pigeon_pose.1.left", Variation.EASIER, (9_000, 12_000), over=True)
    assert Session.from_document(Fields(Session(left=left).to_document())).left == left


@pytest.mark.parametrize(
    "left",
    [
        "pigeon_pose.1.left",
        ["pigeon_pose", "usual", [1_000], False],
        ["pigeon_pose.one.left", "usual", [1_000], False],
        ["pigeon_pose.0.left", "usual", [1_000], False],
        ["pigeon_pose.1.up", "usual", [1_000], False],
        ["pigeon_pose.1.left", "upside_down", 1_000, False],
        ["pigeon_pose.1.left", "usual", [-1], False],
        ["pigeon_pose.1.left", "usual", [1_000], 1],
        ["pigeon_pose.1.left", "usual", [], False],
        ["pigeon_pose.1.left", "usual", 1_000, False],
        ["pigeon_pose.1.left", "usual"],
    ],
)
def test_what_is_none_of_ours_is_nothing(left: object) -> None:
    assert read(left) is None
