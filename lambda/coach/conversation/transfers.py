"""From one position to another, move by move, and how far along such a way somebody is who speaks up on it.

Rule: nobody is led down twice. Whoever has done some moves is taken for somebody in the position that these lead to
next, who still has the rest of the moves to it before them.
"""

from __future__ import annotations

from functools import partial

from coach.conversation.moment import Moment
from coach.conversation.session import Leg
from coach.conversation.telling import from_to
from coach.planning import Position
from coach.speaking.cues import Item, Items, Moving, Way, lasting_ms
from coach.values import replace


def way_to(moment: Moment, there: Position) -> Items:
    """The moves from where the body is by now to a position."""
    return way_from(moment, moment.body, moment.session.leg, there)


def way_from(moment: Moment, here: Position | None, leg: Leg | None, there: Position) -> Items:
    """The moves from one position to another; with a `leg` those still to be done of the way to the first one, if that
    lies on the way to the other, or leads up from the floor: nobody turns to anything else half way up. Where there is
    no chair, nobody is sent to one.
    """
    moves = _way_from(moment, here, leg, there)
    return tuple(filter(partial(_needs_no_chair, moment), moves)) if moment.session.no_chair else moves


def _needs_no_chair(moment: Moment, move: Item) -> bool:
    told = move.saying if isinstance(move, Moving) else None
    return not (
        isinstance(told, Way) and moment.library.ways[Position(told.here), Position(told.there)][told.index].chair
    )


def _way_from(moment: Moment, here: Position | None, leg: Leg | None, there: Position) -> Items:
    if here is None or leg is None:
        return from_to(moment, here, there)
    if _leads_through(moment, leg.came_from, here, there):
        return from_to(moment, leg.came_from, there)[leg.moved :]
    rest = from_to(moment, leg.came_from, here)[leg.moved :] if leg.came_from.down and not here.down else ()
    return (*rest, *from_to(moment, here, there))


def is_up(here: Position | None, leg: Leg | None, there: Position) -> bool:
    """Whether the way from one position to another leads up from the floor; with a `leg` what is left of it, or back up
    from half way down.
    """
    is_down = (here is not None and here.down) or (leg is not None and leg.came_from.down)
    return is_down and not there.down


def halt(here: Position | None, leg: Leg | None, there: Position) -> Position:
    """Where somebody is asked whether they are ready, on the way from one position to another: in that, but whoever is
    led up from the floor stands first.
    """
    return Position.STANDING if is_up(here, leg, there) else there


def in_position(moment: Moment, body: str) -> Moment:
    """The moment of whoever is in a position, empty for upright."""
    return moment.with_session(replace(moment.session, body=body, leg=None))


def under_way(moment: Moment, there: Position, way: tuple[int, int], heard_ms: int) -> Moment:
    """The moment of whoever has heard so much of the last answer: as far on the `way` to a position, told in it
    from then to then. Who has heard all the words of a move has done it, or does it now.
    """
    told, (begins_ms, ends_ms) = way_to(moment, there), way
    # It may have been told at another pace than now.
    share = (ends_ms - begins_ms) / max(lasting_ms(told, moment.wording), 1)
    before: Way | None = None
    for count, move in enumerate(told):
        if not isinstance(move, Moving) or not isinstance(move.saying, Way):
            continue
        at_ms = begins_ms + lasting_ms(told[:count], moment.wording) * share
        if share and at_ms + moment.wording(move.saying).ms > heard_ms:
            return _behind(moment, before) if before else moment
        before = move.saying
    return in_position(moment, there)


def _behind(moment: Moment, move: Way) -> Moment:
    """The moment of whoever has done a move of a way, and those before it."""
    here, there, done = Position(move.here), Position(move.there), move.index + 1
    reached = {0: here, **{len(moment.library.ways[here, one]): one for one in _passed(moment, here, there)}}
    behind, coming = max(at for at in reached if at <= done), min((at for at in reached if at > done), default=None)
    if behind == done or coming is None:
        return in_position(moment, reached[behind])
    leg = Leg(reached[behind], done - behind)
    return moment.with_session(replace(moment.session, body=reached[coming], leg=leg))


def _passed(moment: Moment, here: Position, there: Position) -> list[Position]:
    """The positions that a way leads through, the last one among them."""
    return [between for between in Position if between is not here and _leads_through(moment, here, between, there)]


def _leads_through(moment: Moment, here: Position, between: Position, there: Position) -> bool:
    """Whether the way to a position leads through another one, or ends in it."""
    ways = moment.library.ways
    if here in (between, there):
        return False
    return ways[here, there] == (*ways[here, between], *(ways[between, there] if between is not there else ()))
