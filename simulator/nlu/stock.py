"""A stock classifier, learned from the samples alone: what a plain tool makes of the model, to hold the laptop against.

Rule: TF-IDF over words, pairs and letters with a logistic regression, as scikit-learn has them, nothing tuned. Nobody
needs it to talk or to test: it is a dependency of measuring.
"""

import re
from collections.abc import Sequence
from random import Random

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from simulator.nlu.model import Model, Template
from simulator.nlu.understanding import FALLBACK

FILLED = 3
"""How often a sample with slots is learned, each time with other values."""

VALUES = {
    "AMAZON.NUMBER": ("two", "three", "five", "seven", "ten", "twenty"),
    "AMAZON.Ordinal": ("first", "second", "third", "fourth"),
    "AMAZON.DURATION": ("ten minutes", "thirty seconds", "two weeks", "half an hour", "a minute"),
    "AMAZON.TIME": ("seven", "half past six", "eight in the morning", "noon"),
    "AMAZON.DATE": ("yesterday", "today", "last week", "monday", "this weekend"),
}
"""What stands in the slots of Amazon's types."""


class Stock:
    """The classifier of a model."""

    def __init__(self, model: Model) -> None:
        chance = Random(1)  # noqa: S311 - the same each time
        said: list[str] = []
        meant: list[str] = []
        for template in model.templates:
            for _ in range(FILLED if template.slots else 1):
                said.append(_filled(template, model, chance))
                meant.append(template.intent)
        said += model.language.elsewhere
        meant += [FALLBACK] * len(model.language.elsewhere)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), max_features=20_000, sublinear_tf=True)
        regression = SGDClassifier(
            loss="log_loss", alpha=2e-6, max_iter=30, random_state=0, class_weight="balanced", n_jobs=2
        )
        self._classifier: Pipeline = make_pipeline(make_union(words, letters), regression).fit(said, meant)

    def understand(self, said: Sequence[str]) -> list[tuple[str, float]]:
        """The likeliest intent of each sentence but the fallback, and how many times as likely it is as that."""
        classes = list(self._classifier.classes_)
        nobodys = classes.index(FALLBACK)
        best: list[tuple[str, float]] = []
        for row in self._classifier.predict_proba(list(said)):
            chance, intent = max(
                (chance, intent) for intent, chance in zip(classes, row, strict=True) if intent != FALLBACK
            )
            best.append((intent, chance / max(row[nobodys], 1e-12)))
        return best


def _filled(template: Template, model: Model, chance: Random) -> str:
    return " ".join(
        re.sub(r"\{(.+)\}", lambda slot: _value(slot[1], model, chance), token) for token in template.tokens
    )


def _value(kind: str, model: Model, chance: Random) -> str:
    if kind in VALUES:
        return chance.choice(VALUES[kind])
    return " ".join(chance.choice(sorted(model.catalogues[kind].spoken)))
