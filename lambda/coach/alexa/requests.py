"""A request of Alexa's, read: what was heard, from whom, when, and what the session carried."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from ask_sdk_model import IntentRequest, LaunchRequest, RequestEnvelope, SessionEndedRequest

from coach.alexa import permission, touch
from coach.alexa.envelope import moment_ms
from coach.alexa.limits import TOUCHING
from coach.alexa.slots import Slots, detail, lasts_nothing
from coach.asking import Request
from coach.conversation import Event, Heard
from coach.conversation.details import Ending
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
    "ResumeRoutineIntent": Event.RESUME,
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
    "PregnantIntent": Event.CONDITION,
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
    "WhatToFetchIntent": Event.WHAT_TO_FETCH,
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

OF_PLAYERS: Mapping[str, Event] = {
    "AMAZON.ShuffleOnIntent": Event.PLAYLIST,
    "AMAZON.ShuffleOffIntent": Event.PLAYLIST,
    "AMAZON.LoopOnIntent": Event.PLAYLIST,
    "AMAZON.LoopOffIntent": Event.PLAYLIST,
}
"""What Alexa sends while something plays, whether the interaction model has it or not."""

ANSWER_UNKNOWN_NAMES = frozenset({Event.GO_TO, Event.ONE_EXERCISE})
"""What is answered with the nearest names. Elsewhere a name that nobody has means that somebody else was spoken to."""

IN_SILENCE = "EXCEEDED_MAX_REPROMPTS"
"""Why a session ended in which nobody answered the reprompt either."""

WHO_BYTES, REQUEST_BYTES, SESSION_BYTES, ALONE_BYTES, DEVICE_BYTES = 16, 3, 3, 8, 3
"""How long the digests are. Nobody may be taken for somebody else: 128 bits. A session is told from the last few of one
person, a request from the one before it, and a device from a few of theirs. A request that stands alone, as those of a
player, is told from the last few as well: there are forty of them in a routine, and none may be taken for an earlier.
"""


def read(envelope: RequestEnvelope, id_key: str) -> Request | None:
    """The request in an envelope; None for a type that needs no answer. Ids are hashed with `id_key`."""
    request = envelope.request
    match request:
        case LaunchRequest():
            heard = Heard(Event.LAUNCH)
        case IntentRequest():
            heard = _intent(request)
        case SessionEndedRequest():
            heard = Heard(Event.ENDED, Ending(in_silence=request.reason == IN_SILENCE))
        case touch.Touch() if touched := touch.heard(request, _answer_before(envelope, id_key)):
            heard = touched
        case _ if request.object_type == permission.ANSWERED and (answered := permission.heard(request)):
            heard = answered
        case _:
            return None
    return asked(envelope, id_key, heard)


def asked(envelope: RequestEnvelope, id_key: str, heard: Heard) -> Request:
    """The request in an envelope that means this. Ids are hashed with `id_key`."""
    request, session, system = envelope.request, envelope.session, envelope.context.system
    voice, device_id = system.person.person_id, system.device.device_id
    return Request(
        heard=heard,
        person=Person(account_of(envelope, id_key), _digest(voice, id_key, WHO_BYTES) if voice else ""),
        device=_digest(device_id, id_key, DEVICE_BYTES),
        session=_named(envelope, id_key),
        id=_digest(request.request_id, id_key, REQUEST_BYTES),
        now_ms=moment_ms(request.timestamp),
        locale=request.locale,
        new=session.new if session else True,
        carried=session.attributes if session else {},
        speaking_up=TOUCHING if isinstance(request, touch.Touch) else None,
    )


def answers_in(envelope: RequestEnvelope) -> object:
    """How many answers a session has had, as it says itself."""
    session = envelope.session.attributes.get("session") if envelope.session else None
    return session.get("answers") if isinstance(session, dict) else None


def _answer_before(envelope: RequestEnvelope, id_key: str) -> str:
    """The token of the answer that a session has had last."""
    return touch.token(_named(envelope, id_key), answers_in(envelope))


def account_of(envelope: RequestEnvelope, id_key: str) -> str:
    """The key of the account that a request comes from."""
    return account_key(envelope.context.system.user.user_id, id_key)


def account_key(user_id: str, id_key: str) -> str:
    """The key of an account, by the id that Alexa gives it."""
    return _digest(user_id, id_key, WHO_BYTES)


def _named(envelope: RequestEnvelope, id_key: str) -> str:
    """The key of a session; of the request itself where it has none."""
    session = envelope.session.session_id if envelope.session else ""
    if session:
        return _digest(session, id_key, SESSION_BYTES)
    return _digest(envelope.request.request_id, id_key, ALONE_BYTES)


def _intent(request: IntentRequest) -> Heard:
    event = INTENTS.get(request.intent.name) or OF_PLAYERS.get(request.intent.name, Event.NONSENSE)
    slots = Slots(request.intent.slots)
    if slots.unlisted() and event not in ANSWER_UNKNOWN_NAMES:
        return Heard(Event.NONSENSE)
    if event is Event.START and lasts_nothing(slots.value("length")):
        # Who has no time begins nothing.
        return Heard(Event.NONSENSE)
    return Heard(event, detail(slots, event))


def _digest(value: str, key: str, size: int) -> str:
    """A keyed hash of `size` bytes, as hexadecimal text."""
    return blake2b(value.encode(errors="surrogatepass"), key=key.encode()[:64], digest_size=size).hexdigest()
