"""Every cue and every word of care that is written is heard within so many evenings, in what the coach says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from coach.alexa.limits import ALEXA
from coach.conversation import Event, Heard, Moment, Session
from coach.conversation.coaching import coach
from coach.conversation.leading import Entry
from coach.persistence import Progress
from coach.planning import PLANNED, Dose, Place, Plan
from coach.planning.steps import play
from coach.speaking import Line, Moving, Script, lay_out
from coach.speaking.content import Content, load
from coach.speaking.cues import Item
from coach.speaking.phrasebook import Phrasebook

DAY = date(2026, 11, 23)
EVENINGS = 12
"""So many meetings with an exercise that each of its cues has had its turn."""

EXERCISES = sorted(load("en-US").library.exercises)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_cue_has_its_turn(name: str, content: Content, phrasebook: Phrasebook) -> None:
    words = content.words["exercises"][name]["words"]
    heard = {text for evening in range(1, EVENINGS + 1) for text in _heard(name, evening, content, phrasebook)}
    written = {cue for by_side in words["cues"].values() for cues in by_side.values() for cue in cues}
    assert written - heard == set()


@pytest.mark.parametrize("name", EXERCISES)
def test_every_word_of_care_is_heard_in_the_first_two_meetings_and_not_in_the_third(
    name: str, content: Content, phrasebook: Phrasebook
) -> None:
    cautions = content.words["exercises"][name]["words"]["cautions"]
    written = {text for moment, by_side in cautions.items() for text in _sides(moment, by_side)}
    for evening in (1, 2):
        assert written - set(_heard(name, evening, content, phrasebook)) == set()
    assert written.isdisjoint(_heard(name, 3, content, phrasebook))


def _sides(moment: str, by_side: dict[str, str]) -> Iterator[str]:
    """A word of care in the work is said on the first side, and before an exercise there is only one."""
    yield from by_side.values() if moment in ("entering", "leaving") else [next(iter(by_side.values()))]


def _heard(name: str, evening: int, content: Content, phrasebook: Phrasebook) -> Iterator[str]:
    """Each thing that is said while one exercise is done whole, each of its answers by itself."""
    plan = Plan(PLANNED, (Dose(name),))
    first = play(plan, Progress().preferences, content.library).steps[0].id
    progress = Progress(place=Place(plan, first), met={name: evening})
    wording: Any = phrasebook.wording()
    moment = Moment(Heard(Event.NEXT), Session(), progress, 0, DAY, 0, content.library, wording, ALEXA)
    for index in range(len(moment.steps)):
        script = coach(moment.at(index), Entry(index))
        alone = Script(script.opening, script.passages[:1])
        yield from (cue.text for cue in lay_out(alone, wording, ALEXA).cues)


def test_a_move_is_heard_with_its_time(content: Content, phrasebook: Phrasebook) -> None:
    """Each move of a set-up lasts as long as it says, and half of that is quiet."""
    wording: Any = phrasebook.wording()
    for name, exercise in content.library.exercises.items():
        for variation, moved in exercise.moved.items():
            lines = [Line(name, "setup", exercise.sides[0], variation, i) for i in range(len(moved.setup))]
            items: tuple[Item, ...] = tuple(
                Moving(said, move.ms) for said, move in zip(lines, moved.setup, strict=True)
            )
            cues = lay_out(Script(items), wording, ALEXA).cues
            for cue, following, move in zip(cues, cues[1:], moved.setup, strict=False):
                assert following.at - cue.at >= move.ms
                assert following.at - cue.end >= move.ms // 2
