"""The schema of what is said, in one locale: the words of the exercises, of the locale itself and of the prompts.

Rule: what an author must not forget is required here; what depends on another file is left to the cross-checks.
"""

from collections import deque
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from authoring.structure import Area, Distinct, Equipment, Part, every
from authoring.wording import Phrase, Sentences, SidedCue, SidedMove, SidedPhrase, SidedSentence, SidedSentences
from coach.planning.exercises import Position

Milliseconds = Annotated[float, Field(ge=0, le=2000)]
Aliases = Annotated[list[Phrase], Distinct]


class Move(Part):
    """One move of a body: what is said, and the seconds that a stiff person of sixty needs for it, eyes closed. What is
    done `once` is not done again for the other side, and what is done by a `chair` is left out where there is none.
    """

    say: SidedMove
    takes: Annotated[float, Field(ge=1, le=20)]
    once: bool = False
    chair: bool = False


Moves = Annotated[list[Move], Field(min_length=1, max_length=12)]


class Variation(Part):
    """One way to do an exercise, whole in itself: the set-up move by move, from the core outward; a `landmark` to check
    by with closed eyes; all of it in brief; what its picture shows, for who is read to; and the moves out of it, to
    where the other side begins.
    """

    setup: Moves
    landmark: SidedSentences
    brief: SidedSentences
    picture: SidedSentence
    out: Moves


class OtherWay(Variation):
    """An easier or deeper way. `say` tells what is different about it. `way` are the moves into it from the middle of
    the usual way; where there are none, one comes out of that and is taught this one. What both have in common is
    written with the usual one.
    """

    say: SidedSentences
    on: SidedPhrase | None = None
    way: Moves | None = None
    landmark: SidedSentences | None = None  # type: ignore[assignment]
    out: Moves | None = None  # type: ignore[assignment]


class Cues(Part):
    """What is said in the work, of each kind several, so that evenings differ."""

    breath: Annotated[list[SidedCue], Distinct, Field(min_length=3)]
    form: Annotated[list[SidedCue], Distinct, Field(min_length=4)]
    let_go: Annotated[list[SidedCue], Distinct, Field(min_length=3)]


class Cautions(Part):
    """Words of care, each at its moment: before an exercise begins, on entering it, in its work, and on leaving it."""

    before: SidedSentences | None = None
    entering: SidedSentences | None = None
    during: SidedSentences | None = None
    leaving: SidedSentences | None = None

    @model_validator(mode="after")
    def _any(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("there is no exercise without a word of care")
        return self


class ExerciseWords(Part):
    """All that is said about one exercise. `on` is the side as a body feels it, `felt` and `not_felt` where the work
    is felt and what must not be.
    """

    name: Phrase
    the: Phrase
    aliases: Aliases
    why: Sentences
    on: SidedPhrase | None = None
    felt: SidedSentences
    not_felt: SidedSentences
    cautions: Cautions
    usual: Variation
    easier: OtherWay
    deeper: OtherWay
    cues: Cues
    check: Annotated[list[SidedSentences], Field(min_length=4, max_length=6)]
    lower: Phrase | None = None
    rise: Phrase | None = None


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


Ways = dict[Position, dict[Position, Moves]]
"""The moves from each position to those beside it; a longer way is made of such."""


def ways_from(here: Position, ways: Ways) -> dict[Position, Moves]:
    """The way from a position to each that can be reached: of those that lead there, the one through the fewest."""
    found: dict[Position, Moves] = {here: []}
    reached = deque([here])
    while reached:
        between = reached.popleft()
        for there, moves in ways.get(between, {}).items():
            if there not in found:
                found[there] = [*found[between], *moves]
                reached.append(there)
    del found[here]
    return found


class AroundWords(Part):
    """What a warm-up or a landing is called in a sentence, and its moves."""

    the: Phrase
    moves: Moves


class Around(Part):
    """What is done around the exercises of a routine: before the first, on one's feet, or lying where nobody is to
    stand up again; and after the last, lying.
    """

    warm_up: AroundWords
    warm_up_lying: AroundWords
    landing: AroundWords


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
    ways: Ways
    around: Around


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
