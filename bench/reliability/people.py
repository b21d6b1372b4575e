"""Who says what: one person or a household of two, in one session or two at once, while the table fails and after it.

Rule: everything is drawn from a name, so that whoever lost something can be met again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bench.reliability.acts import (
    HEARD_OUT,
    LEAVABLE,
    OPEN,
    PAUSE,
    STOP,
    WHERE,
    Act,
    conversation,
    goal,
    left_out,
    top_up,
)
from bench.reliability.ledger import Difference, Ledger
from bench.reliability.sayings import Said
from bench.reliability.way import Coach, Fate, NobodyHeardError, Way
from bench.reliability.witness import Account, Witness
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.memory import MemoryStore
from simulator.envelopes import Household, new_session_id
from tests.front_door import FrontDoor, Reply

EVENING = datetime(2026, 11, 24, 19, tzinfo=UTC)

KNOWN, SPEAKS_UP = 0.3, 0.1
"""How many people were here the day before, and how often somebody speaks up in the session of another voice."""

TWICE, UNHEARD, LATE = 0.05, 0.03, 0.03
"""How many requests are sent twice, are answered and not heard, and reach the coach only after later ones."""

TWO_VOICES = 0.4
"""Of the accounts with two sessions at once, how many are of two voices that are recognised."""


@dataclass
class Somebody:
    """A person, by their account and voice, and what they were told."""

    who: Household
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def key(self) -> Person:
        """Under which key they are kept, seen by what is looked up when they open the skill."""
        store = _Asked()
        FrontDoor(Coach(store).handler, EVENING, self.who, checked=False).launch()
        return store.asked


class _Asked(MemoryStore):
    """Remembers of whom it was asked last."""

    asked = Person("")

    def load(self, person: Person) -> Progress | None:
        self.asked = person
        return super().load(person)


class Speaker:
    """One session on one speaker, of the person who speaks first, and somebody who listens to it. Another one of the
    same person may go on `beside` it.
    """

    def __init__(
        self, owner: Somebody, coach: Coach, chance: Random, now: datetime = EVENING, *, beside: bool = False
    ) -> None:
        self.owner, self.way = owner, Way(coach)
        who = replace(owner.who, device=new_session_id())
        self._door = FrontDoor(self.way, now, who, checked=False, session_id=new_session_id())
        self._chance = chance
        self._late: list[Act] = []
        self.witness = Witness(self._door.session_id, now.date().isoformat(), owner.ledger, beside=beside)

    @property
    def account(self) -> Account:
        """How the session went."""
        return self.witness.account

    @property
    def listens(self) -> bool:
        """Whether the session has begun, and is whose it is."""
        return not self._door.new

    def say(self, act: Act, *, voice: str = "") -> None:
        """Say one thing, by somebody else's `voice` if there is one, and listen to what comes of it."""
        owner, number = self._door.who, next(self.witness.ledger.numbers)
        self.way.fate = self._fate(act)
        if self.way.fate is Fate.LATE:
            self._late.append(act)
        else:
            self.witness.time_passes(act.after)
            if not voice:
                self.witness.asks(act, number)
        self._door.who = replace(owner, person=voice) if voice else owner
        try:
            if act.intent:
                reply = self._door.intent(act.intent, dict(act.slots), after=act.after)
            else:
                reply = self._door.launch(after=act.after)
        except NobodyHeardError as nobody:
            lost = Said.of(Reply(nobody.answer).text) if nobody.answer else Said("")
            self.witness.hears_nothing(self.way, lost)
        else:
            said = Said.of(reply.text)
            self.witness.hears(act, number, said, open_=reply.open, way=self.way, strange=bool(voice))
        self._door.who = owner

    def fall_silent(self) -> None:
        """Nothing is said any more: the speaker tells of it, and what was heard until then has been done."""
        self.way.fate = Fate.TWICE if self._chance.random() < TWICE else Fate.ARRIVES
        self.witness.time_passes(HEARD_OUT)
        self._door.end(after=HEARD_OUT)
        self.witness.took(self.way, ended=True)
        self.witness.hears_no_more()

    def end(self) -> None:
        """The session ends by "stop", by silence, or because nobody tells of it."""
        match self._chance.randrange(3):
            case 0:
                self.say(STOP)
            case 1:
                self.fall_silent()
        self.witness.hears_no_more()

    def late_ones_arrive(self) -> None:
        """What was on its way reaches the coach after all."""
        for act in self._late:
            self.witness.asks(act, next(self.witness.ledger.numbers))
        self._late = []
        self.way.arrive_late()

    def _fate(self, act: Act) -> Fate:
        drawn = self._chance.random()
        if drawn < TWICE:
            return Fate.TWICE
        if drawn < TWICE + UNHEARD and act is not STOP:
            return Fate.UNHEARD
        return Fate.LATE if act.late and drawn > 1 - LATE else Fate.ARRIVES


@dataclass
class Evening:
    """What came of one account: who was there, and the sessions while the table failed.

    `left` is the places that a session said are kept, and that the table did not hold right after it.
    """

    people: list[Somebody]
    accounts: list[Account] = field(default_factory=list)
    left: Difference = field(default_factory=Difference)

    def against(self, table: ProgressRepository) -> Difference:
        """What a table has lost of it, or counted twice."""
        return sum((each.ledger.against(table.load(each.key)) for each in self.people), self.left)


def spend(name: str, speakers: int, faulty: Coach, sound: Coach) -> Evening:
    """An evening of one account: on `faulty`, whose table fails, and then on `sound`, whose table answers."""
    chance = Random(name)  # noqa: S311
    voices = ["ann", "ben"] if speakers == 2 and chance.random() < TWO_VOICES else [""]
    people = [Somebody(Household(name, "", voice and f"{name}.{voice}", "en-US", False)) for voice in voices]
    for each in people:
        if chance.random() < KNOWN:
            _here_before(each, sound, chance)
    beside = len(people) < speakers
    sessions = [
        Speaker(people[at % len(people)], faulty, chance, _some_time(chance), beside=beside) for at in range(speakers)
    ]
    talks = [conversation(chance) for _ in sessions]
    while any(talks):
        at = chance.choice([at for at, talk in enumerate(talks) if talk])
        sessions[at].say(talks[at].pop(0))
        if len(people) == 2 and sessions[at].listens and chance.random() < SPEAKS_UP:
            sessions[at].say(chance.choice((top_up(chance), PAUSE)), voice=people[1 - at].who.person or "")
        if chance.random() < 0.5:
            sessions[at].late_ones_arrive()
    evening = Evening(people, [session.account for session in sessions])
    _end(evening, sessions, sound, chance)
    return evening


def _some_time(chance: Random) -> datetime:
    """A time of the evening: hardly ever do two people begin in the same second."""
    return EVENING + timedelta(seconds=chance.randrange(60))


def _end(evening: Evening, sessions: list[Speaker], sound: Coach, chance: Random) -> None:
    """Half of the sessions go on while the table answers again; of the others, somebody comes back later."""
    back: list[Somebody] = []
    for session in sessions:
        session.late_ones_arrive()
        if chance.random() < 0.5:
            _go_on(session, sound, chance)
        else:
            session.end()
            back.append(session.owner)
        if len(evening.people) == len(sessions):
            evening.left += _place_left(session, sound.repository.load(session.owner.key))
    for owner in back:
        later = Speaker(owner, sound, chance, EVENING + timedelta(hours=2))
        for act in (OPEN, top_up(chance)):
            later.say(act)
        later.end()
        later.late_ones_arrive()


def _place_left(session: Speaker, stands: Progress | None) -> Difference:
    """The place that a session said is kept, against what the table holds right after it."""
    promised = session.witness.said.place_kept
    place = stands.place if stands else None
    kept = {place.exercise} if place else set()
    if place and place.exercise in place.done:
        # What is behind them keeps the place for what comes next.
        kept |= {*place.plan.exercises[place.plan.exercises.index(place.exercise) + 1 :][:1]}
    return Difference(lost=int(bool(promised) and promised not in kept))


def _here_before(owner: Somebody, sound: Coach, chance: Random) -> None:
    """Somebody was here the day before, and has set things."""
    yesterday = Speaker(owner, sound, chance, EVENING - timedelta(days=1))
    for act in (goal(chance), left_out(chance.choice(LEAVABLE)), top_up(chance)):
        yesterday.say(act)
    yesterday.late_ones_arrive()


def _go_on(session: Speaker, sound: Coach, chance: Random) -> None:
    """The table answers again before the session ends, be it only as the speaker tells of its end."""
    session.way.coach = sound
    match chance.randrange(3):
        case 0:
            session.say(top_up(chance))
            session.late_ones_arrive()
            session.end()
        case 1:
            session.say(WHERE)
            session.late_ones_arrive()
            session.end()
        case 2:
            session.fall_silent()
