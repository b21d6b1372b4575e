"""The states of a conversation as a page: a diagram and all moves, printed from the table, so never out of date.

Rule: a move is what the table lets happen, no more and no less. `tests/moves` holds it against what does happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coach.conversation.events import Event
from coach.conversation.questions import passes_over
from coach.conversation.rows import Next
from coach.conversation.session import IN_TROUBLE, State
from coach.conversation.table import AT_REST, BEGINS, BY_TIME, ERRANDS, NEVER, RESTS, TABLE

Move = tuple[State, Event, State]

HAPPENS_AT_REST = frozenset[Event]().union(*(TABLE[state].keys() for state in AT_REST))
"""What some state of rest has a row for: over another one, that has none, it does not happen."""

EVENTS_NAMED = 4
"""An arrow of the diagram names so many events; the list below it names them all."""

WHERE_IT_RESTS = "rest"

BY_TIME_LABEL = "(heard to its end)"

HEAD = """# The states of a conversation

Printed from the table (`lambda/coach/conversation/table.py`) by `python -m authoring diagram`.

A session begins where the dot leads. An arrow is what somebody says that leads from one state to another; what leaves
the state as it is has none. `(heard to its end)` is what time does: nobody has said anything, and the answer is over.
While a question is open, only what answers it has an arrow here: all else is answered as where the conversation rests,
and `where it rests` is that state: idle with nothing on the go, paused in an exercise, between two, or finished. What
leaves a question open and passes it over leads there too, the second time.
"""

ALL_HEAD = """
## All moves

From each state, to each state that can follow, by what was heard. An event that only a guard makes of what was said,
as `next_at_end` of `next`, is named for what it means there.
"""


def states() -> str:
    """The page: what it is, the diagram in Mermaid, and the list of all moves."""
    diagram = "\n".join(("```mermaid", "stateDiagram-v2", *_arrows(), "```"))
    return f"{HEAD}\n{diagram}\n{ALL_HEAD}{''.join(_listed())}"


def moves() -> set[Move]:
    """All that can happen: from a state, by an event, to the state that follows."""
    by_time = {(State.COACHING, event, following) for event, following in BY_TIME.items()}
    return by_time.union(*map(_moves, State))


def _moves(state: State) -> Iterator[Move]:
    """What the rows of a state lead to, its own and those of the states in which it may rest."""
    for resting in RESTS[state]:
        rows = {**TABLE[resting], **TABLE[state]}
        # What helps a body in trouble, or one that may be, happens there, whatever it would rest in.
        body = state in IN_TROUBLE or state is State.ASKED_HELP
        elsewhere = HAPPENS_AT_REST - TABLE[resting].keys() - (TABLE[state].keys() if body else set())
        for event in rows.keys() - elsewhere - NEVER.get(state, set()) - ERRANDS.get(state, {}).keys():
            following, _ = rows[event]
            if isinstance(following, State):
                yield state, event, following
            else:
                yield state, event, resting if following is Next.REST else state
                if passes_over(state, event):
                    yield state, event, resting


def _arrows() -> Iterator[str]:
    yield f'    state "where it rests" as {WHERE_IT_RESTS}'
    for state in BEGINS:
        yield f"    [*] --> {state}"
    for following in BY_TIME.values():
        yield f"    {State.COACHING} --> {following}: {BY_TIME_LABEL}"
    for state in State:
        for target, events in _by_target(_leads_on(state)):
            named = ", ".join(events[:EVENTS_NAMED])
            more = f" and {len(events) - EVENTS_NAMED} more" if len(events) > EVENTS_NAMED else ""
            yield f"    {state} --> {target}: {named}{more}"


def _leads_on(state: State) -> Iterator[tuple[Event, str]]:
    """What leaves a state, and for which; of an open question only what answers it."""
    if state in (*AT_REST, State.COACHING):
        yield from ((event, following) for _, event, following in _moves(state) if following is not state)
        return
    for event, (following, _) in TABLE[state].items():
        if isinstance(following, State) and following is not state:
            yield event, following
        elif following is Next.REST:
            yield event, WHERE_IT_RESTS


def _listed() -> Iterator[str]:
    every = moves()
    for state in State:
        over = "" if state in AT_REST else f" (rests in {', '.join(RESTS[state])})"
        yield f"\n### {state}{over}\n\n"
        of_it = ((event, following) for start, event, following in every if start is state)
        for following, events in _by_target(of_it):
            yield f"- → {following}: {', '.join(events)}\n"


def _by_target(arrows: Iterable[tuple[Event, str]]) -> Iterator[tuple[str, list[Event]]]:
    """The events of arrows by where they lead, both in the order in which they are declared."""
    targets: dict[str, set[Event]] = {}
    for event, target in arrows:
        targets.setdefault(target, set()).add(event)
    for target in (*State, WHERE_IT_RESTS):
        if target in targets:
            yield target, [event for event in Event if event in targets[target]]
