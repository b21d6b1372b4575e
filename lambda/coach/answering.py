"""One request, from what is remembered to what is to be said and kept: whoever asks.

A turn goes through these steps, in this order: recall what the session carried, or what is stored; learn where the
speaker is; take the turn; run its errand and take it again with what came of it; keep what changed. When somebody else
wrote in between, the turn is taken again on what they wrote, with this speaker's place: the later speaker takes over,
and both count. What cannot be kept is carried by the session, and kept with a later turn.

Rule: nothing here knows a platform. The repository, the errands and the time zone are ports.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from coach import log
from coach.asking import Reels, Request, Speaker
from coach.conversation import (
    Carried,
    Event,
    Heard,
    Moment,
    Recollections,
    Session,
    Storage,
    Turn,
    arrive,
    take_turn,
    wanted,
)
from coach.conversation.listening import learned
from coach.conversation.moment import A_BREAK_MS
from coach.conversation.stream import Stream, as_told
from coach.days import day_in, midnight_ms
from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence import Delta, Person, Progress, ProgressRepository
from coach.persistence.changes import at_tempo, in_zone, settled
from coach.persistence.progress import Applied
from coach.speaking import Platform, Spoken, Tempo, Waits, lay_out
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.timeline import LayOut
from coach.values import replace

KEEPING_MS = 1_000
"""After this long a turn asks nobody but the store, and takes up no other writer's progress any more: with what may
still be waited for then, it is answered within three seconds.
"""

SESSION_NUMBERS = 1_000
"""Requests are told in whole seconds: what begins in the same one is told apart by the session, in its milliseconds."""

STREAM_MOST_MS = 600_000
"""How long an answer may be that plays by itself. No speaker asks for it: no set of any exercise comes near."""

ENDING_MS, ENDING_TRIES = 4_000, 3
"""Nobody waits for an answer to the end of a session, and nobody is left to write after it: it is written harder. Three
tries of the store, the last begun in time, are over before the function is.
"""


def _keeps_all(_: Turn) -> bool:
    """Whether a turn is to be kept: any is."""
    return True


def _keeps_streams(turn: Turn) -> bool:
    """Whether a turn is to be kept: only one that begins a stream."""
    return turn.stream is not None


@dataclass(frozen=True)
class Answering:
    """Answers requests. `phrasebooks` finds the words of a locale, `platform` is what the speakers allow, and of the
    sessions that `recollections` knows nothing is read again. A voice that is known has a `lay_out` and a `tempo` of
    its own; else the tempo of each speaker is learned. With `reels`, which lay out instead, an answer may be a sound.
    """

    repository: ProgressRepository
    phrasebooks: Callable[[str], Phrasebook]
    platform: Platform
    recollections: Recollections = field(default_factory=Recollections, repr=False, compare=False)
    lay_out: LayOut = lay_out
    tempo: Tempo | None = None
    reels: Reels | None = None

    def answer(self, request: Request, speaker: Speaker) -> tuple[Turn, Carried]:
        """The turn of a request, and what the session carries on. A store that fails is part of the answer."""
        return self._answer(request, speaker, self._recalled(request))

    def press(self, request: Request, speaker: Speaker) -> Turn | None:
        """The turn of a key, which nobody is spoken to by: it begins a stream, or is a pause. None where it is neither,
        or where what would begin could not be kept. Nothing is kept of it then, as if no key had been pressed: what
        played plays on, and whoever speaks up next is where that has got.
        """
        stops = request.heard.event is Event.PAUSE
        keeps = _keeps_all if stops else _keeps_streams
        turn, carried = self._answer(request, speaker, self._recalled(request), keeps=keeps)
        return turn if stops or not carried.unsaved else None

    def follow(self, request: Request, speaker: Speaker) -> None:
        """Note what a player tells of its stream. What it tells of another one than this person hears is let be."""
        carried = self._recalled(request)
        if _is_heard(request, carried):
            self._answer(request, speaker, carried, follows=True)

    def lined_up(self, request: Request) -> Turn | None:
        """The turn with the stream that comes after the one of a request. Nothing is kept of it, and nothing counts,
        until that has started. None where none comes by itself.
        """
        carried = self._recalled(request)
        return self._following(request, carried) if _is_heard(request, carried) else None

    def again(self, request: Request, speaker: Speaker) -> Turn | None:
        """The turn with what is to be played for a stream that a device could not fetch: that which is lined up once
        more, or what is left of that which is heard. None where it is neither, or has failed before: then what is heard
        has ended where it was.
        """
        stream, carried = request.stream, self._recalled(replace(request, stream=None))
        lined_up = stream is not None and stream.ahead_of(carried.progress) == 1
        if not (stream and self.reels and (lined_up or _is_heard(request, carried))):
            return None
        again = self.reels.fail(request.device)
        if lined_up:
            before = _begun(replace(request, stream=replace(stream, playing=True)))
            return self._following(request, replace(carried, session=before.session)) if again else None
        turn = self.press(request, speaker) if again else None
        if not turn:
            self.follow(replace(request, heard=Heard(Event.ENDED)), speaker)
        return turn

    def _answer(
        self,
        request: Request,
        speaker: Speaker,
        carried: Carried,
        *,
        follows: bool = False,
        keeps: Callable[[Turn], bool] = _keeps_all,
    ) -> tuple[Turn, Carried]:
        ended = request.heard.event is Event.ENDED
        until = monotonic() + (ENDING_MS if ended else KEEPING_MS) / 1000
        tries = ENDING_TRIES if ended else 1
        heard = request.heard
        zone = self._zone(request, carried, speaker) if carried.read and monotonic() < until else ""
        moment = arrive(self._moment(request, carried, zone))
        errand = wanted(moment)
        if errand:
            # From here on it is the outcome that was heard: however often the turn is taken, the errand is run once.
            heard = speaker.run(errand, moment.progress.zone)
        turn = self._turn(request, replace(moment, heard=heard))
        while carried.read and keeps(turn):
            try:
                return turn, self._kept(request, carried, moment, turn)
            except ConflictError as conflict:
                before, carried = carried, self._met(request, carried, conflict.stored)
                if follows and not _is_heard(request, carried):
                    # Somebody has spoken up meanwhile, and hears something else by now.
                    break
                if _is_from_before_deletion(before, conflict.stored):
                    zone = "" if ended else speaker.zone()
                moment = arrive(self._moment(request, carried, zone))
                turn = self._turn(request, replace(moment, heard=heard))
                if ended and not conflict.stored.was_written_by(carried.name):
                    turn = _yielding(turn, conflict.stored)
                if monotonic() > until:
                    log.record("store_unavailable", call="save", reason="contended")
                    turn = self._turn(request, replace(moment, heard=heard, storage=Storage.UNWRITTEN))
                    break
            except StoreUnavailableError as error:
                # A deletion is told as any other write: what somebody wishes is not logged.
                log.record("store_unavailable", call="save", reason=error.reason)
                tries -= 1
                if not tries:
                    turn = self._turn(request, replace(moment, heard=heard, storage=Storage.UNWRITTEN))
                    break
        delta = Delta(carried.next_turn(request.now_ms), turn.changes, request.id)
        return turn, carried.unwritten(turn.session, turn.progress, delta)

    def _turn(self, request: Request, moment: Moment) -> Turn:
        lay_out = self.reels.laying_out(request.device, request.waits) if self.reels else self.lay_out
        return take_turn(moment, lay_out)

    def _recalled(self, request: Request) -> Carried:
        """What the session carried, or else what is stored."""
        library = self.phrasebooks(request.locale).content.library
        brought = {} if request.new else request.carried
        carried = self.recollections.read(request.session, brought, library, request.person.voice)
        carried = carried or _begun(request)
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
        begun = replace(_begun(request), name=carried.name)
        return self._abreast(request, request.stream, _met(begun, stored))

    def _abreast(self, request: Request, stream: Stream, carried: Carried) -> Carried:
        """What is carried, once a stream that was lined up is what is heard, where nobody has told that it began, nor
        maybe that those before it did.
        """
        # It plays already, so whatever became of the shelf since does not matter.
        abreast, request = carried, replace(request, waits=Waits.NOBODY)
        for _ in range(stream.ahead_of(carried.progress)):
            following = self._following(request, abreast)
            if not following:
                return carried
            delta = Delta(abreast.next_turn(request.now_ms), following.changes, request.id)
            abreast = abreast.unwritten(carried.session, following.progress, delta)
        if abreast is carried or not stream.is_heard(abreast.progress):
            return carried
        # What was lined up is what is played, whatever has changed since.
        spoken = Spoken(request.now_ms, stream.marks, stream.name)
        # When somebody was last heard of does not change by that.
        progress = replace(abreast.progress, spoken=spoken, touched=carried.progress.touched)
        return replace(abreast, progress=progress)

    def _following(self, request: Request, carried: Carried) -> Turn | None:
        """The turn that a stream leads to which is heard to its end; None where it leads nowhere by itself."""
        place, spoken = carried.progress.place, carried.progress.spoken
        if not (request.streams and place and spoken and spoken.name and carried.read):
            return None
        over = Stream(carried.voice, place.run, spoken.name, spoken.marks).heard_out()
        moment = arrive(self._moment(replace(request, heard=Heard(Event.NEXT), stream=over), carried, ""))
        turn = self._turn(request, moment) if moment.playing else None
        if not (turn and turn.stream and turn.progress.spoken):
            return None
        named = replace(turn.progress.spoken, name=spoken.name + 1)
        return replace(turn, progress=replace(turn.progress, spoken=named))

    def _zone(self, request: Request, carried: Carried, speaker: Speaker) -> str:
        """The time zone of the speaker: as it is known, or else asked for as a session begins."""
        known = dict(carried.progress.zones).get(request.device, "")
        return known or (speaker.zone() if request.new else "")

    def _moment(self, request: Request, carried: Carried, zone: str) -> Moment:
        """The moment of a request, on what is remembered."""
        session = carried.session
        stream = request.stream if _is_heard(request, carried) else None
        progress, into_ms = _as_told(request, carried.progress, stream)
        located = progress.in_zone(request.device, zone) if zone else progress
        day = day_in(located.zone, request.now_ms / 1000)
        phrasebook = self.phrasebooks(request.locale)
        speaker = f"{request.device}/{phrasebook.content.locale}"
        tempo = known = self.tempo or progress.tempo_of(speaker)
        touched, platform = request.speaking_up, self.platform
        if touched:
            platform = replace(platform, speaking_up=touched)
        pace = progress.preferences.pace
        plays = stream is not None and stream.playing
        # What plays goes on, whether or not another sound could be fetched now.
        waits = Waits.NOBODY if plays else request.waits
        locale = phrasebook.content.locale
        if request.streams and self.reels and self.reels.speaks(locale, pace, request.device, waits):
            platform = replace(platform, streams_ms=STREAM_MOST_MS)
        # Whoever touches a screen does not wait until they may speak: when they do tells nothing of the voice.
        if not (self.tempo or carried.unheard or touched):
            tempo = learned(session, known, request.heard, request.now_ms, platform)
        moment = Moment(
            heard=request.heard,
            session=session,
            progress=progress,
            now_ms=request.now_ms,
            day=day,
            midnight_ms=midnight_ms(located.zone, day),
            library=phrasebook.content.library,
            wording=phrasebook.wording(seed=session.answers, pace=pace, tempo=tempo.percent),
            platform=platform.at_tempo(tempo),
            storage=Storage.KEPT if carried.read else Storage.UNREAD,
            repeated=progress.applied_of(carried.name).request == request.id,
            unheard=carried.unheard,
            session_number=crc32(carried.name.encode()) % SESSION_NUMBERS,
            unsaved=tuple(change for delta in carried.unsaved for change in delta.changes),
            stranger=bool(carried.voice and request.person.voice) and carried.voice != request.person.voice,
            tempo=tempo,
            played=carried.played,
            into_ms=None if carried.unheard and not stream else into_ms,
            plays=plays,
            given=carried.progress.spoken is not None and carried.progress.spoken.is_given and not plays,
        )
        found = () if located == progress else (in_zone(request.device, zone),)
        return moment.doing(*found, *(() if tempo == known else (at_tempo(speaker, tempo),)))

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


def _begun(request: Request) -> Carried:
    """What a session begins with: whose voice it is, that somebody is coached in it whose stream plays, and what the
    body is spared in that, or was in the last one of this evening.
    """
    stream = request.stream
    if stream and stream.playing:
        return Carried(voice=stream.voice, session=Session(coached=1, sparing=stream.sparing))
    voice = request.person.voice
    same = stream and stream.voice == voice and request.now_ms - stream.run < A_BREAK_MS
    return Carried(voice=voice, session=Session(sparing=stream.sparing) if stream and same else Session())


def _is_heard(request: Request, carried: Carried) -> bool:
    """Whether the stream of a request is what is being spoken to its person."""
    return request.stream is not None and request.stream.is_heard(carried.progress)


def _as_told(request: Request, progress: Progress, stream: Stream | None) -> tuple[Progress, int | None]:
    """What is remembered, with what plays by itself taken no further than was told, and how far that is, where it is
    known: as far as the `stream` that is heard, and nowhere in one of which nobody has told yet that it began.
    """
    spoken = progress.spoken
    if not (spoken and spoken.name):
        return progress, request.into_ms
    if stream:
        return replace(progress, spoken=stream.begun(spoken, request.now_ms)), stream.offset_ms
    into_ms = 0 if spoken.is_given else request.into_ms
    return replace(progress, spoken=as_told(spoken, request.now_ms)), into_ms


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
