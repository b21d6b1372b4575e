"""A dataclass whose methods are written out is what the decorator would have made of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from authoring.written_out import written_out
from coach.planning import steps
from tests.infra.conftest import ROOT

SOURCE = '''
from __future__ import annotations
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Base:
    """Its words."""

    first: int
    many: dict[str, int] = field(default_factory=dict)
    shy: str = field(default="quiet", repr=False)


@dataclass(frozen=True)
class Derived(Base):
    more: tuple[int, ...] = ()
    aside: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if self.first < 0:
            raise ValueError(self.first)


@dataclass(frozen=True)
class Youngest(Derived):
    last: int = 3


@dataclass
class Open:
    told: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=lambda: {"a   line": "{told}"})


@dataclass(
    frozen=True,
)
class Apart:
    far: int = 1


@dataclass(frozen=True)
class Empty:
    """Nothing."""
'''


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """The module as it is written, and written out."""
    by_decorator, by_hand = ModuleType("by_decorator"), ModuleType("by_hand")
    monkeypatch.setitem(sys.modules, "by_decorator", by_decorator)
    monkeypatch.setitem(sys.modules, "by_hand", by_hand)
    exec(SOURCE, by_decorator.__dict__)  # noqa: S102 - our own source, above
    exec(written_out(SOURCE, "by_decorator"), by_hand.__dict__)  # noqa: S102
    return by_decorator, by_hand


def test_values_are_made_shown_compared_and_hashed_alike(both: tuple[Any, Any]) -> None:
    def facts(module: Any) -> list[Any]:
        one = module.Derived(1, more=(2,), aside=3)
        other = module.Derived(1, {}, "quiet", (2,), 9)
        return [
            *(repr(one), repr(module.Open()), repr(module.Empty()), one == other, one == module.Derived(2)),
            *(one == module.Base(1), hash(module.Apart(5)) == hash((5,)), module.Open.__hash__ is None),
            *(repr(module.Youngest(4)), repr(module.Apart()), module.Youngest(1, last=4).many),
            *(repr(dataclasses.replace(one, first=5)), [field.name for field in dataclasses.fields(one)]),
            *(dataclasses.asdict(one), module.Empty() == module.Empty(), hash(module.Empty()) == hash(())),
        ]

    theirs, ours = map(facts, both)
    assert ours == theirs


def test_what_is_made_anew_is_nobody_elses(both: tuple[Any, Any]) -> None:
    for module in both:
        one, other = module.Derived(1), module.Derived(1)
        assert one.many == {}
        assert one.many is not other.many
        module.Open().told.append("this")
        assert module.Open().told == []


def test_what_is_checked_when_it_is_made_is_checked(both: tuple[Any, Any]) -> None:
    for module in both:
        for checked in (module.Derived, module.Youngest):
            with pytest.raises(ValueError, match="-1"):
                checked(-1)


def test_a_decorator_that_is_more_than_frozen_is_refused() -> None:
    with pytest.raises(ValueError, match="more than frozen"):
        written_out("@dataclass(slots=True)\nclass One:\n    first: int\n", "nowhere")


STRANGE = {
    "    a: int = field(default=1, init=False)": "more than shown and compared",
    "    _: KW_ONLY\n    a: int": "more than shown and compared",
    "    a: int\n    b: int = field(default=1, kw_only=True)": "more than shown and compared",
    "    a: int = field(default=1, hash=False)": "more than shown and compared",
    "    a: int = 1\n    b: InitVar[int] = 2": "no field of it",
    "    a: int = dataclasses.field(default=1)": "another call",
    "    a: int = made()": "another call",
    "    __a: int = 1": "means something else",
    "    self: int = 1": "means something else",
    "    a: int = 1\n    __eq__ = object.__eq__": "of its own",
    "    a: int = 1\n    if a:\n        def __repr__(self):\n            return ''": "of its own",
    "  a: int = 1": "not indented",
    "    a: int = 1; b: int = 2": "not indented",
}


@pytest.mark.parametrize("body", STRANGE)
def test_a_class_that_would_not_be_the_same_is_refused(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _refused(f"@dataclass\nclass One:\n{body}\n", STRANGE[body], monkeypatch)


def test_a_class_that_inherits_from_more_than_it_would_look_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bases = "".join(f"@dataclass\nclass {name}:\n    {name.lower()}: int = 1\n\n\n" for name in ("A", "B"))
    _refused(f"{bases}@dataclass\nclass One(A, B):\n    c: int = 3\n", "not of its first base", monkeypatch)


def _refused(source: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = ModuleType("strange")
    monkeypatch.setitem(sys.modules, "strange", strange)
    source = (
        f"import dataclasses\nfrom dataclasses import *\n\n\ndef made():\n    return field(default=7)\n\n\n{source}"
    )
    exec(source, strange.__dict__)  # noqa: S102 - our own, above
    with pytest.raises(ValueError, match=f"One .*{reason}"):
        written_out(source, "strange")


OURS = [path for path in sorted((ROOT / "lambda" / "coach").rglob("*.py")) if "@dataclass" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_dataclass_of_ours_takes_and_tells_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # One that others inherit from is written out for them as well.
    base = _by_hand(Path(str(steps.__file__)), steps, monkeypatch).Manner
    theirs = import_module(".".join(path.relative_to(ROOT / "lambda").with_suffix("").parts))
    classes = [each for each in vars(theirs).values() if isinstance(each, type) and dataclasses.is_dataclass(each)]
    monkeypatch.setattr("coach.planning.Manner", base)
    ours = _by_hand(path, theirs, monkeypatch)
    for each in classes:
        assert list(map(_facts, _made(vars(ours)[each.__name__]))) == list(map(_facts, _made(each))), each.__name__


def _by_hand(path: Path, module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of ours as it is in a bundle."""
    made = ModuleType(f"by_hand_{path.stem}")
    made.__file__ = str(path)
    monkeypatch.setitem(sys.modules, made.__name__, made)
    source = written_out(path.read_text("utf-8"), module.__name__)
    assert "@dataclass(frozen=True)" not in source
    exec(source, made.__dict__)  # noqa: S102 - our own source
    return made


def _made(cls: type[Any]) -> Iterator[Any]:
    """What comes of each number of arguments, of one that nobody knows, and of all of them by their names."""
    names = [field.name for field in dataclasses.fields(cls)]
    calls = [(range(count), {}) for count in range(len(names) + 2)]
    for given, named in [*calls, ((), dict.fromkeys(names, 1)), ((), {"nobody_knows": 1})]:
        try:
            yield cls(*given, **named)
        except (TypeError, ValueError, AttributeError) as error:
            yield type(error)


def _facts(one: Any) -> list[Any]:
    if isinstance(one, type):
        return [one]
    again = dataclasses.replace(one)
    try:
        hashed: Any = hash(one)
    except TypeError:
        hashed = None
    alike = [one == again, pickle.loads(pickle.dumps(one)) == one, copy.deepcopy(one) == one]  # noqa: S301 - our own
    return [repr(one), hashed, one.__match_args__, alike, list(vars(one))]
