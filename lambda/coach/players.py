"""What players ask, and what they tell of the streams that they play.

Rule: nobody can be spoken to by what is answered here: it is something to play, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.answering import Answering, any_turn
from coach.asking import Request, Speaker
from coach.conversation import Event, Heard, Turn
from coach.turns import begun, is_heard
from coach.values import replace


def _begins_a_stream(turn: Turn) -> bool:
    return turn.stream is not None


@dataclass(frozen=True)
class Players:
    """Answers players, on what `answering` remembers."""

    answering: Answering

    def press(self, request: Request, speaker: Speaker) -> Turn | None:
        """The turn of a key, which nobody is spoken to by: it begins a stream, or is a pause. None where it is neither,
        or where what would begin could not be kept. Nothing is kept of it then, as if no key had been pressed: what
        played plays on, and whoever speaks up next is where that has got.
        """
        stops = request.heard.event is Event.PAUSE
        keeps = any_turn if stops else _begins_a_stream
        turn, carried = self.answering.take(request, speaker, self.answering.recalled(request), keeps=keeps)
        return turn if stops or not carried.unsaved else None

    def follow(self, request: Request, speaker: Speaker) -> None:
        """Note what a player tells of its stream. What it tells of another one than this person hears is let be."""
        carried = self.answering.recalled(request)
        if is_heard(request, carried):
            self.answering.take(request, speaker, carried, follows=True)

    def lined_up(self, request: Request) -> Turn | None:
        """The turn with the stream that comes after the one of a request. Nothing is kept of it, and nothing counts,
        until that has started. None where none comes by itself.
        """
        carried = self.answering.recalled(request)
        return self.answering.turns.following(request, carried) if is_heard(request, carried) else None

    def again(self, request: Request, speaker: Speaker) -> Turn | None:
        """The turn with what is to be played for a stream that a device could not fetch: that which is lined up once
        more, or what is left of that which is heard. None where it is neither, or has failed before: then what is heard
        has ended where it was.
        """
        stream, carried = request.stream, self.answering.recalled(replace(request, stream=None))
        lined_up = stream is not None and stream.ahead_of(carried.progress) == 1
        if not (stream and self.answering.turns.reels and (lined_up or is_heard(request, carried))):
            return None
        again = self.answering.turns.reels.fail(request.device)
        if lined_up:
            before = begun(replace(request, stream=replace(stream, playing=True)))
            return self.answering.turns.following(request, replace(carried, session=before.session)) if again else None
        turn = self.press(request, speaker) if again else None
        if not turn:
            self.follow(replace(request, heard=Heard(Event.ENDED)), speaker)
        return turn
