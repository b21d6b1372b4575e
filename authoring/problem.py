"""A fault found in what an author wrote: always a place and a reason, so that it can be mended where it stands."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `line` counts from 1; `reason` is a plain sentence that says what to change."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"
