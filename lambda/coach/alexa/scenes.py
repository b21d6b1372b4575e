"""What a screen shows while an answer is spoken, scene by scene, and what can be touched meanwhile.

Rule: it is the timeline of the voice, looked at: a scene begins and ends where a mark does. All words are the locale's,
and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from coach.alexa.limits import SHOWN_BEFORE
from coach.conversation import Event, State, Turn
from coach.conversation.session import IN_TROUBLE
from coach.conversation.table import BY_TIME
from coach.persistence import Mode
from coach.planning import Breaths, Played, Reps, Side, Step, Variation
from coach.speaking import Line, Mark, Prompt
from coach.speaking.phrasebook import Phrasebook

Json = dict[str, Any]

GOES_ON_AFTER = 1_500
"""A screen goes on by itself so many milliseconds after the end of an answer: the voice may be slower than thought."""

NEEDS_HELP = (State.EMERGENCY, State.UNWELL)

DAYS_IN_A_WEEK = 7

ROWS_KEPT = 64
"""There are eight different ones in a locale."""

STEPS_KEPT = 2_000
"""A locale has some ninety steps, each of them in one of a few places among the others."""

KEYS: Mapping[str, Prompt] = {
    "ready": Prompt("touch_ready"),
    "next": Prompt("touch_next"),
    "previous": Prompt("touch_previous"),
    "repeat": Prompt("touch_repeat"),
    "pause": Prompt("touch_pause"),
    "resume": Prompt("touch_resume"),
    "stop": Prompt("touch_stop"),
    "easier": Prompt("touch_easier"),
    "skip": Prompt("touch_skip"),
    "yes": Prompt("touch_yes"),
    "no": Prompt("touch_no"),
}
"""What stands on a key."""

UNDERWAY = ("pause", "next", "repeat", "previous", "stop")
"""The keys while a step is told, the most needed first: a narrow screen has no more than three."""

READY = ("ready", "repeat", "stop")
"""The keys of whoever is asked whether they are ready."""

ANSWERS: Mapping[State, tuple[str, ...]] = {
    **dict.fromkeys(State, ("yes", "no", "stop")),
    **dict.fromkeys((State.IDLE, State.CHOOSING, State.ASKED_REMIND_TIME, State.ASKED_GOAL), ("stop",)),
    State.COACHING: UNDERWAY,
    State.BETWEEN: READY,
    State.PAUSED: ("resume", "next", "stop"),
    State.EASED: ("easier", "skip", "stop"),
    State.ASKED_FORGET: ("no", "stop"),
}
"""The keys with which a person answers, by the state that the answer leaves. Deleting all takes words."""


@dataclass
class Stage:
    """What is shown, as it is put together: the `steps` that scenes are about, and the exercises to be pictured."""

    phrasebook: Phrasebook
    pictured: Set[str]
    steps: list[Json] = field(default_factory=list)
    scenes: list[Json] = field(default_factory=list)
    pictures: dict[str, None] = field(default_factory=dict)

    def titled(self, title: str) -> int:
        """The number of a step that is none of an exercise, and has a title only."""
        return self._step(_titled(title))

    def step(self, step: Step, where: str = "") -> int:
        """The number of a step of a plan, with `where` it is among the others."""
        line = Line(step.exercise.id, "picture", str(step.side), str(step.variation))
        shown = _shown(self.phrasebook, self.pictured, line, where)
        if shown["picture"]:
            self.pictures.update({shown["picture"]: None, shown["way"]: None})
        return self._step(shown)

    def words(self, saying: Prompt) -> str:
        """The words of a prompt."""
        return self.phrasebook.text(saying)

    def _step(self, step: Json) -> int:
        if step not in self.steps:
            self.steps.append(step)
        return self.steps.index(step)


def _titled(title: str) -> Json:
    return {"title": title, "picture": "", "way": "", "mirrored": False, "mark": "", "alt": ""}


@lru_cache(STEPS_KEPT)
def _shown(phrasebook: Phrasebook, pictured: Set[str], line: Line, where: str) -> Json:
    """A step as it is shown, which is the same in every answer that is about it, by the line that tells its picture.
    Nobody changes it.
    """
    exercise, side = line.exercise, line.side
    title = " · ".join(part for part in (_capital(phrasebook.the(exercise)), where) if part)
    ways = (f"{exercise}_{line.variation}", f"{exercise}_{Variation.USUAL}")
    picture = next((name for name in ways if name in pictured), "")
    if not picture:
        return _titled(title)
    way = f"{picture}_way" if f"{picture}_way" in pictured else picture
    mark = phrasebook.text(Prompt("screen_mark", {"side": side}))
    shown = {"title": title, "picture": picture, "way": way, "mirrored": side == Side.RIGHT, "mark": mark}
    return {**shown, "alt": phrasebook.text(line) or title}


def staged(turn: Turn, phrasebook: Phrasebook, day: date, pictured: Set[str]) -> tuple[Json, tuple[str, ...]]:
    """The data of the document, and the pictures that it would have, those that are needed first in front."""
    stage, timeline, played = Stage(phrasebook, pictured), turn.timeline, turn.played
    marks, coming = timeline.marks, _then(turn)
    question = timeline.cues[-1] if timeline.cues else None
    asked_from = question.at if question else 0
    if marks and played:
        for mark, following in zip(marks, (*marks[1:], None), strict=True):
            ends = following.starts if following else max(asked_from, mark.ends)
            _lead_through(stage, mark, ends, played.steps[played.numbers[mark.step]], _where(stage, played, mark.step))
    asked_from = max(asked_from, marks[-1].ends) if marks else 0
    # Who may not hear well in a need reads all of it, and not the question alone.
    read = [cue.text for cue in timeline.cues] if coming in NEEDS_HELP else [question.text if question else ""]
    asked = _asked(stage, turn, coming, " ".join(filter(None, read)), day)
    stage.scenes.append({**_scene("asked", asked_from), **asked, "row": int(bool(marks))})
    rows = [_keys(phrasebook, UNDERWAY)] if marks else []
    before = bool(marks) and marks[-1].then == Event.HEARD_OUT_BEFORE
    # Whoever is asked whether they are ready finds that on a key, although the place is kept as in a pause.
    rows.append([*_choices(stage, turn, coming), *_keys(phrasebook, READY if before else ANSWERS[coming])])
    follows = bool(marks) and (coming is State.BETWEEN or before)
    goes_on = turn.progress.preferences.mode is Mode.HANDS_FREE and follows
    data = {
        "ms": timeline.ms + SHOWN_BEFORE + GOES_ON_AFTER,
        "goes_on": goes_on,
        "steps": stage.steps,
        "scenes": [_shown_at(scene) for scene in _in_order(stage.scenes)],
        "rows": rows,
        "week": _week(turn, day) if coming is State.FINISHED else [],
        "pictures": [],
    }
    return data, tuple(stage.pictures)


def _lead_through(stage: Stage, mark: Mark, until: int, step: Step, where: str) -> None:
    """The scenes of one step: the way into it, its work, and the way out, if the answer does not end before it."""
    number = stage.step(step, where)
    begins = mark.starts if stage.scenes else 0
    side = str(step.side)
    if begins < mark.works:
        rests = isinstance(step.work, Reps) and step.first_side and not step.first_of_exercise and not mark.done
        says = stage.words(Prompt("screen_rest") if rests else Prompt("screen_ready", {"side": side}))
        if not step.is_around and not rests:
            says = f"{says}. {stage.phrasebook.text(Line(step.exercise.id, 'brief', side, str(step.variation)))}"
        led = {"step": number, "says": says, "way": True}
        stage.scenes.append({**_scene("rest" if rests else "ready", begins), **led})
    if mark.then == Event.HEARD_OUT_BEFORE:
        return
    stage.scenes.append({**_scene("hold", mark.works), "step": number, **_worked(stage, mark, step)})
    if mark.ends < until:
        out = {"step": number, "says": stage.words(Prompt("screen_out")), "way": True}
        stage.scenes.append({**_scene("out", mark.ends), **out})


def _worked(stage: Stage, mark: Mark, step: Step) -> Json:
    """The clock of a work: what a hold has left, and which of them a repetition or a breath is."""
    side, left = str(step.side), mark.ends - mark.works
    clock: Json = {"until": mark.ends, "whole": mark.done + left}
    match step.work:
        case Reps() as reps:
            says = Prompt("screen_reps", {"count": reps.count, "side": side})
            counted = {"kind": "reps", "up": reps.unit_ms, "first": mark.done // reps.unit_ms + 1, "count": reps.count}
        case Breaths() as breaths:
            first, count = mark.done // breaths.unit_ms + 1, breaths.count
            says = Prompt("screen_breaths", {"count": count, "side": side})
            counted = {"kind": "breaths", "up": breaths.unit_ms, "first": first, "count": count}
        case _:
            says, counted = Prompt("screen_hold", {"side": side}), {}
    return {**clock, **counted, "says": stage.words(says)}


def _asked(stage: Stage, turn: Turn, coming: State, question: str, day: date) -> Json:
    """What is shown once all is told: what was asked, in its own words, with what that is about."""
    place, played = turn.progress.place, turn.played
    if coming is State.FINISHED:
        week = {"days": len(_week(turn, day)) and _days(turn, day), "goal": turn.progress.preferences.weekly_goal}
        said = f"{stage.words(Prompt('screen_week', week))} {question}"
        return {"kind": "done", "step": stage.titled(stage.words(Prompt("screen_done"))), "says": said, "week": True}
    if coming is State.IDLE or coming in IN_TROUBLE or place is None or played is None:
        kind = "welcome" if coming is State.IDLE else "asked"
        return {"kind": kind, "step": stage.titled(stage.words(Prompt("screen_title"))), "says": question}
    index = played.find(place) or 0
    marks = turn.timeline.marks
    if marks:
        index = played.numbers[marks[-1].step]
    between = coming is State.BETWEEN and index + 1 < len(played.steps)
    step = played.steps[index + between]
    about = {"step": stage.step(step, _where(stage, played, step.id)), "says": question}
    if coming is not State.PAUSED:
        return about
    left = max(step.work.ms - place.done_ms, 0)
    counted = isinstance(step.work, Reps | Breaths)
    return {**about, "kind": "paused", **({} if counted else {"still": left, "whole": step.work.ms})}


def _choices(stage: Stage, turn: Turn, coming: State) -> Iterator[Json]:
    """The keys of what there is to choose from."""
    words, library = stage.phrasebook.content.words, stage.phrasebook.content.library
    if coming is State.IDLE:
        names: Iterable[str] = library.routines
    else:
        names = turn.session.names if coming is State.CHOOSING else ()
    for name in names:
        if name in library.routines:
            yield {"says": _capital(str(words["routines"][name]["name"])), "means": "routine", "of": name}
        else:
            says = _capital(stage.phrasebook.words_in(name, "name"))
            yield {"says": says, "means": "exercise", "of": name}


@lru_cache(ROWS_KEPT)
def _keys(phrasebook: Phrasebook, means: tuple[str, ...]) -> list[Json]:
    """The keys of a row, which are the same in every answer of a locale. Nobody changes them."""
    return [{"says": phrasebook.text(KEYS[each]), "means": each, "of": ""} for each in means]


def _then(turn: Turn) -> State:
    """The state once the answer is heard to its end."""
    then = turn.timeline.marks[-1].then if turn.timeline.marks else ""
    return BY_TIME[Event(then)] if then else turn.session.state


def _where(stage: Stage, played: Played, step: str) -> str:
    exercise, count = step.split(".", 1)[0], len(played.exercises)
    if exercise not in played.exercises or count == 1:
        return ""
    number = played.exercises.index(exercise) + 1
    return stage.words(Prompt("screen_where", {"number": number, "count": count}))


def _days(turn: Turn, day: date) -> int:
    """On how many days of this week there was something done, with what this answer leads to."""
    today = any(mark.credits for mark in turn.timeline.marks) and day.isoformat() not in turn.progress.days
    return turn.progress.days_this_week(day) + today


def _week(turn: Turn, day: date) -> list[bool]:
    days = _days(turn, day)
    shown = min(max(days, turn.progress.preferences.weekly_goal), DAYS_IN_A_WEEK)
    return [number < days for number in range(shown)]


def _scene(kind: str, from_ms: int) -> Json:
    """A scene as far as all of them have the same. What it does not name, it has not: each name takes room from a
    picture.
    """
    return {"kind": kind, "from": from_ms, "row": 0}


def _in_order(scenes: list[Json]) -> Iterator[Json]:
    """The scenes, without those that another one follows at once."""
    for scene, following in pairwise(scenes):
        if scene["from"] < following["from"]:
            yield scene
    yield scenes[-1]


def _shown_at(scene: Json) -> Json:
    """A scene by the clock of the document, which may begin before the voice does."""
    until = {"until": scene["until"] + SHOWN_BEFORE} if "until" in scene else {}
    return {**scene, "from": scene["from"] and scene["from"] + SHOWN_BEFORE, **until}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
