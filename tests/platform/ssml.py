"""The rules of Alexa's SSML, written down from its reference and not shared with the code that writes the speech.

Rule: what the platform would refuse or read aloud wrongly is a violation; each is one sentence with the offending text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

BREAK_MAX_MS = 10_000
AUDIO_MAX = 5
RATE_PERCENT = (20.0, 200.0)
PITCH_PERCENT = (-33.3, 50.0)

_STRENGTHS = r"none|x-weak|weak|medium|strong|x-strong"
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)%")
_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_AS = "cardinal|number|ordinal|digits|fraction|unit|date|time|telephone|address|interjection|expletive"
_DURATIONS = r"default|x-short|short|medium|long|x-long"
_VOLUMES = r"default|x-soft|soft|medium|loud|x-loud"
# Tag -> attribute -> what its value must match. A star marks an attribute that the tag cannot do without.
_TAGS: dict[str, dict[str, str]] = {
    "speak": {},
    "p": {},
    "s": {},
    "break": {"time": ".*", "strength": _STRENGTHS},
    "prosody": {
        "rate": r"x-slow|slow|medium|fast|x-fast|\d+(\.\d+)?%",
        "pitch": r"x-low|low|medium|high|x-high|[+-]\d+(\.\d+)?%",
        "volume": r"silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(\.\d+)?dB",
    },
    "emphasis": {"level*": "strong|moderate|reduced"},
    "say-as": {"interpret-as*": f"{_AS}|spell-out|characters", "format": "mdy|dmy|ymd|md|dm|ym|my|d|m|y"},
    "sub": {"alias*": ".+"},
    "phoneme": {"alphabet*": "ipa|x-sampa", "ph*": ".+"},
    "w": {"role*": r"amazon:(VB|VBD|NN|SENSE_1|DT|IN)"},
    "lang": {"xml:lang*": "[a-z]{2}-[A-Z]{2}"},
    "voice": {"name*": "[A-Z][a-z]+"},
    "audio": {"src*": r"(https|soundbank)://\S+"},
    "alexa:name": {"type*": "first", "personId*": r"amzn1\.ask\.person\.\S+"},
    "amazon:effect": {"name*": "whispered"},
    "amazon:emotion": {"name*": "excited|disappointed", "intensity*": "low|medium|high"},
    "amazon:domain": {"name*": "conversational|long-form|music|news|fun"},
    "amazon:breath": {"duration": _DURATIONS, "volume": _VOLUMES},
    "amazon:auto-breaths": {
        "duration": _DURATIONS,
        "volume": _VOLUMES,
        "frequency": "default|x-low|low|medium|high|x-high",
    },
}
_LEFT_OVER = re.compile(r"\{[{%#]|[}%#]\}|&#?\w+;")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")


@dataclass(frozen=True)
class Tag:
    """One start tag as written."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Speech:
    """An SSML text taken apart: its tags in order, the root first, and the words alone."""

    tags: tuple[Tag, ...]
    words: str


def read(ssml: str) -> Speech:
    """Takes SSML apart. Raises ExpatError when it is not well-formed, a raw `&` included."""
    tags: list[Tag] = []
    words: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tags.append(Tag(name, attributes))
        words.append(" ")

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = words.append
    parser.Parse(ssml, True)
    return Speech(tuple(tags), " ".join("".join(words).split()))


def violations(ssml: str) -> list[str]:
    """What Alexa would refuse or read aloud wrongly in `ssml`; empty when all is well."""
    try:
        speech = read(ssml)
    except ExpatError as error:
        return [f"the speech is not well-formed XML ({error}): {ssml[:60]}"]
    return list(_of_tags(speech)) + list(_of_words(speech))


def _of_words(speech: Speech) -> Iterator[str]:
    if not re.search(r"\w", speech.words):
        # A sound that is brought along has its words in it; one of the library has none.
        if not any(tag.attributes.get("src", "").startswith("https:") for tag in speech.tags):
            yield "the speech has no words"
    elif not _SENTENCE_END.search(speech.words):
        yield f"the speech does not end a sentence: …{speech.words[-40:]}"
    if left := _LEFT_OVER.search(speech.words):
        yield f"a template or an entity is read aloud: {left[0]}"


def _of_tags(speech: Speech) -> Iterator[str]:
    root, *inner = speech.tags
    if root.name != "speak":
        yield f"the speech begins with <{root.name}> and not with <speak>"
    sounds = sum(tag.name == "audio" for tag in inner)
    if sounds > AUDIO_MAX:
        yield f"{sounds} <audio> tags in one speech, and Alexa takes {AUDIO_MAX}"
    for tag in inner:
        if tag.name not in _TAGS or tag.name == "speak":
            yield f"<{tag.name}> is not a tag that Alexa knows here"
        else:
            yield from _of_attributes(tag)
            yield from _of_numbers(tag)


def _of_attributes(tag: Tag) -> Iterator[str]:
    allowed = _TAGS[tag.name]
    for name, value in tag.attributes.items():
        pattern = allowed.get(name) or allowed.get(f"{name}*")
        if pattern is None:
            yield f'<{tag.name}> has no attribute "{name}"'
        elif not re.fullmatch(pattern, value):
            yield f'<{tag.name} {name}="{value}"> is not a value that Alexa knows'
    for name in allowed:
        if name.endswith("*") and name[:-1] not in tag.attributes:
            yield f'<{tag.name}> lacks its attribute "{name[:-1]}"'


def _of_numbers(tag: Tag) -> Iterator[str]:
    if tag.name == "break":
        yield from _of_break(tag.attributes)
    for name, (least, most) in {"rate": RATE_PERCENT, "pitch": PITCH_PERCENT}.items():
        percent = _PERCENT.fullmatch(tag.attributes.get(name, "")) if tag.name == "prosody" else None
        if percent and not least <= float(percent[1]) <= most:
            yield f"a {name} of {percent[0]} is outside {least:g}% to {most:g}%"


def _of_break(attributes: dict[str, str]) -> Iterator[str]:
    if not attributes:
        yield "a <break> says neither time nor strength"
    if "time" not in attributes:
        return
    time = _TIME.fullmatch(attributes["time"])
    if not time:
        yield f'a break of "{attributes["time"]}" is not a time in s or ms'
    elif float(time[1]) * (1000 if time[2] == "s" else 1) > BREAK_MAX_MS:
        yield f"a break of {time[0]} is longer than {BREAK_MAX_MS // 1000} s"
