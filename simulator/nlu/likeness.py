"""How like a reading is to each template: words and pairs of words they share, weighed by how much they tell.

Rule: a word that few intents use tells much, one that all use tells little, and one that no sample knows counts against
every template. That last is what keeps talk that is not meant for the coach out.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import log

from simulator.nlu.english import FILLERS
from simulator.nlu.model import Template, literals
from simulator.nlu.words import Tokens, stem, stems

Feature = tuple[str, ...]

FILLER = 0.15
"""Weight of a word that carries no wish, beside 1 for one that all intents use."""
PAIR = 0.35
"""Weight of a pair of neighbours, beside that of its words."""
STRANGE = 0.9
"""Weight of a word that no sample knows, beside that of one which a single intent uses."""


class Likeness:
    """All templates of a model, ready to be compared with a reading."""

    def __init__(self, templates: tuple[Template, ...]) -> None:
        intents = {template.intent for template in templates}
        used: dict[str, set[str]] = defaultdict(set)
        for token, users in literals(templates).items():
            used[stem(token)] |= users
        self._most = 1 + log(len(intents))
        self._weights = {token: 1 + log(len(intents) / len(users)) for token, users in used.items()}
        self._weights |= {word: FILLER * self._weights.get(word, 1) for word in FILLERS}
        self._templates = templates
        self._rows = [self._features(template.tokens) for template in templates]
        self._sums = [sum(row.values()) for row in self._rows]
        self._holders: dict[Feature, list[int]] = defaultdict(list)
        for place, row in enumerate(self._rows):
            for feature in row:
                self._holders[feature].append(place)

    def knows(self, word: str) -> bool:
        """Whether any sample has this word."""
        return stem(word) in self._weights

    def weight(self, tokens: Iterable[str]) -> float:
        """How much the words of a row tell, slots left aside."""
        return sum(self._weight(stem(token)) for token in tokens if not token.startswith("{"))

    def compare(self, tokens: Tokens) -> Iterable[tuple[float, Template]]:
        """Each template that shares anything with the row, with their likeness from 0 to 1."""
        row = self._features(tokens)
        total = sum(row.values())
        shared: dict[int, float] = defaultdict(float)
        for feature, weight in row.items():
            for place in self._holders.get(feature, ()):
                shared[place] += weight
        return [(2 * both / (total + self._sums[place]), self._templates[place]) for place, both in shared.items()]

    def _features(self, tokens: Tokens) -> dict[Feature, float]:
        row = stems(tokens)
        features: dict[Feature, float] = {(word,): self._weight(word) for word in row}
        for pair in zip(("", *row), (*row, ""), strict=True):
            features[pair] = PAIR * sum(self._weight(word) for word in pair if word) / 2
        return features

    def _weight(self, word: str) -> float:
        return self._weights.get(word, STRANGE * self._most)
