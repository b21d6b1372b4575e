"""What the platform refuses of a player: directives that are not in order, and replies that a player cannot use.

Rule: strict where Amazon is. Sources: AudioPlayer interface reference. A reply to a player has directives of its own
interface and nothing else: no outputSpeech, reprompt, card or shouldEndSession. PlaybackStarted and PlaybackFinished
may be answered with Stop and ClearQueue only, and PlaybackStopped and System.ExceptionEncountered not at all. One Play
a response; expectedPreviousToken with ENQUEUE, always, and with nothing else.
"""

from typing import Any, Final

from simulator.envelopes import Json

PLAY: Final = "AudioPlayer.Play"
STOP: Final = "AudioPlayer.Stop"
CLEAR: Final = "AudioPlayer.ClearQueue"
TOKEN_MAX: Final = 1_024
URL_MAX: Final = 8_000
_BEHAVIORS: Final = frozenset({"REPLACE_ALL", "ENQUEUE", "REPLACE_ENQUEUED"})
_CLEARS: Final = frozenset({"CLEAR_ENQUEUED", "CLEAR_ALL"})
_TELLS: Final = ("AudioPlayer.", "PlaybackController.", "System.")
_NO_PLAY: Final = frozenset({"AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackFinished"})
_NO_REPLY: Final = frozenset({"AudioPlayer.PlaybackStopped", "System.ExceptionEncountered"})
_SPOKEN: Final = ("outputSpeech", "reprompt", "card", "shouldEndSession")


def of_player(kind: str) -> bool:
    """Whether requests of this type come from a player, outside any session."""
    return kind.startswith(_TELLS)


def directives(response: Json) -> list[Json]:
    """What a response wants of the player, in its order."""
    return [one for one in response.get("directives") or [] if str(one.get("type")).startswith("AudioPlayer.")]


def refusal(response: Json, kind: str, *, player: bool) -> str | None:
    """Why the platform refuses this response to a request of that type, in one sentence; None when it takes it."""
    wanted = directives(response)
    if wanted and not player:
        return "the device has no player"
    if of_player(kind) and (reason := _refuses_reply(response, kind, wanted)):
        return reason
    if sum(one["type"] == PLAY for one in wanted) > 1:
        return f"a response has one {PLAY} at most"
    return next((reason for one in wanted if (reason := _refuses(one))), None)


def _refuses_reply(response: Json, kind: str, wanted: list[Json]) -> str | None:
    if spoken := [part for part in _SPOKEN if response.get(part) is not None]:
        return f"a reply to {kind} has {spoken[0]}"
    if len(wanted) < len(response.get("directives") or []):
        return f"a reply to {kind} has a directive that is not for the player"
    if wanted and kind in _NO_REPLY:
        return f"nothing can be replied to {kind}"
    if kind in _NO_PLAY and any(one["type"] == PLAY for one in wanted):
        return f"a reply to {kind} has {PLAY}, and only {STOP} and {CLEAR} are allowed"
    return None


def _refuses(directive: Json) -> str | None:
    match directive["type"]:
        case "AudioPlayer.Play":
            return _refuses_play(directive)
        case "AudioPlayer.ClearQueue":
            known = directive.get("clearBehavior") in _CLEARS
            return None if known else f"{directive.get('clearBehavior')} is no way to clear a queue"
        case "AudioPlayer.Stop":
            return None
    return f"there is no directive {directive['type']}"


def _refuses_play(directive: Json) -> str | None:
    behavior = directive.get("playBehavior")
    if behavior not in _BEHAVIORS:
        return f"{behavior} is no way to play"
    stream: Any = (directive.get("audioItem") or {}).get("stream")
    if not isinstance(stream, dict):
        return f"{PLAY} has no stream"
    token, url, offset = stream.get("token"), stream.get("url"), stream.get("offsetInMilliseconds", 0)
    if not isinstance(token, str) or not 0 < len(token) <= TOKEN_MAX:
        return f"a token has 1 to {TOKEN_MAX} characters"
    if not isinstance(url, str) or not url.startswith("https://") or len(url) > URL_MAX:
        return f"an address begins with https:// and has at most {URL_MAX} characters"
    if not isinstance(offset, int) or isinstance(offset, bool) or offset < 0:
        return "offsetInMilliseconds is a number from 0 on"
    if (behavior == "ENQUEUE") != (stream.get("expectedPreviousToken") is not None):
        return "expectedPreviousToken goes with ENQUEUE, always, and with nothing else"
    return None
