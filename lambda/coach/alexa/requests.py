"""Alexa's envelope, read: what was heard, from whom, when, and what the session carried.

Rule: everything in an envelope is input from outside. What is not as it should be is refused or read as empty, never
trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from ask_sdk_model import IntentRequest, LaunchRequest, RequestEnvelope, SessionEndedRequest, Slot
from ask_sdk_model.slu.entityresolution import StatusCode

from coach.alexa import permission
from coach.errand import A_DAY
from coach.errors import MalformedRequestError
from coach.platform import REQUEST_MAX_BYTES, REQUEST_MAX_DEPTH
from coach.progress import Person
from coach.replies.reminding import PARTS
from coach.session import Event, Heard

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
    "ProgressIntent": Event.PROGRESS,
    "LogIntent": Event.LOG,
    "HandsFreeIntent": Event.HANDS_FREE,
    "StepByStepIntent": Event.STEP_BY_STEP,
    "ExerciseByExerciseIntent": Event.EXERCISE_BY_EXERCISE,
    "LongerHoldsIntent": Event.LONGER_HOLDS,
    "ShorterHoldsIntent": Event.SHORTER_HOLDS,
    "UsualHoldsIntent": Event.USUAL_HOLDS,
    "WeeklyGoalIntent": Event.WEEKLY_GOAL,
    "ListRoutinesIntent": Event.LIST_ROUTINES,
    "ListExercisesIntent": Event.LIST_EXERCISES,
    "MoreIntent": Event.MORE,
    "ChooseIntent": Event.CHOOSE,
    "LeaveOutIntent": Event.LEAVE_OUT,
    "BringBackIntent": Event.BRING_BACK,
    "ForgetMeIntent": Event.FORGET_ME,
    "RestDayIntent": Event.REST_DAY,
    "SetReminderIntent": Event.REMIND,
    "StopRemindersIntent": Event.STOP_REMINDING,
}
"""Every intent of the interaction model, and what a person means by it."""

RED_FLAGS = frozenset(
    {"numb", "tingling", "shooting", "dizzy", "chest_pain", "cannot_feel", "short_of_breath", "chest"}
)
"""Sensations and body parts that end a routine: signs of a nerve, the heart or the lungs, and not of a stretch."""

WHO_BYTES, REQUEST_BYTES, DEVICE_BYTES = 16, 4, 3
"""How long the digests are. Nobody may be taken for somebody else: 128 bits. A request is told from the last eight of
one person, and a device from a few of theirs.
"""

TIMES = ("time", "time_two", "time_three")
"""The slots of a request for reminders, in the order in which they are said."""

_TIME = re.compile(r"(\d\d):(\d\d)")
_DURATION = re.compile(r"P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_DURATION_SECONDS = (30 * 86_400, 604_800, 86_400, 3_600, 60, 1)


@dataclass(frozen=True)
class Request:
    """A request as the coach takes it. `person`, `device` and `id` are digests that name nobody; `carried` are session
    attributes. `api` is where Alexa's own services are for it, and the token for them, and `device_id` what they call
    the speaker: neither leaves the turn. `zone` is the speaker's time zone, where it is known.
    """

    heard: Heard
    person: Person
    device: str
    id: str
    now_ms: int
    locale: str
    new: bool
    carried: Mapping[str, Any]
    api: tuple[str, str] = field(default=("", ""), repr=False)
    device_id: str = field(default="", repr=False)
    zone: str = ""


def check(event: object) -> None:
    """Refuse what can be no envelope of Alexa's: raises MalformedRequestError that names the part at fault."""
    if not isinstance(event, dict):
        raise MalformedRequestError("the envelope is not an object")
    if _depth(event) > REQUEST_MAX_DEPTH:
        raise MalformedRequestError("the envelope is nested too deep")
    if len(json.dumps(event, default=str)) > REQUEST_MAX_BYTES:
        raise MalformedRequestError("the envelope is too large")
    for path in (("request", "type"), ("request", "requestId"), ("request", "timestamp"), ("context", "System")):
        part: Any = event
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        if not part:
            raise MalformedRequestError(f"the envelope has no {'.'.join(path)}")


def read(envelope: RequestEnvelope, id_key: str) -> Request | None:
    """The request in an envelope; None for a type that needs no answer. Ids are hashed with `id_key`."""
    request, session, system = envelope.request, envelope.session, envelope.context.system
    match request:
        case LaunchRequest():
            heard = Heard(Event.LAUNCH)
        case IntentRequest():
            heard = _intent(request)
        case SessionEndedRequest():
            heard = Heard(Event.ENDED)
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
        id=_digest(request.request_id, id_key, REQUEST_BYTES),
        now_ms=round(request.timestamp.timestamp() * 1000),
        locale=request.locale or "",
        new=bool(session.new) if session else True,
        carried=(session.attributes or {}) if session else {},
        api=(system.api_endpoint or "", system.api_access_token or ""),
        device_id=device_id,
    )


def account_of(envelope: RequestEnvelope, id_key: str) -> str:
    """The key of the account that a request comes from."""
    return account_key(envelope.context.system.user.user_id, id_key)


def account_key(user_id: str, id_key: str) -> str:
    """The key of an account, by the id that Alexa gives it."""
    return _digest(user_id, id_key, WHO_BYTES)


def _intent(request: IntentRequest) -> Heard:
    event = INTENTS.get(request.intent.name, Event.NONSENSE)
    slots = _Slots(request.intent.slots or {})
    sensation, part = slots.id("sensation"), slots.id("part")
    if event is Event.PAIN and {sensation, part} & RED_FLAGS:
        event = Event.RED_FLAG
    number = _number(slots.value("number"))
    seconds = number if event in (Event.MORE_TIME, Event.LESS_TIME) else 0
    return Heard(
        event,
        routine=slots.id("routine"),
        area=slots.id("area"),
        exercise=slots.id("exercise"),
        unknown="" if slots.id("exercise") else slots.value("exercise"),
        ms=duration_ms(slots.value("length")) or seconds * 1000,
        number=number,
        choice=slots.id("choice"),
        day=_day(slots.value("day")),
        floor_is_out=event is Event.NO_FLOOR,
        times=tuple(time for name in TIMES if (time := _time(slots.value(name))) is not None),
        part=next((slots.value(name) for name in TIMES if slots.value(name) in PARTS), ""),
    )


class _Slots:
    """The slots of an intent; whatever is missing or was not understood is empty."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self._slots = slots

    def value(self, name: str) -> str:
        slot = self._slots.get(name)
        return str(slot.value) if slot and slot.value else ""

    def id(self, name: str) -> str:
        """The id that the words were resolved to."""
        slot = self._slots.get(name)
        authorities = (slot.resolutions.resolutions_per_authority or []) if slot and slot.resolutions else []
        for authority in authorities:
            if authority.status and authority.status.code is StatusCode.ER_SUCCESS_MATCH and authority.values:
                return str(authority.values[0].value.id or "")
        return ""


def duration_ms(value: str) -> int:
    """Milliseconds of an ISO 8601 duration as Alexa gives it (`PT1M30S`); 0 for anything else."""
    match = _DURATION.fullmatch(value)
    if not match:
        return 0
    return 1000 * sum(int(n or 0) * unit for n, unit in zip(match.groups(), _DURATION_SECONDS, strict=True))


def _time(value: str) -> int | None:
    """Minutes after midnight of a time as Alexa gives it (`19:30`)."""
    match = _TIME.fullmatch(value)
    time = int(match[1]) * 60 + int(match[2]) if match else A_DAY
    return time if time < A_DAY else None


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= 4 else 0


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _digest(value: str, key: str, size: int) -> str:
    """A keyed hash of `size` bytes, as hexadecimal text."""
    return blake2b(value.encode(), key=key.encode()[:64], digest_size=size).hexdigest()


def _depth(value: object, limit: int = REQUEST_MAX_DEPTH + 1) -> int:
    if limit == 0:
        return 0
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(part, limit - 1) for part in inner), default=0)
