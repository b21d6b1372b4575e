"""What Amazon's reviewers send a listing back for: its texts, and the example phrases that it promises.

Rule: what is understood and what is answered is asked of the caller, so that the phrases are held against the real
interaction model and the real handler.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.platform.certification import Finding, Verdict

Json = dict[str, Any]

LONGEST = {"summary": 160, "description": 4_000}
"""Characters of each text. Source: the manifest's schema in SMAPI."""

PHRASE_LONGEST = 200
WAKE = r"(?:alexa,? )?"


def examine(
    manifest: Json,
    model: Json,
    understand: Callable[[str], str | None],
    answer: Callable[[str], str] | None = None,
) -> list[Verdict]:
    """A verdict by every rule over the locales of `skill.json`.

    `understand` takes what is said after "ask … to" and names the intent it finds by the interaction model, if any;
    `answer`, if given, says a whole phrase to a speaker and gives the answer, empty when it is none.
    """
    found: dict[str, Verdict] = {}

    def hold(rule: str, kept: object, locale: str, words: str = "") -> None:
        verdict = found.setdefault(rule, Verdict(rule))
        verdict.examined += 1
        if not kept:
            verdict.broken.append(Finding(rule, locale, words, "skill.json"))

    invocation = model["interactionModel"]["languageModel"]["invocationName"]
    for locale, texts in manifest["manifest"]["publishingInformation"]["locales"].items():
        phrases = texts.get("examplePhrases", [])
        different = len(phrases) == len(set(phrases)) == 3
        hold("the listing has three different example phrases", different, locale, str(len(phrases)))
        for rule, kept, words in _of_phrases(phrases, invocation, understand, answer):
            hold(rule, kept, locale, words)
        description = texts.get("description", "")
        hold("the description says it is no substitute for professional advice", "professional" in description, locale)
        for name, most in LONGEST.items():
            fits = len(texts.get(name, "")) <= most
            hold("the texts of the listing fit into the store", fits, locale, f"{name}: at most {most} characters")
    return list(found.values())


def findings(manifest: Json, model: Json, understand: Callable[[str], str | None]) -> list[Finding]:
    """What a reviewer would object to in the listing."""
    return [finding for verdict in examine(manifest, model, understand) for finding in verdict.broken]


def _of_phrases(
    phrases: list[str],
    invocation: str,
    understand: Callable[[str], str | None],
    answer: Callable[[str], str] | None,
) -> Iterator[tuple[str, object, str]]:
    for at, phrase in enumerate(phrases):
        if at == 0:
            named = re.match(rf"alexa,? .*\b{invocation}\b", phrase, re.IGNORECASE)
            yield "the first example phrase has the wake word and the invocation name", named, phrase
        plain = not re.search(r"[{}]", phrase) and len(phrase) <= PHRASE_LONGEST
        yield "an example phrase is what a person says: no slots, at most 200 characters", plain, phrase
        yield "every example phrase is understood", _understood(phrase, invocation, understand), phrase
        if answer:
            yield "every example phrase is answered", answer(phrase), phrase


def _understood(phrase: str, invocation: str, understand: Callable[[str], str | None]) -> bool:
    if re.fullmatch(rf"{WAKE}(?:open|launch|start|begin|play|use) {invocation}[.!]?", phrase, re.IGNORECASE):
        return True
    ask = re.fullmatch(rf"{WAKE}(?:ask|tell) {invocation} (?:to |for |about )?(.+)", phrase, re.IGNORECASE)
    meant = understand((ask[1] if ask else re.sub(rf"(?i)^{WAKE}", "", phrase)).rstrip(".!?"))
    return meant not in (None, "AMAZON.FallbackIntent")
