"""A seeded walk over all that can be sent to the coach, by everybody of the cast, taken by turns.

Rule: one source of chance, no clock and no set to choose from: the same seed makes the same recording to the byte.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.replay import odd, weather
from bench.replay.cast import cast, guest
from bench.replay.habits import CHANGES, IN_A_STORM, PLANS, Habits
from bench.replay.house import House
from bench.replay.said import Model, Said
from bench.replay.sessions import Session
from bench.replay.taken import take
from simulator import envelopes
from simulator.envelopes import Household
from simulator.permission import ACCEPTED

Json = dict[str, Any]

STARTS_S, LISTENS_S, ANSWER_S = 1, 16, 220
"""Until an answer is heard, how long a speaker waits for a reply, and the longest answer: all in seconds."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400

KINDS, HOW_OFTEN = ("into", "ends", "any", "at once", "late", "hours", "back"), (34, 36, 16, 4, 6, 1, 3)
"""When something is said: into the speech or as it ends, whenever a speech might be, and out of time."""

UNDERWAY = frozenset({"coaching", "between", "paused"})


class Walk:
    """Takes turns in a house."""

    def __init__(self, house: House, seed: int) -> None:
        self._house = house
        # What is drawn is to be drawn again, and is no secret.
        self._chance = Random(seed)  # noqa: S311
        self._model = Model()
        self._habits = Habits(self._model, self._chance)
        self._regulars = cast()
        self._guests, self._guest, self._guest_says = 0, guest(0), 0
        self._sessions: dict[tuple[str, str], Session] = {}
        self._turn, self._numbers, self._firsts = 0, 0, 0
        self._account, self._device = self._regulars[0], "den"

    def turns(self, count: int) -> Iterator[Json]:
        """So many turns, as lines of a recording."""
        while self._turn < count:
            self._turn += 1
            self._go_somewhere()
            yield self._taken()

    def _go_somewhere(self) -> None:
        """Mostly stay with the same account, and mostly at the same speaker of it."""
        stranger = self._account is self._guest
        self._guest_says -= stranger
        if self._chance.random() < 0.12 or (stranger and self._guest_says <= 0):
            self._account = self._chance.choice(self._regulars)
            if self._chance.random() < 0.25:
                self._guests += 1
                self._account = self._guest = guest(self._guests)
                self._guest_says = self._chance.randrange(2, 7)
        elif self._chance.random() < 0.7:
            return
        self._device = self._chance.choice(list(self._account.zones))

    def _taken(self) -> Json:
        session = self._sessions.get((self._account.name, self._device))
        drawn = self._chance.random()
        if session and session.asked and drawn < 0.9:
            return self._answer_alexa(session)
        if drawn < (0.012 if self._account is self._guest else 0.0015):
            return self._leave_for_good()
        if drawn < 0.015:
            return self._send_something_odd(session)
        if session is None or session.asked or drawn < 0.028:
            return self._begin()
        if drawn < 0.055 and session.last:
            return self._sent(session, copy.deepcopy(session.last["request"]), session.sent, session.last["carries"])
        if drawn < 0.095:
            return self._end(session)
        return self._say(session)

    def _begin(self) -> Json:
        """A new session: by the name of the skill, or with the first request at once."""
        chance = self._chance
        gaps = (chance.randrange(2, 90), chance.randrange(2, 50) * MINUTE, chance.randrange(1, 20) * HOUR)
        days = (DAY + chance.randrange(-3, 4) * HOUR, chance.randrange(2, 6) * DAY, 7 * DAY, 30 * DAY)
        daily = 24 + 100 * self._account.steady
        gap = chance.choices((*gaps, *days, -20), (14, 32, 18, daily, daily / 3, daily / 6, 0.5, 1.5))[0]
        at = self._account.now + timedelta(seconds=gap)
        session = self._new_session(at)
        # Who has given permission may take it back in the app.
        self._account.granted &= chance.random() < 0.9
        stranger = self._account is self._guest
        if not stranger and chance.random() < 0.5:
            return self._send(session, envelopes.launch(self._who(session), at), at)
        if stranger or chance.random() < 0.4:
            # Everything is a first request at some time, of a stranger as of somebody who comes again.
            name = sorted(self._model.intents)[self._firsts % len(self._model.intents)]
            self._firsts += 1
            return self._intend(session, self._habits.of(name, at.date()), at)
        return self._intend(session, self._habits.next(chance.choice(("", "", "paused")), at.date()), at)

    def _say(self, session: Session) -> Json:
        chance, habits, account = self._chance, self._habits, self._account
        if chance.random() < 0.03:
            # Somebody else of the household speaks up.
            session.voice = chance.choice(account.voices)
        if not session.ahead and session.state in UNDERWAY and chance.random() < 0.09:
            session.ahead = list(chance.choice(PLANS))
        if session.ahead:
            name = session.ahead.pop(0)
            at = self._moment(session, "early" if name in CHANGES else "ends")
            return self._intend(session, habits.of(name, at.date()), at)
        if chance.random() < account.steady:
            at = self._moment(session, "ends")
            return self._intend(session, habits.onward(session.state, at.date()), at)
        at = self._moment(session, chance.choices(KINDS, HOW_OFTEN)[0])
        if account.storm[0] and chance.random() < 0.2:
            return self._intend(session, habits.of(chance.choice(IN_A_STORM), at.date()), at)
        if chance.random() < account.reminding:
            return self._intend(session, habits.reminding(at.date()), at)
        return self._intend(session, habits.next(session.state, at.date()), at)

    def _moment(self, session: Session, kind: str) -> datetime:
        speaks, uniform = min(session.speaks_s, ANSWER_S), self._chance.uniform
        seconds = {
            "early": uniform(0.1, 0.4) * speaks,
            "into": uniform(0, speaks),
            "ends": speaks + uniform(0, 8),
            "any": uniform(0, ANSWER_S),
            "at once": 0,
            "late": uniform(4, 50) * MINUTE,
            "hours": uniform(1, 30) * HOUR,
            "back": -uniform(1, 40),
        }[kind]
        at = session.sent + timedelta(seconds=round(STARTS_S + seconds))
        if kind == "back" or at >= self._account.now:
            return at
        # Another speaker of the account was talked to since.
        return self._account.now + timedelta(seconds=self._chance.randrange(0, 20))

    def _end(self, session: Session) -> Json:
        reason = self._chance.choice(("USER_INITIATED", "EXCEEDED_MAX_REPROMPTS", "EXCEEDED_MAX_REPROMPTS", "ERROR"))
        at = self._moment(session, "into")
        if reason == "EXCEEDED_MAX_REPROMPTS":
            at = session.sent + timedelta(seconds=round(session.speaks_s) + LISTENS_S)
        error = "The target device does not support directives." if reason == "ERROR" else None
        return self._send(session, envelopes.session_ended(self._who(session), at, reason, error), at)

    def _answer_alexa(self, before: Session) -> Json:
        """Alexa has asked for permission, and tells what was said to it, in a session that may remember nothing."""
        at = before.sent + timedelta(seconds=self._chance.randrange(5, 40))
        status = self._chance.choices(odd.STATUSES, odd.HOW_OFTEN)[0]
        session = self._new_session(at, before.voice)
        if self._chance.random() < 0.3:
            session.attributes, session.carries = before.attributes, before.carries
        session.new = self._chance.random() < 0.8
        if status == ACCEPTED:
            self._account.granted = self._chance.random() < 0.9
        request = odd.permission(self._who(session), at, before.asked or {}, status, self._chance)
        return self._send(session, request, at)

    def _leave_for_good(self) -> Json:
        """The skill is disabled, and all its speakers hang up; or one goes on, that has not heard of it."""
        at = self._account.now
        if self._chance.random() < 0.7:
            for device in self._account.zones:
                self._sessions.pop((self._account.name, device), None)
        if self._chance.random() < 0.4:
            self._account.storm = (1, weather.AWAY)
        self._numbers += 1
        nobody = Session(self._numbers, "", at)
        sent = envelopes.skill_disabled(self._who(nobody), at)
        sent["request"]["requestId"] = self._request_id
        return self._sent(nobody, sent, at, None)

    def _send_something_odd(self, session: Session | None) -> Json:
        at = self._account.now + timedelta(seconds=self._chance.randrange(1, 60))
        open_ = session or self._new_session(at)
        who = self._who(open_)
        match self._chance.choice(("unasked", "unasked", "unanswered", "broken", "lost", "tampered")):
            case "unasked":
                return self._send(open_, odd.unasked(who, at, self._chance), at)
            case "unanswered":
                return self._send(open_, odd.unanswered(who, at, self._chance), at)
            case "broken":
                sent = self._envelope(open_, envelopes.launch(who, at))
                return self._sent(open_, odd.broken(sent, self._chance), at, None)
            case kind:
                open_.attributes, open_.carries = {"version": 99} if kind == "tampered" else {}, None
                return self._intend(open_, self._habits.next(open_.state, at.date()), at)

    @property
    def _request_id(self) -> str:
        """The simulator draws its ids by chance; here they are counted."""
        return f"amzn1.echo-api.request.{self._turn}"

    def _new_session(self, at: datetime, voice: str | None = None) -> Session:
        self._numbers += 1
        session = Session(self._numbers, self._chance.choice(self._account.voices) if voice is None else voice, at)
        self._sessions[self._account.name, self._device] = session
        return session

    def _who(self, session: Session) -> Household:
        account, device = self._account, f"{self._account.name}.{self._device}"
        return Household(account.name, device, session.voice or None, account.locale, False, account.endpoint)

    def _intend(self, session: Session, said: Said, at: datetime) -> Json:
        return self._send(session, envelopes.intent(self._who(session), at, *said), at)

    def _send(self, session: Session, request: Json, at: datetime) -> Json:
        return self._sent(session, self._envelope(session, request), at, session.carries)

    def _envelope(self, session: Session, request: Json) -> Json:
        request["requestId"] = self._request_id
        name, who = f"amzn1.echo-api.session.{session.number}", self._who(session)
        return envelopes.envelope(who, request, session_id=name, new=session.new, attributes=session.attributes)

    def _sent(self, session: Session, envelope: Json, at: datetime, carries: int | None) -> Json:
        """Take the turn, write it down, and be where it leads."""
        account, seat = self._account, (self._account.name, self._device)
        faults = weather.faults(account, self._chance)
        services = weather.services(account, self._device, self._turn, self._chance)
        taken = take(self._house, envelope, faults, services)
        weather.keep_alerts(account, taken.asked, self._turn)
        line = {
            "turn": self._turn,
            "who": "/".join(filter(None, (account.name, session.voice))) + f"@{self._device}",
            "session": session.number,
            "carries": carries,
            "heard": list(self._house.heard),
            "log": list(self._house.log),
            "store": faults,
            "alexa": services,
            "request": envelope,
            **vars(taken),
        }
        account.now = max(account.now, at)
        if self._sessions.get(seat) is session and not (taken.response and session.follow(line, at)):
            del self._sessions[seat]
        return line
