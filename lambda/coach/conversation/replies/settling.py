"""What is settled from now on: the pace, the length of holds, how much is done in one go, chimes, how much is said."""

from __future__ import annotations

from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, carry_on, say
from coach.conversation.replies.changing import counted_out
from coach.persistence import Change, Mode, changes
from coach.planning.steps import HOLDS, PACES
from coach.speaking import Prompt
from coach.values import replace


def slower(moment: Moment) -> Answer:
    """The next slower pace, kept."""
    slower_paces = [pace for pace in PACES if pace < moment.progress.preferences.pace]
    if not slower_paces:
        return carry_on(moment, say("slowest_already"))
    return _pace(moment, slower_paces[-1], say("slower"))


def faster(moment: Moment) -> Answer:
    """The next faster pace, kept."""
    faster_paces = [pace for pace in PACES if pace > moment.progress.preferences.pace]
    if not faster_paces:
        return carry_on(moment, say("fastest_already"))
    return _pace(moment, faster_paces[0], say("faster"))


def normal_pace(moment: Moment) -> Answer:
    """The pace that everybody starts with."""
    return _pace(moment, 100, say("normal_pace"))


def longer_holds(moment: Moment) -> Answer:
    """All holds longer, from now on."""
    longer = [holds for holds in HOLDS if holds > moment.progress.preferences.holds]
    if not longer:
        return carry_on(moment, say("longest_already"))
    return _holds(moment, say("longer_holds"), changes.holds(longer[0]))


def shorter_holds(moment: Moment) -> Answer:
    """All holds shorter, from now on."""
    shorter = [holds for holds in HOLDS if holds < moment.progress.preferences.holds]
    if not shorter:
        return carry_on(moment, say("shortest_already"))
    return _holds(moment, say("shorter_holds"), changes.holds(shorter[-1]))


def usual_holds(moment: Moment) -> Answer:
    """All holds by their dose again."""
    return _holds(moment.doing(changes.usual_holds()), say("usual_holds"), changes.holds(100))


def hands_free(moment: Moment) -> Answer:
    """On into the following exercises without asking."""
    free = moment.doing(changes.mode(Mode.HANDS_FREE))
    return carry_on(free, say("hands_free", streams=int(free.streaming)))


def step_by_step(moment: Moment) -> Answer:
    """Wait after every side."""
    return carry_on(moment.doing(changes.mode(Mode.STEP_BY_STEP)), say("step_by_step"))


def exercise_by_exercise(moment: Moment) -> Answer:
    """Wait after every exercise, as everybody starts."""
    return carry_on(moment.doing(changes.mode(Mode.EXERCISE)), say("exercise_by_exercise"))


def chimes(moment: Moment) -> Answer:
    """A soft sound where a hold begins, half way, and where it ends."""
    return carry_on(moment.doing(changes.chimes(True)), say("chimes"))


def no_chimes(moment: Moment) -> Answer:
    """Words alone, as everybody starts."""
    return carry_on(moment.doing(changes.chimes(False)), say("no_chimes"))


def less_talk(moment: Moment) -> Answer:
    """No more words in a work than its time, its count and one for the breath."""
    return carry_on(moment.doing(changes.brief(True)), say("less_talk"))


def usual_talk(moment: Moment) -> Answer:
    """Words of company in a work again, as everybody starts."""
    return carry_on(moment.doing(changes.brief(False)), say("usual_talk"))


def _pace(moment: Moment, pace: int, told: Prompt) -> Answer:
    """Another pace, from this answer on. A rep takes another time then, and as many of them are done as before."""
    paced = replace(moment.doing(changes.pace(pace)), wording=moment.wording.paced(pace))
    if moment.progress.place:
        done_ms = moment.place.done_ms * paced.step.work.ms // moment.step.work.ms
        paced = paced.at(paced.index, done_ms=done_ms)
    return carry_on(paced, told)


def _holds(moment: Moment, told: Prompt, settled: Change) -> Answer:
    return carry_on(counted_out(moment, moment.doing(settled)), told)
