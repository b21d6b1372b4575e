"""What a listener is owed, as numbers, each with its reason.

Rule: they say what is good for a sore body on a mat, and not what the coach does today. A limit is changed when its
reason is, never because something fails.
"""

from typing import Final

from coach.alexa.limits import ANSWER_MAX_MS, SPEECH_MAX_CHARACTERS

SILENCE_MIN_MS: Final = 1_000
"""What is shorter is a breath between two words: nobody moves a leg in it."""

INSTRUCTIONS_MAX: Final = 2
"""Sentences of instruction between two silences, on the way into a position and out of it. Who lies on a mat does one
thing and then the next; of three sentences in a row the first is forgotten before there is time for it."""

LEAD_WORDS_MAX: Final = 30
"""Words between two silences there, the name of the exercise included: about eleven seconds of talk, at 158 words a
minute. A name with its place in the routine takes ten to twelve, a move six to fifteen."""

MOVE_SHARE_MIN: Final = 0.9
"""Of the seconds that content says a move takes, what lies between its first word and the next move; and of all
moves of a side together, what lies between its name and its clock, also when their words have faded: words fade, and a
stiff body takes as long on Friday as it did on Monday, and on its second side as on its first."""

HOLD_SHARE_MAX: Final = 0.05
"""How far a hold is from what was said of it: a second and a half of thirty, which nobody lying in it notices."""

FIRST_HOLD_SILENCE_MAX_MS: Final = 10_000
"""Longest silence in the first hold of an evening. Whoever has just begun takes a longer one for a broken speaker."""

CUE_MAX: Final = 1
"""How often one cue is heard in the holds of one exercise in one evening. In reps and breaths, which have more places
than there are cues, a cue comes again only when every other of its kind has been heard as often."""

CAUTION_EVENINGS: Final = 2
"""On so many evenings, from the first, every caution of an exercise is heard at its moment: whoever meets an exercise
for the first or second time does not know yet what to look out for."""

SENTENCE_MAX: Final = 5
"""How often one sentence is heard in a routine, the words of its clock aside: once in every other exercise of the
longest routine, which has ten. More often, a person hears a machine."""

MINUTES_SHARE_MAX: Final = 0.1
"""How far the length of a routine is from what was said of it, beside the half minute that its rounding takes."""

ANSWER_MS_MAX: Final = ANSWER_MAX_MS
"""Longest answer: the platform's own limit, kept in one place with its source."""

ANSWER_CHARACTERS_MAX: Final = SPEECH_MAX_CHARACTERS
"""Longest SSML: the platform's own limit, kept in one place with its source."""

PROMPTS_BETWEEN_SIDES_MAX: Final = 0
"""Where both sides fit into one answer, nobody is asked between them, unless they asked for just that: a stretch of one
side is half of an exercise."""

NEEDLESS_PROMPTS_MAX: Final = 0
"""Hands-free, an answer ends where the next exercise does not fit any more, and nobody is asked sooner."""

SPARE_SHARE: Final = 0.05
"""Of an answer's length, what the coach may keep back where an exercise is said to have fitted: it does not know for
sure how fast its voice speaks."""
