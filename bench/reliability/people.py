"""Who says what: a person of their own in one session or in two at once, while the table fails and after it.

Rule: everything is drawn from a person's name, so that whoever lost something can be met again.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bench.reliability.witness import Account, Difference, Notebook, Stopwatch, Watched, carried, settled
from coach.alexa.requests import account_key
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.speaking.content import load
from coach.speaking.cues import Prompt
from coach.speaking.phrasebook import Phrasebook
from simulator.envelopes import Household, new_session_id
from tests.front_door import FrontDoor

EVENING = datetime(2026, 11, 24, 19, tzinfo=UTC)
TODAY = EVENING.date().isoformat()
TOP_UPS = ("pelvic_tilt", "butterfly_pose", "pigeon_pose", "deep_squat_rest")

KNOWN, SENT_TWICE = 0.3, 0.05
"""How many people were here the day before, and how many requests are sent twice."""

HEARD_OUT, HALF_HEARD, SOON = 260.0, 45.0, 8.0
"""Seconds from the last request: its answer was heard to the end, or half of it, or only its beginning."""

Line = tuple[str, dict[str, tuple[str, str | None]], float]
"""An intent, its slots as (words, id), and how long after the last request it is said. No intent opens the skill."""

OPEN: Line = ("", {}, SOON)
START: Line = ("StartRoutineIntent", {"routine": ("quick", "quick")}, SOON)
NEXT: Line = ("AMAZON.NextIntent", {}, HEARD_OUT)
PAUSE: Line = ("AMAZON.PauseIntent", {}, HALF_HEARD)
RESUME: Line = ("AMAZON.ResumeIntent", {}, SOON)
SLOWER: Line = ("SlowerIntent", {}, SOON)
WHERE: Line = ("WhereAmIIntent", {}, HALF_HEARD)
GOAL: Line = ("WeeklyGoalIntent", {"number": ("5", None)}, SOON)
STOP: Line = ("AMAZON.StopIntent", {}, SOON)

WORDS = Phrasebook(load("en-US"))
WHERE_IT_WAS = {"exercise": "pelvic_tilt", "side": "both"}
SORRY = WORDS.text(Prompt("sorry"))
KEPT = WORDS.text(Prompt("stopped", WHERE_IT_WAS)).split(":")[0]
EXCUSES = tuple(
    WORDS.text(prompt).split(".")[0] for prompt in (Prompt("notes_away"), Prompt("stopped_unkept", WHERE_IT_WAS))
)
"""What is said when something broke, when the place is kept, and when something cannot be kept."""


class Coach:
    """The handler over one repository as it is deployed, what it asked of it, and what it would ask of one that is
    always there.
    """

    def __init__(self, repository: ProgressRepository) -> None:
        self.repository = repository
        self.watch = Watched(repository)
        self.handler = bootstrap(Settings(), repository=self.watch)
        self.notebook = Notebook()
        self.rehearse = bootstrap(Settings(), repository=self.notebook)


class Speaker:
    """One session on one speaker, and the account of it."""

    def __init__(self, person: str, coach: Coach, chance: Random, now: datetime = EVENING) -> None:
        who = Household(person, new_session_id(), None, "en-US", False)
        self._door = FrontDoor(coach.handler, now, who, checked=False, session_id=new_session_id())
        self._chance = chance
        self.account = Account()
        self.move(coach)

    def move(self, coach: Coach) -> None:
        """Go on with another coach, as a function may run anywhere."""
        self._coach, self._stopwatch = coach, Stopwatch(coach.handler)
        self._door.handler = self._stopwatch

    def say(self, line: Line) -> None:
        """Say one thing, and note what came of it."""
        name, slots, after = line
        before = carried(self._door.attributes)
        self._begin()
        reply = self._door.intent(name, slots, after=after) if name else self._door.launch(after=after)
        words = html.unescape(reply.text)
        apology = SORRY in words
        logged: Mapping[str, int] = {}
        if name == "LogIntent" and not apology:
            logged = {str(slots["exercise"][1]): int(slots["number"][0])}
        self._end(before, carried(reply.response.get("sessionAttributes", {})), logged)
        sensible = words and reply.open == (line is not STOP)
        untrue = line is STOP and KEPT in words and self.account.unkept
        self.account.failed += apology or untrue or not sensible
        self.account.excuses += any(excuse in words for excuse in EXCUSES)

    def fall_silent(self) -> None:
        """Nothing is said any more: the speaker tells of it, and what was heard until then has been done."""
        before = carried(self._door.attributes)
        self._begin()
        self._door.end(after=HEARD_OUT)
        self._coach.notebook.kept = None
        self._coach.rehearse(self._stopwatch.envelope, None)
        self._end(before, self._coach.notebook.kept or before, {}, ended=True)

    def end(self) -> None:
        """The session ends by "stop", by silence, or because nobody tells of it."""
        match self._chance.randrange(3):
            case 0:
                self.say(STOP)
            case 1:
                self.fall_silent()

    def _begin(self) -> None:
        self._coach.watch.begin()
        self._stopwatch.twice = self._chance.random() < SENT_TWICE

    def _end(
        self, before: Progress | None, after: Progress | None, logged: Mapping[str, int], *, ended: bool = False
    ) -> None:
        self.account.take(before, after, logged)
        self.account.kept(self._coach.watch, self._stopwatch.seconds, ended=ended)


@dataclass
class Evening:
    """What came of one person: the sessions while the table failed, those after it, and what is kept of the day before.

    `lost` is what those sessions left that the table did not hold right after them: places and preferences.
    """

    person: Person
    history: Progress | None
    during: list[Account]
    after: list[Account] = field(default_factory=list)
    left: Difference = field(default_factory=Difference)


def spend(name: str, speakers: int, faulty: Coach, sound: Coach) -> Evening:
    """An evening of one person: on `faulty`, whose table fails, and then on `sound`, whose table answers."""
    chance = Random(name)  # noqa: S311
    history = _here_before(name, sound, chance) if chance.random() < KNOWN else None
    sessions = [Speaker(name, faulty, chance) for _ in range(speakers)]
    talks = [_conversation(chance) for _ in sessions]
    while any(talks):
        at = chance.choice([at for at, talk in enumerate(talks) if talk])
        sessions[at].say(talks[at].pop(0))
    back = 0
    for session in sessions:
        if chance.random() < 0.5:
            _go_on(session, sound, chance)
        else:
            session.end()
            back += 1
    evening = Evening(_key(name), history, [session.account for session in sessions])
    if speakers == 1:
        evening.left = settled(history, sessions[0].account, sound.repository.load(evening.person))
    for _ in range(back):
        later = Speaker(name, sound, chance, EVENING + timedelta(hours=2))
        for line in (OPEN, _top_up(chance)):
            later.say(line)
        later.end()
        evening.after.append(later.account)
    return evening


def _here_before(name: str, sound: Coach, chance: Random) -> Progress | None:
    """What is kept of somebody who was here the day before."""
    yesterday = Speaker(name, sound, chance, EVENING - timedelta(days=1))
    for line in (GOAL, _top_up(chance)):
        yesterday.say(line)
    return sound.repository.load(_key(name))


def _key(name: str) -> Person:
    return Person(account_key(f"amzn1.ask.account.{name}", ""))


def _conversation(chance: Random) -> list[Line]:
    """The quick routine, heard out, with a top-up, a pause and whatever else comes up in it."""
    talk = [OPEN, START] if chance.random() < 0.3 else [START]
    asides = [[_top_up(chance)], [PAUSE, RESUME], [SLOWER], [WHERE]]
    rest = [[NEXT], [NEXT], asides[0], *chance.sample(asides[1:], chance.randint(1, 2))]
    chance.shuffle(rest)
    return [*talk, *(line for lines in rest for line in lines)]


def _go_on(session: Speaker, sound: Coach, chance: Random) -> None:
    """The table answers again before the session ends, be it only as the speaker tells of its end."""
    session.move(sound)
    match chance.randrange(3):
        case 0:
            session.say(_top_up(chance))
            session.end()
        case 1:
            session.say(WHERE)
            session.end()
        case 2:
            session.fall_silent()


def _top_up(chance: Random) -> Line:
    exercise = chance.choice(TOP_UPS)
    number = str(chance.randint(1, 3))
    return ("LogIntent", {"exercise": (exercise, exercise), "number": (number, None)}, SOON)
