"""The table, and the page printed from it, held against everything that a conversation can get to.

With HIP_COACH_MOVES=2 kinds of conversations are told apart more finely.
"""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from authoring.diagram import moves
from coach.conversation.table import BEGINS, RESTS, TABLE
from tests.moves.explorer import Explorer, Seen

WIDTH = int(os.environ.get("HIP_COACH_MOVES", "1"))
KINDS_LEAST, STEPS_LEAST = 7_000, 300_000
"""What the narrowest exploration tries at least: it was 8,637 kinds of conversations in 366,133 steps."""


@pytest.mark.moves
def test_what_can_happen_is_what_the_table_and_the_page_say(record_property: Callable[[str, object], None]) -> None:
    # One test, so that the exploration is made once, however many workers share the tests.
    seen = Explorer(WIDTH).explore()
    record_property("kinds", seen.kinds)
    record_property("steps", seen.steps)
    complaints = [*_of_moves(seen), *_of_rows(seen), *_of_rests(seen), *_of_faults(seen)]
    if seen.kinds < KINDS_LEAST or seen.steps < STEPS_LEAST:
        complaints.append("the exploration has shrunk")
    told = f"{seen.kinds} kinds of conversations in {seen.steps} steps, {len(seen.moves)} moves:"
    assert not complaints, "\n".join((told, *complaints))


UNSEEN = {("coaching", "heard_out_down", "finished")}
"""In the small world a way up fits into every answer; `tests/walks/check_led_up.py` has those that it does not fit."""


def _of_moves(seen: Seen) -> Iterator[str]:
    printed = moves() - UNSEEN
    for start, event, end in sorted(seen.moves - printed):
        yield f"{start} --> {end}: {event} happens, and is not printed"
    for start, event, end in sorted(printed - seen.moves):
        yield f"{start} --> {end}: {event} is printed, and never happens"


def _of_rows(seen: Seen) -> Iterator[str]:
    rows = {(state, event) for state, its_rows in TABLE.items() for event in its_rows}
    for state, event in sorted(rows - seen.rows):
        yield f"{state}, {event}: a row that is never used"
    for state, resting, event in sorted(seen.unanswered):
        yield f"{state} over {resting}, {event}: there is no row"


def _of_rests(seen: Seen) -> Iterator[str]:
    said = {(state, resting) for state, rests in RESTS.items() for resting in rests}
    for state, resting in sorted(seen.rests - said):
        yield f"{state} may rest in {resting}, and the table does not say so"
    for state, resting in sorted(said - seen.rests):
        yield f"{state} never rests in {resting}, and the table says so"
    if seen.begins != {*BEGINS}:
        yield f"a session begins in {', '.join(sorted(seen.begins))}"


def _of_faults(seen: Seen) -> Iterator[str]:
    for fault, way in sorted(seen.faults.items()):
        yield f"{fault}\n    {way}"


def test_no_reply_sets_a_state() -> None:
    replies = Path(__file__).parents[2] / "lambda" / "coach" / "conversation" / "replies"
    sources = sorted(replies.glob("*.py"))
    assert sources
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            where = f"{source.name}, line {getattr(node, 'lineno', 0)}"
            assert not (isinstance(node, ast.Attribute) and node.attr == "in_state"), where
            assert not (isinstance(node, ast.keyword) and node.arg == "state"), where
