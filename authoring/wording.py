"""What spoken words must be like, and how a side is put into them.

Rule: words are plain text for the ear. They hold letters, spaces and the marks that shape a voice, nothing that has to
be read off a page; the only placeholders are `{{ side }}` and `{{ other }}`, filled in when content is compiled.
"""

import re
from functools import cache
from typing import Annotated

from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta
from pydantic import AfterValidator

SENTENCE_MOST_WORDS = 13
CUE_LEAST_WORDS, CUE_MOST_WORDS = 2, 9
MOVE_MOST_SENTENCES = 2

_PLACEHOLDERS = frozenset(("side", "other"))
_MARKS = " .,;:?!'’-"
_STOPS = (".", "?", "!")
# Content is kept as plain text: it is escaped once, where speech is rendered.
_TEMPLATES = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701


def render(template: str, side: str, other: str) -> str:
    """`template` with the spoken words for its side and for the opposite one."""
    return _compiled(template).render(side=side, other=other)


def names_a_side(template: str) -> bool:
    """Whether `template` sounds different on the left and on the right."""
    return bool(_placeholders(template))


@cache
def _compiled(template: str) -> Template:
    return _TEMPLATES.from_string(template)


@cache
def _placeholders(template: str) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(_TEMPLATES.parse(template)))


def _speakable(text: str) -> str:
    if not text.strip():
        raise ValueError("there are no words here")
    unfit = sorted({sign for sign in text if not sign.isalpha() and sign not in _MARKS})
    if unfit:
        raise ValueError(f"{' '.join(unfit)} cannot be spoken: write words")
    return text


def _phrase(text: str) -> str:
    if _speakable(text).endswith(_STOPS):
        raise ValueError("this stands inside a sentence: no full stop at its end")
    return text


def _sentences(text: str) -> str:
    if not _speakable(text).endswith(_STOPS):
        raise ValueError("a sentence ends with a full stop")
    for sentence in _apart(text):
        count = len(sentence.split())
        if count > SENTENCE_MOST_WORDS:
            raise ValueError(f"a sentence of {count} words is too long to hear: at most {SENTENCE_MOST_WORDS}")
    return text


def _apart(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def _filled(template: str) -> str:
    """`template` as it sounds on one side, to be judged like any other words."""
    if "{%" in template:
        raise ValueError("only {{ side }} and {{ other }} may stand in words, no logic")
    try:
        unknown = _placeholders(template) - _PLACEHOLDERS
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))} is no placeholder: there are only side and other")
        return render(template, "left", "right")
    except TemplateError as error:
        raise ValueError(f"the placeholder cannot be read: {error}") from error


def _sided_phrase(template: str) -> str:
    _phrase(_filled(template))
    return template


def _sided_sentences(template: str) -> str:
    _sentences(_filled(template))
    return template


def _one_sentence(template: str) -> str:
    if len(_apart(_sentences(_filled(template)))) > 1:
        raise ValueError("a picture is told in one sentence")
    return template


def _move(template: str) -> str:
    count = len(_apart(_sentences(_filled(template))))
    if count > MOVE_MOST_SENTENCES:
        raise ValueError(f"a move is said in {MOVE_MOST_SENTENCES} sentences at most, this one has {count}")
    return template


def _cue(template: str) -> str:
    count = len(_sentences(_filled(template)).split())
    if not CUE_LEAST_WORDS <= count <= CUE_MOST_WORDS:
        raise ValueError(f"a cue has {CUE_LEAST_WORDS} to {CUE_MOST_WORDS} words, this one has {count}")
    return template


Phrase = Annotated[str, AfterValidator(_phrase)]
"""A name or another part of a sentence: no full stop."""
Sentences = Annotated[str, AfterValidator(_sentences)]
"""One or more short sentences."""
SidedPhrase = Annotated[str, AfterValidator(_sided_phrase)]
"""A phrase that may name the side."""
SidedSentences = Annotated[str, AfterValidator(_sided_sentences)]
"""Short sentences that may name the side."""
SidedSentence = Annotated[str, AfterValidator(_one_sentence)]
"""One short sentence that may name the side."""
SidedMove = Annotated[str, AfterValidator(_move)]
"""What is said of one move: nobody follows more than two sentences at a time."""
SidedCue = Annotated[str, AfterValidator(_cue)]
"""One cue: a sentence short enough to be said inside a hold."""
