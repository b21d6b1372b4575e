"""A voice whose every phrase is a clip of known length: an answer is laid out to its clips, and nothing is estimated.

Rule: imported where there is such a voice, and nowhere else. A clip is made for what an answer holds and for nothing
that is only reckoned with: the lengths of what lies ahead stay estimates.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from coach.speaking.cues import Items, Phrase, Saying, Script, Timeline, Wording
from coach.speaking.tempo import Span, Tempo
from coach.speaking.timeline import Platform, lay_out
from coach.values import replace

EXACT = Tempo(100.0, 0.0)
"""The tempo of a voice that is not estimated: it strays by nothing."""

AT_ONCE = Span(0, 0)


class Clips(Protocol):
    """What is spoken, of which it is known how long it is. No call raises."""

    def clip_ms(self, text: str, pace: int) -> int | None:
        """How long the clip of a text is at a pace in percent; None where there is none."""
        ...


class KnownVoice(Clips, Protocol):
    """A voice whose clips have lengths, and whose player tells how far it got. No call raises.

    An answer is heard `starts_after_ms` after its request, and its soft sound lasts `chime_ms`.
    """

    starts_after_ms: int
    chime_ms: int

    def into_ms(self) -> int | None:
        """How long ago the first sound of this session's last answer was; None where that is not known."""
        ...

    def speaks(self, timeline: Timeline, pace: int) -> None:
        """Takes the answer of a turn: this is what is to be heard, at a pace."""
        ...


def platform_of(voice: KnownVoice, platform: Platform) -> Platform:
    """What a platform allows to such a voice: when it begins is known, and whoever speaks up is heard at once."""
    starts = Span(voice.starts_after_ms, voice.starts_after_ms)
    chime = replace(platform.chime, ms=voice.chime_ms)
    return replace(platform, starts_after=starts, speaking_up=AT_ONCE, chime=chime)


def laying_out(clips: Clips) -> Callable[[Script, Wording, Platform], Timeline]:
    """The `lay_out` of a voice that has clips. What is estimated to be in an answer is looked up, and laid out again by
    that, until there is nothing in it that was estimated, but for what has no clip.
    """

    def laid_out(script: Script, wording: Wording, platform: Platform) -> Timeline:
        known: dict[str, int | None] = {}
        while True:
            answer = lay_out(script, _Fitted(wording, known), platform)
            fresh = {cue.text for cue in answer.cues if cue.text} - known.keys()
            if not fresh:
                return answer
            known |= {text: clips.clip_ms(text, wording.pace) for text in sorted(fresh)}

    return laid_out


@dataclass(frozen=True)
class _Fitted:
    """A wording with the lengths of clips, as far as they are known."""

    wording: Wording
    known: dict[str, int | None]

    @property
    def locale(self) -> str:
        return self.wording.locale

    @property
    def pace(self) -> int:
        return self.wording.pace

    def __call__(self, saying: Saying) -> Phrase:
        phrase = self.wording(saying)
        ms = self.known.get(phrase.text)
        return replace(phrase, ms=ms) if ms else phrase

    def paced(self, pace: int) -> Wording:
        return self.wording.paced(pace)

    def remembered_ms(self, key: Hashable, items: Callable[[], Items]) -> int:
        return self.wording.remembered_ms(key, items)
