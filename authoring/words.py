"""The schema of what is said, in one locale: the words of the exercises, of the locale itself and of the prompts.

Rule: what an author must not forget is required here; what depends on another file is left to the cross-checks.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from authoring.structure import Area, Distinct, Equipment, Part, every
from authoring.wording import Phrase, Sentences, SidedCue, SidedPhrase, SidedSentences
from coach.planning.exercises import Position

Milliseconds = Annotated[float, Field(ge=0, le=2000)]
Aliases = Annotated[list[Phrase], Distinct]


class Instructions(Part):
    """How to get into an exercise: in full, in brief, and over to the other side (`side` is then the new side)."""

    setup: Annotated[list[SidedSentences], Field(min_length=1)]
    enter: SidedSentences
    brief: SidedSentences
    change: SidedSentences | None = None


class Variation(Instructions):
    """An easier or deeper way, whole in itself. `say` tells what is different, to someone already in the exercise."""

    say: SidedSentences


class ExerciseWords(Instructions):
    """All that is said about one exercise."""

    name: Phrase
    the: Phrase
    aliases: Aliases
    why: Sentences
    on: SidedPhrase | None = None
    cues: Annotated[list[SidedCue], Distinct, Field(min_length=7)]
    release: SidedSentences
    lower: Phrase | None = None
    rise: Phrase | None = None
    easier: Variation
    deeper: Variation
    check: Annotated[list[SidedSentences], Field(min_length=4, max_length=6)]
    cautions: Annotated[list[Sentences], Field(min_length=1, max_length=3)]


class Voice(Part):
    """How long the locale's voice takes: the numbers of `coach.speaking.tempo`, in milliseconds."""

    letter: Milliseconds
    word: Milliseconds
    comma: Milliseconds
    stop: Milliseconds
    phrase: Milliseconds


class Sides(Part):
    """The words for the sides."""

    left: Phrase
    right: Phrase
    both: Phrase


class Called(Part):
    """What things are called in this locale: what wakes the speaker, this coach, and where a speaker is looked after.
    Each is a name that a prompt may use.
    """

    wake_word: Phrase
    coach: Phrase
    app: Phrase


class Named(Part):
    """A name and what else people call it."""

    name: Phrase
    aliases: Aliases


class RoutineWords(Named):
    """A routine's name, alone and in a sentence, and one line about it."""

    the: Phrase
    about: Sentences


class Place(Part):
    """A position as it stands in a sentence."""

    where: Phrase


WordsTo = Annotated[dict[Position, Sentences], every(Position)]


class WayWords(Part):
    """What is said on the way to a position: from above, from the floor, and up at the end."""

    up: WordsTo
    down: WordsTo
    home: Sentences


class Locale(Part):
    """The words of a locale that belong to no single exercise. A place in `numbers` and `ordinals` is its number."""

    voice: Voice
    called: Called
    numbers: Annotated[list[Phrase], Distinct, Field(min_length=61, max_length=61)]
    ordinals: Annotated[list[Phrase], Distinct, Field(min_length=21, max_length=21)]
    sides: Sides
    areas: Annotated[dict[Area, Named], every(Area)]
    positions: Annotated[dict[Position, Place], every(Position)]
    equipment: Annotated[dict[Equipment, Phrase], every(Equipment)]
    routines: dict[str, RoutineWords]
    ways: WayWords


def _no_fields(given: Any) -> Any:
    return {} if given == "" else given


def _one_variant(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


FieldKind = Literal[
    "number",
    "duration",
    "amount",
    "minutes",
    "ordinal",
    "exercise",
    "exercises",
    "routine",
    "routines",
    "side",
    "area",
    "areas",
    "position",
    "equipment",
    "names",
    "times",
    "text",
]
PromptContract = dict[str, Annotated[dict[str, FieldKind], BeforeValidator(_no_fields)]]
"""For each prompt its fields and their kinds: what code may say, in any language."""
Variants = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1), BeforeValidator(_one_variant)]
PromptTexts = dict[str, Variants]
"""For each prompt the ways to say it, as Jinja templates."""
