"""What to do: the welcome, the routines, a routine built to a wish, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coach import planner
from coach.coaching import Lead, plan_ms, remaining_ms
from coach.cues import Saying
from coach.planner import Wish
from coach.progress import Plan
from coach.replies.answer import Answer, carry_on, coach_from, note, remember, say
from coach.replies.moving import way_out
from coach.routine import PLANNED
from coach.scene import Scene
from coach.session import State

NAMED_AT_ONCE = 3
"""How many things are named before "more": as many as a listener keeps in mind."""

NAMED_FIRST = ("full", "quick")
"""The routines that the welcome names, in its order."""

NAMED_IN_AN_OFFER = 5
"""An offer of more exercises than this names the first and the last."""

TIPS_ON_DAYS = 2
"""On so many first days the person is told how to speak up in the middle."""


def welcome(scene: Scene) -> Answer:
    """Nothing is unfinished: which routine shall it be? Whoever is new has just heard what this is."""
    return _ask(scene, "welcome_back" if scene.progress.welcomed else "which_first")


def ask_which(scene: Scene) -> Answer:
    """One short question when it is unclear what is wanted."""
    return _ask(scene, "which")


def nothing_running(scene: Scene) -> Answer:
    """A command for a routine, and none is begun."""
    return _ask(scene, "which", say("nothing_running"))


def begin_routine(scene: Scene) -> Answer:
    """An authored routine, from its start."""
    plan = planner.authored(scene.heard.routine, scene.library, scene.progress.preferences)
    return begin(scene, plan)


def begin_exercise(scene: Scene) -> Answer:
    """One exercise alone."""
    return begin(scene, planner.alone(scene.heard.exercise))


def begin_offer(scene: Scene) -> Answer:
    """Yes to the plan that was offered."""
    return begin(scene, scene.session.offer) if scene.session.offer else ask_which(scene)


def begin(scene: Scene, plan: Plan) -> Answer:
    """Start a plan: what it is, what to have ready, and into the first exercise."""
    started = remember(scene.beginning(plan), last=(scene.day.isoformat(), plan.routine))
    minutes = plan_ms(scene, plan)
    opening: list[Saying] = [*way_out(scene)]
    if not plan.alone:
        opening.append(say("begin", routine=plan.routine, minutes=minutes))
    needs = dict.fromkeys(need for step in started.steps for need in step.exercise.needs)
    if needs:
        opening.append(say("have_ready", needs=tuple(needs)))
    if scene.progress.total_days < TIPS_ON_DAYS and not scene.session.coached:
        opening.append(say("how_to_speak_up"))
    return coach_from(note(started, coached=0), 0, *opening)


def offer_plan(scene: Scene) -> Answer:
    """Build what was wished for, say what it is, and ask whether to begin."""
    return _offer(scene, wish_of(scene))


def replan(scene: Scene) -> Answer:
    """In the middle: what is left is built anew for the time or the place there is, and what falls away is said."""
    possible, ms = still_possible(scene), scene.heard.ms
    if ms:
        wish = Wish(ms=ms, only=possible)
        plan = planner.planned(wish, scene.library, scene.progress.preferences, lambda plan: plan_ms(scene, plan))
    else:
        plan = Plan(PLANNED, tuple(d for d in scene.place.plan.doses if d.exercise in possible))
    plan = replace(plan, doses=tuple(sorted(plan.doses, key=lambda dose: possible.index(dose.exercise))))
    dropped = tuple(e for e in _ahead(scene) if e not in plan.exercises)
    moved = scene.beginning(plan)
    said = say(_replanned(dropped), minutes=remaining_ms(moved, 0), dropped=dropped, count=len(dropped))
    if scene.left_ms and plan.exercises[0] == scene.exercise.id:
        going = remember(scene, place=replace(scene.place, plan=plan))
        if scene.session.state is State.COACHING:
            return carry_on(going, said)
        return coach_from(going, going.index, said, done_ms=going.place.done_ms, lead=Lead.GET_READY)
    kept = remember(moved, place=replace(moved.place, done=scene.place.done))
    return coach_from(note(kept, state=State.COACHING), 0, *way_out(scene), said)


def _replanned(dropped: tuple[str, ...]) -> str:
    if len(dropped) > NAMED_AT_ONCE:
        return "replanned_without_many"
    return "replanned_without" if dropped else "replanned"


def still_possible(scene: Scene) -> tuple[str, ...]:
    """The exercises ahead that can still be done where the person is now."""
    no_floor = scene.heard.floor_is_out
    return tuple(e for e in _ahead(scene) if not (no_floor and scene.library.exercises[e].position.down))


def _ahead(scene: Scene) -> tuple[str, ...]:
    return tuple(e for e in scene.exercises[scene.number - 1 :] if scene.left_ms or e != scene.exercise.id)


def wish_of(scene: Scene) -> Wish:
    """The wish in the words that were heard."""
    heard = scene.heard
    return Wish(area=heard.area, ms=heard.ms, no_floor=heard.floor_is_out)


def list_routines(scene: Scene) -> Answer:
    """The first few routines."""
    return _list(scene, tuple(scene.library.routines))


def list_exercises(scene: Scene) -> Answer:
    """The first few exercises of the routine that was named, or of the one that runs, or of all."""
    if scene.heard.routine:
        return _list(scene, scene.library.routines[scene.heard.routine].exercises)
    return _list(scene, scene.exercises if scene.progress.place else tuple(scene.library.exercises))


def more(scene: Scene) -> Answer:
    """The names that follow those that were named."""
    names = scene.session.names
    whole = next((listed for listed in _lists(scene) if _run(names, listed)), ())
    rest = whole[whole.index(names[-1]) + 1 :] if whole else tuple(scene.library.routines)
    return _list(scene, rest) if rest else carry_on(scene, say("no_more"))


def _lists(scene: Scene) -> Iterable[tuple[str, ...]]:
    """All that can be listed: what runs first, since it is what is meant when two lists share their names."""
    if scene.progress.place:
        yield scene.exercises
    yield tuple(scene.library.routines)
    yield from (routine.exercises for routine in scene.library.routines.values())
    yield tuple(scene.library.exercises)


def _run(names: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    """Whether the names stand in the list, one after the other."""
    if not names or names[0] not in listed:
        return False
    first = listed.index(names[0])
    return listed[first : first + len(names)] == names


def _list(scene: Scene, whole: tuple[str, ...]) -> Answer:
    names = whole[:NAMED_AT_ONCE]
    named = scene.heard.routine or scene.progress.place
    of_a_routine = bool(named) and names[0] not in scene.library.routines
    what = "list_exercises" if of_a_routine else "list"
    said = say(what, names=names, more=int(len(whole) > len(names)))
    listed = note(scene, names=names)
    if scene.progress.place and scene.session.state is not State.FINISHED:
        return carry_on(listed, said)
    return Answer((said, say("ask_list")), listed)


def _offer(scene: Scene, wish: Wish) -> Answer:
    plan = planner.planned(wish, scene.library, scene.progress.preferences, lambda plan: plan_ms(scene, plan))
    said: list[Saying] = [say("offer_area" if plan.area else "offer", minutes=plan_ms(scene, plan), area=plan.area)]
    if len(plan.exercises) > NAMED_IN_AN_OFFER:
        first, last = plan.exercises[0], plan.exercises[-1]
        said.append(say("offer_many", count=len(plan.exercises), first=first, last=last))
    else:
        said.append(say("offer_few", exercises=plan.exercises))
    down = {scene.library.exercises[e].position.down for e in plan.exercises}
    if len(down) == 1:
        said.append(say("all_on_the_floor" if down.pop() else "nothing_on_the_floor"))
    return Answer((*said, say("ask_offered")), note(scene, offer=plan))


def _ask(scene: Scene, name: str, *before: Saying) -> Answer:
    """Ask which routine, and name the two that most people want."""
    full, quick = (planner.authored(r, scene.library, scene.progress.preferences) for r in NAMED_FIRST)
    asked = say(name, full=plan_ms(scene, full), quick=plan_ms(scene, quick))
    return Answer((*before, asked), note(scene, names=NAMED_FIRST))
