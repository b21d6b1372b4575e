"""The check of what can be heard knows which cues are ever picked: it is held against what the coach really says."""

from collections.abc import Iterator
from datetime import date

import pytest

from authoring.content import Library
from authoring.hearing import picked
from coach.alexa.limits import ALEXA
from coach.conversation import Event, Heard, Moment, Session
from coach.conversation.coaching import coach
from coach.conversation.leading import Entry
from coach.persistence import Mode, Progress
from coach.persistence.progress import Preferences
from coach.planning import PLANNED, Dose, Place, Plan
from coach.planning.fitting import ROUNDS_ADDED
from coach.planning.option import sets_of
from coach.planning.steps import play
from coach.speaking import Line
from coach.speaking.content import Content, load
from coach.speaking.cues import Item
from coach.speaking.phrasebook import Phrasebook

DAY = date(2026, 11, 23)
ANSWERS = 12
"""So many answers before a hold that it has begun at each of its cues."""

EXERCISES = sorted(load("en-US").library.exercises)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_cues_that_are_taken_for_heard_are_those_that_are_said(
    name: str, library: Library, content: Content, phrasebook: Phrasebook
) -> None:
    count = len(library.languages[0].exercises[name].content.cues)
    said = {line.index % count for line in _said(name, content, phrasebook) if line.part == "cues"}
    assert said == picked(library.exercises[name].content.work, count)


def _said(name: str, content: Content, phrasebook: Phrasebook) -> Iterator[Line]:
    """All that may be said about an exercise, done for as many rounds as a plan can have."""
    rounds = sets_of(content.library.exercises[name].work) + ROUNDS_ADDED
    plan, preferences = Plan(PLANNED, (Dose(name, rounds),)), Preferences(mode=Mode.HANDS_FREE)
    first = play(plan, preferences, content.library).steps[0].id
    progress = Progress(place=Place(plan, first), preferences=preferences)
    for answers in range(ANSWERS):
        session, wording = Session(answers=answers), phrasebook.wording()
        moment = Moment(Heard(Event.NEXT), session, progress, 0, DAY, DAY, content.library, wording, ALEXA)
        for index in range(len(moment.steps)):
            for passage in coach(moment, Entry(index)).passages:
                said: list[Item] = [*passage.into, *passage.work.fillers, *(pin.saying for pin in passage.work.pins)]
                yield from (item for item in said if isinstance(item, Line))
