"""Measure what is deployed, and print a table; the exit status is 1 if a goal is missed."""

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import bench.deployed
from authoring.interpreters import RUNTIME
from authoring.package import PackageError
from bench.deployed.installing import InstallingError
from bench.deployed.lives import WHO, evenings
from bench.deployed.report import lines, missed
from bench.deployed.runs import FailedRunError, rounds
from bench.deployed.serving import serving
from bench.deployed.subjects import SubjectError, workshop

RUNS, SESSIONS = 15, 3
SHORT, SHORT_SESSIONS = 5, 2


def main() -> int:
    """Make the subjects, run them, and tell; the exit status."""
    options = argparse.ArgumentParser(
        description=bench.deployed.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--runs", type=int, default=RUNS, help="fresh processes of each subject")
    options.add_argument("--short", action="store_true", help=f"{SHORT} of them, with fewer routines")
    options.add_argument("--python", default=os.environ.get("RUNTIME_PYTHON", f"python{RUNTIME}"))
    options.add_argument("--speaker", action="store_true", help="on a speaker alone, and not on one with a screen")
    options.add_argument("--known", nargs="*", default=[], help="goals that are known to be missed, and fail nothing")
    chosen = options.parse_args()
    runs, sessions = (SHORT, SHORT_SESSIONS) if chosen.short else (chosen.runs, SESSIONS)
    began = time.monotonic()
    try:
        made = workshop(chosen.python)
        with TemporaryDirectory() as folder, serving(Path(folder)) as served:
            lives = rounds(made, served, runs, evenings(sessions, who=replace(WHO, screen=not chosen.speaker)))
    except (InstallingError, PackageError, SubjectError, FailedRunError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{runs} fresh processes each, in turn, of {sessions} routines, on Python {RUNTIME}: medians\n")
    for line in lines(made.subjects, lives):
        print(line)
    print(f"\nIn {time.monotonic() - began:.0f} seconds.", end=" ")
    if not (beyond := missed(made.subjects, lives)):
        print("No goal is missed.")
        return 0
    known = [goal for goal in beyond if goal in chosen.known]
    print(f"Goals missed: {', '.join(beyond)}{'; known before: ' + ', '.join(known) if known else ''}.")
    return int(len(known) < len(beyond))


if __name__ == "__main__":
    sys.exit(main())
