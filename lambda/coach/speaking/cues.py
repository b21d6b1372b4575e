"""What is heard, and when: sayings that have no words yet, the script they make, and the timeline it becomes.

Rule: integer milliseconds everywhere, counted from the first sound of the answer; words are plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

Field = str | int | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True)
class Prompt:
    """Something to say, named: the locale has the words, `fields` the numbers and ids that go into them."""

    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """Words that belong to one exercise: a part of its text (`brief`, `cues.breath`, ...), of which `index` is one if
    there are several, round and round, and None all of them.
    """

    exercise: str
    part: str
    side: str
    variation: str = "usual"
    index: int | None = None


@dataclass(frozen=True)
class Way:
    """Words that lead from one position to another: one move of several."""

    here: str
    there: str
    index: int


@dataclass(frozen=True)
class Around:
    """Words that go around the exercises of a routine: one move of its `warm_up`, or of its `landing`."""

    part: str
    index: int


@dataclass(frozen=True)
class Chime:
    """A soft sound, where the platform has one and an answer has not had as many as it may."""


Saying = Prompt | Line | Way | Around | Chime


@dataclass(frozen=True)
class Phrase:
    """A saying in words, or the address of its `sound`, and how long it is heard: 0 where it is nothing.

    `pause_ms` is the rest that the voice makes by itself before it, when it follows another saying at once.
    """

    text: str
    ms: int
    pause_ms: int = 0
    sound: str = ""


class Wording(Protocol):
    """Finds the words of a saying. The same saying has the same words within one turn."""

    @property
    def locale(self) -> str:
        """The locale that the words are of."""
        ...

    @property
    def pace(self) -> int:
        """The rate in percent at which the speaker is asked to speak."""
        ...

    def __call__(self, saying: Saying) -> Phrase:
        """The saying in words, at this wording's pace."""
        ...

    def paced(self, pace: int) -> Wording:
        """The same words at another pace, in percent."""
        ...

    def remembered_ms(self, key: Hashable, items: Callable[[], Items]) -> int:
        """How long items take to be told, about: whichever of their ways to say something is chosen, and at a tempo
        near this one. What is remembered under a key is not looked at again.
        """
        ...


@dataclass(frozen=True)
class Gap:
    """Silence of a fixed length."""

    ms: int


@dataclass(frozen=True)
class Moving:
    """A saying, and the time to do what it says: so many milliseconds from its first word on, of which at least half
    are quiet after its last. One that `loads` brings a body into a pose that it is to be led out of again.
    """

    saying: Saying
    ms: int
    loads: bool = False


Item = Saying | Moving | Gap
Items = tuple[Item, ...]


def lasting_ms(items: Items, wording: Wording) -> int:
    """How long items last, by themselves."""
    return sum(_lasting_ms(item, wording) for item in items)


def told_ms(items: Items, wording: Wording) -> int:
    """How long items last when they are told one after the other, with the rests of the voice between them."""
    total, joined = 0, False
    for item in items:
        if isinstance(item, Gap | Moving):
            total, joined = total + _lasting_ms(item, wording), False
        elif (phrase := wording(item)).ms:
            total, joined = total + phrase.ms + (phrase.pause_ms if joined else 0), True
    return total


def rest_of(items: Items, rest_ms: int, wording: Wording) -> Items:
    """What is to come of items that are being told, when so much of them is: from the one on that is being told."""
    first = next((at for at in range(len(items), 0, -1) if lasting_ms(items[at:], wording) >= rest_ms), 0)
    return items[first:]


def _lasting_ms(item: Item, wording: Wording) -> int:
    match item:
        case Gap(ms):
            return ms
        case Moving(saying, ms):
            # What there are no words for takes no time, as when it is laid out.
            words_ms = wording(saying).ms
            return max(ms, words_ms + ms // 2) if words_ms else 0
        case saying:
            return wording(saying).ms


@dataclass(frozen=True)
class Pin:
    """A saying that belongs to one moment of the work, counted from where the whole work begins. One that `yields` is
    heard only where it is over before the next one.
    """

    at: int
    saying: Saying
    yields: bool = False


@dataclass(frozen=True)
class Timed:
    """The work of a step: lasts `ms - done` whatever is said in it.

    `done` is what was worked before an interruption. `pins` are heard at their moment, and not at all when it has
    passed or somebody still speaks; of `fillers` as many are heard as keep every silence under `quiet_ms`. `opening`
    answers a question that was asked in the middle: it is spoken inside the time, or before it when there is too
    little left.
    """

    ms: int
    done: int = 0
    pins: tuple[Pin, ...] = ()
    fillers: tuple[Saying, ...] = ()
    quiet_ms: int = 10_000
    opening: Items = ()


@dataclass(frozen=True)
class Passage:
    """The part of an answer that is about one step: `into` it, its `work`, and `out` of it. Steps of one `group` belong
    together, as both sides of an exercise do.

    `ending` closes the answer, if it ends here. `meets` is the exercise that is announced on the way, `credits` the one
    that is done once the work is, both empty for none; `then` says what comes once this passage was the last and has
    been heard to its end. `shorter` gives what is spoken instead, each shorter than the one before, for when an answer
    would be too long with this passage alone.
    """

    step: str
    group: str
    into: Items
    work: Timed
    out: Items
    ending: Items
    shorter: Callable[[], Iterable[Passage]] = tuple
    meets: str = ""
    credits: str = ""
    then: str = ""


@dataclass(frozen=True)
class Script:
    """What an answer is to say: an opening, and as many of the passages as fit. The first passage is always spoken."""

    opening: Items = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Cue:
    """One thing heard, from `at` for `ms`: words, or a sound by its address; `joined` to the one before when only the
    voice's own rest lies between.
    """

    at: int
    ms: int
    text: str
    joined: bool = False
    sound: str = ""

    @property
    def end(self) -> int:
        """The first millisecond after it."""
        return self.at + self.ms


@dataclass(frozen=True)
class Mark:
    """When an answer is at a step, and what follows from it: the answer `starts` to lead in, `works` and `ends` the
    work, of which `done` was worked before. `meets`, `credits` and `then` are those of the passage. Up to where the
    work begins there are so many milliseconds of `words_before` it, and so many `words_within`: where the time that
    they take is not known for sure, neither is the moment.
    """

    step: str
    starts: int
    works: int
    ends: int
    done: int = 0
    meets: str = ""
    credits: str = ""
    then: str = ""
    words_before: int = 0
    words_within: int = 0


@dataclass(frozen=True)
class Reel:
    """A part of an answer that is one sound: the cues from `first` up to but not with `last`, by the address where they
    are found, heard from `at` to `ends`. How long that takes is known, whatever the voice.
    """

    address: str
    first: int
    last: int
    at: int
    ends: int


class Led(NamedTuple):
    """When in an answer somebody is led into a step and out of it, in milliseconds: from when to when the way into its
    position is told, 0 and 0 for none; when the moves into its pose begin; and when those out of it are over, 0 where
    that is not known.
    """

    begins_ms: int
    ends_ms: int
    loads_ms: int
    out_ms: int = 0


@dataclass(frozen=True)
class Timeline:
    """An answer in time: its cues in order, where its steps are, how long it all takes, and what of it is a reel. `led`
    has for each step when somebody is led into it and out of it, and `opened` for each item that is said before the
    steps when it is over.
    """

    cues: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    ms: int
    reel: Reel | None = None
    led: tuple[Led, ...] = ()
    opened: tuple[int, ...] = ()

    def words_until(self, moment: int) -> int:
        """How many of the milliseconds before a moment the voice takes for words and its own rests between them."""
        words, before = 0, 0
        for number, cue in enumerate(self.cues):
            begins, before = before if cue.joined else cue.at, cue.at + cue.ms
            if begins >= moment:
                break
            if not (self.reel and self.reel.first <= number < self.reel.last):
                words += min(before, moment) - begins
        return words


@dataclass(frozen=True)
class Spoken:
    """The answer that a speaker is saying: when the request came that it answers, in epoch milliseconds, and where its
    steps are in it. What plays by itself has a `name`, by which it is known from all others; 0 for what does not. Its
    steps are counted from when it began, and until that is told `sent_ms` is 0.
    """

    sent_ms: int
    marks: tuple[Mark, ...]
    name: int = 0

    @property
    def is_given(self) -> bool:
        """Whether it was given to a player that has not told yet that it began."""
        return self.name > 0 and not self.sent_ms
