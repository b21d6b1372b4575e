"""A length that was asked for is the length that it takes, by what is heard: from the first words to the last; and a
length that is told is what the answers come to when each of them is laid out.
"""

from dataclasses import replace
from itertools import product

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.conversation.coaching import announced, coach, fetching, halted, wanted_in_one, way_home
from coach.conversation.events import Event
from coach.conversation.leading import Entry
from coach.conversation.lengths import plan_ms
from coach.conversation.moment import Moment
from coach.persistence.progress import Mode, Preferences
from coach.planning.plan import authored
from coach.speaking import lay_out
from coach.speaking.cues import lasting_ms
from tests.front_door import FrontDoor
from tests.unit.test_coaching import LIBRARY, WORDS, moment
from tests.unit.test_replanning import spoken_ms, to_the_end

WITHIN = 0.1
"""What was promised."""


@pytest.mark.parametrize("minutes", [3, 5, 6, 7, 8, 10, 15, 20, 30])
def test_a_first_evening_takes_as_long_as_it_was_to(minutes: int) -> None:
    door = FrontDoor(bootstrap(Settings(store="memory:")))
    offer = door.intent("StartRoutineIntent", {"length": (f"PT{minutes}M", None)})
    assert "Ready to begin?" in offer.text
    heard = to_the_end(door, door.intent("AMAZON.YesIntent"))
    assert sum(map(spoken_ms, heard)) == pytest.approx(minutes * 60_000, rel=WITHIN)


@pytest.mark.parametrize("routine", sorted(LIBRARY.routines))
@pytest.mark.parametrize("mode", Mode)
def test_a_length_that_is_told_is_what_the_answers_come_to(routine: str, mode: Mode) -> None:
    plan = authored(routine, LIBRARY)
    for met, pace, tempo, chimes in product((0, 9), (70, 100, 130), (70.0, 100.0, 125.0), (False, True)):
        at = moment(plan, Preferences(mode=mode, pace=pace, chimes=chimes), met=met)
        at = replace(at, wording=WORDS.wording(seed=3, pace=pace, tempo=tempo))
        # At the slowest, with a voice that is slow too, much does not fit and is told in short.
        within = 0.08 if pace == 70 else 0.03
        assert plan_ms(at, plan) == pytest.approx(laid_out_ms(at.beginning(plan)), rel=within), (met, pace, tempo)


def laid_out_ms(at: Moment) -> int:
    """How long a plan takes from fetching what it needs on, one answer laid out after the other; in the last one with
    room for the way up, which takes its time also where there are no words for it.
    """
    at = at.with_session(replace(at.session, coached=1))
    entry, total = Entry(0, fetch=fetching(at)), 0
    up_ms = lasting_ms(way_home(at, at.steps[-1]), at.wording)
    roomy = replace(at.platform, alone_ms=at.platform.alone_ms + up_ms)
    while entry.index < len(at.steps):
        ends = entry.index + wanted_in_one(at, entry.index) == len(at.steps)
        timeline = lay_out(coach(announced(at.at(entry.index)), entry), at.wording, roomy if ends else at.platform)
        total += timeline.ms
        if timeline.marks[0].then == Event.HEARD_OUT_BEFORE:
            entry = Entry(entry.index, came_from=halted(at, entry))
        else:
            following = entry.index + len(timeline.marks)
            entry = Entry(following, came_from=at.steps[following - 1].position)
    return total
