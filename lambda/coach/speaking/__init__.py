"""From what is to be said to a timeline, and the formats that a timeline is written in.

Rule: a timeline holds plain text and integer milliseconds; each format escapes for itself. A platform's limits come in
as data.

`cues` what is heard, and when · `tempo` how long words take · `content` the compiled content, loaded · `phrasebook`
the words of a locale · `timeline` a script laid out in time · `ssml` a timeline as Alexa speaks it.
"""

from coach.speaking.content import FALLBACK_LOCALE, Content, best_locale, load
from coach.speaking.cues import Field, Gap, Line, Mark, Passage, Prompt, Saying, Script, Timeline, Wording
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.timeline import Platform, lay_out, locate

__all__ = [
    "FALLBACK_LOCALE",
    "Content",
    "Field",
    "Gap",
    "Line",
    "Mark",
    "Passage",
    "Phrasebook",
    "Platform",
    "Prompt",
    "Saying",
    "Script",
    "Timeline",
    "Wording",
    "best_locale",
    "lay_out",
    "load",
    "locate",
]
