"""The limits of the Alexa platform, each in one place with its source, so that a device test changes one line.

Rule: nothing else in the project writes one of these numbers. Times are milliseconds, sizes are characters or bytes.
"""

from typing import Final

from coach.speaking import Platform, Span, Timeline
from coach.speaking.cues import Phrase
from coach.speaking.ssml import render

BREAK_MAX_MS: Final = 10_000
"""Longest `<break>`; longer silences are chained. Source: Alexa SSML reference, `break`, "up to 10 seconds (10s)"."""

SPEECH_MAX_CHARACTERS: Final = 7_500
"""Longest speech that we send. Source: Alexa best practice for text responses, under 8,000; the rest is a margin."""

ANSWER_MAX_MS: Final = 220_000
"""Longest answer by its own timeline. The 240 s in the response reference are worded for audio; unproven for breaks."""

ANSWER_ALONE_MAX_MS: Final = 236_000
"""Longest answer with a single step in it, which cannot be told in two: nearly all of those 240 s."""

RESPONSE_MAX_BYTES: Final = 120_000
"""Largest response, session attributes included. Source: request and response JSON reference."""

REQUEST_MAX_BYTES: Final = 256_000
"""Largest envelope that we read. Not Alexa's figure: real ones are a few kB, and what is larger is not Alexa's."""

ATTRIBUTES_MAX_BYTES: Final = 24_000
"""Largest session attributes that we read: a fifth of what a response may be, and several times what we ever send."""

ATTRIBUTES_MAX_DEPTH: Final = 20
"""Deepest nesting of session attributes that we read: ours nest six deep."""

SLOT_MAX_CHARACTERS: Final = 200
"""As much as we read of what was heard for one slot. Not Alexa's figure: nobody says more in one breath."""

REQUEST_MAX_DEPTH: Final = 40
"""Deepest nesting of an envelope that we read. Not Alexa's figure: real ones nest about twelve deep."""

REQUEST_MAX_AGE_SECONDS: Final = 150
"""Oldest request that a web service answers. Source: host a custom skill as a web service, "check the timestamp"."""

LISTENING_WINDOW_MS: Final = 8_000
"""How long the microphone is open after a prompt, and again after the reprompt. Source: manage-skill-session pages."""

SPEECH_STARTS_AFTER: Final = Span(300, 2_000)
"""From a request's timestamp until its answer is heard. Not documented: the way to the skill and back, its own time,
and that of the voice; to be measured on a device (docs/voice.md).
"""

SPEAKING_UP: Final = Span(500, 4_000)
"""From a person's first word until the request's timestamp, which is set when they have been understood. Not
documented: the wake word takes about half a second, a command half a second to two, and as much silence again ends it;
to be measured on a device (docs/voice.md).
"""

TOUCHING: Final = Span(0, 500)
"""The same for a touch of the screen, which nobody has to say. Not documented: a guess, to be measured on a device."""

SHOWN_BEFORE: Final = 0
"""From when a document is shown until the first word of the answer that it comes with, in milliseconds. Not documented:
to be measured on a device (docs/screen.md).
"""

TOKEN_MAX_CHARACTERS: Final = 1_024
"""Longest token of a stream. Source: AudioPlayer interface reference, "Play"."""

SCREEN_MAX_BYTES: Final = 12_000
"""Largest document with its data that we send: a tenth of what a response may be, so that it is there at once."""

CHIME: Final = Phrase("", 1_500, sound="soundbank://soundlibrary/musical/amzn_sfx_bell_short_chime_01")
"""A short bell of the Alexa Skills Kit Sound Library. How long its clips are is published nowhere: to be measured on a
device (docs/voice.md).
"""

SOUNDS_MAX: Final = 5
"""Sounds in one answer. Source: SSML reference, "audio"."""


MARKUP_MOST: Final = 40
"""Characters of a tag, with the spaces around it."""


def _written(timeline: Timeline) -> int:
    """The characters of an answer in SSML, or more where that is few all the same: then it need not be written."""
    words = "".join([cue.text + cue.sound for cue in timeline.cues])
    escaped = len(words) + 4 * sum(map(words.count, "&<>"))
    most = escaped + MARKUP_MOST * (1 + len(timeline.cues) + timeline.ms // BREAK_MAX_MS)
    return most if most < SPEECH_MAX_CHARACTERS else len(render(timeline, break_max_ms=BREAK_MAX_MS))


ALEXA: Final = Platform(
    answer_ms=ANSWER_MAX_MS,
    alone_ms=ANSWER_ALONE_MAX_MS,
    characters=SPEECH_MAX_CHARACTERS,
    written=_written,
    starts_after=SPEECH_STARTS_AFTER,
    speaking_up=SPEAKING_UP,
    listening_ms=LISTENING_WINDOW_MS,
    chime=CHIME,
    chimes=SOUNDS_MAX,
)
"""What an answer must keep to on Alexa."""
