"""What to type: the greeting, ten things to say and when, an answer to what no skill hears, and how to come back.

Rule: what there is to type works as it stands, and all of it fits 80 columns.
"""

from typing import Final

from simulator.nlu import FALLBACK, Match

GREETING: Final = """This is a smart speaker with Hip Coach on it. Type what you would say to it:
    alexa, open hip coach
Type while it speaks, and it listens. "?" tells what to say, Ctrl-D leaves."""

TALKING: Final = "Or say it: Enter begins to listen, and Enter again when you have said it."

MAKING: Final = "(The voice speaks this for the first time, which takes a moment.)"

TEN_THINGS: Final = """  To begin          alexa, open hip coach
                    alexa, ask hip coach to start the quick routine
  When it asks      ready
  In the middle     how much longer
                    next
                    pause
                    make it easier
                    that hurts
  Another day       alexa, ask hip coach to resume
  At any time       stop
  In a session "help" is for the coach. "?" is this list, and Ctrl-D leaves."""

KEPT: Final = """Goodbye. Your place is kept. To go on from it, today or tomorrow:
    make talk
    alexa, ask hip coach to resume"""
NO_PLACE: Final = """Goodbye. What you did is kept. To come back:
    make talk"""
IN_MEMORY: Final = "Goodbye. Nothing of this is kept: it was in memory."

_OPEN: Final = "alexa, open hip coach"
_BEGINNINGS: Final = frozenset(
    {"StartRoutineIntent", "OneExerciseIntent", "NoFloorIntent", "GoEasyIntent", "GoToIntent", "AMAZON.ResumeIntent"}
    | {"ProgressIntent", "LogIntent", "SetReminderIntent", "StopRemindersIntent", "PainIntent", "ListRoutinesIntent"}
)
"""What somebody may well want before anything else."""
_TO: Final = frozenset({"start", "begin", "do", "go", "resume", "carry", "continue", "log", "remind", "stop", "list"})
_THAT: Final = frozenset({"i", "i'm", "i've", "my", "it"})
_ASIDE: Final = frozenset({"how", "what", "which", "can", "could", "did", "ouch"})


def outside(said: str, match: Match, *, streams: bool = False) -> str:
    """What comes of words that do not name the skill while no session is open, and what to type instead. While the
    skill `streams`, all that it understands makes sense.
    """
    if match.intent in _BEGINNINGS or (streams and match.intent != FALLBACK):
        return _instead("Alexa does not know that you mean Hip Coach", _in_one(said))
    if match.intent == FALLBACK:
        return _instead("Alexa would take that for herself, as no session is open", _OPEN)
    return _instead("That is for a session, and none is open", _OPEN)


def _instead(reason: str, line: str) -> str:
    return f"{reason}. Type:\n    {line}"


def _in_one(said: str) -> str:
    """The words in one sentence with the name of the skill."""
    words = said.rstrip(".!?")
    first = words.lower().split()[0].strip(",")
    if first == "that":
        return f"alexa, tell hip coach that it{words[len(first) :]}"
    if first in _THAT:
        return f"alexa, tell hip coach that {words}"
    if first in _ASIDE:
        return f"alexa, ask hip coach {words}"
    return f"alexa, ask hip coach {'to' if first in _TO else 'for'} {words}"
