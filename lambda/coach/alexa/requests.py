"""Alexa's envelope, read: what was heard, from whom, when, and what the session carried.

Rule: everything in an envelope is input from outside. What is not as it should be is refused or read as empty, never
trusted.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from ask_sdk_model import IntentRequest, LaunchRequest, RequestEnvelope, SessionEndedRequest

from coach import log
from coach.alexa import permission
from coach.alexa.limits import ATTRIBUTES_MAX_BYTES, ATTRIBUTES_MAX_DEPTH, REQUEST_MAX_BYTES, REQUEST_MAX_DEPTH
from coach.alexa.slots import Slots, detail
from coach.answering import Request
from coach.conversation import Event, Heard
from coach.conversation.details import Ending
from coach.errors import MalformedRequestError
from coach.persistence import Person
from coach.persistence.reading import MS_MOST

INTENTS: Mapping[str, Event] = {
    "AMAZON.NextIntent": Event.NEXT,
    "AMAZON.PreviousIntent": Event.PREVIOUS,
    "AMAZON.RepeatIntent": Event.REPEAT,
    "AMAZON.PauseIntent": Event.PAUSE,
    "AMAZON.ResumeIntent": Event.RESUME,
    "AMAZON.StartOverIntent": Event.START_OVER,
    "AMAZON.HelpIntent": Event.HELP,
    "AMAZON.StopIntent": Event.STOP,
    "AMAZON.CancelIntent": Event.STOP,
    "AMAZON.NavigateHomeIntent": Event.STOP,
    "AMAZON.YesIntent": Event.YES,
    "AMAZON.NoIntent": Event.NO,
    "AMAZON.FallbackIntent": Event.NONSENSE,
    "StartRoutineIntent": Event.START,
    "OneExerciseIntent": Event.ONE_EXERCISE,
    "NoFloorIntent": Event.NO_FLOOR,
    "SkipIntent": Event.SKIP,
    "GoToIntent": Event.GO_TO,
    "SwitchSideIntent": Event.SWITCH_SIDE,
    "TimeLeftIntent": Event.TIME_LEFT,
    "WhereAmIIntent": Event.WHERE,
    "WhatsNextIntent": Event.WHATS_NEXT,
    "ExplainIntent": Event.EXPLAIN,
    "WhyIntent": Event.WHY,
    "CheckPositionIntent": Event.CHECK,
    "EasierIntent": Event.EASIER,
    "DeeperIntent": Event.DEEPER,
    "MoreTimeIntent": Event.MORE_TIME,
    "LessTimeIntent": Event.LESS_TIME,
    "SlowerIntent": Event.SLOWER,
    "FasterIntent": Event.FASTER,
    "NormalPaceIntent": Event.NORMAL_PACE,
    "PainIntent": Event.PAIN,
    "EmergencyIntent": Event.EMERGENCY,
    "UrgentIntent": Event.URGENT,
    "CannotGetUpIntent": Event.CANNOT_GET_UP,
    "NoChairIntent": Event.NO_CHAIR,
    "SoreAfterIntent": Event.SORE_AFTER,
    "ConditionIntent": Event.CONDITION,
    "SafeIntent": Event.SAFE,
    "ReadyIntent": Event.READY,
    "NotReadyIntent": Event.NOT_READY,
    "ProgressIntent": Event.PROGRESS,
    "LogIntent": Event.LOG,
    "HandsFreeIntent": Event.HANDS_FREE,
    "StepByStepIntent": Event.STEP_BY_STEP,
    "ExerciseByExerciseIntent": Event.EXERCISE_BY_EXERCISE,
    "LongerHoldsIntent": Event.LONGER_HOLDS,
    "ShorterHoldsIntent": Event.SHORTER_HOLDS,
    "UsualHoldsIntent": Event.USUAL_HOLDS,
    "TakeBreakIntent": Event.BREAK,
    "AlreadyDoneIntent": Event.ALREADY_DONE,
    "SwapIntent": Event.SWAP,
    "SkippedIntent": Event.SKIPPED_WHICH,
    "HoldForIntent": Event.HOLD_FOR,
    "MoreSetsIntent": Event.MORE_SETS,
    "LessTalkIntent": Event.LESS_TALK,
    "UsualTalkIntent": Event.USUAL_TALK,
    "VolumeIntent": Event.VOLUME,
    "NoMatIntent": Event.NO_MAT,
    "ThanksIntent": Event.THANKS,
    "DeleteEverythingIntent": Event.DELETE_EVERYTHING,
    "ChimesIntent": Event.CHIMES,
    "NoChimesIntent": Event.NO_CHIMES,
    "GoEasyIntent": Event.GO_EASY,
    "UsualDosesIntent": Event.USUAL_DOSES,
    "TooSoonIntent": Event.TOO_SOON,
    "WeeklyGoalIntent": Event.WEEKLY_GOAL,
    "ListRoutinesIntent": Event.LIST_ROUTINES,
    "ListExercisesIntent": Event.LIST_EXERCISES,
    "MoreIntent": Event.MORE,
    "ChooseIntent": Event.CHOOSE,
    "LastIntent": Event.CHOOSE,
    "NumberIntent": Event.NUMBER,
    "LeaveOutIntent": Event.LEAVE_OUT,
    "BringBackIntent": Event.BRING_BACK,
    "ForgetMeIntent": Event.FORGET_ME,
    "RestDayIntent": Event.REST_DAY,
    "SetReminderIntent": Event.REMIND,
    "StopRemindersIntent": Event.STOP_REMINDING,
}
"""Every intent of the interaction model, and what a person means by it."""

ANSWER_UNKNOWN_NAMES = frozenset({Event.GO_TO, Event.ONE_EXERCISE})
"""What is answered with the nearest names. Elsewhere a name that nobody has means that somebody else was spoken to."""

SKILL_DISABLED = "AlexaSkillEvent.SkillDisabled"
"""The type of request that ask-sdk has a class for, with a dozen modules that nothing else here needs."""

TYPES = frozenset(
    {
        *("LaunchRequest", "IntentRequest", "SessionEndedRequest"),
        *(permission.ANSWERED, SKILL_DISABLED),
    }
)
"""The types of requests that anything is done about."""

EACH = "*"
"""Stands for any name."""

IN_SILENCE = "EXCEEDED_MAX_REPROMPTS"
"""Why a session ended in which nobody answered the reprompt either."""

NEEDED = (
    ("request", "type"),
    ("request", "requestId"),
    ("request", "timestamp"),
    ("context", "System", "application", "applicationId"),
    ("context", "System", "user", "userId"),
)
"""What every request of Alexa's has."""

_SLOT: Mapping[str, Any] = {
    **dict.fromkeys(("name", "value", "confirmationStatus")),
    "resolutions": {"resolutionsPerAuthority": None},
}

READ: Mapping[str, Any] = {
    "version": None,
    "session": dict.fromkeys(("new", "sessionId", "attributes")),
    "context": {
        "System": {
            "application": {"applicationId": None},
            "user": {"userId": None},
            "person": {"personId": None},
            "device": {"deviceId": None},
            **dict.fromkeys(("apiEndpoint", "apiAccessToken")),
        }
    },
    "request": {
        **dict.fromkeys(("type", "requestId", "timestamp", "locale", "reason")),
        **dict.fromkeys(("name", "status", "payload", "token")),
        "intent": {"name": None, "slots": {EACH: _SLOT}},
    },
}
"""What is read of an envelope, each part as it is or by its own parts. ask-sdk would make objects of all the rest, and
import a class for every one of them: for a device with a screen those are some seventy modules.
"""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)

WHO_BYTES, REQUEST_BYTES, SESSION_BYTES, DEVICE_BYTES = 16, 3, 3, 3
"""How long the digests are. Nobody may be taken for somebody else: 128 bits. A session is told from the last few of one
person, a request from the one before it, and a device from a few of theirs.
"""


def checked(event: object) -> dict[str, Any]:
    """What is to be read of an envelope. Session attributes that cannot have been ours are taken out of it. Raises
    MalformedRequestError that names the part at fault of what can be no envelope of Alexa's.
    """
    if not isinstance(event, dict):
        raise MalformedRequestError("the envelope is not an object")
    event = _without_foreign_attributes(event)
    if _depth(event) > REQUEST_MAX_DEPTH:
        raise MalformedRequestError("the envelope is nested too deep")
    if _size(event) > REQUEST_MAX_BYTES:
        raise MalformedRequestError("the envelope is too large")
    for path in NEEDED:
        part: Any = event
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        if not part:
            raise MalformedRequestError(f"the envelope has no {'.'.join(path)}")
    if not _TIME.fullmatch(str(event["request"]["timestamp"])):
        raise MalformedRequestError("the envelope has no request.timestamp that is a time")
    return dict(_kept(event, READ))


def _kept(value: Any, read: Mapping[str, Any] | None) -> Any:
    """What of a value is read."""
    if read is None or not isinstance(value, dict):
        return value
    if EACH in read:
        return {name: _kept(part, read[EACH]) for name, part in value.items()}
    return {name: _kept(value[name], part) for name, part in read.items() if name in value}


def read(envelope: RequestEnvelope, id_key: str) -> Request | None:
    """The request in an envelope; None for a type that needs no answer. Ids are hashed with `id_key`."""
    request, session, system = envelope.request, envelope.session, envelope.context.system
    match request:
        case LaunchRequest():
            heard = Heard(Event.LAUNCH)
        case IntentRequest():
            heard = _intent(request)
        case SessionEndedRequest():
            heard = Heard(Event.ENDED, Ending(in_silence=_reason(request) == IN_SILENCE))
        case _ if request.object_type == permission.ANSWERED and (answered := permission.heard(request)):
            heard = answered
        case _:
            return None
    voice = system.person.person_id if system.person else None
    device_id = (system.device.device_id or "") if system.device else ""
    return Request(
        heard=heard,
        person=Person(account_of(envelope, id_key), _digest(voice, id_key, WHO_BYTES) if voice else ""),
        device=_digest(device_id, id_key, DEVICE_BYTES),
        session=_digest((session.session_id if session else None) or request.request_id, id_key, SESSION_BYTES),
        id=_digest(request.request_id, id_key, REQUEST_BYTES),
        now_ms=_moment_ms(request.timestamp),
        locale=request.locale or "",
        new=bool(session.new) if session else True,
        carried=(session.attributes or {}) if session else {},
    )


def account_of(envelope: RequestEnvelope, id_key: str) -> str:
    """The key of the account that a request comes from."""
    return account_key(envelope.context.system.user.user_id, id_key)


def account_key(user_id: str, id_key: str) -> str:
    """The key of an account, by the id that Alexa gives it."""
    return _digest(user_id, id_key, WHO_BYTES)


def _moment_ms(timestamp: datetime) -> int:
    """The moment of a request in epoch milliseconds. Raises MalformedRequestError for one that nobody lives at."""
    try:
        moment_ms = round(timestamp.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        moment_ms = -1
    if not 0 <= moment_ms <= MS_MOST:
        raise MalformedRequestError("the envelope has no request.timestamp of our time")
    return moment_ms


def _intent(request: IntentRequest) -> Heard:
    if not request.intent:
        return Heard(Event.NONSENSE)
    event = INTENTS.get(request.intent.name, Event.NONSENSE)
    slots = Slots(request.intent.slots or {})
    if slots.unlisted() and event not in ANSWER_UNKNOWN_NAMES:
        return Heard(Event.NONSENSE)
    return Heard(event, detail(slots, event))


def _reason(request: SessionEndedRequest) -> str:
    return str(request.reason.value) if request.reason else ""


def _digest(value: str, key: str, size: int) -> str:
    """A keyed hash of `size` bytes, as hexadecimal text."""
    return blake2b(value.encode(errors="surrogatepass"), key=key.encode()[:64], digest_size=size).hexdigest()


def _without_foreign_attributes(event: dict[str, Any]) -> dict[str, Any]:
    session = event.get("session")
    if not isinstance(session, dict) or _may_be_ours(session.get("attributes")):
        return event
    log.record("repaired", where="session", fields="attributes")
    return {**event, "session": {**session, "attributes": {}}}


def _may_be_ours(attributes: object) -> bool:
    if not isinstance(attributes, dict):
        return attributes is None
    return _depth(attributes) < ATTRIBUTES_MAX_DEPTH and _size(attributes) <= ATTRIBUTES_MAX_BYTES


def _size(value: object) -> int:
    """Bytes as JSON; more than any limit for what is none, such as a number of thousands of digits."""
    try:
        return len(json.dumps(value, default=str))
    except (ValueError, TypeError):
        return sys.maxsize


def _depth(value: object, limit: int = REQUEST_MAX_DEPTH + 1) -> int:
    if limit == 0:
        return 0
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(part, limit - 1) for part in inner), default=0)
