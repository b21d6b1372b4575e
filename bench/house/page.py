"""What docs/house.md shows of the house: the diagram of its rooms and the table of its figures, between their marks.

Rule: the rest of the page is by hand and is left as it is.
"""

import re
from collections.abc import Mapping, Sequence

Figures = dict[str, str]
"""What a column of the table says, by the names of its rows."""

NONE = "–"
NOW = "Now"
EXACT = ("Rooms", "Floors", "The longest way down", "Pairs of rooms with an import between them")
"""The rows that change only with the layout. The others change a little with every line that is written."""
OFF = 0.1
"""The share by which those others may be off before the page is stale."""

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


class MarkError(LookupError):
    """A page without the marks between which something is to be written."""


def table(columns: Mapping[str, Figures]) -> str:
    """Columns of figures in Markdown, side by side; a dash where one does not have what another has."""
    rows = dict.fromkeys(row for figures in columns.values() for row in figures)
    lines = [["", *columns], ["---", *("---:" for _ in columns)]]
    lines += [[row, *(figures.get(row, NONE) for figures in columns.values())] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def diagram(arrows: Sequence[tuple[str, str]]) -> str:
    """The rooms of a house and who imports whom, in Mermaid."""
    return "\n".join(("```mermaid", "flowchart TD", *(f"    {room} --> {other}" for room, other in arrows), "```"))


def put(page: str, name: str, text: str) -> str:
    """The page with a text between the marks of that name. Raises MarkError."""
    before, _, after = _parts(page, name)
    return f"{before}\n\n{text}\n\n{after}"


def stale(page: str, arrows: Sequence[tuple[str, str]], now: Figures) -> list[str]:
    """What of a page is not so any more, as rows of its table or `rooms`. Raises MarkError."""
    told = _told(_parts(page, "figures")[1])
    found = [] if _parts(page, "rooms")[1].strip() == diagram(arrows) else ["rooms"]
    found += [row for row in now if row not in told or not _same(row, told[row], now[row])]
    return found + [row for row in told if row not in now]


def _parts(page: str, name: str) -> tuple[str, str, str]:
    """A page up to the opening mark, what stands between the two, and the page from the closing mark on."""
    opening, closing = f"<!-- {name}: make house -->", f"<!-- end of {name} -->"
    before, opened, rest = page.partition(opening)
    between, closed, after = rest.partition(closing)
    if not opened or not closed:
        raise MarkError(f"the page has no {opening} with {closing} behind it")
    return before + opening, between, closing + after


def _told(text: str) -> Figures:
    """The last column of a table."""
    cells = [line.strip("| ").split(" | ") for line in text.strip().splitlines()[2:]]
    return {row[0]: row[-1] for row in cells}


def _same(row: str, told: str, now: str) -> bool:
    if row in EXACT:
        return told == now
    pairs = [*zip(_NUMBERS.findall(told), _NUMBERS.findall(now), strict=False)]
    return bool(pairs) and all(abs(float(one) - float(other)) <= OFF * float(other) for one, other in pairs)
