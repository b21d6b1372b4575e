"""SSML as a listener gets it: phrases and pauses, each with its milliseconds.

Rule: pauses are exact, and words last as long as `coach.speaking.tempo` says, stretched by the rate they are spoken at.
A phrase is everything between two pauses that is spoken at one rate, because that is what the estimate is made for.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from coach.speaking.tempo import Voice, spoken_ms

_NAMESPACES = '<speak xmlns:amazon="amazon" xmlns:alexa="alexa"'
_TIME = re.compile(r"\+?(\d+(?:\.\d+)?|\.\d+)(ms|s)")
_RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.5}


SOUND = "(sound)"
"""What is shown of a sound."""
SOUND_MS = 1_500
"""How long a sound is heard. No length of the library's sounds is published: this stands for a short one."""


class SpeechError(ValueError):
    """SSML that a speaker refuses. The message is the reason."""


@dataclass(frozen=True)
class Phrase:
    """Words spoken in one go. `starts` has, for each word, the milliseconds from the phrase's first sound."""

    text: str
    ms: int
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Pause:
    """Silence."""

    ms: int


Piece = Phrase | Pause

Sounds = Callable[[str, Voice], tuple[Piece, ...]]
"""What is heard of the sound at an address. Raises SpeechError for one that cannot be fetched, or is not as it must be.
"""

_Span = tuple[str, float] | Piece
"""A piece, or words that may go on, at their rate."""


def pieces(ssml: str, voice: Voice, sounds: Sounds | None = None) -> tuple[Piece, ...]:
    """What is heard of `ssml`, in order; pauses that touch are one. `sounds` tells what is heard of one that is fetched
    by its address. Raises SpeechError when it is not SSML, or such a sound is not as it must be.
    """
    spans: list[_Span] = []
    root = parse(ssml)
    sources = {node.get("src", "") for node in root.iter("audio")}
    heard = {src: sounds(src, voice) for src in sources if sounds and src.startswith("https://")}
    _walk(root, 1.0, voice, spans, heard)
    merged: list[_Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if isinstance(span, Pause) and isinstance(last, Pause):
            merged[-1] = Pause(last.ms + span.ms)
        elif isinstance(span, tuple) and isinstance(last, tuple) and last[1] == span[1]:
            merged[-1] = (last[0] + span[0], span[1])
        elif not isinstance(span, tuple) or span[0].strip():
            merged.append(span)
    return tuple(_phrase(*span, voice) if isinstance(span, tuple) else span for span in merged)


def parse(ssml: str) -> ET.Element:
    """The tree of an SSML text, Amazon's own prefixes allowed. Raises SpeechError when it is not one `<speak>`."""
    if not ssml.lstrip().startswith("<speak"):
        raise SpeechError("the speech does not begin with <speak>")
    try:
        return ET.fromstring(ssml.replace("<speak", _NAMESPACES, 1))  # noqa: S314 - the skill's own words
    except ET.ParseError as error:
        raise SpeechError(f"the speech is not well-formed: {error}") from error


def break_ms(time: str) -> int:
    """Milliseconds of a break's `time`, such as "3s" or "250ms". Raises SpeechError when it is not a time."""
    found = _TIME.fullmatch(time.strip())
    if not found:
        raise SpeechError(f'"{time}" is not the time of a break')
    return round(float(found[1]) * (1000 if found[2] == "s" else 1))


def rate(value: str) -> float:
    """How fast "80%" or "slow" is, where 1 is the normal rate. Raises SpeechError when it is not a rate."""
    if value in _RATES:
        return _RATES[value]
    try:
        return float(value.removesuffix("%")) / 100
    except ValueError as error:
        raise SpeechError(f'"{value}" is not a rate of speech') from error


def plain(heard: tuple[Piece, ...]) -> str:
    """The words alone, with one space between them."""
    return " ".join(piece.text for piece in heard if isinstance(piece, Phrase))


def readable(heard: tuple[Piece, ...]) -> str:
    """Words and silences on one line: `Hold there. [7] Halfway.` is seven seconds of silence between the two."""
    return " ".join(piece.text if isinstance(piece, Phrase) else f"[{seconds(piece.ms)}]" for piece in heard)


def seconds(ms: int) -> str:
    """Seconds to a tenth, without a nought that says nothing: 5, 6.8."""
    return f"{round(ms / 1000, 1):g}"


def total_ms(heard: tuple[Piece, ...]) -> int:
    """From the first sound to the end of the last word or pause."""
    return sum(piece.ms for piece in heard)


def later(heard: tuple[Piece, ...], ms: int) -> tuple[Piece, ...]:
    """What is left of it after its first `ms`. A word that had begun is not said again."""
    left: list[Piece] = []
    for piece in heard:
        if ms <= 0:
            left.append(piece)
        elif ms < piece.ms:
            left += _rest(piece, ms)
        ms -= piece.ms
    return tuple(left)


def _rest(piece: Piece, ms: int) -> tuple[Piece, ...]:
    """A phrase or a pause after its first `ms`; of a phrase, the rest of the word that had begun is a pause."""
    if isinstance(piece, Pause):
        return (Pause(piece.ms - ms),)
    words = piece.text.split()
    first = next((at for at, start in enumerate(piece.starts) if start >= ms), len(words))
    if first == len(words):
        return (Pause(piece.ms - ms),)
    begins = piece.starts[first]
    rest = Phrase(" ".join(words[first:]), piece.ms - begins, tuple(start - begins for start in piece.starts[first:]))
    return (Pause(begins - ms), rest) if begins > ms else (rest,)


def between_ms(heard: tuple[Piece, ...], first: str, then: str, past: str = "") -> int:
    """Milliseconds from the end of the words `first` to the start of the next words `then`, upper case or lower.

    Nothing up to the words `past` counts. Raises LookupError, naming the words, when they are not heard in that order.
    """
    words, times = _timed(heard)
    begin = _find(words, past, 0) if past else 0
    start = _find(words, first, begin)
    end = _find(words, then, start)
    return times[end - len(then.split())][0] - times[start - 1][1]


def said_ms(heard: tuple[Piece, ...], words: str) -> int:
    """Milliseconds from the first sound to the end of these words. Raises LookupError when they are not heard."""
    spoken, times = _timed(heard)
    return times[_find(spoken, words, 0) - 1][1]


def _timed(heard: tuple[Piece, ...]) -> tuple[list[str], list[tuple[int, int]]]:
    """Every word in small letters, and when it starts and ends."""
    words: list[str] = []
    times: list[tuple[int, int]] = []
    clock = 0
    for piece in heard:
        if isinstance(piece, Phrase):
            ends = (*piece.starts[1:], piece.ms)
            words += piece.text.lower().split()
            times += [(clock + start, clock + end) for start, end in zip(piece.starts, ends, strict=True)]
        clock += piece.ms
    return words, times


def _find(words: list[str], sought: str, begin: int) -> int:
    """The place after the words sought, marks at their ends aside."""
    want = [_bare(word) for word in sought.lower().split()]
    for at in range(begin, len(words) - len(want) + 1):
        if [_bare(word) for word in words[at : at + len(want)]] == want:
            return at + len(want)
    raise LookupError(sought)


def _bare(word: str) -> str:
    return word.strip(".,;:!?…\"'”“()")


def phrase_of(text: str, ms: int, voice: Voice) -> Phrase:
    """Words of which it is known how long they take. Where each starts is as estimated, in parts of the whole."""
    estimated = _phrase(text, 1.0, voice)
    share = ms / estimated.ms if estimated.ms else 0.0
    return Phrase(estimated.text, ms, tuple(min(ms, round(start * share)) for start in estimated.starts))


@lru_cache(4096)
def _phrase(text: str, pace: float, voice: Voice) -> Phrase:
    """Words at their pace. Most of them come again and again, in one evening and in the next."""
    words = text.split()
    whole = " ".join(words)
    ms = round(spoken_ms(whole, voice) / pace)
    # A word starts where the words before it, marks and all, have been said.
    probe = spoken_ms("x", voice)
    offsets = [0]
    for before in words[:-1]:
        offsets.append(offsets[-1] + spoken_ms(f"{before} x", voice) - probe)
    return Phrase(whole, ms, tuple(min(ms, round(offset / pace)) for offset in offsets))


def _walk(
    node: ET.Element, pace: float, voice: Voice, spans: list[_Span], sounds: Mapping[str, tuple[Piece, ...]]
) -> None:
    name = node.tag
    if name == "break":
        spans.append(Pause(_pause_ms(node, voice)))
    elif name == "audio":
        spans += sounds.get(node.get("src", ""), (Phrase(SOUND, SOUND_MS, (0,)),))
    elif name == "sub":
        spans.append((node.get("alias", node.text or ""), pace))
    else:
        inner = pace * rate(node.get("rate", "medium")) if name == "prosody" else pace
        apart = name in {"p", "s"}
        spans.append((f" {node.text or ''}" if apart else node.text or "", inner))
        for child in node:
            _walk(child, inner, voice, spans, sounds)
        if apart:
            spans.append((" ", pace))
    if name != "speak":
        spans.append((node.tail or "", pace))


def _pause_ms(node: ET.Element, voice: Voice) -> int:
    if "time" in node.keys():  # noqa: SIM118 - an Element is not a mapping
        return break_ms(node.get("time", ""))
    strength = node.get("strength", "medium")
    lengths = {"none": 0.0, "x-weak": 0.0, "weak": voice.comma, "medium": voice.comma, "strong": voice.stop}
    return round(lengths.get(strength, 2 * voice.stop))
