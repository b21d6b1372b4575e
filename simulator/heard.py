"""One exchange with the speaker, as the person and as the skill saw it.

Rule: a finished record; nothing in it changes when the next thing is said.
"""

from dataclasses import dataclass
from datetime import datetime

from simulator.audio_player import Sounding
from simulator.envelopes import Json
from simulator.nlu import Match
from simulator.playback import Stage
from simulator.speech import Phrase, Piece, plain, total_ms
from simulator.voices.rendering import Sounded


@dataclass(frozen=True)
class Heard:
    """What was said to the speaker, what went to the skill, and what is heard of the answer.

    `begins` is when the speech begins. `into_ms` is how far into the speech before this one the person spoke up, and
    `after` the words heard last; None and empty when nothing was cut short. `ended` is the reason of a session's end
    that the skill was told; its `pieces` are then the reprompt that nobody answered. `notice` explains what no skill
    had a part in. `touched` is what was on the key that was touched. An answer that is `silent` says nothing: what was
    being spoken goes on, and its `pieces` are that. `fault` is what went wrong with the skill's answer, with `trace`
    when it raised an exception. `sounded` is all its life as it sounds, reprompt and all, on a speaker with a voice of
    its own. `stream` is what a player begins to play, goes on with, or stops, with what is left of it as `pieces`. An
    `event` is what a player told the skill by itself: what is heard goes on.
    """

    said: str
    at: datetime
    begins: datetime
    into_ms: int | None = None
    after: str = ""
    match: Match | None = None
    request: Json | None = None
    response: Json | None = None
    pieces: tuple[Piece, ...] = ()
    reprompt: tuple[Piece, ...] = ()
    life: tuple[Stage, ...] = ()
    sounded: Sounded | None = None
    session_open: bool = False
    ended: str = ""
    notice: str = ""
    fault: str = ""
    trace: str = ""
    silent: bool = False
    touched: str = ""
    stream: Sounding | None = None
    event: bool = False

    @property
    def intent(self) -> str | None:
        """The intent's name, or the type of a request that has none; None when nothing went to the skill."""
        if self.request is None:
            return None
        return str(self.request.get("intent", {}).get("name", self.request["type"]))

    @property
    def phrases(self) -> tuple[str, ...]:
        """What is spoken between one pause and the next."""
        return tuple(piece.text for piece in self.pieces if isinstance(piece, Phrase))

    @property
    def text(self) -> str:
        """All the words spoken, without the pauses."""
        return "" if self.silent else plain(self.pieces)

    @property
    def total_ms(self) -> int:
        """How long the speech lasts, pauses and all."""
        return total_ms(self.pieces)
