"""Somebody who listens to one session: what was said and what was answered, and what that means for a person's ledger.

Rule: it never looks at what a session carries. It knows who said what and when, which answers reached the speaker, and
whether the table acknowledged a write; the rest it takes from the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.reliability.acts import HEARD_OUT, START, STOP, Act
from bench.reliability.ledger import Fact, Ledger
from bench.reliability.sayings import Said
from bench.reliability.way import Way


@dataclass
class Account:
    """How one session went. `failed` turns had an apology, no sensible answer, an untrue one, or spoke of the table
    again for no reason; `excuses` are turns that spoke of the table. `seconds` are those of the `turns` for whose
    answer somebody waited: all but the report that a session ended.
    """

    seconds: list[float] = field(default_factory=list)
    turns: int = 0
    failed: int = 0
    excuses: int = 0


@dataclass
class Witness:
    """Listens to the session `name` of the person with this `ledger`, on a `day`.

    `said` is the last answer that was heard, and `undisturbed` whether it is still being spoken. `at` is the exercise
    that was announced last, which may be done from then on; `counted` are those that were. `warned` says that the
    person knows that something is not written, and the speaker of no write since; `reminded` that besides no answer was
    lost since: what the coach has read meanwhile may have had all of it. `lost` is the exercise that an answer led into
    which nobody heard, and of which nobody knows whether it is written: if it is, the coach goes on from there.
    `taken_up` says that the session may be in the routine of one that goes on `beside` it, for its own was not heard to
    begin: what is heard out in both counts once, and only the other one's is certain.
    """

    name: str
    day: str
    ledger: Ledger
    beside: bool = False
    account: Account = field(default_factory=Account)
    said: Said = field(default_factory=lambda: Said(""))
    at: str = ""
    counted: set[str] = field(default_factory=set)
    undisturbed: bool = True
    warned: bool = False
    reminded: bool = False
    lost: str = ""
    taken_up: bool = False

    def asks(self, act: Act, number: int) -> None:
        """Something is asked of the coach, whatever comes of it: it may be done from now on."""
        if act.times:
            self.ledger.tally(self.day, act.exercise).most += act.times
        for name in act.settings:
            self.ledger.setting(name).tried(number, act.value)

    def time_passes(self, after: float) -> None:
        """So many seconds are over since the last request: what was heard to its end is done."""
        if after == HEARD_OUT and self.undisturbed and self.at and self.said.coaches_to_the_end:
            if self.at not in self.counted and not self.taken_up:
                self.ledger.told(self.name, Fact(self.at, self.day, times=1, excused=self.warned))
            self.counted.add(self.at)

    def hears(self, act: Act, number: int, said: Said, *, open_: bool, way: Way, strange: bool) -> None:
        """An answer reaches the speaker. `strange` says that it was somebody else of the household who spoke."""
        exercise, today = said.logged
        settled = said.settled(self.said)
        told = [Fact(name, value=value, number=number) for name, value in settled.items()]
        if exercise:
            told.append(Fact(exercise, self.day, times=act.times))
        for fact in told:
            self.ledger.told(self.name, fact)
        self.account.failed += not self._is_sensible(act, said, open_=open_, way=way, told=bool(told), strange=strange)
        self.account.failed += today > self.ledger.tally(self.day, exercise).most if exercise else 0
        self._follow(act, said)
        self.took(way, ended=False)
        if said.excused:
            self.account.excuses += 1
            self.ledger.excused(self.name)
            self.warned, self.reminded = not way.known, not way.saved
        self.said, self.undisturbed = said, True

    def hears_nothing(self, way: Way, lost: Said) -> None:
        """No answer reaches the speaker: what was being spoken is over all the same."""
        self.took(way, ended=False)
        self.undisturbed = self.reminded = False
        if way.saved:
            self._leads_into(lost.announced, begun=False)
        else:
            self.lost = lost.announced or self.lost

    def hears_no_more(self) -> None:
        """The session is over: what an answer led into that was lost may have been taken for heard."""
        self._may_have_done_what_was_lost()

    def _may_have_done_what_was_lost(self) -> None:
        if self.lost not in ("", self.at):
            self.ledger.tally(self.day, self.lost).most += 1
        self.lost = ""

    def took(self, way: Way, *, ended: bool) -> None:
        """What came of the request: how long its answers took, and whether the table has acknowledged a write."""
        self.account.turns += len(way.seconds)
        self.account.seconds += [] if ended else way.seconds
        if way.saved:
            self.ledger.kept(self.name)
            self.reminded = False
            self._may_have_done_what_was_lost()
        if way.known:
            self.warned = False

    def _follow(self, act: Act, said: Said) -> None:
        """Where the person is in the routine."""
        self._leads_into(said.announced, begun=act is START)

    def _leads_into(self, exercise: str, *, begun: bool) -> None:
        if exercise and not self.at:
            self.taken_up = self.beside and not begun
        if exercise not in ("", self.at) or exercise in self.counted:
            # Once more after it was done: the place of another speaker was taken up, and it is done there again.
            self.at = exercise
            self.ledger.tally(self.day, self.at).most += 1

    def _is_sensible(self, act: Act, said: Said, *, open_: bool, way: Way, told: bool, strange: bool) -> bool:
        if not said.text or said.apologised or open_ == (act is STOP):
            return False
        if way.unkept and (said.place_kept or said.all_written):
            return False
        if strange and told:
            return False
        nags = said.excused and self.reminded and not (told or said.finished or act is STOP)
        return not nags
