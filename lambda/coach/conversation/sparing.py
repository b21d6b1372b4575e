"""What a body is to be spared until the conversation is over, by what was said in it.

Rule: it is never stored. A session carries it, and the token of a stream, as that has no session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coach.persistence.reading import COUNT_MOST, ID, Fields, digits, flag, items, number, signs, words


@dataclass(frozen=True)
class Sparing:
    """What is spared. `barred` are exercises that somebody is to be asked about before they are done, and `gently` is
    set where until then all is done in its easier version; `no_floor` is set once they have said that they do not get
    down; `pains` is how often something hurt, and `joint_hurt` is set once that was a joint.
    """

    barred: tuple[str, ...] = ()
    gently: bool = False
    no_floor: bool = False
    pains: int = 0
    joint_hurt: bool = False

    def to_document(self) -> dict[str, Any]:
        """As plain data for the session attributes."""
        return {**vars(self), "barred": list(self.barred)}

    @classmethod
    def from_document(cls, document: Fields) -> Sparing:
        """The inverse of `to_document`."""
        return cls(
            barred=document.each("barred", ID, items),
            gently=document.get("gently", flag, False),
            no_floor=document.get("no_floor", flag, False),
            pains=document.get("pains", number(0, COUNT_MOST), 0),
            joint_hurt=document.get("joint_hurt", flag, False),
        )

    def to_token(self) -> str:
        """As a word; empty where nothing is spared."""
        if self == NOTHING:
            return ""
        return " ".join((f"{self.gently:d}{self.no_floor:d}{self.joint_hurt:d}{self.pains}", *self.barred))

    @classmethod
    def from_token(cls, token: str) -> Sparing:
        """The inverse of `to_token`. Raises one of UNREADABLE for what is none of ours."""
        if not token:
            return cls()
        first, *barred = words(token)
        gently, no_floor, joint_hurt, *pains = signs(first)
        yes = "01".index
        return cls(
            tuple(map(ID, barred)),
            bool(yes(gently)),
            bool(yes(no_floor)),
            digits(0, COUNT_MOST)("".join(pains)),
            bool(yes(joint_hurt)),
        )


NOTHING = Sparing()
"""What is spared of a body of which nothing was said."""
