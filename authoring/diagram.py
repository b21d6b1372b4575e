"""The state diagram of the conversation, drawn from its table, so that it is never out of date."""

from coach.conversation.session import State
from coach.conversation.table import TABLE


def states() -> str:
    """A page with the diagram in Mermaid: an arrow from state to state, with the events that take it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for state, rows in TABLE.items():
        for event, (following, _) in rows.items():
            if isinstance(following, State) and following is not state:
                arrows.setdefault((state, following), []).append(event)
    lines = [f"    {start} --> {end}: {_named(sorted(events))}" for (start, end), events in arrows.items()]
    head = "# The states of a conversation\n\nPrinted from the table by `python -m authoring diagram`.\n\n"
    return head + "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def _named(events: list[str]) -> str:
    return ", ".join(events) if len(events) <= 4 else f"{', '.join(events[:4])} and {len(events) - 4} more"
