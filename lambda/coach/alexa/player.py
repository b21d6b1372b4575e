"""The player of a speaker: the directives that give it streams, and what it tells of them.

Rule: imported where there are reels, and nowhere else. A stream is known by its token, which says where its steps are,
and of the person the key of their voice, what they are spared for now, and what their body is doing as it begins; it
comes back from outside, and what is not ours is none.
Source: Alexa's AudioPlayer and PlaybackController interface references.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model import Request, RequestEnvelope

from coach.alexa import responses, touch
from coach.alexa.limits import TOKEN_MAX_CHARACTERS
from coach.asking import Request as Asked
from coach.conversation import Event, Heard, Turn
from coach.conversation.outset import Outset
from coach.conversation.sparing import Sparing
from coach.conversation.stream import Stream
from coach.persistence.heard import read_spoken, write_spoken
from coach.persistence.reading import UNREADABLE, VOICE, WORK_MS_MOST
from coach.speaking import Spoken, Waits
from coach.speaking.cues import Reel
from coach.values import replace

VERSION = "3"
"""Of the token's form. One of another version is none of ours."""

STARTED, NEARLY_FINISHED = "AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackNearlyFinished"
FINISHED, STOPPED, FAILED = "AudioPlayer.PlaybackFinished", "AudioPlayer.PlaybackStopped", "AudioPlayer.PlaybackFailed"

TOLD: Mapping[str, Event] = {
    STARTED: Event.PLAYS,
    FINISHED: Event.PLAYS,
    STOPPED: Event.ENDED,
}
"""What a player tells of a stream that it plays."""

BUTTONS: Mapping[str, Event] = {
    "PlaybackController.NextCommandIssued": Event.NEXT,
    "PlaybackController.PreviousCommandIssued": Event.PREVIOUS,
    "PlaybackController.PauseCommandIssued": Event.PAUSE,
    "PlaybackController.PlayCommandIssued": Event.RESUME,
}
"""What a key of a remote control means."""

GOES_ON = frozenset({"PLAYING", "PAUSED", "BUFFER_UNDERRUN"})
"""What a player is doing that goes on by itself; it is paused while somebody speaks to it."""


class Report(Request):  # type: ignore[misc]
    """A request of a player's, or of its buttons': `token` and `offset_ms` say what it tells of, and `error` what it
    could not do.
    """

    def __init__(self, sent: Mapping[str, Any], common: Mapping[str, Any]) -> None:
        super().__init__(object_type=sent["type"], **common)
        state = sent.get("currentPlaybackState") if sent["type"] == FAILED else sent
        state = state if isinstance(state, dict) else {}
        self.failed = sent.get("token")
        self.token, self.offset_ms = state.get("token"), state.get("offsetInMilliseconds")
        plays = state.get("playerActivity") in GOES_ON and self.token != self.failed
        self.behind = str(self.token) if plays else ""
        self.error = touch.kinds([sent.get("error")])


def heard_on(request: Asked, envelope: RequestEnvelope) -> Asked:
    """A request with what the player of its device has played last. A session that goes on has its own memory."""
    state = envelope.context.audio_player
    if state is None:
        return request
    request = replace(request, streams=True)
    stream = _stream(state.get("token"), state.get("offsetInMilliseconds")) if request.new else None
    if not stream:
        return request
    activity = state.get("playerActivity")
    return replace(request, stream=replace(stream, playing=activity in GOES_ON, over=activity == "FINISHED"))


def pressed_on(request: Asked, envelope: RequestEnvelope) -> Asked:
    """The request of a key on a device. Nobody is heard by a key, so it is of whoever has the stream that was played
    last.
    """
    return _of_its_voice(heard_on(request, envelope))


def told(report: Report, request: Asked) -> Asked | None:
    """The request that a player's report is; None where it tells of nothing of ours."""
    stream = _stream(report.token, report.offset_ms)
    event = TOLD.get(report.object_type, Event.NEXT)
    if not stream:
        return None
    if report.object_type == FINISHED:
        stream = stream.heard_out()
    waits = Waits.PLAYER if event is Event.NEXT else Waits.SOMEBODY
    return replace(request, heard=Heard(event), stream=replace(stream, playing=True), new=False, waits=waits)


def failed(report: Report, request: Asked) -> Asked | None:
    """The request that is made by a stream that could not be played: to go on with what is left of it, or with all of
    it where the player tells of another one than that. None where it is none of ours.
    """
    stream = _stream(report.failed, report.offset_ms if report.failed == report.token else 0)
    if not stream:
        return None
    request = replace(request, heard=Heard(Event.RESUME), stream=replace(stream, playing=False), new=False)
    return _of_its_voice(replace(request, waits=Waits.PLAYER))


def write(builder: ResponseFactory, turn: Turn, request: Asked) -> None:
    """Have the player of a device do what comes of a turn: play its stream, go on, or stop for what is said. Between
    two streams nothing is to be stopped, but the next one is lined up already, and would begin.
    """
    if turn.stream:
        responses.add(builder, _play(turn, request, turn.stream))
    elif request.stream and request.stream.playing and not turn.plays_on:
        responses.add(builder, {"type": "AudioPlayer.Stop"})
    elif turn.calls_off:
        responses.add(builder, {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"})
    elif request.stream and request.stream.over:
        responses.add(builder, {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"})


def line_up(builder: ResponseFactory, turn: Turn, request: Asked, after: str) -> None:
    """Have the player play the stream of a turn behind the one with that token."""
    if turn.stream:
        play = _play(turn, request, turn.stream)
        play["playBehavior"] = "ENQUEUE"
        play["audioItem"]["stream"]["expectedPreviousToken"] = after
        responses.add(builder, play)


def _of_its_voice(request: Asked) -> Asked:
    """A request that is of whoever has its stream, if it has one."""
    if not request.stream:
        return request
    return replace(request, person=replace(request.person, voice=request.stream.voice))


def _play(turn: Turn, request: Asked, reel: Reel) -> dict[str, Any]:
    voice = request.stream.voice if request.stream else request.person.voice
    stream = {"token": _token(turn, voice), "url": reel.address, "offsetInMilliseconds": 0}
    return {"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL", "audioItem": {"stream": stream}}


def _token(turn: Turn, voice: str) -> str:
    """The name of a stream: whose it is, what they are spared and are doing, which time through a plan, and where its
    steps are.
    """
    place, spoken = turn.progress.place, turn.progress.spoken
    if place is None or spoken is None:
        raise LookupError("a stream has a place, and steps")
    marks = write_spoken(Spoken(place.run, spoken.marks, spoken.name))
    body = turn.session.sparing.to_token(), Outset.of(turn.session).to_token()
    return "/".join((VERSION, voice, *body, marks))


def _stream(token: object, offset_ms: object) -> Stream | None:
    """The stream of a token; None for what is none of ours."""
    if not isinstance(token, str) or len(token) > TOKEN_MAX_CHARACTERS:
        return None
    try:
        version, voice, sparing, outset, plain = token.split("/", 4)
        spoken = read_spoken(plain)
        if version != VERSION or spoken is None:
            return None
        at = offset_ms if type(offset_ms) is int and 0 <= offset_ms <= WORK_MS_MOST else 0
        body = Sparing.from_token(sparing), Outset.from_token(outset)
        return Stream(VOICE(voice), spoken.sent_ms, spoken.name, spoken.marks, *body, at)
    except UNREADABLE:
        return None
