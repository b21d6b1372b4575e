"""A conversation with its expectations, as YAML: who says what, when, and what must be heard.

Rule: read strictly, with the line of every turn kept, so that a slip in a transcript is never taken for a pass.

    about: Next, in the middle of a hold, is the other side.
    start: 2026-11-23T19:00
    people: {device: kitchen, user: ann}
    locale: en-GB
    turns:
      - say: alexa, open hip coach
        hear: [Welcome to Hip Coach, /which (one|would)/]
        session: open
      - say: next
        at: 12s
        past: from now
        intent: AMAZON.NextIntent
        between: {past: the right, from: from now, to: Bring your knees, lasts: 30s, within: 3%}
      - touch: Pause
        at: 20s
        shows: [Paused]
      - silence: true
      - pass: 1d
      - device: bedroom

With `player: true` at the top the devices play streams. `stream: true` waits until one begins, or goes on: what is
heard is all that is left of it, and what is said next `at` some time is said so far into it.

    player: true
    turns:
      - say: alexa, ask hip coach to lead me through it
        session: closed
      - stream: true
        hear: [The lying twist, from now]
      - say: alexa, pause
        at: 12s
        past: from now
        intent: AMAZON.PauseIntent
      - press: Play
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from simulator.duration import milliseconds

# It takes every scalar as text: `say: yes` is a word here, and not true. The one in C, where there is one, is ten times
# as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

LOCALE = "en-US"
"""What is spoken where a transcript does not say."""

_DONE = ("say", "touch", "press", "sends", "fails", "silence", "stream", "pass")
_TIMED = {"say", "touch", "press", "sends", "fails"}
_BUTTONS = {None, "Next", "Previous", "Play", "Pause"}
_TURN = {*_DONE, "device", "user", "person", "at", "past", "after", "of"}
_EXPECTED = {"hear", "not", "reprompt", "session", "intent", "between", "quiet_at_most", "shows", "card"}
_WHOLE = {"about", "start", "people", "locale", "screen", "player", "turns"}
_PEOPLE = {"device", "user", "person"}
_BETWEEN = {"past", "from", "to", "lasts", "within"}


class TranscriptError(ValueError):
    """A transcript that cannot be played. The message begins with the file and the line."""


@dataclass(frozen=True)
class Span:
    """How long it takes from the end of some words to the start of others, with the share that it may be off.

    What is heard up to the words `past`, if there are any, is passed over.
    """

    first: str
    then: str
    lasts_ms: int
    within: float
    past: str = ""


@dataclass(frozen=True)
class Turn:
    """One thing that happens, on `line` of the file, and what is expected of it.

    Exactly one of these is set: `say` with `at_ms` (into the speech, or from the end of the words `past` in it on, and
    below 0 before the first word) or `after_ms` (after its end); likewise `touch`, a key by what is on it, as it was
    `before` where the screen is slow, `sends`, what the screen sends and no key does, and `fails`, the type of an error
    that it reports; `press`, a button for the player; `silence`, `stream`, `pass_ms`, and `move`, from which on other
    people talk, or to another device.
    `shows` is to be read on the screen; `nothing` where there is none.
    """

    line: int
    say: str = ""
    touch: str = ""
    before: bool = False
    sends: tuple[str, ...] = ()
    fails: str = ""
    press: str = ""
    at_ms: int | None = None
    past: str = ""
    after_ms: int | None = None
    silence: bool = False
    stream: bool = False
    pass_ms: int | None = None
    move: dict[str, str] = field(default_factory=dict)
    hear: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    reprompt: tuple[str, ...] = ()
    session: str = ""
    intent: str = ""
    between: tuple[Span, ...] = ()
    quiet_at_most_ms: int | None = None
    shows: tuple[str, ...] = ()
    card: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """A whole conversation."""

    path: Path
    about: str
    start: datetime
    people: dict[str, str]
    turns: tuple[Turn, ...]
    locale: str = LOCALE
    screen: bool = False
    player: bool = False


def read(path: Path) -> Transcript:
    """The transcript in a file. Raises TranscriptError with file, line and reason; OSError when it cannot be read."""
    loader = _LOADER(path.read_text(encoding="utf-8"))
    line = 1
    try:
        root = loader.get_single_node()
        whole: Any = loader.construct_document(root) if root else None
        if not isinstance(root, yaml.MappingNode) or not isinstance(whole.get("turns"), list):
            raise ValueError("a transcript needs `turns`, a list")
        _only(whole, _WHOLE)
        people = whole.get("people", {})
        _only(people, _PEOPLE)
        start = datetime.fromisoformat(whole.get("start", "")).replace(tzinfo=UTC)
        turns = []
        for node, turn in zip(_turn_nodes(root), whole["turns"], strict=True):
            line = node.start_mark.line + 1
            _once(node)
            turns.append(_turn(line, turn))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TranscriptError(f"{path}:{line}: {error.problem}") from error
    except ValueError as error:
        raise TranscriptError(f"{path}:{line}: {error}") from error
    about, locale = whole.get("about", ""), whole.get("locale", LOCALE)
    screen, player = whole.get("screen") == "true", whole.get("player") == "true"
    return Transcript(path, about, start, people, tuple(turns), locale, screen, player)


def _turn_nodes(root: yaml.MappingNode) -> list[yaml.Node]:
    return next(list(value.value) for key, value in root.value if key.value == "turns")


def _once(node: yaml.Node) -> None:
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"`{min(twice)}` is there twice")


def _turn(line: int, turn: Any) -> Turn:
    if not isinstance(turn, dict):
        raise ValueError("a turn is a mapping, such as `say: next`")
    _only(turn, _TURN | _EXPECTED)
    move = {key: turn[key] for key in sorted(_PEOPLE) if key in turn}
    if len(turn.keys() & set(_DONE)) + bool(move) != 1:
        known = ", ".join(f"`{key}`" for key in _DONE)
        raise ValueError(f"a turn has one of {known}, or names a device, user or person")
    if {"at", "after"} & turn.keys() and (not turn.keys() & _TIMED or {"at", "after"} <= turn.keys()):
        raise ValueError("`at` or `after`, and not both, go with `say` and with what a screen or a button does")
    if turn.get("of", "before") != "before" or ("of" in turn and "touch" not in turn):
        raise ValueError("`of: before` goes with `touch`")
    if "past" in turn and "at" not in turn:
        raise ValueError("`past` goes with `at`")
    if turn.get("session") not in {None, "open", "closed"}:
        raise ValueError("`session` is open or closed")
    if turn.get("silence", "true") != "true":
        raise ValueError("`silence` is true or left out")
    if turn.get("stream", "true") != "true":
        raise ValueError("`stream` is true or left out")
    if turn.get("press") not in _BUTTONS:
        raise ValueError("`press` is Next, Previous, Play or Pause")
    spans = turn.get("between", [])
    return Turn(
        line,
        say=turn.get("say", ""),
        touch=turn.get("touch", ""),
        before="of" in turn,
        sends=_texts(turn.get("sends", [])),
        fails=turn.get("fails", ""),
        press=turn.get("press", ""),
        at_ms=_at(turn.get("at")),
        past=turn.get("past", ""),
        after_ms=_ms(turn.get("after")),
        silence="silence" in turn,
        stream="stream" in turn,
        pass_ms=_ms(turn.get("pass")),
        move=move,
        hear=_texts(turn.get("hear", [])),
        never=_texts(turn.get("not", [])),
        reprompt=_texts(turn.get("reprompt", [])),
        session=turn.get("session", ""),
        intent=turn.get("intent", ""),
        between=tuple(_span(span) for span in (spans if isinstance(spans, list) else [spans])),
        quiet_at_most_ms=_ms(turn.get("quiet_at_most")),
        shows=_texts(turn.get("shows", [])),
        card=_texts(turn.get("card", [])),
    )


def _span(span: Any) -> Span:
    if not isinstance(span, dict) or not {"from", "to", "lasts"} <= span.keys():
        raise ValueError("`between` needs `from`, `to` and `lasts`")
    _only(span, _BETWEEN)
    within = float(span.get("within", "3%").removesuffix("%")) / 100
    return Span(span["from"], span["to"], milliseconds(span["lasts"]), within, span.get("past", ""))


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _at(value: str | None) -> int | None:
    """A moment in a speech, in milliseconds; below nought it is before the first word."""
    return -milliseconds(value[1:]) if value and value.startswith("-") else _ms(value)


def _ms(value: str | None) -> int | None:
    return None if value is None else milliseconds(value)


def _only(mapping: Any, known: set[str]) -> None:
    if not isinstance(mapping, dict):
        raise ValueError("this is not a mapping")
    if unknown := sorted(map(str, set(mapping) - known)):
        raise ValueError(f"unknown: {', '.join(unknown)}; known are {', '.join(sorted(known))}")
