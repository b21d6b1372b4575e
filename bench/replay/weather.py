"""What goes wrong around a turn: a store that fails, and services of Alexa's that refuse or are late.

Rule: it is drawn before the turn and written down with it, so that it is met again.
"""

from __future__ import annotations

from random import Random
from typing import Any

from bench.replay.alexa import NOTHING
from bench.replay.cast import Account

Json = dict[str, Any]

AWAY: Json = {name: ["away"] for name in ("load", "save", "forget", "people")}
STORMS: tuple[Json, ...] = (AWAY, {"save": ["away"]}, {"load": ["away"]}, {"save": ["unheard"]}, AWAY)
"""What lasts for some turns."""

GUSTS: tuple[Json, ...] = (
    AWAY,
    {"save": ["away"]},
    {"save": ["away", ""]},
    {"save": ["away", "away", ""]},
    {"save": ["unheard"]},
    {"save": ["unheard", ""]},
    {"save": ["unheard", "away"]},
    {"save": ["overtaken"]},
    {"save": ["overtaken", ""]},
    {"save": ["overtaken", ""]},
    {"save": ["overtaken", "away"]},
    {"save": ["overtaken", "unheard"]},
    {"save": ["forgotten", ""]},
    {"save": ["slow"]},
    {"load": ["away"]},
    {"load": ["slow"]},
    {"load": ["slow"], "save": ["overtaken", ""]},
    {"load": ["slow"], "save": ["away"]},
    {"forget": ["away"], "people": ["away"]},
    {"forget": ["unheard"]},
)
"""What is over with the turn."""

SLOW_S = 1.4

UNAUTHORIZED = (401, {"code": "UNAUTHORIZED", "message": ""})
REFUSALS: tuple[tuple[Any, ...], ...] = (
    NOTHING,
    UNAUTHORIZED,
    (403, {"code": "MAX_REMINDERS_EXCEEDED", "message": ""}),
    (403, {"code": "DEVICE_NOT_SUPPORTED", "message": ""}),
    (403, {"code": "FORBIDDEN", "message": ""}),
    (403, "<html>"),
    (429, {"code": "MAX_RATE_EXCEEDED", "message": ""}),
    (500, {"code": "INTERNAL_SERVER_ERROR", "message": ""}),
    (503, None),
    (302, None),
    (200, "no json"),
    (200, {"alerts": [{"status": "ON"}]}),
    (200, ["a", "list"]),
)
ZONES: tuple[tuple[Any, ...], ...] = (
    NOTHING,
    (204, None),
    (500, None),
    (403, {"code": "FORBIDDEN"}),
    (200, "../etc/passwd"),
    (200, "Europe/" + "x" * 60),
    (200, 7),
    (200, {"zone": "Europe/Rome"}),
    (200, "Europe/Rome", SLOW_S),
)
"""Answers that tell no zone, but for the last, which is late."""


def faults(account: Account, chance: Random) -> Json:
    """What the store does in the next turn."""
    left, storm = account.storm
    if left:
        account.storm = (left - 1, storm)
        return storm
    if chance.random() >= account.stormy:
        return {}
    if chance.random() < 0.25:
        account.storm = (chance.randrange(1, 12), chance.choice(STORMS))
        return account.storm[1]
    return chance.choice(GUSTS)


def services(account: Account, device: str, turn: int, chance: Random) -> Json:
    """What Alexa's services would answer in the next turn."""
    told = account.zones[device]
    zone: tuple[Any, ...] = (200, told) if told else (204, None)
    if chance.random() < 0.1:
        zone = chance.choice(ZONES)
    listed: tuple[Any, ...] = (200, {"totalCount": str(len(account.alerts)), "alerts": account.alerts, "links": None})
    created: tuple[Any, ...] = (201, {"alertToken": f"alert-{turn}", "status": "ON"})
    deleted: tuple[Any, ...] = (200, {})
    answers = {"GET": listed, "POST": created, "DELETE": deleted}
    if not account.granted:
        answers = dict.fromkeys(answers, UNAUTHORIZED)
    if chance.random() < 0.3:
        failing = chance.choice(("GET", "POST", "DELETE", ""))
        answer = chance.choice(REFUSALS)
        answers |= {method: answer for method in answers if failing in ("", method)}
    elif chance.random() < 0.03:
        answers |= {method: (*answer, SLOW_S) for method, answer in answers.items()}
    return {"zone": list(zone), **{method: list(answer) for method, answer in answers.items()}}


def keep_alerts(account: Account, asked: list[list[Any]], turn: int) -> None:
    """Have Alexa keep and forget reminders, as it was asked to and said that it did."""
    for method, url, body, status in asked:
        if method == "POST" and status == 201:
            account.alerts = [
                *account.alerts,
                {"alertToken": f"alert-{turn}", "status": "ON", **{k: body[k] for k in ("trigger", "alertInfo")}},
            ]
        elif method == "DELETE" and status == 200:
            account.alerts = [alert for alert in account.alerts if not url.endswith("/" + alert["alertToken"])]
