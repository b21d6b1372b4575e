"""Alexa's envelope, read: what was heard, from whom, when, and what the session carried.

Rule: everything in an envelope is input from outside. What is not as it should be is refused or read as empty, never
trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from ask_sdk_model import IntentRequest, LaunchRequest, RequestEnvelope, SessionEndedRequest, Slot
from ask_sdk_model.slu.entityresolution import StatusCode

from coach.alexa import permission
from coach.alexa.limits import REQUEST_MAX_BYTES, REQUEST_MAX_DEPTH
from coach.answering import Request
from coach.conversation import Event, Heard
from coach.conversation.events import (
    A_DAY,
    DETAILS,
    LAST,
    PARTS_OF_DAY,
    Choice,
    Count,
    Daily,
    Detail,
    Length,
    Named,
    Wanted,
    When,
)
from coach.errors import MalformedRequestError
from coach.persistence import Person

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
    if event is Event.PAIN and {slots.id("sensation"), slots.id("part")} & RED_FLAGS:
        event = Event.RED_FLAG
    kind = DETAILS.get(event)
    return Heard(event, _READ[kind](slots, event) if kind else None)


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

    def number(self, name: str) -> int:
        """The number that was said; 0 for anything else."""
        value = self.value(name)
        return int(value) if value.isdecimal() and len(value) <= 4 else 0


def _wanted(slots: _Slots, event: Event) -> Wanted:
    length = duration_ms(slots.value("length"))
    return Wanted(slots.id("routine"), slots.id("area"), length, event is Event.NO_FLOOR)


def _named(slots: _Slots, _: Event) -> Named:
    exercise = slots.id("exercise")
    return Named(exercise, "" if exercise else slots.value("exercise"), slots.number("number"))


def _length(slots: _Slots, _: Event) -> Length:
    """A number without a unit is one of seconds."""
    return Length(duration_ms(slots.value("length")) or slots.number("number") * 1000)


def _count(slots: _Slots, _: Event) -> Count:
    return Count(slots.number("number"), slots.id("exercise"))


def _choice(slots: _Slots, _: Event) -> Choice:
    chosen = slots.id("choice")
    return Choice(LAST if chosen == "last" else int(chosen) if chosen.isdecimal() else 0)


def _when(slots: _Slots, _: Event) -> When:
    return When(_day(slots.value("day")), duration_ms(slots.value("length")))


def _daily(slots: _Slots, _: Event) -> Daily:
    said = [slots.value(name) for name in TIMES]
    times = tuple(time for value in said if (time := _time(value)) is not None)
    part = next((value for value in said if value in PARTS_OF_DAY), "")
    return Daily(times, part, slots.number("number"), slots.id("exercise"))


_READ: Mapping[type[Detail], Callable[[_Slots, Event], Detail]] = {
    Wanted: _wanted,
    Named: _named,
    Length: _length,
    Count: _count,
    Choice: _choice,
    When: _when,
    Daily: _daily,
}
"""How each kind of detail is read from slots."""


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


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _digest(value: str, key: str, size: int) -> str:
    """A keyed hash of `size` bytes, as hexadecimal text."""
    return blake2b(value.encode(), key=key.encode()[:64], digest_size=size).hexdigest()


def _depth(value: object, limit: int = REQUEST_MAX_DEPTH + 1) -> int:
    if limit == 0:
        return 0
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(part, limit - 1) for part in inner), default=0)
