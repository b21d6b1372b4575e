"""The checks of an interaction model's samples: each by itself, and all against one another.

Rule: no words may mean two things. So samples are compared as they are heard, without marks and capitals, and with the
values of their slots put in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from authoring.document import Document, Where
from authoring.language_model import Intent, SlotType, ValueName
from authoring.problem import Problem

LEAST_OWN = 25
"""Samples that an intent of our own needs."""
LEAST_BUILT_IN = 10
"""Samples that a built-in intent needs that people say in words of their own."""
PARAPHRASED = frozenset(
    f"AMAZON.{name}Intent"
    for name in (
        *("Next", "Previous", "Repeat", "Pause", "Resume", "StartOver"),
        *("Help", "Stop", "Cancel", "Yes", "No"),
    )
)

# fmt: off
IN_ANY_TALK = frozenset(
    {
        "a", "an", "the", "of", "to", "in", "on", "at", "for", "is", "are", "am", "be", "it", "it's", "i",
        "i'm", "i'd", "i've", "me", "my", "we", "we'd", "you", "your", "do", "does", "can", "could", "would",
        "will", "let", "let's", "please", "with", "and", "this", "that", "these", "those", "what", "what's",
        "which", "how", "when", "why", "here", "there", "get", "got", "have", "has", "had", "need", "want",
        "like", "give", "make", "take", "put", "say", "tell", "show", "about", "up", "down", "out", "off",
        "now", "then", "again", "so", "not", "don't", "some", "any", "from", "by", "play", "start", "was",
        "were", "i'll", "we'll", "thanks", "okay",
    }
)
# fmt: on
"""Words that stand in any talk. A sample with nothing else beside a name of ours lets all that talk in."""

OPEN = {
    "GoToIntent": "a name that nobody has is answered with the nearest ones",
    "OneExerciseIntent": "the same",
    "ConditionIntent": "there are no other words for what a body lives with; what is none of them is not heard",
}
"""Intents whose samples may be such doors, and why."""

ALONE = {"NumberIntent": "a number by itself answers what was asked; where nothing was, it is asked what it is"}
"""Intents whose samples may be a slot alone, and why."""

NO_NAMES = {
    "PainIntent": re.compile(
        r"back (?:up|off|there|with)|(?:breath|is|come|leaning|arch) back|legs? (?:feel|are|fell|has|is)|thighs are|"
        r".*(?:asleep|sleep|dozing).*"
    ),
    "StartRoutineIntent": re.compile(r"something short|short session|im back|back for|long drive|length\} long"),
    "ListExercisesIntent": re.compile(r"whole (?:list|line)|all ten stretches"),
}
"""What in samples of an intent looks like a name that a slot of it takes, and is to be none: another word; and what a
slot would let too much in with. A leg that is asleep is one thing, but numbness of some other parts is a red flag.
"""

_SLOT = re.compile(r"\{(\w*)\}")
_LEGAL = re.compile(r"(?:[^\W\d_]|[ .'-])*")
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"[.'-]")


@dataclass(frozen=True)
class Sample:
    """One sample, where it stands, and the types of the slots in it by name. An `answer` is one of a slot, which counts
    only while that is asked for.
    """

    intent: str
    text: str
    where: Where
    types: dict[str, str]
    answer: bool = False


def problems(
    document: Document, where: Where, intents: Sequence[Intent], types: Sequence[SlotType]
) -> Iterator[Problem]:
    """What is wrong with the samples of all intents, which stand at `where`."""
    every = [
        Sample(intent.name, text, (*where, place, "samples", number), {slot.name: slot.type for slot in intent.slots})
        for place, intent in enumerate(intents)
        for number, text in enumerate(intent.samples)
    ]
    for sample in (*every, *_answers(where, intents)):
        for reason in _faults(sample):
            yield document.problem(sample.where, reason)
    names = {kind.name: {heard(name) for value in kind.values for name in _names(value.name)} for kind in types}
    for sample in every:
        for reason in _unheard(sample, names):
            yield document.problem(sample.where, reason)
    for place, intent in enumerate(intents):
        yield from _intent_problems(document, (*where, place), intent)
    # What a variety adds is told where it is added, and not at what it is laid over.
    every.sort(key=lambda sample: document.layers.index(document.place(sample.where).path))
    yield from _doubles(document, every)
    yield from _clashes(document, every, types)


def _answers(where: Where, intents: Sequence[Intent]) -> Iterator[Sample]:
    """The samples of slots."""
    for place, intent in enumerate(intents):
        types = {slot.name: slot.type for slot in intent.slots}
        for order, slot in enumerate(intent.slots):
            for number, text in enumerate(slot.samples):
                here = (*where, place, "slots", order, "samples", number)
                yield Sample(intent.name, text, here, types, answer=True)


def _faults(sample: Sample) -> Iterator[str]:
    """What is wrong with a sample by itself."""
    carrier = _SLOT.sub(" ", sample.text)
    if not carrier.strip() and not sample.answer and sample.intent not in ALONE:
        yield f"`{sample.text}`: a sample needs words of its own beside its slots"
    elif _DIGIT.search(carrier):
        yield f"`{sample.text}`: write numbers in words, as they are said"
    elif not _LEGAL.fullmatch(carrier):
        yield f"`{sample.text}`: a sample has letters, spaces, apostrophes, full stops and slots only"
    named = _SLOT.findall(sample.text)
    for name in named:
        if name not in sample.types:
            yield f"`{sample.text}`: {sample.intent} has no slot `{name}`"
    if not sample.answer and _is_a_door(sample, carrier, named):
        yield f"`{sample.text}`: beside a name of ours it has only words that stand in any talk"
    for name in {name for name in named if named.count(name) > 1}:
        yield f"`{sample.text}`: the slot `{name}` is there twice"


def _unheard(sample: Sample, names: dict[str, set[str]]) -> Iterator[str]:
    """Names that a sample says, while none of its slots takes them: nobody would hear that they were said."""
    taken = {sample.types.get(slot) for slot in _SLOT.findall(sample.text)}
    missed = {kind: slot for slot, kind in sample.types.items() if kind in names and kind not in taken}
    passing = NO_NAMES.get(sample.intent)
    words = (passing.sub("|", heard(sample.text)) if passing and missed else heard(sample.text)).split()
    rows = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    for kind, slot in missed.items():
        if said := rows & names[kind]:
            name = max(sorted(said), key=len)
            yield f"`{sample.text}`: it says `{name}`, which a sample of {sample.intent} has in the slot `{slot}`"


def _is_a_door(sample: Sample, carrier: str, named: list[str]) -> bool:
    kinds = [sample.types.get(name, "") for name in named]
    ours = any(kind and not kind.startswith("AMAZON.") for kind in kinds)
    told = any(kind.startswith("AMAZON.") for kind in kinds) or not IN_ANY_TALK.issuperset(carrier.split())
    return ours and not told and sample.intent not in OPEN


def _intent_problems(document: Document, where: Where, intent: Intent) -> Iterator[Problem]:
    own = not intent.name.startswith("AMAZON.")
    least = LEAST_OWN if own else LEAST_BUILT_IN if intent.name in PARAPHRASED else 0
    if len(intent.samples) < least:
        yield document.problem(where, f"{intent.name} has {len(intent.samples)} samples and needs {least}")
    used = {name for text in intent.samples for name in _SLOT.findall(text)}
    for number, slot in enumerate(intent.slots):
        if slot.name not in used:
            yield document.problem((*where, "slots", number), f"no sample of {intent.name} uses the slot {slot.name}")


def _doubles(document: Document, every: Sequence[Sample]) -> Iterator[Problem]:
    """Samples that are the same as an earlier one."""
    seen: dict[str, Sample] = {}
    for sample in every:
        first = seen.setdefault(heard(_SLOT.sub(r" \1slot ", sample.text)), sample)
        if first is not sample:
            there = document.place(first.where).beside(document.place(sample.where))
            yield document.problem(sample.where, f"`{sample.text}` is a sample of {first.intent} already, {there}")


def _clashes(document: Document, every: Sequence[Sample], types: Sequence[SlotType]) -> Iterator[Problem]:
    """Samples that come out as the words of another intent when one of their slots has a certain value."""
    listed = {kind.name: [heard(name) for value in kind.values for name in _names(value.name)] for kind in types}
    owners: dict[str, Sample] = {}
    told: set[tuple[Where, str]] = set()
    for sample in every:
        for words in _expanded(sample, listed):
            first = owners.setdefault(words, sample)
            if sample.intent == first.intent or heard(sample.text) == heard(first.text):
                continue
            if (sample.where, first.intent) not in told:
                told.add((sample.where, first.intent))
                there = document.place(first.where).beside(document.place(sample.where))
                reason = f"`{sample.text}` can be `{words}`, which is said for {first.intent} too, {there}"
                yield document.problem(sample.where, reason)


def _expanded(sample: Sample, listed: dict[str, list[str]]) -> Iterator[str]:
    """What a sample with one slot can come out as, by value; one without slots as it is; others as no words."""
    named = _SLOT.findall(sample.text)
    if not named:
        yield heard(sample.text)
    elif len(named) == 1:
        before, _, after = _SLOT.split(sample.text)
        # What touches the slot, as in "{exercise}'s", is one word with the value.
        opening = f"{heard(before)} " if before.strip() and before.endswith(" ") else heard(before)
        ending = f" {heard(after)}" if after.strip() and after.startswith(" ") else heard(after)
        for value in listed.get(sample.types.get(named[0], ""), []):
            yield f"{opening}{value}{ending}"


def _names(name: ValueName) -> list[str]:
    return [name.value, *(name.synonyms or [])]


@cache
def heard(text: str) -> str:
    """The words of a text without marks and capitals. Varieties of a language have nearly all of them in common."""
    return " ".join(_MARKS.sub("", text).casefold().split())
