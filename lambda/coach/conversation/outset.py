"""What a body is doing as an answer begins, and is told before it moves: whoever speaks up in its middle is further on
from there.

Rule: it is never stored. A session carries it, and the token of a stream, as that has no session.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.conversation.session import Left, Leg, Session, read_led, read_left, read_leg
from coach.persistence.reading import WORK_MS_MOST, digits, one_of, signs, words
from coach.planning import Position
from coach.speaking.cues import Led
from coach.values import replace

BETWEEN, WITHIN = ";", ":"
"""What stands between the parts of a token, and between the fields of a part."""

_LENGTH, _YES = digits(0, WORK_MS_MOST), {"0": False, "1": True}


@dataclass(frozen=True)
class Outset:
    """What a session has of it, by the names that it has there."""

    body: str = ""
    leg: Leg | None = None
    posed: bool = False
    left: Left | None = None
    led: tuple[Led, ...] = ()
    announced: bool = False
    hurried: bool = False
    warned_ms: int = 0

    @classmethod
    def of(cls, session: Session) -> Outset:
        """That of the answer that a session has had last."""
        return cls(**{name: getattr(session, name) for name in vars(AT_EASE)})

    def begun(self, session: Session) -> Session:
        """A session that begins in the middle of the answer."""
        return replace(session, **vars(self))

    def later(self, ms: int) -> Outset:
        """The same for an answer of which so much was said apart."""
        left = self.left and replace(self.left, told=tuple(max(told - ms, 0) for told in self.left.told))
        led = tuple(Led(*(max(moment - ms, 0) for moment in one)) for one in self.led)
        return replace(self, left=left, led=led, warned_ms=max(self.warned_ms - ms, 0))

    def to_token(self) -> str:
        """As a word."""
        leg, left = self.leg, self.left
        parts = (
            self.body,
            _joined(leg.came_from, leg.moved) if leg else "",
            f"{self.posed:d}",
            _joined(left.step, left.variation, f"{left.over:d}", *left.told) if left else "",
            " ".join(_joined(*one) for one in self.led),
            f"{self.announced:d}{self.hurried:d}",
            str(self.warned_ms),
        )
        return BETWEEN.join(parts)

    @classmethod
    def from_token(cls, token: str) -> Outset:
        """The inverse of `to_token`. Raises one of UNREADABLE for what is none of ours."""
        body, leg, posed, left, led, heard, warned_ms = token.split(BETWEEN)
        announced, hurried = signs(heard)
        return cls(
            one_of("", *Position)(body),
            _leg(*leg.split(WITHIN)) if leg else None,
            _YES[posed],
            _left(*left.split(WITHIN)) if left else None,
            tuple(_led(*one.split(WITHIN)) for one in words(led)),
            _YES[announced],
            _YES[hurried],
            _LENGTH(warned_ms),
        )


def _joined(*fields: object) -> str:
    return WITHIN.join(map(str, fields))


def _leg(came_from: str, moved: str) -> Leg:
    return read_leg(came_from, _LENGTH(moved))


def _left(step: str, variation: str, over: str, *told: str) -> Left:
    return read_left(step, variation, [*map(_LENGTH, told)], _YES[over])


def _led(*moments: str) -> Led:
    return read_led(*map(_LENGTH, moments))


AT_EASE = Outset()
"""That of a body of which nothing is known: upright, and in no pose."""
