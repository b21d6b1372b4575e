"""One request, from what is remembered to what is to be said and kept: whoever asks.

A turn goes through these steps, in this order: recall what the session carried, or what is stored; learn where the
speaker is; take the turn; run its errand and take it again with what came of it; keep what changed. When somebody else
wrote in between, the turn is taken again on what they wrote, with this speaker's place: the later speaker takes over,
and both count. What cannot be kept is carried by the session, and kept with a later turn.

Rule: nothing here knows a platform. The repository, the errands and the time zone are ports.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from coach import log
from coach.asking import Request, Speaker
from coach.conversation import Carried, Event, Moment, Recollections, Storage, Turn, wanted
from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence import Delta, Person, Progress, ProgressRepository
from coach.persistence.changes import settled
from coach.persistence.progress import Applied
from coach.turns import Turns, begun, is_heard
from coach.values import replace

KEEPING_MS = 1_000
"""After this long a turn asks nobody but the store, and takes up no other writer's progress any more: with what may
still be waited for then, it is answered within three seconds.
"""

ENDING_MS, ENDING_TRIES = 4_000, 3
"""Nobody waits for an answer to the end of a session, and nobody is left to write after it: it is written harder. Three
tries of the store, the last begun in time, are over before the function is.
"""


def any_turn(_: Turn) -> bool:
    """Whether a turn is to be kept: any is."""
    return True


@dataclass(frozen=True)
class Answering:
    """Answers requests by `turns`. Of the sessions that `recollections` knows nothing is read again."""

    repository: ProgressRepository
    turns: Turns
    recollections: Recollections = field(default_factory=Recollections, repr=False, compare=False)

    def answer(self, request: Request, speaker: Speaker) -> tuple[Turn, Carried]:
        """The turn of a request, and what the session carries on. A store that fails is part of the answer."""
        return self.take(request, speaker, self.recalled(request))

    def take(
        self,
        request: Request,
        speaker: Speaker,
        carried: Carried,
        *,
        follows: bool = False,
        keeps: Callable[[Turn], bool] = any_turn,
    ) -> tuple[Turn, Carried]:
        """The turn of a request on what is carried, and what is carried on. Only a turn that `keeps` says is kept; what
        only `follows` a stream is not kept once that is not what its person hears.
        """
        ended = request.heard.event is Event.ENDED
        until = monotonic() + (ENDING_MS if ended else KEEPING_MS) / 1000
        tries = ENDING_TRIES if ended else 1
        heard = request.heard
        zone = self._zone(request, carried, speaker) if carried.read and monotonic() < until else ""
        moment = self.turns.moment(request, carried, zone)
        errand = wanted(moment)
        if errand:
            # From here on it is the outcome that was heard: however often the turn is taken, the errand is run once.
            heard = speaker.run(errand, moment.progress.zone)
        turn = self.turns.take(request, replace(moment, heard=heard))
        while carried.read and keeps(turn):
            try:
                return turn, self._kept(request, carried, moment, turn)
            except ConflictError as conflict:
                before, carried = carried, self._met(request, carried, conflict.stored)
                if follows and not is_heard(request, carried):
                    # Somebody has spoken up meanwhile, and hears something else by now.
                    break
                if _is_from_before_deletion(before, conflict.stored):
                    zone = "" if ended else speaker.zone()
                moment = self.turns.moment(request, carried, zone)
                turn = self.turns.take(request, replace(moment, heard=heard))
                if ended and not conflict.stored.was_written_by(carried.name):
                    turn = _yielding(turn, conflict.stored)
                if monotonic() > until:
                    log.record("store_unavailable", call="save", reason="contended")
                    turn = self.turns.take(request, replace(moment, heard=heard, storage=Storage.UNWRITTEN))
                    break
            except StoreUnavailableError as error:
                # A deletion is told as any other write: what somebody wishes is not logged.
                log.record("store_unavailable", call="save", reason=error.reason)
                tries -= 1
                if not tries:
                    turn = self.turns.take(request, replace(moment, heard=heard, storage=Storage.UNWRITTEN))
                    break
        delta = Delta(carried.next_turn(request.now_ms), turn.changes, request.id)
        return turn, carried.unwritten(turn.session, turn.progress, delta)

    def recalled(self, request: Request) -> Carried:
        """What the session carried, or else what is stored."""
        library = self.turns.phrasebooks(request.locale).content.library
        brought = {} if request.new else request.carried
        carried = self.recollections.read(request.session, brought, library, request.person.voice)
        carried = carried or begun(request)
        _tell_repaired("session", carried.repaired)
        carried = replace(carried, name=request.session)
        if carried.read:
            return carried
        try:
            stored = self.repository.load(_owner(request, carried)) or Progress()
            return self._met(request, carried, stored)
        except StoreUnavailableError as error:
            log.record("store_unavailable", call="load", reason=error.reason)
            return carried

    def _met(self, request: Request, carried: Carried, stored: Progress) -> Carried:
        """What is carried, together with what stands in the store, and with the stream that plays by now."""
        if not request.stream:
            return _met(carried, stored)
        afresh = replace(begun(request), name=carried.name)
        return self.turns.abreast(request, request.stream, _met(afresh, stored))

    def _zone(self, request: Request, carried: Carried, speaker: Speaker) -> str:
        """The time zone of the speaker: as it is known, or else asked for as a session begins."""
        known = dict(carried.progress.zones).get(request.device, "")
        return known or (speaker.zone() if request.new else "")

    def _kept(self, request: Request, before: Carried, moment: Moment, turn: Turn) -> Carried:
        """What is carried on after a turn that is in the store. Raises ConflictError and StoreUnavailableError."""
        number, person = before.next_turn(request.now_ms), _owner(request, before)
        after = replace(
            before,
            turn=number,
            session=turn.session,
            progress=turn.progress,
            unsaved=(),
            unheard=False,
            played=turn.played,
        )
        place = turn.progress.place
        # What is settled as it is known here is written all the same: another speaker may have changed it since.
        changed = turn.changes or replace(turn.progress, touched=before.progress.touched) != before.progress
        # Only a write tells that an answer before it was lost: the place at which a session ends has to be the one.
        ends_somewhere = turn.reprompt is None and place is not None
        at = request.now_ms // 1000
        by_a_turn = before.unheard and not moment.repeated and at < before.progress.touched
        by_a_deletion = not turn.forget and at <= before.progress.forgotten
        if by_a_turn or by_a_deletion:
            # A later request has overtaken it, so nobody waits for its answer. Whoever hears it all the same has the
            # session carry it.
            raise StoreUnavailableError("overtaken")
        if turn.forget:
            if at > before.progress.forgotten:
                self._forget(person, before.progress.revision, at)
        elif moment.repeated:
            progress = replace(before.progress, place=place, spoken=turn.progress.spoken)
            return replace(after, turn=before.turn, progress=progress, unsaved=before.unsaved)
        elif before.unsaved or changed or ends_somewhere or before.progress.repaired:
            applied = Applied(before.name, number, request.id)
            deltas = (*before.unsaved, Delta(number, turn.changes))
            stands = self.repository.save(person, settled(turn.progress, deltas).with_applied(applied))
            if stands.revision != before.progress.revision + 1:
                # It was done before, on what somebody else had written: what is told is what stands.
                raise ConflictError(stands)
            return replace(after, progress=replace(stands, place=place, spoken=turn.progress.spoken))
        return after

    def _forget(self, person: Person, revision: int, at: int) -> None:
        """Delete all that is kept of a person: also what is kept of the account, where a voice is not recognised."""
        account = replace(person, voice="")
        if person.voice and (unrecognised := self.repository.load(account)):
            self.repository.forget(account, unrecognised.revision, at)
        self.repository.forget(person, revision, at)


def _owner(request: Request, carried: Carried) -> Person:
    """Whose session it is: that of the voice that began it, whoever of the household speaks up in between."""
    return Person(request.person.account, carried.voice)


def _met(carried: Carried, stored: Progress) -> Carried:
    """What is carried, together with what stands in the store. If a later turn of this very session stands there, its
    answer never reached the speaker, and what was carried is from before it; so it is if all was deleted since.
    """
    _tell_repaired("stored", stored.repaired)
    if _is_from_before_deletion(carried, stored):
        return carried.after_deletion(stored)
    if stored.applied_of(carried.name).turn > carried.turn:
        return carried.adopting(stored)
    return carried.joined_with(stored)


def _is_from_before_deletion(carried: Carried, stored: Progress) -> bool:
    """Whether a session had its last turn before all of its person was deleted."""
    return 0 < carried.progress.touched <= stored.forgotten


def _yielding(turn: Turn, stored: Progress) -> Turn:
    """The turn of a session that ends, while another one wrote: whoever speaks has the place, not who falls silent."""
    return replace(turn, progress=replace(turn.progress, place=stored.place, spoken=stored.spoken))


def _tell_repaired(where: str, fields_: Sequence[str]) -> None:
    """Log that something did not read as ours and was replaced: by the names of our own fields and nothing else."""
    if fields_:
        log.record("repaired", where=where, fields=" ".join(fields_))
