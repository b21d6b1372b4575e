"""All that may happen in a household, taken at random: what is said, when, to which speaker, and what becomes of it.

Rule: nothing is judged here; that is the oracle's, and the household's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.model.acts import BACK, DELETE, END, FORGET, HOW, NEXT, OPEN, QUICK, SAID, SQUAT, Act
from tests.model.household import SPEAKERS, Fate, Household
from tests.model.store import HEALTH


@dataclass(frozen=True)
class Saying:
    """An act, after so many seconds, what becomes of it, and how the store is. `by` speaks up in between."""

    act: Act
    seconds: int
    fate: Fate
    health: tuple[str, ...]
    by: str | None


speakers = st.sampled_from(SPEAKERS)
voices = st.sampled_from((*("anna",) * 5, "ben", ""))
ills = st.lists(st.sampled_from(HEALTH), min_size=1, max_size=3).map(tuple)
healths = st.one_of(st.just(()), ills)
sayings = st.builds(
    Saying,
    act=st.sampled_from(SAID),
    seconds=st.integers(1, 240),
    fate=st.sampled_from([Fate.ARRIVES] * 8 + [*Fate]),
    health=healths,
    by=st.sampled_from((*(None,) * 9, "anna", "ben", "")),
)


class Evenings(RuleBasedStateMachine):
    """A household, and all that may happen to it. `moved_in` makes it."""

    moved_in: Callable[[], Household] = Household

    def __init__(self) -> None:
        super().__init__()
        self.house = type(self).moved_in()

    @rule(speaker=speakers, voice=voices, said=st.lists(sayings, min_size=1, max_size=5))
    def somebody_talks(self, speaker: str, voice: str, said: list[Saying]) -> None:
        for saying in said:
            self.house.now += timedelta(seconds=saying.seconds)
            self._say(speaker, voice if saying.by is None else saying.by, saying)

    @rule(speaker=speakers, voice=voices, said=st.lists(sayings, min_size=1, max_size=3), moves=st.integers(1, 3))
    def somebody_practises(self, speaker: str, voice: str, said: list[Saying], moves: int) -> None:
        self.house.say(speaker, voice, QUICK)
        for _ in range(moves):
            self.house.now += timedelta(seconds=60)
            self.house.say(speaker, voice, NEXT)
        self.somebody_talks(speaker, voice, said)

    @rule(speaker=speakers, last=sayings, reported=st.booleans(), health=healths)
    def a_session_ends(self, speaker: str, last: Saying, reported: bool, health: tuple[str, ...]) -> None:
        """Right after something was said: what could not be written then is written now, or never."""
        if self.house.listens(speaker):
            self._say(speaker, self.house.owner(speaker), last)
        self.house.now += timedelta(seconds=200)
        if reported and self.house.listens(speaker):
            self.house.say(speaker, self.house.owner(speaker), END, health=health)
        else:
            self.house.pull_the_cable(speaker)

    @rule(speaker=speakers, said=sayings)
    def somebody_goes_to_another_speaker(self, speaker: str, said: Saying) -> None:
        """While their session is open on the first one."""
        other = next(name for name in SPEAKERS if name != speaker)
        if self.house.listens(speaker):
            self.house.now += timedelta(seconds=said.seconds)
            self.house.say(other, self.house.owner(speaker), OPEN)
            self._say(other, self.house.owner(speaker), said)

    @rule(speaker=speakers, voice=voices, health=healths)
    def somebody_has_all_deleted(self, speaker: str, voice: str, health: tuple[str, ...]) -> None:
        self.house.now += timedelta(seconds=30)
        self._say(speaker, voice, Saying(FORGET, 0, Fate.ARRIVES, health, None))

    @rule(speaker=speakers, reads=st.booleans())
    def another_version_takes_over(self, speaker: str, reads: bool) -> None:
        if not self.house.listens(speaker):
            return
        if reads:
            self.house.was_version_2(speaker)
        else:
            self.house.drop_attributes(speaker)

    @precondition(lambda self: self.house.strays or self.house.store.late)
    @rule(which=st.integers(0, 3), health=healths)
    def something_arrives_late(self, which: int, health: tuple[str, ...]) -> None:
        if self.house.strays:
            self.house.a_stray_arrives(which, health)
        elif self.house.store.late:
            self.house.a_write_arrives(which)

    @rule(voice=voices, question=st.sampled_from((OPEN, HOW, SQUAT, *BACK)), days=st.sampled_from((0, 0, 1)))
    def somebody_asks(self, voice: str, question: Act, days: int) -> None:
        self.house.now += timedelta(seconds=30)
        if days:
            for speaker in SPEAKERS:
                self.house.pull_the_cable(speaker)
            self.house.now = self.house.now.replace(hour=8, minute=0, second=0) + timedelta(days=1)
        self.house.ask(voice, question)

    def teardown(self) -> None:
        # A promise that is broken is told by itself: nothing that is asked after it may take its place.
        for voice in () if self.house.skill.broken else self.house.spoke:
            self.house.ask(voice, OPEN, HOW, SQUAT, BACK[0])

    def _say(self, speaker: str, voice: str, saying: Saying) -> None:
        act = saying.act
        if act is FORGET:
            self.house.say(speaker, voice, FORGET)
            act = DELETE
        self.house.say(speaker, voice, act, fate=saying.fate, health=saying.health)
