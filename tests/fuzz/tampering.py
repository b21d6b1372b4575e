"""What can become of plain data on its way: any part of it exchanged, bent, moved or gone.

Rule: what is put in is marked, so that a test can tell whether it went where it must not.
"""

import copy
import math
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

MARK, MARKED_NUMBER = "xyzzy", 987_654_321_987_654
"""What nobody says and nobody counts to: wherever it is found, it came from here."""

GONE = object()
"""In the place of a part: it is taken away."""

Path = tuple[Any, ...]
Bend = tuple[int, Any]
"""A part, by its number among all parts, and what becomes of it."""


def nested(depth: int) -> Any:
    """Lists in lists."""
    return [nested(depth - 1)] if depth else MARK


STRANGE = (
    *(None, True, False, 0, 1, -1, 7, 60, 100, 101, -MARKED_NUMBER, MARKED_NUMBER, 10**15, 10**30, -(10**30)),
    *(0.5, -0.0, 1e308, math.nan, math.inf, -math.inf),
    *("", " ", "7", "-3", "1e9", "0", "99999999999", MARK, MARK * 1_000, f"\ud800{MARK}", f"{MARK}\x00"),
    *("Ω💥", "../", "::", "=", "２０", "?", "a9b", "a" * 300, "a9" * 100),
    *("idle", "coaching", "finished", "choosing", "offered", "asked_remind", "asked_keep", "heard_out", "next"),
    *("lying_twist", "lying_twist.1.left", "full", "planned", "hips", "standing", "sets"),
    *("2026-11-23", "9999-12-31", "0001-01-01", "0000-00-00", "9999-W99", "0001-W01", "2026-W48", "2026-13 99a"),
    *("2026 47:9 48:2 99:1", "P9999999Y", "PT99999999999H", "24:61", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"),
    *([], {}, [MARK], [1, 2], [[]], [None] * 300, ["pelvic_tilt"] * 60, {MARK: MARKED_NUMBER}, {"": None}),
    *(nested(20), nested(200)),
    GONE,
)
"""Values of every type, size and sign, and texts that mean something elsewhere."""

strange = st.one_of(
    st.sampled_from(STRANGE),
    st.sampled_from(["twice", "half", "reversed", "more", "less", "elsewhere"]).map(lambda how: ("bent", how)),
    st.text(max_size=12),
    st.integers(-(10**6), 10**6),
)
bends = st.lists(st.tuples(st.integers(0, 10**6), strange), min_size=1, max_size=3)


def parts(value: Any, path: Path = ()) -> Iterator[Path]:
    """The keys that lead to each part of plain data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from parts(part, (*path, key))


def tampered(plain: Any, bent: list[Bend]) -> Any:
    """A copy of plain data after all that."""
    changed = copy.deepcopy(plain)
    for number, becomes in bent:
        paths = list(parts(changed))
        if paths:
            _put(changed, paths[number % len(paths)], becomes, at(changed, paths[number // 7 % len(paths)]))
    return changed


def at(plain: Any, path: Path) -> Any:
    """The part that some keys lead to."""
    for key in path:
        plain = plain[key]
    return plain


def _put(plain: Any, path: Path, becomes: Any, elsewhere: Any) -> None:
    *way, key = path
    whole = at(plain, tuple(way))
    if becomes is GONE:
        del whole[key]
    elif isinstance(becomes, tuple):
        whole[key] = copy.deepcopy(elsewhere) if becomes[1] == "elsewhere" else _bent(whole[key], becomes[1])
    else:
        whole[key] = copy.deepcopy(becomes)


def _bent(value: Any, how: str) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return {"twice": value * 2, "half": value // 2, "reversed": -value, "more": value + 1}.get(how, value - 1)
        case str() | list():
            return {
                "twice": value * 2,
                "half": value[: len(value) // 2],
                "reversed": value[::-1],
                "more": value + value[-1:],
            }.get(how, value[1:])
        case _:
            return value
