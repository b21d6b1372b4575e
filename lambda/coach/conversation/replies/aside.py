"""The unfinished routine that waits while another one is done, and how it is taken up again.

Rule: one routine waits, the newest; it is named when it has to wait, and so is the one whose place it takes. What
nothing was done of, and what is finished, does not wait.
"""

from __future__ import annotations

from coach.conversation.coaching import called
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, say
from coach.conversation.replies.moving import offer_return, offer_return_later, way_out
from coach.persistence import changes
from coach.planning import Place, Plan
from coach.speaking import Saying
from coach.speaking.cues import Items
from coach.values import replace


def kept_aside(moment: Moment, plan: Plan) -> tuple[Moment, tuple[Saying, ...]]:
    """The moment with what is on the go kept aside while `plan` is done, and the words for it; as it is where nothing
    needs to be kept. The same routine begins anew.
    """
    if moment.progress.place is None or not moment.unfinished:
        return moment, ()
    if moment.place.plan.is_like(plan):
        return moment, (say("from_the_top"),)
    said: list[Saying] = [say("put_aside", **called(moment.place.plan, moment.ahead.exercise.id))]
    older = moment.aside
    if older and not older.plan.is_like(moment.place.plan):
        said.append(say("in_its_place", **called(older.plan, older.exercise)))
    return moment.doing(changes.aside(moment.place)), tuple(said)


def take_up(moment: Moment) -> Answer:
    """Back to the routine that waits: where that was today, and whether to go on from the very second."""
    there, said = _taken_up(moment)
    return offer_return(there, *said)


def take_up_later(moment: Moment) -> Answer:
    """The same on another day than that of its place: its exercise is offered from the first side."""
    there, said = _taken_up(moment)
    return offer_return_later(there, *said)


def _taken_up(moment: Moment) -> tuple[Moment, Items]:
    """The moment at the place that waits, with what was on the go kept aside instead, and the words for it."""
    place = _as_gently(moment, _waiting(moment))
    kept, said = kept_aside(moment.doing(changes.aside(None)), place.plan)
    there = kept.placed(place).with_session(replace(moment.session, names=(), offer=None, coached=0, changed=0))
    return there, (*way_out(moment), *said, say("take_up", **called(place.plan, place.exercise)))


def _as_gently(moment: Moment, place: Place) -> Place:
    """A place for whoever does all in its easier version by now: what was stopped in its middle begins anew."""
    if not moment.gently:
        return place
    return replace(place, plan=place.plan.all_gentle(), done_ms=0)


def _waiting(moment: Moment) -> Place:
    if moment.aside is None:
        raise LookupError("no routine waits")
    return moment.aside
