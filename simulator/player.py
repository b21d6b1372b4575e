"""Plays a transcript through speakers and says where it went otherwise.

Rule: all the speakers of a transcript share one clock, and every expectation is checked, not only the first that fails.
"""

import re
from collections.abc import Callable

from authoring.problem import Problem
from simulator.clock import VirtualClock
from simulator.device import ANSWERS_AFTER_MS, Speaker
from simulator.habits import Habits
from simulator.heard import Heard
from simulator.nlu import Understanding
from simulator.report import lines
from simulator.services import AlexaServices
from simulator.skill import Handler
from simulator.speech import Pause, Sounds, between_ms, plain, said_ms, seconds
from simulator.transcript import Span, Transcript, Turn


def play(
    transcript: Transcript,
    handler: Handler,
    understanding: Understanding,
    *,
    strict: bool = False,
    services: AlexaServices | None = None,
    sounds: Sounds | None = None,
    streams: Sounds | None = None,
    habits: Habits | None = None,
    show: Callable[[str], None] = lambda _: None,
) -> list[Problem]:
    """Play a transcript from its start; the expectations that were not met, in the order of the file. `habits` are
    those of the players, where the transcript has any.
    """
    clock = VirtualClock(transcript.start)
    shelf: dict[tuple[tuple[str, str], ...], Speaker] = {}
    people = dict(transcript.people)
    problems: list[Problem] = []
    for turn in transcript.turns:
        people |= turn.move
        key = tuple(sorted(people.items()))
        if key not in shelf:
            shelf[key] = Speaker(
                handler,
                understanding,
                clock,
                user=people.get("user", "somebody"),
                device=people.get("device", "speaker"),
                person=people.get("person"),
                locale=transcript.locale,
                screen=transcript.screen,
                strict=strict,
                services=services,
                sounds=sounds,
                player=(habits or Habits()) if transcript.player else None,
                streams=streams,
            )
        speaker = shelf[key]
        before = len(speaker.heard)
        try:
            into_ms = _into_ms(turn, speaker)
        except LookupError as error:
            return [*problems, Problem(transcript.path, turn.line, f'"{error.args[0]}" is not heard before this')]
        _take(turn, speaker, into_ms)
        for other in shelf.values():
            other.catch_up()
        for heard in speaker.heard[before:]:
            for line in lines(heard):
                show(line)
        reasons = _unmet(turn, speaker, speaker.heard[before:])
        problems += [Problem(transcript.path, turn.line, reason) for reason in reasons]
    return problems


def _into_ms(turn: Turn, speaker: Speaker) -> int | None:
    """How far into the speech something is said; None when it is said after its end."""
    if turn.at_ms is None or not turn.past:
        return turn.at_ms
    return turn.at_ms + said_ms(speaker.heard[-1].pieces if speaker.heard else (), turn.past)


def _take(turn: Turn, speaker: Speaker, into_ms: int | None) -> None:
    after_ms = ANSWERS_AFTER_MS if turn.after_ms is None else turn.after_ms
    if turn.say:
        speaker.say(turn.say, after_ms=after_ms, into_ms=into_ms)
    elif turn.touch:
        speaker.touch(turn.touch, after_ms=after_ms, into_ms=into_ms, before=turn.before)
    elif turn.sends:
        speaker.send(list(turn.sends), after_ms=after_ms, into_ms=into_ms)
    elif turn.fails:
        speaker.fail(turn.fails, after_ms=after_ms, into_ms=into_ms)
    elif turn.press:
        speaker.press(turn.press, after_ms=after_ms, into_ms=into_ms)
    elif turn.silence:
        speaker.silence()
    elif turn.stream:
        speaker.listen()
    elif turn.pass_ms is not None:
        speaker.wait(turn.pass_ms)


def _unmet(turn: Turn, speaker: Speaker, new: list[Heard]) -> list[str]:
    """What of a turn's expectations was not met, each in a sentence."""
    reasons = [heard.fault for heard in new if heard.fault]
    new = [heard for heard in new if not heard.event]
    last = new[-1] if new else None
    if turn.stream and not (last and last.stream):
        reasons.append("no stream begins, or goes on")
    text, reprompt = (last.text, plain(last.reprompt)) if last else ("", "")
    reasons += _unheard(turn.hear, text)
    reasons += _unheard(turn.reprompt, reprompt)
    reasons += [f'"{words}" was not to be heard; heard: {text}' for words in turn.never if _search(words, text, 0)]
    reasons += _unshown(turn, speaker)
    card = ((last.response or {}).get("response", {}).get("card") or {}).get("content", "") if last else ""
    reasons += [f'the card does not say "{words}", but: {card}' for words in turn.card if not _search(words, card, 0)]
    state = "open" if speaker.session_open else "closed"
    if turn.session and turn.session != state:
        reasons.append(f"the session is {state}, and not {turn.session}")
    if turn.intent and (intent := last.intent if last else None) != turn.intent:
        reasons.append(f"the intent is {intent or 'none'}, and not {turn.intent}")
    if last:
        reasons += [reason for span in turn.between if (reason := _misses(span, last))]
        longest = max((piece.ms for piece in last.pieces if isinstance(piece, Pause)), default=0)
        if turn.quiet_at_most_ms is not None and longest > turn.quiet_at_most_ms:
            most = seconds(turn.quiet_at_most_ms)
            reasons.append(f"there are {seconds(longest)} seconds without a word, and {most} at most were expected")
    return reasons


def _unshown(turn: Turn, speaker: Speaker) -> list[str]:
    """A sentence for each of the expected texts that is not on the screen."""
    read = speaker.display.texts() if speaker.display else ["nothing"]
    text = " / ".join(read)
    return [
        f'expected to read "{words}"; on the screen is: {text}' for words in turn.shows if not _search(words, text, 0)
    ]


def _unheard(expected: tuple[str, ...], text: str) -> list[str]:
    """A sentence for the first of the expected texts that is not there after the one before it."""
    begin, before = 0, ""
    for words in expected:
        found = _search(words, text, begin)
        if not found:
            return [f'expected to hear "{words}"{before}; heard: {text or "nothing"}']
        begin, before = found.end(), f' after "{words}"'
    return []


def _search(words: str, text: str, begin: int) -> re.Match[str] | None:
    regex = words[1:-1] if len(words) > 2 and words[0] == words[-1] == "/" else re.escape(" ".join(words.split()))
    return re.compile(regex, re.IGNORECASE).search(text, begin)


def _misses(span: Span, heard: Heard) -> str | None:
    try:
        ms = between_ms(heard.pieces, span.first, span.then, span.past)
    except LookupError as error:
        return f'"{error.args[0]}" is not heard where `between` needs it; heard: {heard.text}'
    if abs(ms - span.lasts_ms) <= span.lasts_ms * span.within:
        return None
    return f'from "{span.first}" to "{span.then}" it is {seconds(ms)} seconds, and not {seconds(span.lasts_ms)}'
