"""A dataclass whose methods are written out is what the decorator would have made of it."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from authoring.written_out import written_out
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


@dataclass
class Open:
    told: list[str] = field(default_factory=list)


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
            *(one == module.Base(1), hash(module.Base) is None, module.Open.__hash__ is None),
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
        with pytest.raises(ValueError, match="-1"):
            module.Derived(-1)


def test_a_decorator_that_is_more_than_frozen_is_refused() -> None:
    with pytest.raises(ValueError, match="more than frozen"):
        written_out("@dataclass(slots=True)\nclass One:\n    first: int\n", "nowhere")


def test_every_dataclass_of_ours_can_be_written_out() -> None:
    for path in sorted((ROOT / "lambda" / "coach").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "@dataclass" in source and path.parent.name != "compiled":
            module = ".".join(path.relative_to(ROOT / "lambda").with_suffix("").parts)
            assert "@dataclass(frozen=True)" not in written_out(source, module), Path(path).name
