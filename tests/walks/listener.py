"""A listener who keeps count for themselves: what was heard of each side, and where that leaves a person.

Rule: the count is made of what travels: the marks of an answer and the times of two requests. Wherever the response or
the store says otherwise, something was found.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from coach.alexa.limits import SPEAKING_UP, SPEECH_STARTS_AFTER
from coach.conversation.events import Event
from coach.conversation.session import IN_TROUBLE
from coach.persistence.progress import Progress
from coach.persistence.stores.memory import MemoryStore
from coach.planning.exercises import PLANNED, Hold, Library, Work
from coach.planning.steps import Step, play
from tests.front_door import Reply

Where = tuple[str, int] | None
"""A step, and how many milliseconds of its work are done; None where no routine is on the go."""

MOVES = frozenset(
    {
        *(Event.START, Event.ONE_EXERCISE, Event.NO_FLOOR, Event.NEXT, Event.SKIP, Event.PREVIOUS, Event.REPEAT),
        *(Event.RESUME, Event.START_OVER, Event.GO_TO, Event.SWITCH_SIDE, Event.YES, Event.NO, Event.CHOOSE),
        *(Event.FORGET_ME, Event.DELETE_EVERYTHING, Event.LEAVE_OUT, Event.READY, Event.SWAP, Event.ALREADY_DONE),
        *(Event.NUMBER, Event.CONDITION),
    }
)
"""What may take a person to another step. Everything else must leave them where they were."""

BEGINS = frozenset({Event.START, Event.ONE_EXERCISE})

PACES = frozenset({Event.SLOWER, Event.FASTER, Event.NORMAL_PACE})
"""After these as many reps are done as before, in other milliseconds."""

AROUND = ("warm_up", "warm_up_lying", "landing")
"""What goes around the exercises of a routine: nothing of it is kept for later by itself."""

A_DAY_MS, A_BREAK_MS = 86_400_000, 4 * 3_600_000

CHANGES = PACES | {
    *(Event.MORE_TIME, Event.LESS_TIME, Event.HOLD_FOR, Event.LONGER_HOLDS, Event.SHORTER_HOLDS, Event.USUAL_HOLDS),
    *(Event.GO_EASY, Event.USUAL_DOSES, Event.TOO_SOON, Event.EASIER, Event.DEEPER, Event.NOT_READY),
}
"""After these one side may last longer than the other: a hold that is shorter now is counted out, what is done another
way has enough left to be worth it, and what had hardly begun begins again.
"""

HARDLY_BEGUN_MS = 10_000
"""Whoever is not ready has done none of a work of which no more is done; of any other they lose nothing."""


AT_AN_END = frozenset({Event.YES, Event.NO, Event.NEXT, Event.RESUME, Event.CHOOSE})
"""What most people only say when an answer is over: the coach may take it for over a little before it is."""

WAITS = frozenset({Event.PAUSE, Event.BREAK, Event.PAIN, Event.LAUNCH, Event.NONSENSE})
"""After these a person waits, and gets so much of a hold as they were told, were it about so much."""

ROUGHLY_MS = 15_000
"""Half of a half minute: no time is said less exactly than that."""


class OnePersonsStore(MemoryStore):
    """A store that shows what it has of the only person there is."""

    @property
    def progress(self) -> Progress:
        """What is stored, or what a stranger begins with."""
        return next((self.load(person) for person in self._rows), None) or Progress()


@dataclass
class Listener:
    """Listens to one walk, from its first request to its last; raises AssertionError. `compared` counts the pairs of
    sides that were heard to their ends without a skip, a move or a change in between.
    """

    library: Library
    store: OnePersonsStore
    compared: int = 0
    last: Reply | None = None
    hung_up: bool = False
    new: bool = True
    sent_ms: int = 0
    led_ms: int = 0
    known: Progress = field(default_factory=Progress)
    heard: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    whole: set[str] = field(default_factory=set)

    def hear(self, event: Event, reply: Reply, now_ms: int) -> None:
        """The answer to a request that was sent at `now_ms`."""
        here = self._here(now_ms)
        self._count(now_ms)
        if reply.session.get("state") in IN_TROUBLE:
            kept = self.store.progress
            assert not kept.place, "a routine that ended with a red flag has a place"
            assert not kept.aside, "after a red flag another routine waits"
        else:
            self._is_in_place(event, here, _where(reply.progress.get("place")))
        self._keeps_what_is_unfinished(event, here)
        if not self._goes_straight_on(event, here):
            self._forget_the_sides()
        self._sides_are_alike(reply)
        self._is_not_led_into_another_days_work(event, reply, now_ms)
        self.known = self.store.progress
        place = asdict(self.known.place) if self.known.place else None
        assert place == reply.progress.get("place"), "what is stored is not where the person is"
        self.last, self.sent_ms, self.hung_up = (reply if reply.open else None), now_ms, False
        self.new = not reply.open

    def hang_up(self) -> None:
        """The session is over, and nobody says so: what is heard since the last request is known all the same."""
        self.hung_up = self.new = True
        self._forget_the_sides()
        assert self.store.progress.place == self.known.place, "a restart has moved the stored place"

    def end(self, now_ms: int) -> None:
        """The session is over, and the speaker said so: what was spoken until then counts."""
        here, there = self._here(now_ms, speaking_up_ms=0), self.store.progress.place
        found = (there.step, there.done_ms) if there else None
        assert found in {here, *self._onward(here)}, f"the end has moved the place from {here} to {found}"
        self.known, self.last, self.new = self.store.progress, None, True
        self._forget_the_sides()

    def _here(self, now_ms: int, speaking_up_ms: int = SPEAKING_UP.middle) -> Where:
        """Where the person is by now, by the marks of the last answer; they began to speak so long ago."""
        marks = self.last.marks if self.last else []
        if not marks:
            return (self.known.place.step, self.known.place.done_ms) if self.known.place else None
        held = now_ms - self.sent_ms - SPEECH_STARTS_AFTER.middle
        heard = held - speaking_up_ms
        step, _, works, ends, done = next((m for m in reversed(marks) if m[1] <= heard), marks[0])
        counts = isinstance(self._work(step), Hold)
        done_ms = done + min(max((held if counts else heard) - works, 0), ends - works)
        before = self.known.place
        if not counts and before and before.step == step:
            # A breath or a repetition that was begun is counted anew, and is not lost.
            done_ms = max(done_ms, before.done_ms)
        return step, done_ms

    def _is_in_place(self, event: Event, here: Where, there: Where) -> None:
        resumes = event is Event.RESUME and self._paused
        if event in MOVES and not resumes:
            return
        allowed = {here, *self._onward(here)}
        if self.new and any(where and where[0].startswith(AROUND[1]) for where in allowed):
            # Who comes back with nothing but the landing ahead has done the routine.
            allowed.add(None)
        begun = here is not None and here[1] > HARDLY_BEGUN_MS
        if event in CHANGES and not (event is Event.NOT_READY and begun):
            allowed, there = {w and (w[0], 0) for w in allowed}, there and (there[0], 0)
        # A hold goes on until the answer is heard.
        within_ms = ROUGHLY_MS if event in WAITS else SPEECH_STARTS_AFTER.middle
        near = (w for w in allowed if w and there and w[0] == there[0])
        close = any(abs(w[1] - there[1]) <= within_ms for w in near if there)
        assert there in allowed or close, f"{event} has moved the place from {here} to {there}"

    def _keeps_what_is_unfinished(self, event: Event, here: Where) -> None:
        """Whoever names another routine, or one exercise, finds the one that they were in kept aside."""
        before, after = self.known.place, self.store.progress.place
        if event not in BEGINS or not (here and before and after) or after.plan.is_like(before.plan):
            return
        built = after.plan.routine == PLANNED and not after.plan.alone
        work = [step for step in self._steps() if not step.startswith(AROUND)]
        begun = bool(before.done or (here[0] in work and (here[1] or here[0] != work[0])))
        over = here[0].startswith(AROUND[1]) or (here[0] in work[-1:] and bool(self._onward(here)))
        if not built and begun and not over:
            waits = self.store.progress.aside
            assert waits, f"{event} has lost {here}"
            assert (waits.step, waits.done_ms) in {here, *self._onward(here)}, f"{event} has kept {waits}, not {here}"

    def _onward(self, here: Where) -> set[Where]:
        """Where a step that is done to its end leads: to the following one, or out of the routine."""
        steps = self._steps()
        if here is None or here[0] not in steps or here[1] < steps[here[0]].work.ms:
            return set()
        ids = list(steps)
        following = ids[ids.index(here[0]) + 1 :]
        return {(following[0], 0)} if following else {None}

    def _goes_straight_on(self, event: Event, here: Where) -> bool:
        if event in {Event.NEXT, Event.RESUME}:
            return bool(self._onward(here)) or (event is Event.RESUME and self._paused)
        return event not in MOVES | CHANGES

    @property
    def _paused(self) -> bool:
        return self.last is not None and not self.hung_up and self.last.session["state"] == "paused"

    def _count(self, now_ms: int) -> None:
        """Count what was heard of each side, and compare the two of an exercise once both are whole."""
        elapsed = now_ms - self.sent_ms - SPEECH_STARTS_AFTER.middle
        for step, _, works, ends, done in self.last.marks if self.last else []:
            if done and step not in self.heard:
                # It was begun before the count was.
                continue
            if elapsed > works:
                self.heard[step] += min(elapsed, ends) - works
            if elapsed > works or done:
                # Somebody who asked twice in one second holds on for the second answer too.
                self.answers[step] += 1
            if elapsed >= ends:
                self.whole.add(step)
        for left in sorted(self.whole):
            right = left.replace(".left", ".right")
            if left != right and right in self.whole:
                again = self.answers[left] + self.answers[right] - 2
                margin = again * self._once_more_ms(left)
                told = f"{left} {self.heard[left]} ms, {right} {self.heard[right]} ms"
                assert abs(self.heard[left] - self.heard[right]) <= margin, told
                self.compared += 1
                self.whole -= {left, right}

    def _once_more_ms(self, step: str) -> int:
        """What an interruption may add to what is heard of a step, or take from it."""
        work = self._work(step)
        # A hold goes on until the answer is heard. A breath or a rep that was broken off is done again, and so is the
        # next one, if it was counted while the person spoke.
        return SPEECH_STARTS_AFTER.middle if isinstance(work, Hold) else 2 * work.unit_ms

    def _sides_are_alike(self, reply: Reply) -> None:
        """Both sides of an exercise last the same in one answer, whatever of them was done before."""
        lasts: dict[str, set[int]] = {}
        for step, starts, works, ends, done in reply.marks:
            assert starts <= works <= ends
            assert done >= 0
            exercise, number, _ = step.split(".")
            assert exercise in self.library.exercises or exercise in AROUND
            lasts.setdefault(f"{exercise}.{number}", set()).add(done + ends - works)
        assert all(len(of_both) == 1 for of_both in lasts.values()), lasts

    def _is_not_led_into_another_days_work(self, event: Event, reply: Reply, now_ms: int) -> None:
        """Whoever comes back on another day begins an exercise anew, or has said no to that."""
        declined = event is Event.NO and self.last is not None and self.last.session["state"] == "returning_later"
        another_day = now_ms // A_DAY_MS > self.led_ms // A_DAY_MS and now_ms - self.led_ms > A_BREAK_MS
        if reply.marks and self.led_ms and another_day and self.new:
            step, *_, done = reply.marks[0]
            assert not done, f"{event} leads into the middle of {step} of another day"
        if reply.marks or declined:
            self.led_ms = now_ms

    def _work(self, step: str) -> Work:
        name = step.split(".", maxsplit=1)[0]
        known = self.library
        around = {one.id: one for one in (known.warm_up, known.warm_up_lying, known.landing) if one}
        return {**known.exercises, **around}[name].work

    def _forget_the_sides(self) -> None:
        self.heard.clear()
        self.answers.clear()
        self.whole.clear()

    def _steps(self) -> dict[str, Step]:
        place = self.known.place
        steps = play(place.plan, self.known.preferences, self.library).steps if place else ()
        return {step.id: step for step in steps}


def _where(place: dict[str, Any] | None) -> Where:
    return (place["step"], place["done_ms"]) if place else None
