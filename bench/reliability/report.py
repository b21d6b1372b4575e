"""The table, as Markdown: a row for each kind of fault and rate."""

from __future__ import annotations

from bench.reliability.cells import Cell

HEADINGS = (
    "fault",
    "of calls",
    "sessions",
    "completed",
    "turns",
    "in time",
    "p99",
    "worst",
    "lost",
    "twice",
    "not kept",
    "unsaid",
    "told",
)

SHARES = {"0": "none", "writes": "all writes"}


def heading() -> str:
    """The first two lines."""
    return _row(HEADINGS) + "\n" + _row(["---", *["---:"] * (len(HEADINGS) - 1)])


def row(cell: Cell) -> str:
    """The line of a cell."""
    seconds, sessions = cell.seconds, len(cell.accounts)
    return _row(
        [
            cell.kind.replace("_", " "),
            SHARES.get(cell.share) or f"{cell.share} %",
            f"{sessions:,}",
            _share(cell.completed, sessions),
            f"{cell.turns:,}",
            _share(cell.in_time, len(seconds)),
            f"{seconds[len(seconds) * 99 // 100] * 1000:.0f} ms",
            f"{seconds[-1] * 1000:.0f} ms",
            str(cell.difference.lost),
            str(cell.difference.twice),
            str(cell.difference.unkept),
            str(cell.difference.unsaid),
            f"{sum(account.excuses for account in cell.accounts):,}",
        ]
    )


def _share(part: int, whole: int) -> str:
    return "all" if part == whole else f"{part / whole:.1%}"


def _row(fields: object) -> str:
    return "| " + " | ".join(fields) + " |"  # type: ignore[arg-type]
