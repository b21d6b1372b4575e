"""Time off is kept as the weeks it touches, over the turn of a year too, and never more than are looked back on."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.front_door import FrontDoor


def rests(door: FrontDoor, **slots: str) -> list[str]:
    """What is declared off after "I'm taking … off"."""
    reply = door.intent("RestDayIntent", {name: (value, None) for name, value in slots.items()})
    assert not reply.open
    return list(reply.progress["rests"])


@pytest.mark.parametrize(
    ("slots", "weeks"),
    [
        ({}, ["2026-W52"]),
        ({"length": "P1D"}, ["2026-W52"]),
        ({"length": "P4D"}, ["2026-W52"]),
        ({"length": "P5D"}, ["2026-W52"]),
        ({"length": "P6D"}, ["2026-W52", "2026-W53"]),
        ({"length": "P2W"}, ["2026-W52", "2026-W53", "2027-W01"]),
        ({"day": "2026-12-28"}, ["2026-W52"]),
        ({"day": "2026-12-29"}, ["2026-W52", "2026-W53"]),
        ({"day": "2026-12-01"}, ["2026-W52"]),
        ({"day": "2026-W53"}, ["2026-W52"]),
        ({"length": "?"}, ["2026-W52"]),
    ],
)
def test_every_week_that_the_time_off_touches_is_noted(
    door: FrontDoor, slots: dict[str, str], weeks: list[str]
) -> None:
    door.now = datetime(2026, 12, 23, 19, tzinfo=UTC)
    assert rests(door, **slots) == weeks


@pytest.mark.parametrize("slots", [{"length": "P99W"}, {"day": "9999-12-31"}])
def test_a_very_long_time_off_is_noted_as_far_as_weeks_are_looked_back_on(
    door: FrontDoor, slots: dict[str, str]
) -> None:
    assert len(rests(door, **slots)) == 12


def test_weeks_off_that_lie_too_far_back_are_let_go(door: FrontDoor) -> None:
    assert len(rests(door, length="P8W")) == 8
    door.now += timedelta(weeks=14)
    assert rests(door) == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02", "2027-W09"]


def test_minutes_off_are_a_pause(door: FrontDoor) -> None:
    door.intent("OneExerciseIntent", {"exercise": ("lying twist", "lying_twist")})
    reply = door.intent("RestDayIntent", {"length": ("PT5M", None)}, into=75)
    assert reply.session["state"] == "paused"
    assert not reply.progress["rests"]
