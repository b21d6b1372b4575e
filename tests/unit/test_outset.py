"""What a body is doing as a stream begins, on its way through a token that anybody may have changed."""

import pytest

from coach.conversation.outset import AT_EASE, Outset
from coach.conversation.session import Left, Leg, Session
from coach.persistence.reading import UNREADABLE
from coach.planning import Position, Variation
from coach.speaking.cues import Led

LEFT = Left("pigeon_pose.1.left", Variation.EASIER, (9_000, 12_000), over=True)
LEG = Leg(Position.STANDING, 2)
LED = (Led(12_000, 20_000, 24_000, 50_000), Led(0, 0, 60_000, 90_000))
FULL = Outset(Position.KNEELING, LEG, posed=True, left=LEFT, led=LED, hurried=True, warned_ms=11_000)


@pytest.mark.parametrize("outset", [AT_EASE, FULL])
def test_nothing_of_it_is_lost_on_the_way(outset: Outset) -> None:
    assert Outset.from_token(outset.to_token()) == outset
    assert Outset.of(outset.begun(Session(coached=1))) == outset


def test_what_is_said_apart_from_a_stream_is_not_counted_in_it() -> None:
    later = FULL.later(10_000)
    assert later.left
    assert later.left.told == (0, 2_000)
    assert later.led == ((2_000, 10_000, 14_000, 40_000), (0, 0, 50_000, 80_000))
    assert later.warned_ms == 1_000


@pytest.mark.parametrize(
    "token",
    [
        "",
        ";;0;",
        "flying;;0;;;00;0",
        ";standing;0;;;00;0",
        ";standing:0;0;;;00;0",
        ";;2;;;00;0",
        ";;0;pigeon_pose.1.left:usual:0;;00;0",
        ";;0;pigeon_pose.1.left:usual:2:100;;00;0",
        ";;0;;1:2:3:4:5;00;0",
        ";;0;;1:2:-3;00;0",
        ";;0;;;;00;0",
        ";;0;;;02;0",
        ";;0;;;00;-1",
        ";;0;;;00",
    ],
)
def test_what_is_none_of_ours_is_refused(token: str) -> None:
    with pytest.raises(UNREADABLE):
        Outset.from_token(token)
