"""A timeline as Alexa speaks it: SSML, with silences as breaks.

Rule: text is escaped here and nowhere else.
"""

from __future__ import annotations

from coach.speaking.cues import Timeline


def render(timeline: Timeline, *, break_max_ms: int, pace: int = 100) -> str:
    """The SSML of a timeline at a pace in percent: its words and sounds, and the silences between them as breaks, of
    which one lasts at most `break_max_ms`. What is a reel has its own pace.
    """
    parts: list[str] = []
    now, reel = 0, timeline.reel
    for number, cue in enumerate(timeline.cues):
        if reel and reel.first <= number < reel.last:
            if number == reel.first:
                parts += [*_breaks(reel.at - now, break_max_ms), f'<audio src="{escaped(reel.address)}"/>']
                now = reel.ends
            continue
        parts += [] if cue.joined else _breaks(cue.at - now, break_max_ms)
        parts.append(f'<audio src="{cue.sound}"/>' if cue.sound else escaped(cue.text))
        now = cue.end
    parts += _breaks(timeline.ms - now, break_max_ms)
    spoken = " ".join(parts)
    if pace != 100 and not (reel and reel.last - reel.first == len(timeline.cues)):
        spoken = f'<prosody rate="{pace}%">{spoken}</prosody>'
    return speak(spoken)


def speak(markup: str) -> str:
    """A whole speech around its markup."""
    return f"<speak>{markup}</speak>"


def escaped(text: str) -> str:
    """Plain text as it stands in SSML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _breaks(ms: int, longest_ms: int) -> list[str]:
    full, rest = divmod(max(ms, 0), longest_ms)
    longest = [_break(longest_ms)] * full if full else []
    return [*longest, _break(rest)] if rest else longest


def _break(ms: int) -> str:
    return f'<break time="{ms}ms"/>'
