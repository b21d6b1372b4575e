"""The states of a conversation as a page: a diagram and all moves, printed from the table, so never out of date.

Rule: a move is what the table lets happen, no more and no less. `tests/moves` holds it against what does happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coach.conversation.events import Event
from coach.conversation.rows import REST, SAME
from coach.conversation.session import State
from coach.conversation.table import AT_REST, BEGINS, BY_TIME, NEVER, RESTS, TABLE

Move = tuple[State, Event, State]

HAPPENS_AT_REST = frozenset[Event]().union(*(TABLE[state].keys() for state in AT_REST))
"""What some state of rest has a row for: over another one, that has none, it does not happen."""

EVENTS_NAMED = 4
"""An arrow of the diagram names so many events; the list below it names them all."""

BY_TIME_LABEL = "(heard to its end)"

HEAD = """# The states of a conversation

Printed from the table (`lambda/coach/conversation/table.py`) by `python -m authoring diagram`.

A session begins where the dot leads. An arrow is what somebody says that leads from one state to another; what leaves
the state as it is has none. `(heard to its end)` is what time does: nobody has said anything, and the answer is over.
While a question is open, only what answers it has an arrow here: all else is answered as where the conversation rests.
"""

ALL_HEAD = """
## All moves

From each state, to each state that can follow, by what was heard. An event that only a guard makes of what was said,
as `next_at_end` of `next`, is named for what it means there.
"""


def states() -> str:
    """The page: what it is, the diagram in Mermaid, and the list of all moves."""
    return HEAD + "\n```mermaid\nstateDiagram-v2\n" + "\n".join(_arrows()) + "\n```\n" + ALL_HEAD + "".join(_listed())


def moves() -> set[Move]:
    """All that can happen: from a state, by an event, to the state that follows."""
    by_time = {(State.COACHING, event, following) for event, following in BY_TIME.items()}
    return by_time.union(*map(_moves, State))


def _moves(state: State, *, answers: bool = False) -> Iterator[Move]:
    """What the rows of a state lead to; only what `answers` its question, or also what it has from where it rests."""
    for resting in RESTS[state]:
        rows = TABLE[state] if answers or state is State.COACHING else {**TABLE[resting], **TABLE[state]}
        for event in rows.keys() - NEVER.get(state, set()) - (HAPPENS_AT_REST - TABLE[resting].keys()):
            following, _ = rows[event]
            if following is SAME:
                yield state, event, state
            else:
                yield state, event, resting if following is REST else State(following)


def _arrows() -> Iterator[str]:
    for state in BEGINS:
        yield f"    [*] --> {state}"
    for following in BY_TIME.values():
        yield f"    {State.COACHING} --> {following}: {BY_TIME_LABEL}"
    for state in State:
        for following, events in _by_target(_moves(state, answers=True)):
            if following is not state:
                named = ", ".join(events[:EVENTS_NAMED])
                more = f" and {len(events) - EVENTS_NAMED} more" if len(events) > EVENTS_NAMED else ""
                yield f"    {state} --> {following}: {named}{more}"


def _listed() -> Iterator[str]:
    every = moves()
    for state in State:
        over = "" if state in AT_REST else f" (rests in {', '.join(RESTS[state])})"
        yield f"\n### {state}{over}\n\n"
        for following, events in _by_target(move for move in every if move[0] is state):
            yield f"- → {following}: {', '.join(events)}\n"


def _by_target(every: Iterable[Move]) -> list[tuple[State, list[Event]]]:
    """The events of moves by where they lead, both in the order in which they are declared."""
    order = {event: number for number, event in enumerate(Event)}
    targets: dict[State, set[Event]] = {}
    for _, event, following in every:
        targets.setdefault(following, set()).add(event)
    return [(state, sorted(targets[state], key=order.__getitem__)) for state in State if state in targets]
