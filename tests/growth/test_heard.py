"""An easy start as it is heard: people who come to the front door for twenty weeks, and what the coach says to them.

Rule: doses are read from the words. HIP_COACH_HEARD says how many people there are.
"""

from __future__ import annotations

import os
import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.speaking.content import Content
from tests.front_door import FrontDoor, Reply
from tests.growth.facts import EASIER, USUAL, WEEKS, Amount
from tests.growth.judge import Judge

PEOPLE = int(os.environ.get("HIP_COACH_HEARD", "2"))
FIRST_EVENING = datetime(2026, 8, 3, 19, tzinfo=UTC)
TWENTY_WEEKS = 140

_DOSES = re.compile(
    r"([\w-]+)(?: seconds, from now| deep breaths, with me| of them, in time with me|, in time with me|, together)"
)
_SETS = re.compile(r"set one of (\w+)")
_GROWN = re.compile(r"(?i)this week.*not yet")
_HALF = "begin again with half"
THE_END = ("how your week is going", "name another routine")
"""What is said at the end of the last answer; of the last but one, where the way up has an answer of its own."""


class Visitor:
    """Somebody at the front door, who hears their doses; and a judge for each exercise."""

    def __init__(self, number: int, content: Content) -> None:
        self.chance, self.content = random.Random(number), content  # noqa: S311
        self.door = FrontDoor(bootstrap(Settings(store="memory:")), FIRST_EVENING)
        self.judges = {name: Judge(name) for name in self.chance.sample(sorted(WEEKS), 3)}
        self.chosen: dict[str, int] = {}
        self.comes, self.trouble = self.chance.uniform(0.1, 0.6), self.chance.choice([0, 0.05, 0.3])
        self.refuses = self.chance.choice([0, 0, 0.5])
        self.door.launch(after=1)
        assert "start gently" in self.door.intent("GoEasyIntent").text
        self.away_until = 0
        self.last = self.door.intent("ProgressIntent")

    def lives(self, day: int) -> None:
        if day < self.away_until or self.chance.random() > self.comes:
            return
        if self.chance.random() < 0.03:
            self.away_until = day + self.chance.randint(7, 50)
        for hour, name in enumerate(self.chance.sample(sorted(self.judges), self.chance.randint(1, 3))):
            self.door.hang_up()
            self.door.now = FIRST_EVENING + timedelta(days=day, hours=hour)
            self._does(name)

    def _does(self, name: str) -> None:
        judge, today = self.judges[name], self.door.now.date()
        before = judge.dose
        reply = self.door.intent("OneExerciseIntent", {"exercise": (name.replace("_", " "), name)}, after=1)
        dose = self._heard(name, reply)
        judge.begins(today, dose, self.chosen.get(name))
        grown, halved = bool(_GROWN.search(reply.text)), _HALF in reply.text
        expected = before and (before.total < dose.total or before.depth < dose.depth) and name not in self.chosen
        if expected and not grown:
            judge.faults.append(f"{name}, {today}: it was not said that it has grown to {dose}")
        if before and before.total > dose.total and before.depth >= dose.depth and not halved:
            judge.faults.append(f"{name}, {today}: it was not said that it is less, {dose}")
        if grown and self.chance.random() < self.refuses:
            reply = self.door.intent("TooSoonIntent", into=6)
            assert "stays as it was" in reply.text
            judge.refuses(today, before, self._heard(name, reply))
        self._goes(name, reply, judge)

    def _goes(self, name: str, reply: Reply, judge: Judge) -> None:
        today, trouble = self.door.now.date(), self.chance.random() < self.trouble
        kind = self.chance.choice(["PainIntent", "EasierIntent", "SkipIntent", "AMAZON.StopIntent"]) if trouble else ""
        judge.ends(today, well=not trouble)
        if trouble:
            reply = self.last
            _, works, ends = reply.mark(reply.step)
            into = (works + (ends - works) / 2) / 1000
            said = self.door.intent(kind, into=into)
            if "easier" in kind.lower() and "easiest" not in said.text:
                self.chosen[name] = EASIER
            if kind == "PainIntent" and self.chance.random() < 0.5:
                self.door.intent("AMAZON.ResumeIntent")
            if not self.door.new:
                self.door.intent("AMAZON.FallbackIntent")
            return
        self.finishes()

    def finishes(self) -> None:
        """Do what is left of the exercise, every side and set of it."""
        while not any(end in self.last.text for end in THE_END):
            self.last = self.door.intent("AMAZON.NextIntent")
        # Only the next request tells that it was heard to the end.
        assert self.door.intent("ProgressIntent").open

    def _heard(self, name: str, reply: Reply) -> Amount:
        """The dose in the words of the first side, and of the first set, both of its sides."""
        found = _DOSES.search(reply.text)
        assert found, reply.text
        self.last = reply
        if name == "reverse_lunge" and "right side" in reply.text.rsplit(". ", 1)[-1]:
            self.last = self.door.intent("AMAZON.NextIntent")
        sets = _SETS.search(self.last.text)
        numbers = self.content.words["numbers"]
        return Amount(self._depth(name, reply.text), numbers.index(found[1].lower()), _index(numbers, sets))

    def _depth(self, name: str, text: str) -> int:
        """How it is done, by what is said of no other way to do it: nobody here asks for the deeper one."""
        words = self.content.words["exercises"][name]["words"]
        side = next(iter(words["usual"]["brief"]))
        said = {way: {words[way]["brief"][side], *words[way]["setup"][side]} for way in ("easier", "usual")}

        def share(way: str) -> float:
            own = said[way].difference(*(sentences for other, sentences in said.items() if other != way))
            return sum(sentence in text for sentence in own) / len(own)

        return EASIER if share("easier") > share("usual") else USUAL


def _index(numbers: list[str], sets: re.Match[str] | None) -> int:
    return numbers.index(sets[1]) if sets else 1


def test_what_is_heard_over_twenty_weeks_grows_only_where_it_was_earned_and_says_so(content: Content) -> None:
    faults, grown, halved = [], 0, 0
    for number in range(PEOPLE):
        visitor = Visitor(number, content)
        for day in range(TWENTY_WEEKS):
            visitor.lives(day)
        for judge in visitor.judges.values():
            faults += [f"person {number}: {fault}" for fault in judge.faults]
            grown, halved = grown + judge.grown, halved + judge.halved
    assert not faults, "\n".join(faults)
    assert grown > 3 * PEOPLE
    assert halved


def test_whoever_completes_every_week_hears_the_authored_dose_in_its_week(content: Content) -> None:
    visitor = Visitor(0, content)
    for week in range(len(WEEKS["pigeon_pose"])):
        visitor.door.hang_up()
        visitor.door.now = FIRST_EVENING + timedelta(weeks=week)
        reply = visitor.door.intent("OneExerciseIntent", {"exercise": ("pigeon pose", "pigeon_pose")}, after=1)
        assert visitor._heard("pigeon_pose", reply) == WEEKS["pigeon_pose"][week]
        visitor.finishes()


@pytest.mark.parametrize(("weeks", "sets", "days", "rests"), [(6, 1, 1, False), (7, 2, 1, True), (7, 2, 2, False)])
def test_from_two_sets_the_lunge_is_for_every_other_day(
    content: Content, weeks: int, sets: int, days: int, rests: bool
) -> None:
    visitor = Visitor(0, content)
    door, lunge = visitor.door, {"exercise": ("reverse lunge", "reverse_lunge")}
    for week in range(weeks):
        door.hang_up()
        door.now = FIRST_EVENING + timedelta(weeks=week)
        reply = door.intent("OneExerciseIntent", lunge, after=1)
        dose = visitor._heard("reverse_lunge", reply)
        assert dose == WEEKS["reverse_lunge"][week]
        visitor.finishes()
    assert dose.sets == sets
    door.hang_up()
    heard = door.intent("StartRoutineIntent", {"routine": ("hip routine", "hips")}, after=days * 86_400).text
    assert ("Today we leave out the reverse lunge" in heard) is rests, heard
    heard = door.intent("AMAZON.NextIntent").text
    assert ("First of five: the seated lunge" in heard) is rests
    assert ("First of six: the reverse lunge" in heard) is not rests
    # Whoever asks for it has it.
    door.hang_up()
    assert _DOSES.search(door.intent("OneExerciseIntent", lunge, after=1).text)


def test_a_side_that_was_switched_away_from_was_not_held(content: Content) -> None:
    visitor, twist = Visitor(0, content), {"exercise": ("lying twist", "lying_twist")}
    door = visitor.door
    reply = door.intent("OneExerciseIntent", twist)
    door.intent("SwitchSideIntent", into=reply.mark(reply.step)[1] / 1000 + 3)
    door.intent("ProgressIntent")
    door.hang_up()
    door.now = FIRST_EVENING + timedelta(weeks=1)
    assert visitor._heard("lying_twist", door.intent("OneExerciseIntent", twist, after=1)) == WEEKS["lying_twist"][0]
