"""The script that every subject is given: sessions of raw envelopes, as Alexa would send them.

Rule: what is said and when is the same for all, whatever they answer; only the attributes of a session are their own,
and are carried from an answer to the next request where the subject lives (`bench.deployed.process`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulator import envelopes
from simulator.envelopes import Household, Json

WHO = Household("bench", "screen", None, "en-US", True)
"""Somebody with a screen beside the speaker: ask-sdk has a class for each thing that such a device can do."""
STARTED = datetime(2026, 11, 24, 19, tzinfo=UTC)
BETWEEN_TURNS = timedelta(seconds=20)
BETWEEN_SESSIONS = timedelta(days=1)

FULL: Json = {
    "routine": {
        "name": "routine",
        "value": "full routine",
        "confirmationStatus": "NONE",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": "amzn1.er-authority.bench.ROUTINE",
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": "full routine", "id": "full"}}],
                }
            ]
        },
    }
}
LAUNCH, START, NEXT = "LaunchRequest", "StartRoutineIntent", "AMAZON.NextIntent"
EVENING = (
    *(LAUNCH, START, "ReadyIntent", "TimeLeftIntent", NEXT, "AMAZON.RepeatIntent", NEXT, NEXT),
    *("AMAZON.PauseIntent", "AMAZON.ResumeIntent", "WhereAmIIntent", NEXT, "SwitchSideIntent", "TimeLeftIntent"),
    *("AMAZON.HelpIntent", NEXT, "SkipIntent", "ExplainIntent", NEXT, "AMAZON.PreviousIntent", NEXT),
    *("EasierIntent", NEXT, "WhatsNextIntent", "AMAZON.PauseIntent", "AMAZON.ResumeIntent", NEXT, "SkipIntent"),
    *(NEXT, NEXT, NEXT, "ProgressIntent", "AMAZON.StopIntent"),
)
"""A whole routine with all that people say in one. The last word ends the session, and no other does."""


Script = list[list[Json]]
"""Sessions, each of them the events of its turns."""


def evenings(number: int, turns: tuple[str, ...] = EVENING, who: Household = WHO) -> Script:
    """Sessions on so many evenings in a row, each of them the events of its turns."""
    return [_session(turns, who, STARTED + day * BETWEEN_SESSIONS) for day in range(number)]


def _session(turns: tuple[str, ...], who: Household, at: datetime) -> list[Json]:
    name = envelopes.new_session_id()
    events: list[Json] = []
    for turn in turns:
        request = _request(turn, who, at)
        events.append(envelopes.envelope(who, request, session_id=name, new=not events, attributes={}))
        at += BETWEEN_TURNS
    return events


def _request(turn: str, who: Household, at: datetime) -> Json:
    if turn == LAUNCH:
        return envelopes.launch(who, at)
    return envelopes.intent(who, at, turn, FULL if turn == START else {})
