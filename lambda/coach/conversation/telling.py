"""What is told of the moves of a body: those of a step in full while it is new, and in brief later; and how to get from
one position to another.

Rule: words fade, seconds never do. What is told in full the first times is told in brief later, and takes as long.
"""

from __future__ import annotations

from datetime import date

from coach.conversation.moment import Moment
from coach.planning import Hold, Position, Step
from coach.planning.exercises import Moves
from coach.speaking import Gap, Line, Moving, Saying
from coach.speaking.cues import Item, Items, Way, lasting_ms

FULL_MEETINGS = 2
"""How often a person hears an exercise in full, in each of its variations, before its name and one line are enough."""

AWAY_DAYS = 21
"""After so many days away everything is told in full again."""

CARE_MS = 3_000
"""A word of care is taken in before a body moves on: half of this is quiet after it."""

CARE_FROM_MS = 30_000
"""A hold of this length or more has room for a word of care."""


def is_new(moment: Moment, step: Step) -> bool:
    """Whether a step is told in full: it was met seldom in this variation, or the person was away for weeks."""
    return is_away(moment) or meetings(moment, step) <= FULL_MEETINGS


def meetings(moment: Moment, step: Step) -> int:
    """How often the exercise of a step was met in this variation, with the meeting that is being announced."""
    place = moment.progress.place
    announced = place is not None and place.unmet and place.exercise == step.exercise.id
    return moment.progress.met.get(step.met_as, 0) + announced


def is_away(moment: Moment) -> bool:
    """Whether the person has begun nothing for weeks, so that all is told in full again."""
    last = moment.progress.last
    return last is not None and (moment.day - date.fromisoformat(last[0])).days >= AWAY_DAYS


def whole(moment: Moment, step: Step, *, anew: bool) -> list[Item]:
    """The set-up move by move, with the words of care that belong before the last, and the landmark at its end. What is
    done once is in it where the exercise begins, and for whoever comes `anew` to it from another position.
    """
    *first, last = moves_of(moment, step, "setup", step.moved.setup, anew=anew)
    care = word_of_care(step, "cautions.entering")
    if is_new(moment, step) and step.first_side and not cares_within(step):
        care += word_of_care(step, "cautions.during")
    return [*first, *care, last, line(step, "landmark")]


def in_brief(moment: Moment, step: Step, *, anew: bool, share: int = 1) -> list[Item]:
    """The set-up in one line and its landmark, in the time that it takes whole, or in one part of so many."""
    ms = sum(move.ms for move in step.moved.setup if not move.once or anew)
    return [Moving(line(step, "brief"), pace_ms(moment, ms // share), loads=True), line(step, "landmark")]


def way_into(moment: Moment, step: Step) -> Items:
    """The moves into a variation from the middle of the usual way, and its landmark; empty where there are none."""
    moves = moves_of(moment, step, "way", step.moved.way)
    return (*moves, line(step, "landmark")) if moves else ()


def moves_of(moment: Moment, step: Step, part: str, moves: Moves, *, anew: bool = True) -> list[Item]:
    """The moves of a part of a step, each with the time to do it. The first one of a set-up only brings the body to
    where the others begin.
    """
    wanted = [i for i, move in enumerate(moves) if not move.once or anew]
    loads = part == "setup"
    return [Moving(line(step, part, i), pace_ms(moment, moves[i].ms), loads=loads and i > 0) for i in wanted]


def word_of_care(step: Step, part: str) -> Items:
    """A word of care, and the time to take it in."""
    return (Moving(line(step, part), CARE_MS),)


def without_care(items: Items) -> Items:
    """The same without the words of care."""
    return tuple(item for item in items if not (isinstance(item, Moving) and _is_care(item.saying)))


def _is_care(saying: Saying) -> bool:
    return isinstance(saying, Line) and saying.part.startswith("cautions.")


def cares_within(step: Step) -> bool:
    """Whether the work has the room for a word of care of its own; otherwise it is said on the way in."""
    return isinstance(step.work, Hold) and step.work.ms >= CARE_FROM_MS


def from_to(moment: Moment, here: Position | None, there: Position) -> Items:
    """How to get from one position, None for upright, to another, move by move; nothing for whoever is there."""
    here = here or Position.STANDING
    moves = moment.library.ways[here, there] if here is not there else ()
    return tuple(Moving(Way(here, there, i), pace_ms(moment, move.ms)) for i, move in enumerate(moves))


def way_ms(moment: Moment, here: Position | None, there: Position) -> int:
    """How long it takes to get from one position to another."""
    return lasting_ms(from_to(moment, here, there), moment.wording)


def line(step: Step, part: str, index: int | None = None) -> Line:
    """Words that belong to the exercise of a step, as it is done there."""
    return Line(step.exercise.id, part, step.side, step.variation, index)


def paced(moment: Moment, ms: int) -> Gap:
    """Silence to do something in, longer for a slower pace."""
    return Gap(pace_ms(moment, ms))


def pace_ms(moment: Moment, ms: int) -> int:
    """A time to move in, longer for a slower pace."""
    return ms * 100 // moment.progress.preferences.pace
