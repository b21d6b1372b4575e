"""From what is to be said to a timeline, and the formats that a timeline is written in.

Rule: a timeline holds plain text and integer milliseconds; each format escapes for itself. A platform's limits come in
as data. What is named here does no I/O; the content and its words are taken from `content` and `phrasebook`.

`cues` what is heard, and when · `tempo` how long words take, as estimated and as learned · `timeline` a script laid out
in time · `clips` the same for a voice whose lengths are known · `ssml` a timeline as Alexa speaks it · `content` the
compiled content, loaded · `phrasebook` the words of a locale · `waiting` for its sound.
"""

from coach.speaking.cues import (
    Field,
    Gap,
    Line,
    Mark,
    Moving,
    Passage,
    Prompt,
    Saying,
    Script,
    Spoken,
    Timeline,
    Wording,
)
from coach.speaking.tempo import Span, Tempo
from coach.speaking.timeline import Platform, lay_out, locate
from coach.speaking.waiting import Waits

__all__ = [
    "Field",
    "Gap",
    "Line",
    "Mark",
    "Moving",
    "Passage",
    "Platform",
    "Prompt",
    "Saying",
    "Script",
    "Span",
    "Spoken",
    "Tempo",
    "Timeline",
    "Waits",
    "Wording",
    "lay_out",
    "locate",
]
