"""Whole sessions of many people at once, on several functions under AWS's own runtime client and one table.

    python -m bench.load [--people 100] [--functions 4] [--python python3.13]

Each function is a process of its own, `awslambdaric` with the bundle, and takes one request at a time, as on AWS; what
it is sent comes from a Runtime API in here. A person's turns go to whichever function is free, so that nobody can be
served from what a process remembers. Everybody skips ahead by a number of exercises of their own, asks where they are,
stops, and comes back a day later: what they are told then is held against what somebody hears who is all alone. The
same is done with the skill in the manner of Amazon's samples.

The exit status is 1 if anybody met an error, or was told of another place than their own.
"""

from __future__ import annotations

import argparse
import os
import queue
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from authoring.interpreters import RUNTIME
from bench.deployed.function import Function, running, runtime_client
from bench.deployed.lives import LAUNCH, START, evenings
from bench.deployed.serving import serving
from bench.deployed.subjects import OURS, SAMPLES, Subject, workshop
from simulator.envelopes import Household

PEOPLE, FUNCTIONS = 100, 4
AT_ONCE = 3
"""How many people want something for each function: there is always somebody who waits."""
WAYS = 9
"""By how many exercises somebody skips ahead: none, or up to one less than this."""

PLACES = {
    OURS: re.compile(r"(\w+) of ten"),
    SAMPLES: re.compile(r"There are (\d+) stretches|You were at ([\w ]+)\."),
}
"""What tells a place in what is spoken."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What somebody heard: the errors, the places that were named, and how long each turn took."""

    errors: tuple[str, ...]
    places: tuple[str, ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Crowd:
    """What came of all people of a subject."""

    told: Sequence[Told]
    strayed: int
    wall_seconds: float
    cpu_seconds: float

    @property
    def turns(self) -> int:
        """All turns of all people."""
        return sum(len(one.seconds) for one in self.told)

    @property
    def errors(self) -> list[str]:
        """All that went wrong."""
        return [error for one in self.told for error in one.errors]


def lives(functions: queue.Queue[Function], subject: Subject, who: Household, ways: int) -> Told:
    """Somebody skips ahead so many times, asks where they are, and comes back the next day."""
    evening = (LAUNCH, START, *["SkipIntent"] * ways, "WhereAmIIntent", "AMAZON.StopIntent")
    errors, places, seconds = [], [], []
    for session in evenings(2, evening, who):
        attributes: Json = {}
        for event in session:
            event["session"]["attributes"] = attributes
            function = functions.get()
            began = time.monotonic()
            well, told = function.answer(event)
            seconds.append(time.monotonic() - began)
            functions.put(function)
            speech = told.get("response", {}).get("outputSpeech", {}).get("ssml", "")
            if not well or not speech or subject.excuse in speech:
                errors.append(str(told.get("errorMessage", speech or "nothing was said")))
            attributes = told.get("sessionAttributes", {})
            asked = event["request"].get("intent", {}).get("name") == "WhereAmIIntent"
            if (asked or event["request"]["type"] == LAUNCH) and (found := PLACES[subject.name].search(speech)):
                places.append(next(filter(None, found.groups())))
    return Told(tuple(errors), tuple(places), tuple(seconds))


def crowd(functions: Sequence[Function], subject: Subject, people: int) -> Crowd:
    """Everybody at once, after one of each way all alone, who tell what everybody is to hear."""
    free: queue.Queue[Function] = queue.Queue()
    for function in functions:
        free.put(function)
    alone = [lives(free, subject, _household(f"alone-{ways}"), ways).places for ways in range(WAYS)]
    if len(set(alone)) < WAYS:
        raise LookupError(f"the ways of {subject.name} cannot be told apart: {alone}")
    cpu, began = sum(each.cpu_seconds() for each in functions), time.monotonic()
    with ThreadPoolExecutor(len(functions) * AT_ONCE) as at_once:
        told = list(at_once.map(lambda who: lives(free, subject, _household(f"one-{who}"), who % WAYS), range(people)))
    wall, cpu = time.monotonic() - began, sum(each.cpu_seconds() for each in functions) - cpu
    strayed = sum(one.places != alone[who % WAYS] for who, one in enumerate(told))
    return Crowd(told, strayed, wall, cpu)


def _household(name: str) -> Household:
    return Household(name, f"speaker of {name}", None, "en-US", False)


def main() -> int:
    """Prints what came of it; the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=PEOPLE)
    options.add_argument("--functions", type=int, default=FUNCTIONS)
    options.add_argument("--python", default=os.environ.get("RUNTIME_PYTHON", f"python{RUNTIME}"))
    chosen = options.parse_args()
    made = workshop(chosen.python)
    client = runtime_client(made)
    crowds: dict[str, Crowd] = {}
    with TemporaryDirectory() as folder, serving(Path(folder)) as served:
        for subject in made.subjects:
            if subject.name in PLACES:
                environment = served.environment(subject.authorities) | subject.environment(f"load-{subject.name}")
                with running(made, client, subject, environment, chosen.functions) as functions:
                    crowds[subject.name] = crowd(functions, subject, chosen.people)
    print(
        f"{chosen.people} people of two evenings each, {AT_ONCE} at a time for each of {chosen.functions} functions\n"
    )
    print(f"{'':12}{'turns':>8}{'errors':>8}{'astray':>8}{'median':>10}{'worst':>10}{'a second':>10}{'and core':>10}")
    for name, one in crowds.items():
        seconds = [each for told in one.told for each in told.seconds]
        print(
            f"{name:12}{one.turns:8,}{len(one.errors):8}{one.strayed:8}{median(seconds) * 1000:7.0f} ms"
            f"{max(seconds) * 1000:7.0f} ms{one.turns / one.wall_seconds:10.0f}{one.turns / one.cpu_seconds:10.0f}"
        )
    ours, samples = (crowds[name].turns / crowds[name].cpu_seconds for name in (OURS, SAMPLES))
    print(f"\nTurns a second of a processor, ours to the samples': {ours / samples:.2f}")
    for error in [error for one in crowds.values() for error in one.errors][:5]:
        print(f"  {error}", file=sys.stderr)
    return int(any(one.errors or one.strayed for one in crowds.values()))


if __name__ == "__main__":
    sys.exit(main())
