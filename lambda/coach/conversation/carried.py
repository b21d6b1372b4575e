"""What a conversation carries from one turn to the next, and how it comes together with what is stored.

Rule: it travels outside, and comes back from there. What does not read as ours, or names what the content does not
have, is dropped, field by field; where that is more than the session, the store is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.conversation.session import Session, State
from coach.persistence import Change, Delta, Progress, older
from coach.persistence.changes import made_again
from coach.persistence.reading import KEY, MS_MOST, TURN, VOICE, Fields, flag, items, number, one_of
from coach.planning import PLANNED, Library, Plan, Played
from coach.values import replace

VERSION = 4
"""Up to version 3 the session had the marks of what was being spoken. Those of version 2 say nothing of what follows,
and it had documents and changes as `older` reads them.
"""


@dataclass(frozen=True)
class Carried:
    """The session, the progress as this speaker knows it, and whether the store has been `read`.

    `voice` is that of the person who began the session, as in Person: whoever speaks up in between, it is theirs.
    `name` is the key of the session, and `turn` the number of the last that was taken in it, 0 before the first.
    `unsaved` are the changes that no answer of the store has acknowledged, oldest first. They are in `progress`.
    `unheard` is set for a turn whose predecessor's answer never reached the speaker. `repaired` has the names of what
    was carried and did not read. `played` is the plan as it is played, where that is known; it does not travel.
    """

    voice: str = ""
    name: str = ""
    turn: int = 0
    session: Session = field(default_factory=Session)
    progress: Progress = field(default_factory=Progress)
    unsaved: tuple[Delta, ...] = ()
    read: bool = False
    unheard: bool = False
    repaired: tuple[str, ...] = ()
    played: Played | None = field(default=None, compare=False)

    def next_turn(self, now_ms: int) -> int:
        """The number of a turn whose request is of that time: its epoch seconds, or one more than the turn before. So
        a session whose attributes were lost goes on behind all that it has in the store, though it cannot look there.
        """
        return max(self.turn + 1, now_ms // 1000)

    def joined_with(self, stored: Progress) -> Carried:
        """Together with what stands in the store: what is there, what of ours is not, and this speaker's own place.

        A session that began before the store could be read, and has no place yet, is as good as new.
        """
        progress = made_again(stored, self.name, self.unsaved)
        mine, own = self.progress, self.progress.place
        if own is not None:
            # Whoever put this very routine aside meanwhile has an older place in it than the one that goes on.
            waits = progress.aside if progress.aside and not progress.aside.plan.is_like(own.plan) else None
            progress = replace(progress, place=own, spoken=mine.spoken, touched=mine.touched, aside=waits)
            return replace(self, progress=progress, read=True)
        if stored.was_written_by(self.name):
            # What is spoken there is of this session, which does not know of it: it never reached the speaker.
            progress = replace(progress, spoken=None)
        fresh = not self.read and self.session.state is State.IDLE
        session = replace(self.session, answers=0) if fresh else self.session
        return replace(self, session=session, progress=progress, read=True)

    def adopting(self, stored: Progress) -> Carried:
        """After a turn of this session that stands in the store and was answered unheard: it goes on from there, as if
        it began anew. Where another speaker has the place there by now, this one is where its last answer began.
        """
        before = self.session
        anew = Session(coached=before.coached, excused=before.excused, sparing=before.sparing)
        turn = stored.applied_of(self.name).turn
        mine = self.progress.place is None or stored.was_written_by(self.name)
        place = self.progress.place
        # What was met in that turn is in what is stored.
        place = stored.place if mine or place is None else replace(place, unmet=False)
        silent = replace(stored, place=place, spoken=None)
        return replace(self, turn=turn, session=anew, progress=silent, unsaved=(), read=True, unheard=True)

    def after_deletion(self, stored: Progress) -> Carried:
        """After all of the person was deleted on another speaker: nothing of before that is brought back, and it goes
        on as with somebody new.
        """
        return replace(self, session=replace(self.session, lasting=None), progress=stored, unsaved=(), read=True)

    def unwritten(self, session: Session, progress: Progress, delta: Delta) -> Carried:
        """After a turn that could not be written: it is carried, and written with the next one."""
        return replace(self, turn=delta.turn, session=session, progress=progress, unsaved=(*self.unsaved, delta))

    def to_attributes(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "version": VERSION,
            "voice": self.voice,
            "name": self.name,
            "turns": self.turn,
            "session": self.session.to_document(),
            "progress": self.progress.document,
            "revision": self.progress.revision,
            "read": self.read,
            "unsaved": [
                [delta.turn, [change.to_list() for change in delta.changes], delta.request] for delta in self.unsaved
            ],
        }

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any], library: Library, voice: str = "") -> Carried | None:
        """The inverse of `to_attributes`, of this version or the ones before; None where nothing is carried.

        What is carried of the progress is believed as long as all of it reads; else the store is asked again. Where it
        does not say whose session it is, it is that of the `voice`, of whom the store is asked as well.
        """
        if not attributes:
            return None
        fields = Fields(attributes)
        session = _in_keeping(fields.within("session"), library)
        turn = fields.get("turns", TURN, session.answers)
        first = turn - len(fields.get("unsaved", items, [])) + 1
        fields.get("version", one_of(VERSION, 3, 2), VERSION)
        carried = cls(
            voice=fields.get("voice", VOICE, voice),
            turn=turn,
            session=session,
            progress=_progress(fields, attributes.get("progress")),
            unsaved=fields.each("unsaved", _delta, lambda unsaved: enumerate(items(unsaved), first)),
            read=fields.get("read", flag, False),
        )
        believed = (
            "voice" in attributes
            and not carried.progress.repaired
            and all(name.startswith("session") for name in fields.unread)
        )
        repaired = (*fields.unread, *(f"progress.{name}" for name in carried.progress.repaired))
        return replace(carried, read=carried.read and believed, repaired=repaired)


def _progress(fields: Fields, plain: object) -> Progress:
    progress = older.read(plain, revision=fields.get("revision", number(0, MS_MOST), 0))
    return progress if progress.spoken else replace(progress, spoken=older.spoken(fields.within("session")))


def _delta(carried: tuple[int, Any]) -> Delta:
    """What was changed in a turn. Version 2 did not say in which: its changes were those of the last turns. The first
    sessions of version 3 did not say by which request.
    """
    turn, plain = carried
    if isinstance(plain, Mapping):
        changes, request = [change.to_list() for change in older.delta(plain, turn).changes], ""
    else:
        turn, changes, request = [*plain, ""][:3]
    return Delta(TURN(turn), tuple(map(Change.from_list, items(changes))), KEY(request))


def _in_keeping(fields: Fields, library: Library) -> Session:
    """The session with what the content has, in a state that is true with it: one without what its question is about
    rests.
    """
    session = Session.from_document(fields)
    exercises, routines = library.exercises.keys(), library.routines.keys()
    offer, about = session.offer, session.reminders
    found: dict[str, Any] = {
        "names": tuple(name for name in session.names if name in exercises | routines),
        "offer": offer and _known(offer, library),
        "grown": tuple(known for known in session.grown if known[0] in exercises),
        "reminders": about if about and about.exercise in ("", *exercises) else None,
    }
    for name, value in found.items():
        if value != getattr(session, name):
            fields.note(name)
    session = replace(session, **found)
    if _is_about_nothing(session, library):
        fields.note("state")
        return replace(session, state=State.IDLE)
    return session


def _known(offer: Plan, library: Library) -> Plan | None:
    if not {*offer.exercises} <= library.exercises.keys():
        return None
    routine = offer.routine if offer.routine in library.routines else PLANNED
    area = offer.area if offer.area in library.areas else ""
    return replace(offer, routine=routine, area=area)


def _is_about_nothing(session: Session, library: Library) -> bool:
    match session.state:
        case State.OFFERED:
            return session.offer is None
        case State.CHOOSING:
            return not session.names
        case State.ASKED_LEAVE_OUT:
            return not {*session.names[:1]} & library.exercises.keys()
        case State.ASKED_REMIND:
            return not session.reminders or not (session.reminders.times or session.reminders.wait)
        case _:
            return False
