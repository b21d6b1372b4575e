"""The turn of a request, on what is remembered.

What comes with a request and what is known of its device are put together into the moment of the turn; and where a
stream plays, what was lined up behind it is followed to what is heard by now.

Rule: nothing here reads or writes what is kept, and nothing here knows a platform.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable
from dataclasses import dataclass

from coach.asking import Reels, Request
from coach.conversation import Carried, Event, Heard, Moment, Session, Storage, Turn, arrive, take_turn
from coach.conversation.listening import learned
from coach.conversation.moment import A_BREAK_MS
from coach.conversation.stream import Stream, as_told
from coach.days import day_in, midnight_ms
from coach.persistence import Delta, Progress
from coach.persistence.changes import at_tempo, in_zone
from coach.speaking import Platform, Spoken, Tempo, Waits, lay_out
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.timeline import LayOut
from coach.values import replace

SESSION_NUMBERS = 1_000
"""Requests are told in whole seconds: what begins in the same one is told apart by the session, in its milliseconds."""

STREAM_MOST_MS = 600_000
"""How long an answer may be that plays by itself. No speaker asks for it: no set of any exercise comes near."""


@dataclass(frozen=True)
class Turns:
    """Takes turns. `phrasebooks` finds the words of a locale, `platform` is what the speakers allow. A voice that is
    known has a `lay_out` and a `tempo` of its own; else the tempo of each speaker is learned. With `reels`, which lay
    out instead, an answer may be a sound.
    """

    phrasebooks: Callable[[str], Phrasebook]
    platform: Platform
    lay_out: LayOut = lay_out
    tempo: Tempo | None = None
    reels: Reels | None = None

    def moment(self, request: Request, carried: Carried, zone: str) -> Moment:
        """The moment of a request, on what is remembered, in the time zone of the speaker where that is known now."""
        stream = request.stream if is_heard(request, carried) else None
        session = carried.session
        if stream and not session.answers:
            session = stream.outset.begun(session)
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
        return arrive(moment.doing(*found, *(() if tempo == known else (at_tempo(speaker, tempo),))))

    def take(self, request: Request, moment: Moment) -> Turn:
        """The turn at a moment of a request."""
        lay_out = self.reels.laying_out(request.device, request.waits) if self.reels else self.lay_out
        return take_turn(moment, lay_out)

    def following(self, request: Request, carried: Carried) -> Turn | None:
        """The turn that a stream leads to which is heard to its end; None where it leads nowhere by itself."""
        place, spoken = carried.progress.place, carried.progress.spoken
        if not (request.streams and place and spoken and spoken.name and carried.read):
            return None
        over = Stream(carried.voice, place.run, spoken.name, spoken.marks).heard_out()
        moment = self.moment(replace(request, heard=Heard(Event.NEXT), stream=over), carried, "")
        turn = self.take(request, moment) if moment.playing else None
        if not (turn and turn.stream and turn.progress.spoken):
            return None
        named = replace(turn.progress.spoken, name=spoken.name + 1)
        return replace(turn, progress=replace(turn.progress, spoken=named))

    def abreast(self, request: Request, stream: Stream, carried: Carried) -> Carried:
        """What is carried, once a stream that was lined up is what is heard, where nobody has told that it began, nor
        maybe that those before it did.
        """
        # It plays already, so whatever became of the shelf since does not matter.
        abreast, request = carried, replace(request, waits=Waits.NOBODY)
        for _ in range(stream.ahead_of(carried.progress)):
            following = self.following(request, abreast)
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


def begun(request: Request) -> Carried:
    """What a session begins with: whose voice it is, that somebody is coached in it whose stream plays, and what the
    body is spared in that, or was in the last one of this evening.
    """
    stream = request.stream
    if stream and stream.playing:
        return Carried(voice=stream.voice, session=Session(coached=1, sparing=stream.sparing))
    voice = request.person.voice
    same = stream and stream.voice == voice and request.now_ms - stream.run < A_BREAK_MS
    return Carried(voice=voice, session=Session(sparing=stream.sparing) if stream and same else Session())


def is_heard(request: Request, carried: Carried) -> bool:
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
