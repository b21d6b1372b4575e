"""Whether the coach keeps what it promises, told by somebody who only listens.

Rule: it never looks at what a session carries, nor understands what a store holds. It knows who said what and when,
which answers reached a speaker, and whether the store answered; the rest it takes from the words of the answers. Each
check below is one promise, and raises AssertionError with the story so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.model.acts import END, HANDS_FREE, LEADING, OPEN, QUICK_EXERCISES, Act
from tests.model.person import NOWHERE, Fact, Person
from tests.model.sayings import Told


@dataclass(frozen=True)
class Turn:
    """One request as it reached the skill, and what came of it.

    `owner` is whose session it is and `voice` who spoke, both empty for a voice that is not recognised. `sent` is its
    number among all that was said. `copy` is a request that came before. `heard` says that the answer reached the
    speaker, `well` that the store answered, and `deleting` of whom a deletion may have
    been done, unanswered. A session is `asked` when it is fresh and the store is well: then its answers are held to all
    that was told before.
    """

    act: Act
    speaker: str
    session: str
    owner: str
    voice: str
    sent: int
    day: date
    request: str
    text: str
    open: bool
    heard: bool
    well: bool
    copy: bool = False
    asked: bool = False
    deleting: frozenset[str] = frozenset()

    @property
    def theirs(self) -> bool:
        """Whether who spoke may speak for the person whose session it is."""
        return self.voice in ("", self.owner) or not self.owner


@dataclass
class Oracle:
    """Listens to a household.

    `carried` is what was told in a session and no answer of the store has confirmed yet, `at` are the exercises of
    which its answers spoke last, and `kept` the requests that the store has answered. In the sessions of `excused` it
    was heard that nothing can be written, and nothing was confirmed since.
    """

    people: dict[str, Person]
    carried: dict[str, list[Fact]] = field(default_factory=dict)
    at: dict[str, frozenset[str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)

    def listen(self, turn: Turn) -> None:
        """Hear one turn: what was done, what was told, and whether it is kept."""
        told, person = Told(turn.text), self.people[turn.owner]
        self._nothing_went_wrong(told)
        if turn.well:
            self.kept.add(turn.request)
        if not turn.copy:
            self._act(turn, person)
        self._move(turn, told, person)
        if turn.heard:
            self._a_stranger_changes_nothing(turn, told)
            self._what_is_told_is_true(turn, told, person)
            self._note(turn, told)
            self._excuse(turn, told)
        if turn.well:
            self._keep(turn.session, turn.sent)
        for name in turn.deleting:
            self.people[name].may_be_deleted(turn.sent)
        if turn.heard and told.says("deleted"):
            self._deleted(turn)
        if turn.act is END or (turn.heard and not turn.open):
            self.session_gone(turn.session)

    def session_gone(self, session: str) -> None:
        """A session is over, or what it carried is lost. What it has told as done is kept all the same, but for what
        nothing has confirmed since somebody heard that it cannot be written: that may be lost.
        """
        facts = self.carried.pop(session, [])
        for fact in () if session in self.excused else facts:
            self.people[fact.owner].keep(fact)
        self.excused.discard(session)

    def _act(self, turn: Turn, person: Person) -> None:
        if turn.sent < person.deleted:
            return
        if turn.act is not END:
            person.gone = False
        person.spoke_on.add(turn.day)
        person.led_on |= turn.act is HANDS_FREE
        if not turn.theirs:
            return
        person.on(turn.day).most += turn.act.squats
        if turn.act.goal:
            person.goal.tried(turn.sent, turn.act.goal)
        if turn.act.out or turn.act.back:
            person.out[turn.act.out or turn.act.back].tried(turn.sent, bool(turn.act.out))

    def _move(self, turn: Turn, told: Told, person: Person) -> None:
        """Whoever speaks last has the place: where their session is now, which its answer may not say."""
        if turn.sent < person.deleted or turn.asked:
            return
        if told.says("skipped_again"):
            self.at[turn.session] = frozenset(QUICK_EXERCISES)
        elif named := told.spoken | told.ahead | ({told.returning} - {NOWHERE}):
            self.at[turn.session] = frozenset(named) | self._still(turn, told)
        for name in self.at.get(turn.session, ()):
            person.place.tried(turn.sent, name)
        if told.says("finished"):
            person.place.tried(turn.sent, NOWHERE)

    def _still(self, turn: Turn, told: Told) -> frozenset[str]:
        """The exercises one of which an answer may go on with, before the first that it names."""
        led_there = turn.act in LEADING and told.announced and not self.people[turn.owner].led_on
        return frozenset() if led_there or told.says("here") else self.at.get(turn.session, frozenset())

    def _note(self, turn: Turn, told: Told) -> None:
        facts = self.carried.setdefault(turn.session, [])
        if told.squats:
            facts.append(Fact(turn.owner, turn.sent, squat_on=turn.day))
        if told.goal_set:
            facts.append(Fact(turn.owner, turn.sent, goal=turn.act.goal))
        if turn.act.out and told.out == turn.act.out:
            facts.append(Fact(turn.owner, turn.sent, name=turn.act.out, out=True))
        if turn.act.back and told.back == turn.act.back:
            facts.append(Fact(turn.owner, turn.sent, name=turn.act.back))
        if told.spoken and not turn.asked:
            may_be_over = {NOWHERE} if told.says("finished") else set()
            at = told.spoken | told.ahead | may_be_over | self._still(turn, told)
            facts.append(Fact(turn.owner, turn.sent, at=frozenset(at)))
        if turn.request in self.kept:
            self._keep(turn.session, turn.sent)

    def _excuse(self, turn: Turn, told: Told) -> None:
        """Whether it is known that what is told may be lost, from here on and back to what was confirmed last."""
        self._holds(turn.well or not told.says("written_by_now"), "all is said to be written, and it is not")
        if told.says("unwritten"):
            self.excused.add(turn.session)
        elif turn.well:
            self.excused.discard(turn.session)

    def _keep(self, session: str, sent: int) -> None:
        """A turn that the store has answered keeps what its request carried: what was told before it was sent."""
        facts = self.carried.pop(session, [])
        self.carried[session] = [fact for fact in facts if fact.sent > sent]
        for fact in facts:
            if fact.sent <= sent:
                self.people[fact.owner].keep(fact)

    def _deleted(self, turn: Turn) -> None:
        """With a voice goes what is kept of the account, where the same person was not recognised."""
        self.people[turn.owner].deletion_heard(turn.sent)
        if turn.owner:
            self.people[""].may_be_deleted(turn.sent)
        for facts in self.carried.values():
            facts[:] = [fact for fact in facts if fact.owner not in (turn.owner, "")]

    def _nothing_went_wrong(self, told: Told) -> None:
        """No answer is an apology."""
        self._holds(not told.says("sorry"), "the coach apologised")

    def _a_stranger_changes_nothing(self, turn: Turn, told: Told) -> None:
        """What is somebody's own, nobody else of the household has done for them."""
        done = told.squats or told.goal_set or told.says("deleted") or (told.out in {turn.act.out} - {""})
        self._holds(turn.theirs or not done, f"{turn.voice} has changed what is {turn.owner}'s")

    def _what_is_told_is_true(self, turn: Turn, told: Told, person: Person) -> None:
        """A number that is told counts everything that was told as done, and nothing that nobody did."""
        if told.squats:
            tally, here = person.on(turn.day), self._carried_squats(turn)
            self._holds(
                told.squats <= tally.most or not turn.well,
                f"{told.squats} squats are told, and {tally.most} were logged",
            )
            least = tally.sure + here + 1
            lost = f"{told.squats} squats are told, and {least} were told as done with this one"
            self._holds(told.squats >= least or not turn.well, lost)
        if told.goal_set:
            self._holds(told.goal_set == turn.act.goal, "another goal is told than was said")
        if turn.asked:
            self._a_new_session_knows_it(turn, told, person)

    def _a_new_session_knows_it(self, turn: Turn, told: Told, person: Person) -> None:
        """What was told as done is there in a new session, once the store is well; and of what is deleted, nothing."""
        if told.goal is not None:
            goals = person.goal.values
            self._holds(told.goal in goals, f"a goal of {told.goal} is told, and it was set to {goals}")
        if told.days is not None:
            least, most = (self._this_week(days, turn.day) for days in (person.practised_on, person.spoke_on))
            self._holds(least <= told.days <= most, f"{told.days} days are told, and it were {least} to {most}")
        if turn.act is OPEN:
            places = person.place.values
            self._holds(told.returning in places, f"the place is {told.returning!r}, and it was {places}")
        if turn.act.back:
            may, is_out = person.out[turn.act.back].values, told.back == turn.act.back
            self._holds(is_out or told.says("not_out"), "nobody says whether the exercise was left out")
            self._holds(is_out in may, f"left out is {is_out}, and it was told {may}")

    def _carried_squats(self, turn: Turn) -> int:
        return sum(
            fact.squat_on == turn.day and fact.owner == turn.owner for fact in self.carried.get(turn.session, [])
        )

    @staticmethod
    def _this_week(days: set[date], today: date) -> int:
        return sum(day.isocalendar()[:2] == today.isocalendar()[:2] for day in days)

    def _holds(self, kept: bool, promise: str) -> None:
        assert kept, "\n".join((promise, *self.story))
