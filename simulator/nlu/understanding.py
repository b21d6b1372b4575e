"""The choice of an intent for a sentence: an exact sample, else the likest one, else the fallback.

Rule: a value that is in no list is taken only where the words around it are a sample and tell enough by themselves, as
in "go to the dolphin"; else every stray remark would fill a slot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from simulator.nlu.invocation import Invocation, invocation
from simulator.nlu.language import Language, language
from simulator.nlu.likeness import Likeness
from simulator.nlu.model import Model, Template, read
from simulator.nlu.readings import Reading, Span, cut_out, missed, open_spans, readings, spans, uncounted, widest
from simulator.nlu.slots import Json, by_type, filled
from simulator.nlu.words import Tokens, roots, tokens

FALLBACK = "AMAZON.FallbackIntent"
SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
"""The skill that resolved values are said to belong to, when no other is named."""

LIKELIER = 6.0
"""So many times as likely as other people's talk an intent must be, to be taken for what was meant."""
LIKELIER_WITH_STRANGE = 10.0
"""The same for each word that no sample knows: so many times more."""
WORDS_MOST = 35
"""Words of the longest sentence that is looked at. In the eight seconds that a speaker listens nobody says more."""
REPEATED_MOST = 4
"""Words that somebody says again who begins again."""
NAME_MISSED = 0.3
"""So many times as likely is a reading that leaves a name as words where hardly anything else was said."""
NUMBER_MISSED = 0.1
"""The same for one that leaves a number as a word, for which the intent has a slot."""
SOME_DAY = date(2026, 1, 1)
"""The day on which other people's talk is taken to be said: which one it is does not matter."""
OPEN_CARRIER = 4.0
"""What the words around a value that is in no list must tell, in the weights of `likeness`."""

Asked = tuple[str, str]
"""An intent, and the slot of it that the skill has asked for."""


@dataclass(frozen=True)
class Match:
    """What a sentence means. `slots` are in the form of Alexa's request; `similarity` is how likely it is, from 0 to 1.

    `exact` says that the words are a sample of the model: that Alexa understands it too is then as good as certain.
    """

    intent: str
    slots: dict[str, Json]
    exact: bool
    similarity: float


class Understanding:
    """One interaction model, ready to be spoken to."""

    def __init__(self, model: Model, skill_id: str = SKILL_ID) -> None:
        self.model = model
        self._skill_id = skill_id
        self._exact = {template.tokens: template for template in model.templates}
        self._by_slots: dict[tuple[str, Tokens], list[Template]] = defaultdict(list)
        for template in model.templates:
            if template.slots:
                kinds = tuple(token for token in template.tokens if token.startswith("{"))
                self._by_slots[template.intent, kinds].append(template)
        words = {word for template in model.templates for word in template.tokens}
        self._roots = {root for word in words for root in roots((word,), model.language)}
        self._clipped = {word.replace("'", ""): word for word in words if "'" in word}

    @cached_property
    def _likeness(self) -> Likeness:
        """What is learned from the samples, once somebody says what is none of them."""
        elsewhere = (row for said in self.model.language.elsewhere for row in self._as_samples(said))
        return Likeness(self.model.templates, self.model.language, elsewhere, FALLBACK)

    @classmethod
    def from_file(cls, path: Path, skill_id: str = SKILL_ID, *, locale: str = "") -> Self:
        """The understanding of the interaction model in a file of Amazon's format, which is named by its locale unless
        another one is given. Raises LanguageError where there are no words for the language of it.
        """
        return cls(read(path, language(locale or path.stem)), skill_id)

    def called(self, utterance: str) -> Invocation:
        """How `utterance` calls the skill of the model, and what is left of it for `understand`."""
        return invocation(utterance, self.model.invocation_name, self.model.language.invocation)

    def understand(
        self, utterance: str, *, strict: bool = False, today: date | None = None, asked: Asked | None = None
    ) -> Match:
        """What `utterance` means on the day `today`. `strict` takes nothing but samples: all else is the fallback. What
        fits the slot that was `asked` for is an answer, and anything else means what it always does.
        """
        day = today or datetime.now().astimezone().date()
        said = self._apostrophes(tokens(utterance, self.model.language))
        if len(said) > WORDS_MOST:
            return Match(FALLBACK, {}, exact=False, similarity=0.0)
        listed = spans(said, self.model, day)
        if found := self._answer(said, listed, asked) or self._sample(said, listed):
            return self._match(*found, exact=True, similarity=1.0)
        if strict:
            return Match(FALLBACK, {}, exact=False, similarity=0.0)
        return self._guess(said, listed, day, asked)

    def _answer(self, words: Tokens, listed: list[Span], asked: Asked | None) -> tuple[str, Reading] | None:
        """The sample of the slot that was asked for that the words are, if they are one."""
        samples = {template.tokens for template in self.model.answers.get(asked, ())} if asked else set()
        fitting = (reading for reading in readings(words, listed) if reading.tokens in samples)
        best = min(fitting, key=lambda reading: len(reading.spans), default=None)
        return (asked[0], best) if asked and best else None

    def _sample(self, words: Tokens, listed: list[Span]) -> tuple[str, Reading] | None:
        """The sample that the words are, if they are one: with as few slots as can be, and listed values first."""
        for reading in sorted(readings(words, listed), key=lambda reading: len(reading.spans)):
            if template := self._exact.get(reading.tokens):
                return template.intent, reading
        free = open_spans(words, self._known, listed, self.model.catalogues)
        for reading in readings(words, [*listed, *free]) if free else ():
            template = self._exact.get(reading.tokens)
            if template and self._is_ours(template, words):
                return template.intent, reading
        return None

    def _is_ours(self, template: Template, words: Tokens) -> bool:
        """Whether a sample can have a value in it that is in no list: where its own words tell enough, and the
        sentence as it stands is no likelier to be other people's talk, as "explain the joke" is.
        """
        if self._likeness.rarity(template.tokens) < OPEN_CARRIER:
            return False
        chances = self._likeness.chances(words)
        return chances[template.intent] >= chances[FALLBACK]

    def _guess(self, words: Tokens, listed: list[Span], day: date, asked: Asked | None) -> Match:
        for share, said in _without_manners(words, self.model.language):
            values = spans(said, self.model, day)
            if said != words and (found := self._answer(said, values, asked) or self._sample(said, values)):
                return self._match(*found, exact=False, similarity=share)
        once = said_once(tuple(word for word in words if word not in self.model.language.fillers))
        if len(once) < sum(word not in self.model.language.fillers for word in words):
            words, listed = once, spans(once, self.model, day)
        return self._likeliest(words, widest(listed))

    def _likeliest(self, words: Tokens, listed: list[Span]) -> Match:
        """The likeliest intent of all readings, if it is so many times as likely as other people's talk."""
        strange = sum(not self._known(word) for word in words)
        least = LIKELIER * LIKELIER_WITH_STRANGE**strange
        many = sum(word not in self.model.language.fillers for word in words)
        best, most = Match(FALLBACK, {}, exact=False, similarity=0.0), 0.0
        for reading in readings(words, listed):
            chances = self._likeness.chances(reading.tokens)
            nobodys = chances.pop(FALLBACK)
            likeliest_first = sorted(chances, key=chances.__getitem__, reverse=True)
            intent = next((one for one in likeliest_first if self._takes(one, reading, listed)), FALLBACK)
            chance = chances.get(intent, 0.0)
            weighed = chance * (NAME_MISSED if missed(reading, listed, many) else 1)
            if uncounted(reading, listed, self.model.slots[intent].values()):
                weighed *= NUMBER_MISSED
            if weighed > most:
                most = weighed
                meant = intent if chance >= least * nobodys else FALLBACK
                best = self._match(meant, reading, exact=False, similarity=chance)
        return best

    def _takes(self, intent: str, reading: Reading, listed: list[Span]) -> bool:
        """Whether an intent has slots for all values of a reading, and none for a wider one of theirs."""
        said, types = Counter(span.type for span in reading.spans), self.model.slots[intent].values()
        return said <= Counter(types) and not cut_out(reading.spans, listed, types)

    def _match(self, intent: str, reading: Reading, *, exact: bool, similarity: float) -> Match:
        types = self.model.slots[intent]
        names = self._named(intent, reading)
        values = dict(zip(names, reading.spans, strict=True)) if names else by_type(types, reading.spans)
        return Match(intent, filled(types, values, self._skill_id), exact, round(similarity, 3))

    def _named(self, intent: str, reading: Reading) -> tuple[str, ...]:
        """Which slots the values of a reading are for, in order, by the sample with such slots that is most like it."""
        kinds = tuple(f"{{{span.type}}}" for span in reading.spans)
        alike = self._by_slots.get((intent, kinds), ())
        said = set(reading.tokens)
        return (
            max(alike, key=lambda one: len(said & set(one.tokens)) / len(said | set(one.tokens))).slots if alike else ()
        )

    def _as_samples(self, said: str) -> Iterator[Tokens]:
        """A sentence for nobody here, as it stands and with its values as slots, as samples have them: a time and a
        part of the body are said in other talk too.
        """
        words = tokens(said, self.model.language)
        yield words
        if values := widest(spans(words, self.model, SOME_DAY, misheard=False)):
            yield next(readings(words, values)).tokens

    def _known(self, word: str) -> bool:
        return word in self.model.language.fillers or self._roots.issuperset(roots((word,), self.model.language))

    def _apostrophes(self, words: Tokens) -> Tokens:
        """The words with the apostrophes that fingers leave out: im, cant, dont."""
        return tuple(word if self._known(word) else self._clipped.get(word, word) for word in words)


def said_once(words: Tokens) -> Tokens:
    """The words without what is said twice in a row by somebody who begins again: "the full the full one"."""
    for many in range(REPEATED_MOST, 0, -1):
        for place in range(len(words) - 2 * many + 1):
            if words[place : place + many] == words[place + many : place + 2 * many]:
                return said_once(words[:place] + words[place + many :])
    return words


def _without_manners(words: Tokens, language: Language) -> Iterator[tuple[float, Tokens]]:
    """The words, then without fillers, then without a polite beginning; with what each is worth as a match."""
    yield 1.0, words
    plain = tuple(word for word in words if word not in language.fillers)
    if plain and plain != words:
        yield 0.97, plain
    if plain[:1] and plain[0] in language.interjections and len(plain) > 1:
        plain = plain[1:]
        yield 0.93, plain
    if (once := said_once(plain)) != plain:
        plain = once
        yield 0.93, plain
    for opening in language.openings:
        if plain[: len(opening)] == opening and len(plain) > len(opening):
            yield 0.93, plain[len(opening) :]
