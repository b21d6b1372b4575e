"""The player of a device: what it streams, what waits behind that, and what it has to tell of it.

Rule: a state and a time; it asks no clock and sends nothing. Whoever owns it takes one step after the other, each when
it is due, and gives it the directives of a response that was not refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from coach.speaking.tempo import Voice
from simulator.envelopes import Json
from simulator.habits import Habits, Interrupted, Nearly
from simulator.player_limits import CLEAR, STOP
from simulator.speech import Piece, Sounds, SpeechError, later, total_ms

NEARLY_AFTER_START_MS = 300
NEARLY_BEFORE_END_MS = 100
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_A_MOMENT = timedelta(milliseconds=1)
"""Nothing is heard in the very moment in which somebody speaks."""


@dataclass(frozen=True)
class Stream:
    """A sound that a skill wants played, from an offset on."""

    token: str
    url: str
    offset_ms: int


@dataclass(frozen=True)
class Sounding:
    """From `at` on a stream is heard, from `into_ms` in it: `pieces` is all that is left of it. Where there are none,
    it is not heard any more.
    """

    at: datetime
    stream: Stream
    into_ms: int
    pieces: tuple[Piece, ...]
    begins: bool = False


@dataclass(frozen=True)
class Event:
    """Something that the skill is told at `at`, with the state of the player as it was when it happened."""

    at: datetime
    name: str
    fields: Json
    state: Json


@dataclass
class _Playing:
    """The stream that is played, or was the last to be."""

    stream: Stream
    pieces: tuple[Piece, ...]
    offset_ms: int
    since: datetime | None = None
    nearly_told: bool = False

    def offset(self, at: datetime) -> int:
        """How far into the stream it is."""
        ran = (at - self.since) // timedelta(milliseconds=1) if self.since else 0
        return min(self.offset_ms + ran, total_ms(self.pieces))


@dataclass
class AudioPlayer:
    """A player that fetches with `streams`. An address in `switched_off` cannot be fetched."""

    streams: Sounds | None
    voice: Voice
    habits: Habits = field(default_factory=Habits)
    switched_off: set[str] = field(default_factory=set)
    _activity: str = "IDLE"
    _current: _Playing | None = None
    _queue: list[Stream] = field(default_factory=list)
    _starts_at: datetime | None = None
    _free_from: datetime | None = _LONG_AGO
    _interrupted: bool = False
    _held_at: datetime = _LONG_AGO
    _hushed: Sounding | None = None
    _outbox: list[Event] = field(default_factory=list)
    _connected: bool = True

    def state(self, at: datetime) -> Json:
        """What a request tells of the player: `context.AudioPlayer`."""
        told: Json = {"playerActivity": self._activity}
        if self._current:
            told |= {"token": self._current.stream.token, "offsetInMilliseconds": self._current.offset(at)}
        return told

    @property
    def connected(self) -> bool:
        """Whether the device reaches Alexa."""
        return self._connected

    @property
    def plays_ours(self) -> bool:
        """Whether the skill is the one that plays, or the last that did."""
        return self._current is not None

    @property
    def sounds(self) -> bool:
        """Whether a stream is to be heard, now or in a moment."""
        return self._starts_at is not None or self._activity in {"PLAYING", "PAUSED"}

    @property
    def due(self) -> datetime | None:
        """When the next step is to be taken; None when nothing more happens by itself."""
        return min((at for at, _ in self._agenda()), default=None)

    def step(self) -> Sounding | Event | None:
        """Take the step that is due next."""
        at, act = min(self._agenda(), key=itemgetter(0))
        return act(at)

    def take(self, directives: list[Json], at: datetime) -> None:
        """Do what a response wants."""
        for directive in directives:
            if directive["type"] == STOP:
                self.stop(at)
            elif directive["type"] == CLEAR:
                self._clear()
                if directive["clearBehavior"] == "CLEAR_ALL":
                    self.stop(at)
            else:
                self._play(directive["playBehavior"], directive["audioItem"]["stream"], at)

    def stop(self, at: datetime) -> None:
        """End what is played; its place stays."""
        self._starts_at = None
        if self._current and self._activity in {"PLAYING", "PAUSED"}:
            self._freeze(at)
            self._activity, self._interrupted = "STOPPED", False
            if self._free_from is not None:
                self._hushed = Sounding(at, self._current.stream, self._current.offset_ms, ())
            self._post("PlaybackStopped", at, **self._place(at))

    def hold(self, at: datetime) -> None:
        """Somebody speaks to the device, and nothing begins until it is released."""
        self._free_from, self._held_at = None, at
        if self._activity != "PLAYING":
            return
        if self.habits.interrupted is Interrupted.STOPPED:
            self.stop(at)
            return
        self._interrupted = True
        if self.habits.interrupted is Interrupted.PAUSED:
            self._freeze(at)
            self._activity = "PAUSED"

    def release(self, at: datetime) -> None:
        """From `at` on nobody speaks any more, and the microphone is off."""
        self._free_from = max(at, self._held_at + _A_MOMENT)

    def forget(self, at: datetime) -> None:
        """Somebody else plays something now: the place is gone."""
        self.stop(at)
        self._current, self._activity = None, "IDLE"
        self._clear()

    def reboot(self) -> None:
        """Begin from nothing, as a device does that had no power. Nobody is told of it."""
        self._current, self._activity, self._interrupted = None, "IDLE", False
        self._clear()
        self._outbox.clear()
        self._hushed, self._free_from, self._connected = None, _LONG_AGO, True

    def disconnect(self, at: datetime) -> None:
        """Lose the network: the stream stops, and nothing can be told."""
        self._connected = False
        self.stop(at)

    def reconnect(self, at: datetime, *, late: bool) -> None:
        """Have the network again. What was not told is told `late`, or is lost."""
        self._connected = True
        waiting, self._outbox = self._outbox, []
        if late:
            self._outbox = [Event(max(at, one.at), one.name, one.fields, one.state) for one in waiting]

    def _agenda(self) -> Iterator[tuple[datetime, Callable[[datetime], Sounding | Event | None]]]:
        """What happens by itself, and when; what is named first comes first at the same time."""
        if self._hushed:
            yield self._hushed.at, self._hush
        if self._outbox and self._connected:
            yield min(event.at for event in self._outbox), self._tell
        playing = self._current
        if playing and playing.since:
            ends = playing.since + timedelta(milliseconds=total_ms(playing.pieces) - playing.offset_ms)
            if (nearly := self._nearly_at(playing, ends)) is not None:
                yield nearly, self._nearly
            yield ends, self._finish
        if self._free_from is not None and self._interrupted:
            yield self._free_from, self._go_on
        elif self._free_from is not None and self._starts_at is not None and self._connected:
            yield max(self._starts_at, self._free_from + self._gap), self._begin

    @property
    def _gap(self) -> timedelta:
        return timedelta(milliseconds=self.habits.gap_ms)

    def _nearly_at(self, playing: _Playing, ends: datetime) -> datetime | None:
        """When to tell that a stream is nearly finished, while it runs."""
        if playing.nearly_told or playing.since is None or self.habits.nearly_finished is Nearly.AFTER:
            return None
        if self.habits.nearly_finished is Nearly.SOON:
            return min(playing.since + timedelta(milliseconds=NEARLY_AFTER_START_MS), ends)
        return max(ends - timedelta(milliseconds=NEARLY_BEFORE_END_MS), playing.since)

    def _play(self, behavior: str, wanted: Json, at: datetime) -> None:
        stream = Stream(wanted["token"], wanted["url"], wanted.get("offsetInMilliseconds", 0))
        if behavior == "REPLACE_ALL":
            self.stop(at)
            self._clear()
        elif behavior == "REPLACE_ENQUEUED":
            self._clear()
        elif wanted["expectedPreviousToken"] != self._last_token():
            return
        self._queue.append(stream)
        if not self.sounds:
            self._starts_at = at + self._gap

    def _clear(self) -> None:
        """Let nothing wait."""
        self._queue.clear()
        self._starts_at = None

    def _last_token(self) -> str | None:
        if self._queue:
            return self._queue[-1].token
        return self._current.stream.token if self._current else None

    def _begin(self, at: datetime) -> Sounding | None:
        """Play what is first in the queue."""
        stream, self._starts_at = self._queue.pop(0), None
        try:
            pieces = self._fetched(stream)
        except SpeechError as error:
            self._fail(stream, at, str(error))
            return None
        self._current = _Playing(stream, pieces, stream.offset_ms, since=at)
        self._activity = "PLAYING"
        self._post("PlaybackStarted", at, **self._place(at))
        return Sounding(at, stream, stream.offset_ms, later(pieces, stream.offset_ms), begins=True)

    def _fetched(self, stream: Stream) -> tuple[Piece, ...]:
        if self.streams is None or stream.url in self.switched_off:
            raise SpeechError("a sound cannot be fetched from its address")
        pieces = self.streams(stream.url, self.voice)
        if stream.offset_ms >= total_ms(pieces):
            raise SpeechError("a stream is to begin behind its end")
        return pieces

    def _fail(self, stream: Stream, at: datetime, message: str) -> None:
        """A stream cannot be played; what waits behind it is."""
        was = self.state(at)
        self._current, self._activity = _Playing(stream, (), 0), "STOPPED"
        error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": message}
        self._post("PlaybackFailed", at, token=stream.token, error=error, currentPlaybackState=was)
        self._next(at)

    def _nearly(self, at: datetime) -> None:
        if self._current:
            self._current.nearly_told = True
            self._post("PlaybackNearlyFinished", at, **self._place(at))

    def _finish(self, at: datetime) -> None:
        self._freeze(at)
        self._activity, self._interrupted = "FINISHED", False
        self._post("PlaybackFinished", at, **self._place(at))
        if self.habits.nearly_finished is Nearly.AFTER:
            self._nearly(at)
        self._next(at)

    def _next(self, at: datetime) -> None:
        if self._queue:
            self._starts_at = at + self._gap

    def _go_on(self, at: datetime) -> Sounding | None:
        """The stream that was interrupted is heard again."""
        self._interrupted = False
        if self._current is None:
            return None
        if self._activity == "PAUSED":
            self._current.since, self._activity = at, "PLAYING"
        into_ms = self._current.offset(at)
        return Sounding(at, self._current.stream, into_ms, later(self._current.pieces, into_ms))

    def _hush(self, _: datetime) -> Sounding | None:
        hushed, self._hushed = self._hushed, None
        return hushed

    def _freeze(self, at: datetime) -> None:
        if self._current:
            self._current.offset_ms, self._current.since = self._current.offset(at), None

    def _place(self, at: datetime) -> Json:
        state = self.state(at)
        return {"token": state["token"], "offsetInMilliseconds": state["offsetInMilliseconds"]}

    def _post(self, name: str, at: datetime, **fields: object) -> None:
        when = at + timedelta(milliseconds=self.habits.late_ms.get(name, 0))
        times = 2 if name in self.habits.twice else 1
        self._outbox += [Event(when, name, fields, self.state(at))] * times

    def _tell(self, at: datetime) -> Event:
        return self._outbox.pop(next(index for index, event in enumerate(self._outbox) if event.at == at))
