"""Plays whole routines, says what a listener gets, and fails where a limit of `bench.listening.limits` is broken.

    python -m bench.listening                                          everything, as a table, and what fails
    python -m bench.listening --routine quick [--evening 3] [--mode hands-free] [--variation easier]
                                                                       one evening, word for word, with its figures
    ... --report                                                       the same, without failing

Everything is six routines, in three modes, usual and easier, on five evenings in a row. The content must be compiled.
"""

import argparse

from bench.listening import comparing, judging, report
from bench.listening.authored import exercises
from bench.listening.evenings import EVENINGS, MODES, ROUTINES, VARIATIONS, Listener, Way
from bench.listening.framing import Framing
from bench.listening.judging import Fault

EXAMPLES = 4


def main() -> None:
    """Prints what was heard and what fails; exits with 1 when anything does."""
    options = argparse.ArgumentParser(
        prog="python -m bench.listening", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--all", action="store_true", help="everything (what happens without --routine)")
    options.add_argument("--routine", choices=ROUTINES, help="one evening of this one instead of everything")
    options.add_argument("--evening", type=int, default=1, choices=range(1, EVENINGS + 1), help="of how many in a row")
    options.add_argument("--mode", default=next(iter(MODES)), choices=MODES)
    options.add_argument("--variation", default=VARIATIONS[0], choices=VARIATIONS)
    options.add_argument("--examples", type=int, default=EXAMPLES, help="how many of each kind of fault are named")
    options.add_argument("--report", action="store_true", help="exit with 0 whatever is heard")
    chosen = options.parse_args()
    ears = Listener(exercises(), Framing())
    if chosen.routine and not chosen.all:
        faults = one(ears, Way(chosen.routine, chosen.mode, chosen.variation), chosen.evening)
    else:
        faults = everything(ears)
    print()
    print("\n".join(report.summary(faults, chosen.examples)) or "Nothing is beyond a limit.")
    raise SystemExit(bool(faults) and not chosen.report)


def one(ears: Listener, way: Way, number: int) -> list[Fault]:
    """Prints one evening; what is beyond a limit in it and since those before it."""
    evenings = [evening for evening in ears.evenings(way, number) if evening.number]
    print("\n".join(report.heard(evenings[-1])))
    since = [fault for fault in comparing.of_series(evenings) if fault.where.startswith(f"{evenings[-1]}:")]
    return [*judging.of_evening(evenings[-1], ears.prompts), *since]


def everything(ears: Listener) -> list[Fault]:
    """Prints the table of all routines, modes and variations; what is beyond a limit in any of them."""
    ways = [Way(routine, mode, variation) for routine in ROUTINES for mode in MODES for variation in VARIATIONS]
    series = [list(ears.evenings(way)) for way in ways]
    faults: list[Fault] = []
    for evenings in series:
        judged = [evening for evening in evenings if evening.number]
        faults += [fault for evening in judged for fault in judging.of_evening(evening, ears.prompts)]
        faults += comparing.of_series(judged)
    print("\n".join(report.table(series, faults)))
    heard = [evening for evenings in series for evening in evenings]
    return [*faults, *comparing.never_heard(heard, ears.exercises)]


if __name__ == "__main__":
    main()
