"""What Amazon's reviewers send skills back for, as rules over conversations. The listing has its own, in `listing`.

Rule: a rule says which turns it is about, so that one that examined nothing is not taken for one that was kept. A
finding names the rule, the request and the words, so that the report can be read without the code. The wording rules
are for English; another locale brings its own row of `_LOCALES`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
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

AT_ONCE = (*ENDS, "ForgetMeIntent")
"""Answered at once to a stranger too, who is told what this is by the answer that follows."""


@dataclass(frozen=True)
class Wording:
    """How one language asks and warns: what makes a sentence a prompt, the words a disclaimer cannot do without, and
    those of an answer to somebody in danger.
    """

    prompt: re.Pattern[str]
    disclaimer: tuple[str, ...]
    danger: re.Pattern[str]


_LOCALES = {
    "en": Wording(
        re.compile(r"\?|\bsay\b", re.IGNORECASE),
        ("professional", "stop"),
        re.compile(r"emergency number|hit your head", re.IGNORECASE),
    )
}
_SENTENCE = re.compile(r"[^.?!…]*(?:[.?!…]+[\"'”’)]*|$)")


@dataclass(frozen=True)
class Turn:
    """One request with its answer, as a reviewer hears it. `first` is a person's first use of the skill."""

    request: Json
    response: Json
    first: bool = False

    @property
    def body(self) -> Json:
        """What the response tells the device."""
        return dict(self.response.get("response") or {})

    @property
    def name(self) -> str:
        """The intent, or the type of the request."""
        return asked(self.request).split(" ")[0]

    @property
    def ends(self) -> bool | None:
        """Whether the session ends; None where the response leaves it open to the device."""
        return self.body.get("shouldEndSession")

    @cached_property
    def said(self) -> str:
        """The words."""
        return ssml.read(spoken(self.body)).words if spoken(self.body) else ""

    @cached_property
    def reprompt(self) -> str:
        """The words of the reprompt."""
        text = spoken(self.body.get("reprompt") or {})
        return ssml.read(text).words if text else ""

    @property
    def last(self) -> str:
        """The last sentence of the words."""
        sentences = [sentence for sentence in _SENTENCE.findall(self.said) if re.search(r"\w", sentence)]
        return sentences[-1].strip() if sentences else ""

    @property
    def wording(self) -> Wording:
        """How its language asks and warns."""
        return _LOCALES[str(self.request.get("request", {}).get("locale", "en-US")).split("-")[0]]

    @property
    def told(self) -> set[str]:
        """What the person said in the slots."""
        intent = self.request.get("request", {}).get("intent") or {}
        return {str(slot["value"]) for slot in (intent.get("slots") or {}).values() if slot.get("value")}


@dataclass(frozen=True)
class Rule:
    """What must be so on the turns that it is about."""

    name: str
    about: Callable[[Turn], bool]
    kept: Callable[[Turn], bool]


def _open(turn: Turn) -> bool:
    return turn.ends is False


RULES = (
    Rule(
        "the microphone opens only after a question, or after what can be said",
        _open,
        lambda turn: bool(turn.wording.prompt.search(turn.last)),
    ),
    Rule("an open session has a reprompt", _open, lambda turn: bool(turn.reprompt)),
    Rule(
        "a reprompt asks, or says what can be said",
        lambda turn: bool(turn.reprompt),
        lambda turn: bool(turn.wording.prompt.search(turn.reprompt)),
    ),
    Rule("a session does not end on a question", lambda turn: turn.ends is True, lambda turn: "?" not in turn.last),
    Rule("one answer asks one thing", _open, lambda turn: turn.said.count("?") <= 1),
    Rule(
        "help ends in a question, and the session stays open",
        lambda turn: turn.name == "AMAZON.HelpIntent",
        lambda turn: "?" in turn.last and turn.ends is False,
    ),
    Rule("stop and cancel end the session", lambda turn: turn.name in ENDS, lambda turn: turn.ends is True),
    Rule("nobody who wants to go on meets a dead end", lambda turn: turn.name in GOES_ON, _open),
    Rule(
        "whoever speaks is answered",
        # What a screen sends may be of an answer that is over, and then what is being said goes on.
        lambda turn: turn.name != "SessionEndedRequest" and not turn.name.startswith("Alexa.Presentation.APL."),
        lambda turn: bool(turn.said),
    ),
    Rule(
        "the first use says that this is no substitute for professional advice, and when to stop",
        lambda turn: turn.first,
        lambda turn: all(word in turn.said.lower() for word in turn.wording.disclaimer),
    ),
    Rule(
        "what was said about pain is not kept",
        lambda turn: turn.name == "PainIntent" and bool(turn.told),
        lambda turn: not turn.told & set(_texts(turn.response.get("sessionAttributes"))),
    ),
)


@dataclass(frozen=True)
class Finding:
    """One thing a reviewer would send the skill back for; `place` is the conversation that it happened in."""

    rule: str
    asked: str
    said: str
    place: str = ""


@dataclass
class Verdict:
    """What became of a rule: how much it examined, and where it was broken."""

    rule: str
    examined: int = 0
    broken: list[Finding] = field(default_factory=list)


def examine(pairs: Iterable[Pair], *, place: str = "", strangers: bool = True) -> list[Verdict]:
    """A verdict by every rule over a conversation, given as (request, response) envelopes in their order.

    A person's first request in it is taken for the first use of the skill, unless `strangers` is False.
    """
    verdicts = [Verdict(rule.name) for rule in RULES]
    for turn in _turns(pairs, strangers=strangers):
        for rule, verdict in zip(RULES, verdicts, strict=True):
            if rule.about(turn):
                verdict.examined += 1
                if not rule.kept(turn):
                    verdict.broken.append(Finding(rule.name, asked(turn.request), turn.said, place))
    return verdicts


def findings(pairs: Iterable[Pair]) -> list[Finding]:
    """What a reviewer would object to in a conversation."""
    return [finding for verdict in examine(pairs) for finding in verdict.broken]


def asked(request: Json) -> str:
    """The request in a word or two: its intent and slots, or its type."""
    intent = request.get("request", {}).get("intent")
    if not intent:
        return str(request.get("request", {}).get("type", ""))
    slots = [f"{name}={slot['value']}" for name, slot in (intent.get("slots") or {}).items() if slot.get("value")]
    return " ".join([intent["name"], *slots])


def _turns(pairs: Iterable[Pair], *, strangers: bool) -> Iterator[Turn]:
    met: set[str] = set()
    in_danger: set[str] = set()
    for request, response in pairs:
        turn, person = Turn(request, response), _user(request)
        session = str((request.get("session") or {}).get("sessionId"))
        if turn.wording.danger.search(turn.said):
            # Whoever is in danger is helped, and hears what this is another time.
            in_danger.add(session)
        welcoming = bool(turn.said) and turn.name not in AT_ONCE and session not in in_danger
        yield replace(turn, first=strangers and welcoming and person not in met)
        met |= {person} if welcoming else set()


def _user(request: Json) -> str:
    system = request.get("context", {}).get("System", {})
    return json.dumps([system.get("user", {}).get("userId"), (system.get("person") or {}).get("personId")])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
