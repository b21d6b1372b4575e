"""How long it takes to build a routine to a wish: lengths, areas, modes, with and without the floor.

    python -m bench.planning [--runs 3]

The yardstick is to lay out the full routine once, from its first word to its last: the ratio to it is what carries over
to other machines. Processor time is taken, which a busy machine disturbs least; of the runs, the quickest counts.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product
from statistics import median

from coach.alexa.limits import ALEXA
from coach.conversation.events import Event, Heard
from coach.conversation.lengths import plan_ms
from coach.conversation.moment import Moment
from coach.conversation.session import Session
from coach.persistence.progress import Mode, Preferences, Progress
from coach.planning.plan import Place, Plan, authored
from coach.planning.steps import play
from coach.planning.wish import Wish, planned
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook

TODAY = date(2026, 11, 23)
MINUTES = (2, 4, 10, 30, 60)
MODES = (Mode.EXERCISE, Mode.HANDS_FREE)


def main() -> None:
    """Prints the time of the yardstick, of a wish, and of the slowest one, and their ratios."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3)
    runs = options.parse_args().runs
    content = load("en-US")
    library, words = content.library, Phrasebook(content)

    def moment(mode: Mode) -> Moment:
        # New wording each time: a turn keeps the words that it has found, and nothing of the turn before.
        plan, preferences = authored("full", library), Preferences(mode=mode)
        place = Place(plan, play(plan, preferences, library).steps[0].id)
        progress = Progress(place=place, preferences=preferences)
        return Moment(Heard(Event.START), Session(), progress, 0, TODAY, 0, library, words.wording(), ALEXA)

    def wished(wish: Wish, mode: Mode) -> Plan:
        at = moment(mode)
        return planned(wish, library, at.progress.preferences, lambda plan: plan_ms(at, plan))

    def yardstick() -> int:
        at = moment(Mode.EXERCISE)
        return plan_ms(at, at.place.plan)

    yardstick()
    laid_out = took(yardstick, runs * 5)
    times: dict[str, float] = {}
    for minutes, area, no_floor, mode in product(MINUTES, ("", *library.areas), (False, True), MODES):
        wish = Wish(area, minutes * 60_000, no_floor)
        named = f"{minutes} minutes, {area or 'any area'}, {'no floor, ' if no_floor else ''}{mode}"
        times[named] = took(partial(wished, wish, mode), runs)
    slowest = max(times, key=lambda name: times[name])
    print(f"{f'{len(times)} wishes, the quickest of {runs} runs each':52} {'time':>8} {'ratio':>7}")
    for name, ms in (
        ("the full routine laid out once", laid_out),
        ("a wish (the median)", median(times.values())),
        (slowest, times[slowest]),
    ):
        print(f"{name:52} {ms:5.0f} ms {ms / laid_out:7.1f}")


def took(work: Callable[[], object], runs: int) -> float:
    """Milliseconds of processor time that the work takes, in the quickest of its runs."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1_000)
    return min(taken)


if __name__ == "__main__":
    main()
