"""The oracle finds what is put wrong, in no more evenings than the quick form takes, and hears all that it knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test

from coach.bootstrap import Handler, bootstrap
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from coach.persistence.stores.record import saved
from tests.model.acts import BACK, DELETE, FORGET, GOALS, HOW, NEXT, OPEN, OUT, PREVIOUS, QUICK, SKIP, SQUAT, STOP
from tests.model.evenings import Evenings
from tests.model.household import Household
from tests.model.sayings import PATTERNS
from tests.model.store import AWAY, IllStore
from tests.model.test_household import QUICK as QUICK_FORM


@dataclass
class Defective:
    """A store that keeps all that it is given, until a test puts something wrong."""

    inner: MemoryStore
    writes: int = 0
    deleted: dict[Person, Progress] = field(default_factory=dict)

    def load(self, person: Person) -> Progress | None:
        return self.inner.load(person)

    def save(self, person: Person, progress: Progress) -> Progress:
        self.writes += 1
        return self.inner.save(person, progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        self.inner.forget(person, revision, at)

    def people(self, account: str) -> list[Person]:
        return self.inner.people(account)


class Forgetful(Defective):
    """Every fourth write is told as done, and is not."""

    def save(self, person: Person, progress: Progress) -> Progress:
        self.writes += 1
        return saved(progress) if self.writes % 4 == 0 else self.inner.save(person, progress)


class Eager(Defective):
    """What was done is counted again with every fourth write."""

    def save(self, person: Person, progress: Progress) -> Progress:
        self.writes += 1
        twice = {day: {name: n + 1 for name, n in done.items()} for day, done in progress.days.items()}
        return self.inner.save(person, replace(progress, days=twice) if self.writes % 4 == 0 else progress)


class Placeless(Defective):
    """The place is never kept."""

    def save(self, person: Person, progress: Progress) -> Progress:
        return self.inner.save(person, replace(progress, place=None, spoken=None))


class Behind(Defective):
    """The place that is kept is always the first step of the plan, and nothing is spoken there."""

    def save(self, person: Person, progress: Progress) -> Progress:
        place = progress.place
        back = replace(place, step=f"{place.plan.exercises[0]}.1.both", done_ms=0) if place else None
        return self.inner.save(person, replace(progress, place=back, spoken=None))


class Resurrecting(Defective):
    """What was deleted comes back with the next call."""

    def load(self, person: Person) -> Progress | None:
        standing = self.inner.load(person)
        if standing and person in self.deleted:
            return self.inner.save(person, replace(self.deleted.pop(person), revision=standing.revision))
        return standing

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        if known := self.inner.load(person):
            self.deleted[person] = known
        self.inner.forget(person, revision, at)


class Breaking(Defective):
    """A call now and then fails as no store may."""

    def save(self, person: Person, progress: Progress) -> Progress:
        self.writes += 1
        if self.writes % 4 == 0:
            raise LookupError
        return self.inner.save(person, progress)


class Undeleting(Defective):
    """Nothing is ever deleted."""

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        return


def on(store: type[Defective]) -> Callable[[], Household]:
    def moved_in() -> Household:
        rows = MemoryStore()
        return Household(IllStore(rows, through=store(rows)))

    return moved_in


def behind(change: Callable[[Handler], Handler]) -> Callable[[], Household]:
    def moved_in() -> Household:
        store = IllStore()
        return Household(store, change(bootstrap(repository=store)))

    return moved_in


def takes_ben_for_anna(coach: Handler) -> Handler:
    def handle(envelope: dict[str, Any], context: object) -> dict[str, Any]:
        if envelope["context"]["System"].get("person", {}).get("personId", "").endswith("ben"):
            anna = {"personId": "amzn1.ask.person.anna"}
            system = {**envelope["context"]["System"], "person": anna}
            envelope = {**envelope, "context": {"System": system}}
        return coach(envelope, context)

    return handle


def keeps_silent_on_what_it_cannot_write(coach: Handler) -> Handler:
    def handle(envelope: dict[str, Any], context: object) -> dict[str, Any]:
        response = coach(envelope, context)
        if speech := response["response"].get("outputSpeech"):
            speech["ssml"] = PATTERNS["unwritten"].sub("Well, well", speech["ssml"])
        return response

    return handle


def says_what_it_may_not(coach: Handler) -> Handler:
    def handle(envelope: dict[str, Any], context: object) -> dict[str, Any]:
        response = coach(envelope, context)
        if envelope["request"].get("intent", {}).get("name") == "AMAZON.NextIntent":
            response["response"].pop("reprompt", None)
        return response

    return handle


@pytest.mark.parametrize(
    ("moved_in", "promise"),
    [
        (on(Forgetful), "were told as done|and it was|and it were|the place is"),
        (on(Eager), "squats are told, and"),
        (on(Placeless), "the place is ''"),
        (on(Behind), "the place is 'pelvic tilt'"),
        (on(Resurrecting), "is back|and it was|and it were|squats are told|the place is"),
        (on(Undeleting), "is back"),
        (on(Breaking), "apologised"),
        (behind(takes_ben_for_anna), "somebody else's was touched|changed what is"),
        (behind(says_what_it_may_not), "without a reprompt"),
    ],
    ids=[
        *("a write is forgotten", "a write is made twice", "no place is kept", "a place further back is kept"),
        *("what is deleted comes back", "nothing is deleted", "a turn breaks", "one is taken for another"),
        "a rule of the platform is broken",
    ],
)
def test_what_is_put_wrong_is_found(moved_in: Callable[[], Household], promise: str) -> None:
    class Wrong(Evenings):
        pass

    Wrong.moved_in = moved_in
    with pytest.raises(AssertionError, match=promise):
        run_state_machine_as_test(Wrong, settings=QUICK_FORM)


def test_a_coach_that_keeps_silent_on_what_it_cannot_write_is_found() -> None:
    house = behind(keeps_silent_on_what_it_cannot_write)()
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.pull_the_cable("kitchen")
    with pytest.raises(AssertionError, match=r"squats are told|were told as done"):
        house.ask("anna", SQUAT)


def test_every_saying_that_the_oracle_knows_is_heard() -> None:
    house = Household()
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    for act in (SQUAT, GOALS[0], HOW, OUT[0], BACK[0], BACK[0], QUICK, NEXT, PREVIOUS, STOP, OPEN):
        house.say("kitchen", "anna", act)
    house.say("kitchen", "ben", SQUAT)
    for _ in range(2):
        for act in (QUICK, SKIP, SKIP, SKIP):
            house.say("kitchen", "anna", act)
    house.say("kitchen", "anna", FORGET)
    house.say("kitchen", "anna", DELETE, health=[AWAY])
    house.say("bedroom", "ben", OPEN, health=[AWAY])
    house.say("bedroom", "ben", STOP)
    house.say("kitchen", "anna", FORGET)
    house.say("kitchen", "anna", DELETE)
    heard = "\n".join(house.skill.heard)
    assert [name for name, pattern in PATTERNS.items() if not pattern.search(heard)] == ["sorry"]
