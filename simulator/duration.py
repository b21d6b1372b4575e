"""Lengths of time as a script and a transcript write them: `20s`, `1m30s`, `500ms`, `1d`.

Rule: whole milliseconds, and a unit is always written.
"""

import re

_UNITS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[dhms])")


def milliseconds(text: str) -> int:
    """The milliseconds in `text`. Raises ValueError, in a sentence, when it is not a length of time."""
    if not re.fullmatch(rf"(?:{_PART.pattern})+", text):
        raise ValueError(f'"{text}" is not a length of time, such as 20s, 1m30s or 1d')
    return round(sum(float(amount) * _UNITS[unit] for amount, unit in _PART.findall(text)))
