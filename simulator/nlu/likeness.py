"""How like a reading is to what people say for each intent.

Two things count: how many words and pairs of words it shares with the likest sample, and how far its words point to the
intent of that sample at all. Rule: a word that few intents use tells much, one that all use tells little, and one that
no sample knows counts against every intent. That last is what keeps talk that is not meant for the coach out.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import log

from simulator.nlu.language import Language
from simulator.nlu.model import Template
from simulator.nlu.words import Tokens, roots

Feature = tuple[str, ...]

FILLER = 0.15
"""Weight of a word that carries no wish, beside what it would weigh else."""
PAIR = 0.35
"""Weight of a pair of neighbours, beside that of its words."""
STRANGE = 1.2
"""Weight of a word that no sample knows, beside that of one which a single intent uses."""
NEGATION = 2.0
"""Least weight of a word that turns a meaning round, however many intents use it."""
POINTING = 0.2
"""Share of the likeness that comes from the words' pointing to the intent; the rest comes from the likest sample."""


class Likeness:
    """All templates of a model, ready to be compared with a reading."""

    def __init__(self, templates: tuple[Template, ...], language: Language) -> None:
        self._templates = templates
        self._language = language
        self._shares = _shares(templates, language)
        intents = len({template.intent for template in templates})
        self._most = 1 + log(intents)
        self._weights = {word: 1 + log(intents / len(shares)) for word, shares in self._shares.items()}
        self._weights |= {word: FILLER * self._weights.get(word, 1) for word in language.fillers}
        self._weights |= {word: max(NEGATION, self._weights.get(word, 0)) for word in language.negations}
        rows = [self._features(template.tokens) for template in templates]
        self._sums = [sum(row.values()) for row in rows]
        self._holders: dict[Feature, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for feature in row:
                self._holders[feature].append(place)

    def knows(self, word: str) -> bool:
        """Whether any sample has this word."""
        return all(root in self._weights for root in roots((word,), self._language))

    def weight(self, tokens: Tokens) -> float:
        """How much the words of a row tell, slots left aside."""
        return sum(self._weight(root) for root in roots(tokens, self._language) if not root.startswith("{"))

    def compare(self, tokens: Tokens) -> Iterator[tuple[float, Template]]:
        """Each template that shares anything with the row, with their likeness from 0 to 1, the likest first."""
        row = self._features(tokens)
        total = sum(row.values())
        shared: dict[int, float] = defaultdict(float)
        for feature, weight in row.items():
            for place in self._holders.get(feature, ()):
                shared[place] += weight
        pointing = self._pointing(tokens)
        likenesses = {
            place: (1 - POINTING) * 2 * both / (total + self._sums[place])
            + POINTING * pointing.get(self._templates[place].intent, 0)
            for place, both in shared.items()
        }
        for place in sorted(likenesses, key=likenesses.__getitem__, reverse=True):
            yield likenesses[place], self._templates[place]

    def _pointing(self, tokens: Tokens) -> dict[str, float]:
        """How far the words of a row point to each intent that uses any of them."""
        total = sum(map(self._weight, roots(tokens, self._language)))
        found: dict[str, float] = defaultdict(float)
        for word in roots(tokens, self._language):
            for intent, share in self._shares.get(word, {}).items():
                found[intent] += self._weight(word) * share / total
        return found

    def _features(self, tokens: Tokens) -> dict[Feature, float]:
        row = roots(tokens, self._language)
        features: dict[Feature, float] = {(word,): self._weight(word) for word in row}
        for pair in zip(("", *row), (*row, ""), strict=True):
            features[pair] = PAIR * sum(self._weight(word) for word in pair if word) / 2
        return features

    def _weight(self, word: str) -> float:
        return self._weights.get(word, STRANGE * self._most)


def _shares(templates: tuple[Template, ...], language: Language) -> dict[str, dict[str, float]]:
    """For each word the intents that use it, with each one's share: as if all intents had equally many samples."""
    many: dict[str, int] = defaultdict(int)
    used: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for template in templates:
        many[template.intent] += 1
        for word in set(roots(template.tokens, language)):
            used[word][template.intent] += 1
    shares: dict[str, dict[str, float]] = {}
    for word, users in used.items():
        rates = {intent: count / many[intent] for intent, count in users.items()}
        shares[word] = {intent: rate / sum(rates.values()) for intent, rate in rates.items()}
    return shares
