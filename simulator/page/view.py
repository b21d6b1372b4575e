"""An exchange as the page draws it: what is heard when, what is to be seen meanwhile, and what went back and forth.

Rule: milliseconds from the first sound of the answer, so that whoever knows where the sound is knows all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import accumulate

from coach.planning import Breaths, Reps, Step
from coach.speaking import Mark
from coach.speaking.content import Content
from coach.speaking.cues import Line
from coach.speaking.phrasebook import Phrasebook
from simulator import report
from simulator.envelopes import Json
from simulator.heard import Heard
from simulator.page.routine import Routine, routine
from simulator.playback import Doing, Stage

LISTENED = {Doing.SPEAKING: "speaking", Doing.PAUSING: "speaking", Doing.LISTENING: "listening"}
"""What the page shows of what a speaker does."""

NOTHING: Json = {
    "turn": 0,
    "open": False,
    "spoken_ms": 0,
    "life_ms": 0,
    "stages": [],
    "captions": [],
    "works": [],
    "routine": None,
}
"""What is played before anything was said."""


def exchange(heard: Heard) -> Json:
    """An exchange for the list of what was said, with what went back and forth behind it."""
    answer = heard.response or {}
    behind = {
        "Request": heard.request,
        "Response": answer.get("response"),
        "State": answer.get("sessionAttributes"),
        "Timeline": asdict(heard.sounded.timeline) if heard.sounded else None,
    }
    return {
        "said": heard.said,
        "understood": report.meaning(heard.match) if heard.match else "",
        "notice": heard.notice,
        "speech": heard.text,
        "fault": heard.fault,
        "ended": report.ENDINGS.get(heard.ended, ""),
        "behind": {name: what for name, what in behind.items() if what},
    }


def playing(heard: Heard, number: int, content: Content) -> Json:
    """What is being played: the exchange of this number, or nothing yet where it has no sound."""
    marks = heard.sounded.timeline.marks if heard.sounded else ()
    going = routine((heard.response or {}).get("sessionAttributes") or {}, marks, content)
    return {
        "turn": number,
        "open": heard.session_open,
        "spoken_ms": heard.total_ms,
        "life_ms": sum(stage.ms for stage in heard.life),
        "stages": [
            {"starts": starts, "ms": stage.ms, "doing": LISTENED.get(stage.doing, "closed")}
            for starts, stage in _timed(heard.life)
        ],
        "captions": [
            {"starts": cue.at, "text": cue.text}
            for cue in (heard.sounded.timeline.cues if heard.sounded else ())
            if cue.text
        ],
        "works": [work for mark in marks if going and (work := _work(mark, going, content))],
        "here": _seen(going.now, content) if going and not going.finished else None,
        "routine": _line(going, content) if going else None,
    }


def choices(content: Content) -> list[Json]:
    """What there is to begin with, and what is said for it."""
    coach = str(content.words["called"]["coach"])
    asking = f"alexa, ask {coach.lower()} to"
    routines = [
        {
            "name": str(words["name"]).capitalize(),
            "about": f"{words['about']} {len(words['exercises'])} exercises.",
            "say": f"{asking} start {words['the']}",
        }
        for words in content.words["routines"].values()
    ]
    opened = {"name": "Good day", "about": "Be asked what you would like.", "say": f"alexa, open {coach.lower()}"}
    resumed = {"name": "Go on", "about": "From where you were, today or another day.", "say": f"{asking} resume"}
    return [opened, resumed, *routines]


def _timed(life: Iterable[Stage]) -> Iterator[tuple[int, Stage]]:
    """Each stage with the moment when it begins."""
    life = tuple(life)
    return zip(accumulate((stage.ms for stage in life), initial=0), life, strict=False)


def _work(mark: Mark, going: Routine, content: Content) -> Json | None:
    """What is seen while a step is led into and done. One that has left the plan meanwhile is seen by no picture."""
    step = going.played.step(mark.step)
    if step is None:
        return None
    times = {"starts": mark.starts, "works": mark.works, "ends": mark.ends, "done": mark.done}
    return {**times, "unit": _unit(step), **_seen(step, content)}


def _seen(step: Step, content: Content) -> Json:
    """What is seen of a step, whether it is done just now or not."""
    return {
        "exercise": step.exercise.id,
        "name": _name(step, content),
        "pose": "" if step.is_around else f"{step.exercise.id}-{step.variation}-{step.side}",
        "picture": "" if step.is_around else _picture(step, content),
    }


def _name(step: Step, content: Content) -> str:
    words = content.words
    if step.is_around:
        return str(words["around"][step.exercise.id]["words"]["the"]).capitalize()
    name = str(words["exercises"][step.exercise.id]["words"]["name"]).capitalize()
    side = "" if step.side == "both" else f", {words['sides'][step.side]}"
    return f"{name}{side}" if step.sets == 1 else f"{name}{side}, set {step.set} of {step.sets}"


def _picture(step: Step, content: Content) -> str:
    """What the picture of a step shows, in words."""
    return Phrasebook(content).text(Line(step.exercise.id, "picture", step.side, step.variation))


def _unit(step: Step) -> str:
    match step.work:
        case Reps(count=count):
            return f"seconds, {count} times"
        case Breaths(count=count):
            return f"seconds, {count} breaths"
        case _:
            return "seconds"


def _line(going: Routine, content: Content) -> Json:
    names = content.words["exercises"]
    return {
        "exercises": [
            {"id": exercise, "name": names[exercise]["words"]["name"], "done": exercise in going.done}
            for exercise in going.played.exercises
        ],
        "now": going.now.exercise.id,
        "after_ms": going.after_ms,
        "paused": going.paused,
        "finished": going.finished,
    }
