"""How two real turns run through the coach: which of its files and functions they enter, and how often they come back.

    PYTHONPATH=lambda:. python -P bench/house/turns.py EXPANDS LAYS_OUT TAKES

Rule: run by its path, with the coach and the simulator of any checkout in PYTHONPATH; so it imports nothing of `bench`.
It prints JSON. Each argument is the full name of a function whose calls are counted, or several with commas between,
of which the first that there is counts.

Before a turn is counted, its conversation is held once by somebody else, so that all imports and caches are done.
What is generated is not counted. A comprehension is a part of the function that it stands in; a generator that is
asked for its next value is entered once more.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from inspect import unwrap
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import coach
import simulator
from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.persistence import document
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding
from simulator.services import AlexaServices

HOME = Path(str(coach.__file__)).parent
GENERATED = HOME / "compiled"
ROOT = HOME.parents[1]
MODEL = ROOT / "interaction_model" / "en-US.json"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
COMPREHENSIONS = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
INTO_THE_HOLD_MS = 12_000
EXERCISES_MOST = 20


@dataclass(frozen=True)
class Route:
    """The way of one turn. `returns` is how often it comes back into a file that it had left; `counted` are the calls
    of the functions that were named, None for one that there is not.
    """

    files: int
    functions: int
    calls: int
    returns: int
    counted: dict[str, int | None]


@dataclass
class Watched:
    """A handler, and the functions of the coach that its last turn entered, in their order."""

    handler: Handler
    entered: list[CodeType] = field(default_factory=list)

    def handle(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """One turn, watched."""
        with watched() as self.entered:
            return self.handler(event, context)


@contextmanager
def watched() -> Iterator[list[CodeType]]:
    """The functions of the coach that are entered meanwhile, one entry for each call."""
    entered: list[CodeType] = []
    own, generated = f"{HOME}/", f"{GENERATED}/"

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        file = code.co_filename
        if event != "call" or not file.startswith(own) or file.startswith(generated):
            return
        if code.co_name not in COMPREHENSIONS:
            entered.append(code)

    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(None)


def returns(files: Iterable[str]) -> int:
    """How often a way through files comes back into one that it had left."""
    seen: set[str] = set()
    here, count = "", 0
    for file in files:
        if file != here:
            count += file in seen
            seen.add(file)
            here = file
    return count


def route(entered: Sequence[CodeType], named: dict[str, CodeType | None]) -> Route:
    """The way of a turn that entered these functions, with the calls of those that are `named`."""
    files = [code.co_filename for code in entered]
    counted = {name: sum(each is code for each in entered) if code else None for name, code in named.items()}
    return Route(len(set(files)), len({*map(id, entered)}), len(entered), returns(files), counted)


def found(names: str) -> tuple[str, CodeType | None]:
    """The first of the names, with commas between, that is a function's; or all of them, and None.

    Only modules that are loaded are looked at: to import one would find it in a checkout that is installed, too.
    """
    for name in names.split(","):
        module, _, function = name.rpartition(".")
        named = getattr(sys.modules.get(module), function, None)
        if callable(named) and isinstance(bare := unwrap(named), FunctionType):
            return name, bare.__code__
    return names, None


def next_in_a_hold(speaker: Speaker) -> None:
    """Says "next" in the middle of the first hold on the left of the quick routine."""
    heard = say(speaker, "ask hip coach for the quick routine")
    for _ in range(EXERCISES_MOST):
        if holds := left_holds(heard):
            say(speaker, "next", into_ms=holds[0] + INTO_THE_HOLD_MS)
            return
        heard = say(speaker, "next")
    raise LookupError("the routine has no hold on the left")


def yes_to_a_reminder(speaker: Speaker) -> None:
    """Says "yes" to a reminder at seven, from a speaker that may give it."""
    say(speaker, "ask hip coach to remind me at seven in the morning")
    say(speaker, "yes")


CONVERSATIONS: dict[str, Callable[[Speaker], None]] = {
    "next": next_in_a_hold,
    "yes": yes_to_a_reminder,
}
"""Each ends with the turn that is counted."""


def say(speaker: Speaker, words: str, into_ms: int | None = None) -> Heard:
    """What is heard. Raises RuntimeError when the coach apologised or broke."""
    heard = speaker.say(words, into_ms=into_ms)
    if heard.fault:
        raise RuntimeError(f"{words}: {heard.fault}\n{heard.trace}")
    return heard


def left_holds(heard: Heard) -> list[int]:
    """When the works on the left begin, in milliseconds of the speech."""
    spoken = document.read((heard.response or {})["sessionAttributes"]["progress"]).spoken
    return [mark.works for mark in (spoken.marks if spoken else ()) if mark.step.endswith(".left")]


def lent() -> list[str]:
    """The modules of the coach and the simulator that another checkout lends, for being the one that is installed."""
    return [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in {coach.__name__, simulator.__name__}
        and not Path(module.__file__ or HOME).is_relative_to(ROOT)
    ]


def main() -> None:
    """Prints the route of each of the two turns."""
    understanding = Understanding.from_file(MODEL)
    routes = {}
    with AlexaServices() as services:
        coached = Watched(bootstrap(Settings(store="memory:", alexa_api=services.url)))
        for name, conversation in CONVERSATIONS.items():
            for user in (f"before {name}", name):
                speaker = Speaker(coached.handle, understanding, VirtualClock(EVENING), user=user, services=services)
                services.allow(speaker.who.token)
                conversation(speaker)
            routes[name] = asdict(route(coached.entered, dict(map(found, sys.argv[1:]))))
    if strangers := lent():
        raise ImportError(f"not of this checkout: {', '.join(strangers)}")
    print(json.dumps(routes))


if __name__ == "__main__":
    main()
