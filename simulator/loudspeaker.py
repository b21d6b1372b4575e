"""The voice of a speaker that has one here: what the coach asks of it, and what is heard of each answer.

Rule: it stands between the handler, which lays an answer out to its clips, and the device, which plays it: so both are
of one process and one timeline. Without a voice there are no clips, and lengths are estimates that nobody contradicts.
"""

from typing import Final

from coach.speaking import Timeline
from coach.speaking.cues import Cue
from coach.speaking.tempo import Voice
from simulator.speech import SOUND, Pause, Phrase, Piece, phrase_of
from simulator.voices import chime
from simulator.voices.clips import Clips
from simulator.voices.rendering import Sounded
from simulator.voices.sound import Sound

STARTS_AFTER_MS: Final = 200
"""From what is said until its answer is heard, where that is ready by then."""


class Loudspeaker:
    """The coach's port `KnownVoice`, for one speaker. The device tells it how long ago an answer began (`began_ms`)
    before it sends a request, and takes the timeline that came of it (`taken`).
    """

    starts_after_ms: int = STARTS_AFTER_MS
    chime_ms: int = chime.MS

    def __init__(self, clips: Clips) -> None:
        self.clips = clips
        self.began_ms: int | None = None
        self._chime = chime.chime()
        self._told: Sounded | None = None

    def clip_ms(self, text: str, pace: int) -> int | None:
        """See KnownVoice."""
        return self.clips.clip_ms(text, pace)

    def into_ms(self) -> int | None:
        """See KnownVoice."""
        return self.began_ms

    def speaks(self, timeline: Timeline, pace: int) -> None:
        """See KnownVoice."""
        self._told = Sounded(timeline, tuple(self._clip(cue, pace) for cue in timeline.cues))

    def taken(self) -> Sounded | None:
        """The answer that was told since this was asked before; None where none was."""
        told, self._told = self._told, None
        return told

    def sounded(self, pieces: tuple[Piece, ...]) -> Sounded:
        """What is not the coach's own answer, or was not told: each phrase by its clip."""
        cues: list[Cue] = []
        now = 0
        for piece in pieces:
            if isinstance(piece, Pause):
                now += piece.ms
                continue
            sound = "" if piece.text != SOUND else SOUND
            ms = self.chime_ms if sound else self.clip_ms(piece.text, 100) or piece.ms
            cues.append(Cue(now, ms, "" if sound else piece.text, sound=sound))
            now += ms
        return Sounded(Timeline(tuple(cues), (), now), tuple(self._clip(cue, 100) for cue in cues))

    def _clip(self, cue: Cue, pace: int) -> Sound | None:
        return self._chime if cue.sound else self.clips.clip(cue.text, pace)


def pieces_of(timeline: Timeline, voice: Voice) -> tuple[Piece, ...]:
    """What is heard of a timeline: phrases, of which one has all that is joined, and the pauses between them. Within a
    clip the words are where the estimate has them.
    """
    heard: list[Piece] = []
    now = 0
    for cue in timeline.cues:
        said = phrase_of(cue.text or SOUND, cue.ms, voice)
        last = heard[-1] if heard else None
        if cue.joined and isinstance(last, Phrase):
            later = cue.end - now + last.ms - cue.ms
            starts = (*last.starts, *(later + start for start in said.starts))
            heard[-1] = Phrase(f"{last.text} {said.text}", last.ms + cue.end - now, starts)
        else:
            heard += [Pause(cue.at - now)] if cue.at > now else []
            heard.append(said)
        now = cue.end
    return (*heard, Pause(timeline.ms - now)) if timeline.ms > now else tuple(heard)
