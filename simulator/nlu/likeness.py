"""How likely each intent is, by the words of a reading: naive Bayes over words and pairs of neighbours, and beside it
the one sample of each intent that is most like the reading.

Rule: what is learned from is the samples of the model, and talk that is meant for nobody here, which stands for what
Amazon's service knows of all other talk. Words that few intents use tell much, words that all use tell little. These
are the two plainest of the stock classifiers, and no better than any of them: a laptop does not flatter the model.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import exp, log, sqrt

from simulator.nlu.language import Language
from simulator.nlu.model import Template
from simulator.nlu.words import Tokens, roots

Feature = tuple[str, ...]

SMOOTH = 0.01
"""What each intent is taken to have of every feature beside what its samples have of it."""
NEAREST = 4.0
"""How much a sample tells that has the very words of a reading; less, the less they have in common."""
BEHIND = 4.0
"""An intent that is so much less likely than the likeliest is not looked at further: no sample of it could help."""


class Likeness:
    """The samples of a model, learned. `elsewhere` is talk for nobody here, which belongs to the intent `nobodys`."""

    def __init__(
        self, templates: Sequence[Template], language: Language, elsewhere: Iterable[Tokens] = (), nobodys: str = ""
    ) -> None:
        self._language = language
        self._lengths: list[float] = []
        self._places: list[int] = []
        with _nothing_is_garbage():
            rows = [(template.intent, self._features(template.tokens)) for template in templates]
            rows += [(nobodys, self._features(tokens)) for tokens in elsewhere]
            holders = Counter(feature for _, row in rows for feature in row)
            self._rarity = {feature: 1 + log((1 + len(rows)) / (1 + held)) for feature, held in holders.items()}
            self.intents = tuple(dict.fromkeys(intent for intent, _ in rows))
            self._prior = self._by_number(rows)
            self._learn(rows)

    def rarity(self, tokens: Tokens) -> float:
        """How much the words of a row tell, slots left aside."""
        told = (self._rarity.get((root,), 0) for root in roots(tokens, self._language) if not root.startswith("{"))
        return sum(told)

    def chances(self, tokens: Tokens) -> dict[str, float]:
        """How likely each intent is for a row of tokens; all together 1."""
        weights = self._weighed(self._features(tokens))
        told = sum(weights.values())
        scores = [prior + told * least for prior, least in zip(self._prior, self._least, strict=True)]
        for feature, weight in weights.items():
            for at, more, _ in self._more[feature]:
                scores[at] += weight * more
        least = max(scores) - BEHIND
        for at, alike in self._nearest(weights, {at for at, score in enumerate(scores) if score >= least}).items():
            scores[at] += NEAREST * alike
        most = max(scores)
        shares = [exp(score - most) for score in scores]
        total = sum(shares)
        return {intent: share / total for intent, share in zip(self.intents, shares, strict=True)}

    def _nearest(self, weights: dict[Feature, float], intents: set[int]) -> dict[int, float]:
        """How much the likest sample of each of these intents has in common with a reading, from 0 to 1."""
        shared: dict[int, float] = defaultdict(float)
        for feature, weight in weights.items():
            told = weight * self._rarity[feature]
            for at, _, samples in self._more[feature]:
                if at in intents:
                    for sample in samples:
                        shared[sample] += told
        nearest: dict[int, float] = defaultdict(float)
        for sample, told in shared.items():
            at = self._places[sample]
            nearest[at] = max(nearest[at], told / self._lengths[sample])
        return nearest

    def _by_number(self, rows: Sequence[tuple[str, Counter[Feature]]]) -> list[float]:
        """How likely each intent is before a word is said: as likely as it is often among what is learned."""
        many = Counter(intent for intent, _ in rows)
        return [log(many[intent]) for intent in self.intents]

    def _learn(self, rows: Sequence[tuple[str, Counter[Feature]]]) -> None:
        """What a feature tells against each intent that has it nowhere, and how much more for those that have it."""
        place = {intent: at for at, intent in enumerate(self.intents)}
        sums: dict[Feature, dict[int, float]] = {feature: {} for feature in self._rarity}
        samples: dict[Feature, dict[int, list[int]]] = {feature: {} for feature in self._rarity}
        totals = [SMOOTH * len(self._rarity)] * len(self.intents)
        for number, (intent, row) in enumerate(rows):
            at, squares = place[intent], 0.0
            for feature, weight in self._weighed(row).items():
                squares += self._rarity[feature] ** 2
                totals[at] += weight
                column = sums[feature]
                if at in column:
                    column[at] += weight
                    samples[feature][at].append(number)
                else:
                    column[at] = SMOOTH + weight
                    samples[feature][at] = [number]
            self._places.append(at)
            self._lengths.append(sqrt(squares) or 1)
        self._least = [log(SMOOTH / total) for total in totals]
        self._more = {
            feature: [(at, log(value / SMOOTH), samples[feature][at]) for at, value in column.items()]
            for feature, column in sums.items()
        }

    def _weighed(self, row: Counter[Feature]) -> dict[Feature, float]:
        """The features that are known, each by how much it tells, as a vector of length 1."""
        weights = {
            feature: self._rarity[feature] * (1 + log(count))
            for feature, count in row.items()
            if feature in self._rarity
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1
        return {feature: weight / length for feature, weight in weights.items()}

    def _features(self, tokens: Tokens) -> Counter[Feature]:
        row = roots(tokens, self._language)
        pairs = zip(("", *row), (*row, ""), strict=True)
        return Counter([*((word,) for word in row), *pairs])


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """No search for garbage among a million new things that are all kept: it would take a third of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
