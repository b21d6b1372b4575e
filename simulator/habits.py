"""What the players of devices differ in, and what is only reported of them.

Rule: each habit is one plain setting, and the one that is set is that of the likeliest device. Not one of them is in
Amazon's documentation: they were told by people with devices of different makes and years.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

GOES_ON = "the stream goes on"
STOPS = "the stream stops"


class Nearly(Enum):
    """When a player tells that a stream is nearly finished."""

    SOON = "soon after its start"
    LATE = "just before its end"
    AFTER = "after its end"


class Interrupted(Enum):
    """What becomes of a stream when somebody speaks to the device."""

    PAUSED = "it waits, and goes on after the answer"
    DUCKED = "it plays on, and is soft meanwhile"
    STOPPED = "it is over, and the skill is told so"


@dataclass(frozen=True)
class Habits:
    """The habits of one player.

    `gap_ms` is from the end of what was heard to the first sound of a stream. `claimed` has the words that never reach
    the skill, because a service for music takes them for its own, each with GOES_ON or STOPS. `stop_is_pause` says
    that "stop" outside a session arrives as a pause, and otherwise only stops the stream. `twice` has the events that
    are sent two times, and `late_ms` those that are sent later than they happen, by their names without the interface:
    PlaybackFinished.
    """

    nearly_finished: Nearly = Nearly.SOON
    gap_ms: int = 300
    interrupted: Interrupted = Interrupted.PAUSED
    claimed: Mapping[str, str] = field(default_factory=dict)
    stop_is_pause: bool = True
    twice: frozenset[str] = frozenset()
    late_ms: Mapping[str, int] = field(default_factory=dict)
