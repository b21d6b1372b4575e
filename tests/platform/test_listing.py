"""The rules of the listing find a promise that is not kept."""

import pytest

from tests.platform.listing import examine

MODEL = {"interactionModel": {"languageModel": {"invocationName": "hip coach"}}}
GOOD_PHRASES = ["Alexa, open hip coach", "Alexa, ask hip coach to resume", "I have ten minutes"]


def understand(words: str) -> str | None:
    return {"resume": "AMAZON.ResumeIntent", "i have ten minutes": "StartRoutineIntent"}.get(words.lower())


def listed(
    phrases: list[str], description: str = "No substitute for professional advice.", said: str = "Yes?"
) -> list[str]:
    texts = {"examplePhrases": phrases, "description": description}
    manifest = {"manifest": {"publishingInformation": {"locales": {"en-US": texts}}}}
    verdicts = examine(manifest, MODEL, understand, lambda _: said)
    return [finding.rule for verdict in verdicts for finding in verdict.broken]


def test_example_phrases_that_work_have_no_finding() -> None:
    assert listed(GOOD_PHRASES) == []


@pytest.mark.parametrize(
    ("at", "phrase", "rule"),
    [
        (0, "Open hip coach", "wake word"),
        (1, "Alexa, ask hip coach for {routine}", "no slots"),
        (1, "Alexa, ask hip coach to dance", "understood"),
        (2, "Alexa, open hip coach", "three different"),
    ],
)
def test_an_example_phrase_that_does_not_work_is_found(at: int, phrase: str, rule: str) -> None:
    phrases = GOOD_PHRASES.copy()
    phrases[at] = phrase
    assert any(rule in found for found in listed(phrases)), phrase


def test_an_example_phrase_without_an_answer_is_found() -> None:
    assert listed(GOOD_PHRASES, said="") == ["every example phrase is answered"] * 3


def test_a_description_without_the_disclaimer_and_one_that_is_too_long_are_found() -> None:
    assert listed(GOOD_PHRASES, "Gentle exercises.") == [
        "the description says it is no substitute for professional advice"
    ]
    assert listed(GOOD_PHRASES, "professional " * 400) == ["the texts of the listing fit into the store"]
