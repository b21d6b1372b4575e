"""What Amazon's reviewers send skills back for, as rules over conversations and over the store listing.

Rule: a finding names the rule, the request and the words, so that the report can be read without the code. The wording
rules are for English; another locale brings its own row of `_LOCALES`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.platform import ssml
from tests.platform.rules import spoken

Json = dict[str, Any]
Pair = tuple[Json, Json]

ENDS = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")
"""Said to leave: the session ends, and asks nothing."""

GOES_ON = (
    "LaunchRequest",
    "AMAZON.HelpIntent",
    "AMAZON.FallbackIntent",
    "AMAZON.RepeatIntent",
    "AMAZON.PauseIntent",
    "TimeLeftIntent",
    "WhereAmIIntent",
    "WhatsNextIntent",
    "ExplainIntent",
    "WhyIntent",
    "CheckPositionIntent",
    "ListRoutinesIntent",
    "ListExercisesIntent",
    "MoreIntent",
)
"""Said by somebody who wants to go on: to end the session here is a dead end."""


@dataclass(frozen=True)
class Wording:
    """How one language asks and warns: what makes a sentence a prompt, and the words a disclaimer cannot do without."""

    prompt: re.Pattern[str]
    disclaimer: tuple[str, ...]


_LOCALES = {"en": Wording(re.compile(r"\?|\bsay\b", re.IGNORECASE), ("professional", "stop"))}
_SENTENCE = re.compile(r"[^.?!…]*(?:[.?!…]+[\"'”’)]*|$)")


@dataclass(frozen=True)
class Finding:
    """One thing a reviewer would send the skill back for."""

    rule: str
    asked: str
    said: str

    def __str__(self) -> str:
        return f"{self.rule}\n    asked: {self.asked}\n    said:  {self.said}"


def findings(pairs: Iterable[Pair]) -> list[Finding]:
    """What a reviewer would object to in conversations, given as (request, response) envelopes in their order.

    A user's first request in `pairs` is taken for that user's first use of the skill.
    """
    found: list[Finding] = []
    met: set[str] = set()
    for request, response in pairs:
        body = response.get("response", {})
        said = ssml.read(spoken(body)).words if spoken(body) else ""
        user = _user(request)
        rules = [*_of_turn(request, body, said), *_of_privacy(request, response)]
        if user not in met and said:
            met.add(user)
            rules += _of_first_use(request, said)
        found += [Finding(rule, asked(request), said) for rule in rules]
    return found


def listing_findings(manifest: Json, model: Json, understand: Callable[[str], str | None]) -> list[Finding]:
    """What a reviewer would object to in the example phrases of `skill.json`.

    `understand` takes what is said after "ask … to" and names the intent it finds by the interaction model, if any.
    """
    invocation = model["interactionModel"]["languageModel"]["invocationName"]
    found: list[Finding] = []
    for locale, texts in manifest["manifest"]["publishingInformation"]["locales"].items():
        phrases = texts.get("examplePhrases", [])
        if len(phrases) != len(set(phrases)) or len(phrases) != 3:
            found.append(Finding("the listing has three different example phrases", locale, str(len(phrases))))
        for at, phrase in enumerate(phrases):
            found += [Finding(rule, locale, phrase) for rule in _of_phrase(phrase, at, invocation, understand)]
        if "professional" not in texts.get("description", ""):
            found.append(Finding("the description says it is no substitute for professional advice", locale, ""))
    return found


def report(turns: int, found: list[Finding]) -> str:
    """The findings for a reader: each rule once, with the places where it is broken, and the count."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in found:
        by_rule.setdefault(finding.rule, []).append(finding)
    lines = [f"{turns} turns examined, {len(found)} findings"]
    for rule, broken in by_rule.items():
        lines += ["", f"NOT SO: {rule} ({len(broken)})"]
        lines += [f"    asked: {one.asked}\n    said:  {one.said[-160:]}" for one in broken]
    return "\n".join(lines)


def asked(request: Json) -> str:
    """The request in a word or two: its intent and slots, or its type."""
    intent = request.get("request", {}).get("intent")
    if not intent:
        return str(request.get("request", {}).get("type", ""))
    slots = [f"{name}={slot['value']}" for name, slot in (intent.get("slots") or {}).items() if slot.get("value")]
    return " ".join([intent["name"], *slots])


def _of_turn(request: Json, body: Json, said: str) -> Iterator[str]:
    name = asked(request).split(" ")[0]
    ends, prompt, last = body.get("shouldEndSession"), _wording(request).prompt, _last_sentence(said)
    reprompt = spoken(body.get("reprompt") or {})
    if ends is False and not prompt.search(last):
        yield "the microphone opens only after a question, or after what can be said"
    if ends is False and not reprompt:
        yield "an open session has a reprompt"
    if ends is False and reprompt and not prompt.search(ssml.read(reprompt).words):
        yield "a reprompt asks, or says what can be said"
    if ends is True and "?" in last:
        yield "a session does not end on a question"
    if name == "AMAZON.HelpIntent" and "?" not in last:
        yield "help ends in a question"
    if name in ENDS and ends is not True:
        yield "stop and cancel end the session"
    if name in GOES_ON and ends is not False:
        yield "nobody who wants to go on meets a dead end"


def _of_first_use(request: Json, said: str) -> Iterator[str]:
    missing = [word for word in _wording(request).disclaimer if word not in said.lower()]
    if missing:
        yield "the first use says that this is no substitute for professional advice, and when to stop"


def _of_privacy(request: Json, response: Json) -> Iterator[str]:
    intent = request.get("request", {}).get("intent") or {}
    if intent.get("name") != "PainIntent":
        return
    told = {str(slot["value"]) for slot in (intent.get("slots") or {}).values() if slot.get("value")}
    if told & set(_texts(response.get("sessionAttributes"))):
        yield "what was said about pain is not kept"


def _of_phrase(phrase: str, at: int, invocation: str, understand: Callable[[str], str | None]) -> Iterator[str]:
    if re.search(r"[{}]", phrase) or len(phrase) > 200:
        yield "an example phrase is what a person says: no slots, at most 200 characters"
    if at == 0 and not re.match(rf"alexa,? .*\b{invocation}\b", phrase, re.IGNORECASE):
        yield "the first example phrase has the wake word and the invocation name"
    wake = r"(?:alexa,? )?"
    if re.fullmatch(rf"{wake}(?:open|launch|start|begin|play|use) {invocation}[.!]?", phrase, re.IGNORECASE):
        return
    ask = re.fullmatch(rf"{wake}(?:ask|tell) {invocation} (?:to |for |about )?(.+)", phrase, re.IGNORECASE)
    meant = understand((ask[1] if ask else re.sub(rf"(?i)^{wake}", "", phrase)).rstrip(".!?"))
    if meant is None or meant == "AMAZON.FallbackIntent":
        yield "every example phrase is understood"


def _last_sentence(said: str) -> str:
    sentences = [sentence for sentence in _SENTENCE.findall(said) if re.search(r"\w", sentence)]
    return sentences[-1].strip() if sentences else ""


def _wording(request: Json) -> Wording:
    return _LOCALES[str(request.get("request", {}).get("locale", "en-US")).split("-")[0]]


def _user(request: Json) -> str:
    system = request.get("context", {}).get("System", {})
    return json.dumps([system.get("user", {}).get("userId"), (system.get("person") or {}).get("personId")])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
