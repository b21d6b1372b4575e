"""What to do: the welcome, the routines, a routine built to a wish, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coach import planner
from coach.coaching import Entry, Lead, ahead_ms, plan_ms
from coach.cues import Saying
from coach.plan import Dose, Plan
from coach.replies.answer import Answer, came_from, carry_on, coach_from, note, remember, say
from coach.replies.moving import way_out
from coach.routine import PLANNED
from coach.scene import Scene
from coach.session import State
from coach.wish import Wish, added, planned, strained

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
    possible = still_possible(scene)
    if scene.heard.ms:
        wish = Wish(ms=scene.heard.ms, only=possible, begun=_begun(scene))
        plan = planned(wish, scene.library, scene.progress.preferences, lambda plan: _from_here_ms(scene, plan))
    else:
        plan = Plan(PLANNED, tuple(dose for dose in scene.place.plan.doses if dose.exercise in possible))
    there, lead = _from_here(scene, plan)
    said = _replanned(scene, plan, _from_here_ms(scene, plan))
    return coach_from(note(there, state=State.COACHING), there.index, *said, done_ms=there.place.done_ms, lead=lead)


def _replanned(scene: Scene, plan: Plan, minutes: int) -> tuple[Saying, ...]:
    """The way out of what is dropped, how long it is from here, what falls away, and what is not as usual."""
    kept, begun = plan.exercises, _begun(scene)
    way = () if scene.exercise.id in kept else way_out(scene)
    anew = (d for d in plan.doses if d not in scene.place.plan.doses and not (begun and d.exercise == begun.exercise))
    strained = _strained(scene, replace(plan, doses=tuple(anew)))
    dropped = tuple(e for e in _ahead(scene) if e not in kept)
    if len(dropped) > max(len(kept), NAMED_AT_ONCE):
        return *way, say("replanned_only", minutes=minutes, kept=kept, count=len(dropped)), *strained
    return *way, say("replanned_without" if dropped else "replanned", minutes=minutes, dropped=dropped), *strained


def _from_here(scene: Scene, plan: Plan) -> tuple[Scene, Lead]:
    """The scene in another plan: further in the step that runs or is next, or at the start of what comes instead."""
    ahead = _at_what_is_left(scene)
    if plan.exercises[0] != ahead.exercise.id or (not scene.left_ms and ahead.step.first_of_exercise):
        moved = scene.beginning(plan)
        return remember(moved, place=replace(moved.place, done=scene.place.done)), Lead.FRESH
    going = remember(ahead, place=replace(ahead.place, plan=plan))
    if not scene.left_ms:
        return going, Lead.FRESH
    running = scene.session.state is State.COACHING and scene.place.done_ms
    return going, Lead.AT_ONCE if running else Lead.GET_READY


def _from_here_ms(scene: Scene, plan: Plan) -> int:
    there, lead = _from_here(scene, plan)
    opening = _replanned(scene, plan, scene.heard.ms)
    return ahead_ms(there, Entry(there.index, there.place.done_ms, lead, opening, came_from(scene)))


def _begun(scene: Scene) -> Dose | None:
    """The exercise that the person is in the middle of, with the rounds it has had."""
    ahead = _at_what_is_left(scene)
    if ahead.step.first_of_exercise and not ahead.place.done_ms:
        return None
    dose = next(dose for dose in scene.place.plan.doses if dose.exercise == ahead.exercise.id)
    return replace(dose, rounds=ahead.step.set)


def still_possible(scene: Scene) -> tuple[str, ...]:
    """The exercises ahead that can still be done where the person is now."""
    no_floor = scene.heard.floor_is_out
    return tuple(e for e in _ahead(scene) if not (no_floor and scene.library.exercises[e].position.down))


def _ahead(scene: Scene) -> tuple[str, ...]:
    first = scene.index if scene.left_ms else scene.index + 1
    return tuple(dict.fromkeys(step.exercise.id for step in scene.steps[first:]))


def _at_what_is_left(scene: Scene) -> Scene:
    return scene if scene.left_ms else scene.at(scene.index + 1)


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
    preferences, exercises = scene.progress.preferences, scene.library.exercises
    plan = planned(wish, scene.library, preferences, lambda plan: plan_ms(scene, plan))
    said: list[Saying] = []
    if wish.area and not plan.area:
        said.append(say("offer_other", area=wish.area))
    said.append(say("offer_area" if plan.area else "offer", minutes=plan_ms(scene, plan), area=plan.area))
    if len(plan.exercises) > NAMED_IN_AN_OFFER:
        first, last = plan.exercises[0], plan.exercises[-1]
        said.append(say("offer_many", count=len(plan.exercises), first=first, last=last))
    else:
        said.append(say("offer_few", exercises=plan.exercises))
    if plan.area and any(plan.area not in exercises[e].areas for e in plan.exercises):
        said.append(say("offer_mixed", area=plan.area))
    if added(plan, scene.library):
        said.append(say("offer_rounds", count=len(plan.exercises)))
    said += _strained(scene, plan)
    down = {exercises[e].position.down for e in plan.exercises}
    if len(down) == 1:
        said.append(say("all_on_the_floor" if down.pop() else "nothing_on_the_floor"))
    return Answer((*said, say("ask_offered")), note(scene, offer=plan))


def _strained(scene: Scene, plan: Plan) -> tuple[Saying, ...]:
    """What is not as usual in a plan that had to be made to fit."""
    by = strained(plan, scene.library, scene.progress.preferences)
    return (say("doses_shorter" if by < 0 else "doses_longer"),) if by else ()


def _ask(scene: Scene, name: str, *before: Saying) -> Answer:
    """Ask which routine, and name the two that most people want."""
    full, quick = (planner.authored(r, scene.library, scene.progress.preferences) for r in NAMED_FIRST)
    asked = say(name, full=plan_ms(scene, full), quick=plan_ms(scene, quick))
    return Answer((*before, asked), note(scene, names=NAMED_FIRST))
