"""Request envelopes as the Alexa service sends them to a custom skill.

Rule: every field that the service always sends is here, and nothing of the coach is: what goes out is plain JSON.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from simulator.clock import timestamp
from simulator.nlu.understanding import SKILL_ID

Json = dict[str, Any]
# Nothing answers here, at once: a speaker on a laptop must not ask Amazon for anything.
API_ENDPOINT = "http://127.0.0.1:9"
_SCREEN: Json = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2022.1"}}}


@dataclass(frozen=True)
class Household:
    """Who talks to which speaker. `person` is a voice that the speaker recognises; without one it is the account.

    `api` is where Alexa's services answer, such as the reminders. With a `player` the device plays streams.
    """

    user: str
    device: str
    person: str | None
    locale: str
    screen: bool
    api: str = API_ENDPOINT
    player: bool = False

    @property
    def token(self) -> str:
        """By what Alexa's services know who it is."""
        return f"simulator-{self.user}"


def new_session_id() -> str:
    """The name of a session that has not been before."""
    return f"amzn1.echo-api.session.{uuid4()}"


def envelope(
    who: Household, request: Json, *, session_id: str, new: bool, attributes: Json, player: Json | None = None
) -> Json:
    """The whole of what the skill is sent: one request, its session, and where it comes from. `player` is the state of
    the player, where there is one.
    """
    told = context(who, player)
    session = {
        "new": new,
        "sessionId": session_id,
        "application": told["System"]["application"],
        "attributes": attributes,
        "user": told["System"]["user"],
    }
    return {"version": "1.0", "session": session, "context": told, "request": request}


def outside(who: Household, request: Json, player: Json) -> Json:
    """The whole of what the skill is sent by a player or its buttons: a request without a session."""
    return {"version": "1.0", "context": context(who, player), "request": request}


def context(who: Household, player: Json | None = None) -> Json:
    """Where a request comes from."""
    interfaces = (_SCREEN if who.screen else {}) | ({"AudioPlayer": {}} if who.player else {})
    system: Json = {
        "application": {"applicationId": SKILL_ID},
        "user": {"userId": f"amzn1.ask.account.{who.user}"},
        "device": {"deviceId": f"amzn1.ask.device.{who.device}", "supportedInterfaces": interfaces},
        "apiEndpoint": who.api,
        "apiAccessToken": who.token,
    }
    if who.person:
        system["person"] = {"personId": f"amzn1.ask.person.{who.person}"}
    return {"System": system} if player is None else {"System": system, "AudioPlayer": player}


def launch(who: Household, at: datetime) -> Json:
    """The skill was opened by its name and nothing else."""
    return {**_request("LaunchRequest", who, at), "shouldLinkResultBeReturned": False}


def intent(who: Household, at: datetime, name: str, slots: Json, dialog: str | None = None) -> Json:
    """Something was said that is an intent of the skill. `slots` are in the request's own form, and `dialog` is the
    state of the intent's dialog, if it has one.
    """
    meant: Json = {"name": name, "confirmationStatus": "NONE"}
    state = {"dialogState": dialog} if dialog else {}
    return {**_request("IntentRequest", who, at), **state, "intent": {**meant, "slots": slots} if slots else meant}


def permission_answered(who: Household, at: datetime, directive: Json, status: str) -> Json:
    """Alexa has asked for what the skill's `directive` wanted: ACCEPTED, DENIED or NOT_ANSWERED."""
    asked = {"permissionScope": directive["payload"]["permissionScope"], "status": status}
    told: Json = {"name": directive["name"], "status": {"code": "200", "message": "OK"}, "token": directive["token"]}
    return {**_request("Connections.Response", who, at), **told, "payload": asked}


def touched(who: Household, at: datetime, token: str, arguments: list[Any]) -> Json:
    """Something on the screen was touched, or the screen sends by itself what its document has it send."""
    source = {"type": "TouchWrapper", "handler": "Press", "id": "", "value": False}
    sent: Json = {"token": token, "arguments": arguments, "source": source, "components": {}}
    return {**_request("Alexa.Presentation.APL.UserEvent", who, at), **sent}


def screen_failed(who: Household, at: datetime, token: str, kind: str) -> Json:
    """The screen could not do all that its document wants of it."""
    error = {"type": kind, "reason": "INTERNAL_ERROR", "message": "it could not be shown", "listId": "none"}
    return {**_request("Alexa.Presentation.APL.RuntimeError", who, at), "token": token, "errors": [error]}


def session_ended(who: Household, at: datetime, reason: str, error: str | None = None) -> Json:
    """The session is over: USER_INITIATED, EXCEEDED_MAX_REPROMPTS, or ERROR with the message `error`."""
    request: Json = {**_request("SessionEndedRequest", who, at), "reason": reason}
    if error is not None:
        request["error"] = {"type": "INVALID_RESPONSE", "message": error}
    return request


def player_event(who: Household, at: datetime, name: str, fields: Json) -> Json:
    """Something has happened to a stream: PlaybackStarted, PlaybackFailed and the like."""
    return {**_request(f"AudioPlayer.{name}", who, at), **fields}


def pressed(who: Household, at: datetime, button: str) -> Json:
    """A button for the player was pressed: Next, Previous, Play or Pause."""
    return _request(f"PlaybackController.{button}CommandIssued", who, at)


def exception(who: Household, at: datetime, cause: Json, message: str) -> Json:
    """A reply to a player could not be used. Source: AudioPlayer interface reference, System.ExceptionEncountered."""
    told = {"error": {"type": "INVALID_RESPONSE", "message": message}, "cause": {"requestId": cause["requestId"]}}
    return {**_request("System.ExceptionEncountered", who, at), **told}


def skill_disabled(who: Household, at: datetime) -> Json:
    """The whole of what the skill is sent when it is disabled: an event outside of any session."""
    request = {**_request("AlexaSkillEvent.SkillDisabled", who, at), "eventCreationTime": timestamp(at)}
    sent = envelope(who, request, session_id="", new=True, attributes={})
    del sent["session"], sent["request"]["locale"]
    return sent


def _request(kind: str, who: Household, at: datetime) -> Json:
    return {
        "type": kind,
        "requestId": f"amzn1.echo-api.request.{uuid4()}",
        "timestamp": timestamp(at),
        "locale": who.locale,
    }
