"""What a conversation carries from one turn to the next, and how it comes together with what is stored.

Rule: it travels outside, and comes back from there. What does not read as ours, or names what the content does not
have, is dropped, and the store is asked instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from coach.conversation.events import Event
from coach.conversation.session import Session, State
from coach.persistence import Change, Delta, Progress, document, older
from coach.persistence.changes import made_again
from coach.planning import Library, Plan, Position

VERSION = 3
"""Version 2 had marks that say nothing of what follows, and documents and changes as `older` reads them."""

MARKS_MOST, UNSAVED_MOST, DOSES_MOST, ROUNDS_MOST, MS_MOST = 200, 200, 50, 50, 10**13
"""Far more than there ever is: what is beyond has been tampered with. The last is the year 2286 in milliseconds."""


@dataclass(frozen=True)
class Carried:
    """The session, the progress as this speaker knows it, and whether the store has been `read`.

    `voice` is that of the person who began the session, as in Person: whoever speaks up in between, it is theirs.
    `name` is the key of the session, and `turns` counts those that were taken in it. `unsaved` are the changes that no
    answer of the store has acknowledged, oldest first. They are in `progress`. `unheard` is set for a turn whose
    predecessor's answer never reached the speaker.
    """

    voice: str = ""
    name: str = ""
    turns: int = 0
    session: Session = field(default_factory=Session)
    progress: Progress = field(default_factory=Progress)
    unsaved: tuple[Delta, ...] = ()
    read: bool = False
    unheard: bool = False

    def joined_with(self, stored: Progress) -> Carried:
        """Together with what stands in the store: what is there, what of ours is not, and this speaker's own place.

        A session that began before the store could be read, and has no place yet, is as good as new.
        """
        progress = made_again(stored, self.name, self.unsaved)
        own = self.progress.place
        if own is not None:
            # Whoever put this very routine aside meanwhile has an older place in it than the one that goes on.
            waits = progress.aside if progress.aside and not progress.aside.plan.is_like(own.plan) else None
            return replace(self, progress=replace(progress, place=own, aside=waits), read=True)
        fresh = not self.read and self.session.state is State.IDLE
        session = replace(self.session, answers=0) if fresh else self.session
        return replace(self, session=session, progress=progress, read=True)

    def adopting(self, stored: Progress) -> Carried:
        """After a turn of this session that stands in the store and was answered unheard: it goes on from there, as if
        it began anew.
        """
        anew = Session(coached=self.session.coached, excused=self.session.excused)
        turns = stored.applied_of(self.name).turn
        return replace(self, turns=turns, session=anew, progress=stored, unsaved=(), read=True, unheard=True)

    def unwritten(self, session: Session, progress: Progress, delta: Delta) -> Carried:
        """After a turn that could not be written: it is carried, and written with the next one."""
        return replace(self, turns=delta.turn, session=session, progress=progress, unsaved=(*self.unsaved, delta))

    def to_attributes(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "version": VERSION,
            "voice": self.voice,
            "name": self.name,
            "turns": self.turns,
            "session": self.session.to_document(),
            "progress": document.write(self.progress),
            "revision": self.progress.revision,
            "read": self.read,
            "unsaved": [[delta.turn, [change.to_list() for change in delta.changes]] for delta in self.unsaved],
        }

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any], library: Library) -> Carried | None:
        """The inverse of `to_attributes`, of this version or the one before; None when it is none that we wrote."""
        try:
            if attributes["version"] not in (VERSION, 2):
                return None
            kept, session = older.upgraded(attributes["progress"]), Session.from_document(attributes["session"])
            turns = int(attributes.get("turns", session.answers))
            first = turns - len(attributes["unsaved"]) + 1
            carried = cls(
                voice=str(attributes.get("voice", "")),
                name=str(attributes.get("name", "")),
                turns=turns,
                session=session,
                progress=document.read(kept, revision=int(attributes["revision"])),
                unsaved=tuple(_delta(plain, turn) for turn, plain in enumerate(attributes["unsaved"], first)),
                read=attributes["read"] is True,
            )
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            return None
        return None if any(_doubts(carried, library)) else carried


def _delta(plain: Any, turn: int) -> Delta:
    """What was changed in a turn. Version 2 did not say in which: its changes were those of the last turns."""
    if isinstance(plain, Mapping):
        return older.delta(plain, turn)
    turn, changes = plain
    return Delta(int(turn), tuple(map(Change.from_list, changes)))


def _doubts(carried: Carried, library: Library) -> Iterator[bool]:
    """What would be true of nothing that we wrote."""
    session, progress = carried.session, carried.progress
    exercises, routines = library.exercises.keys(), library.routines.keys()
    yield not {*session.names} <= exercises | routines
    yield session.state is State.CHOOSING and not session.names
    yield session.state is State.ASKED_LEAVE_OUT and not {*session.names[:1]} & exercises
    yield session.body not in ("", *Position)
    yield len(session.marks) > MARKS_MOST or len(carried.unsaved) > UNSAVED_MOST
    yield any(not 0 <= mark.starts <= mark.works <= mark.ends <= MS_MOST or mark.done < 0 for mark in session.marks)
    yield not {mark.then for mark in session.marks} <= {"", *Event}
    counts = (carried.turns, session.sent_ms, session.answers, session.coached, session.missed, session.passed)
    yield not all(0 <= count <= MS_MOST for count in (*counts, session.changed, progress.touched, progress.revision))
    if session.offer:
        yield not session.offer.doses or not {*session.offer.exercises} <= exercises
        yield _boundless(session.offer)
    for place in filter(None, (progress.place, progress.aside)):
        yield _boundless(place.plan)
        yield not 0 <= place.done_ms <= MS_MOST or not 0 <= place.worked <= MS_MOST


def _boundless(plan: Plan) -> bool:
    rounds = all(0 <= dose.rounds <= ROUNDS_MOST for dose in plan.doses)
    times = all(0 <= ms <= MS_MOST for dose in plan.doses for ms in (dose.ms, dose.last_ms))
    return not rounds or not times or len(plan.doses) > DOSES_MOST
