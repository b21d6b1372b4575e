"""A whole evening without any Alexa: somebody with an event, a person, a moment and a locale is answered."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coach.answering import Answering
from coach.asking import Request
from coach.conversation import Errand, Event, Heard, SetReminders, Turn
from coach.conversation.details import Count, Daily, Detail, Wanted
from coach.conversation.session import State
from coach.persistence import Person
from coach.persistence.stores.memory import MemoryStore
from coach.speaking import Platform, Span
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook
from coach.turns import Turns
from tests.adapters.sick import AWAY, SickStore

WORDS = Phrasebook(load("en-US"))
AT_ONCE = Span(0, 0)
A_SCREEN = Platform(
    answer_ms=90_000,
    alone_ms=90_000,
    characters=100_000,
    written=lambda timeline: len(timeline.cues),
    starts_after=AT_ONCE,
    speaking_up=AT_ONCE,
    listening_ms=8_000,
)
"""A platform of nobody's: it takes shorter answers than Alexa, of any number of words, and begins at once."""


@dataclass
class Speaker:
    """A device that says where it is, and sets what reminders it is asked to."""

    errands: list[Errand] = field(default_factory=list)
    asked: int = 0

    def zone(self) -> str:
        self.asked += 1
        return "Pacific/Auckland"

    def run(self, errand: Errand, zone: str) -> Heard:
        assert zone == "Pacific/Auckland"
        self.errands.append(errand)
        assert isinstance(errand, SetReminders)
        return Heard(Event.REMINDERS_SET, Daily(errand.reminders.times))


class Evening:
    """Somebody who is answered, with what the session carries."""

    def __init__(self, store: MemoryStore | SickStore) -> None:
        self.speaker = Speaker()
        self.answering = Answering(store, Turns(lambda _: WORDS, A_SCREEN))
        self.carried: dict[str, object] = {}
        self.now_ms, self.requests = 1_795_460_000_000, 0

    def hears(self, event: Event, detail: Detail | None = None, *, after_ms: int = 1_000) -> Turn:
        self.now_ms += after_ms
        self.requests += 1
        request = Request(
            heard=Heard(event, detail),
            person=Person("somebody"),
            device="mat",
            session="evening",
            id=f"request-{self.requests}",
            now_ms=self.now_ms,
            locale="en-US",
            new=not self.carried,
            carried=self.carried,
        )
        turn, carried = self.answering.answer(request, self.speaker)
        self.carried = carried.to_attributes()
        return turn


def words(turn: Turn) -> str:
    return " ".join(cue.text for cue in turn.timeline.cues)


def test_a_whole_routine_is_done_and_counted() -> None:
    store = MemoryStore()
    evening = Evening(store)
    evening.hears(Event.LAUNCH)
    turn = evening.hears(Event.START, Wanted("quick"))
    steps = []
    while turn.session.state is State.COACHING:
        assert turn.timeline.ms <= A_SCREEN.answer_ms or len(turn.timeline.marks) == 1
        steps += [mark.step for mark in turn.timeline.marks]
        turn = evening.hears(Event.NEXT, after_ms=turn.timeline.ms + 1_000)
    assert turn.session.state is State.FINISHED
    quick = WORDS.content.library.routines["quick"].exercises
    assert list(dict.fromkeys(step.split(".")[0] for step in steps)) == list(quick)
    kept = store.load(Person("somebody"))
    assert kept
    assert list(kept.days.values()) == [dict.fromkeys(quick, 1)]


def test_a_speaker_is_asked_once_where_it_is_and_days_are_counted_there() -> None:
    evening = Evening(MemoryStore())
    evening.hears(Event.LAUNCH)
    turn = evening.hears(Event.LOG, Count(1, "pelvic_tilt"))
    assert evening.speaker.asked == 1
    # It is Monday evening in Greenwich, and Tuesday morning in Auckland.
    assert list(turn.progress.days) == ["2026-11-24"]


def test_an_errand_is_run_once_and_what_came_of_it_is_said() -> None:
    evening = Evening(MemoryStore())
    evening.hears(Event.LAUNCH)
    assert "Shall I remind you" in words(evening.hears(Event.REMIND, Daily((420,))))
    turn = evening.hears(Event.YES)
    assert len(evening.speaker.errands) == 1
    assert "I'll remind you every day at seven in the morning" in words(turn)


def test_what_cannot_be_kept_is_carried_and_kept_later() -> None:
    store = SickStore()
    evening = Evening(store)
    evening.hears(Event.LAUNCH)
    store.health = [AWAY]
    evening.hears(Event.LOG, Count(2, "pelvic_tilt"))
    assert evening.carried["unsaved"]
    evening.hears(Event.WHY)
    assert not evening.carried["unsaved"]
    kept = store.inner.load(Person("somebody"))
    assert kept
    assert kept.days == {"2026-11-24": {"pelvic_tilt": 2}}


@pytest.mark.parametrize("module", ["coach.answering", "coach.conversation"])
def test_whoever_answers_need_not_have_any_of_alexas_libraries(module: str) -> None:
    program = (
        f"import sys, {module}; print([m for m in sys.modules if m.startswith(('ask_sdk', 'coach.alexa', 'boto'))])"
    )
    path = str(Path(__file__).parents[2] / "lambda")
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": path}
    )
    assert run.stdout.strip() == "[]"
