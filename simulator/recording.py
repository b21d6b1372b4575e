"""An evening with a speaker written down as a transcript, which plays as it went.

Rule: moments are kept to the millisecond, and what was heard is what is expected.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from simulator.device import Speaker
from simulator.heard import Heard

_WIDTH = 120


def write(speaker: Speaker, path: Path) -> None:
    """Write down all that was said to a speaker, and what came of it. Raises OSError."""
    path.write_text(transcript(speaker), encoding="utf-8")


def transcript(speaker: Speaker) -> str:
    """All that was said to a speaker, and what came of it."""
    heard, who = speaker.heard, speaker.who
    begins = heard[0].at if heard else speaker.clock.now()
    whole = {
        "about": "Recorded.",
        "start": begins.replace(tzinfo=None).isoformat(timespec="milliseconds"),
        "people": {"device": who.device, "user": who.user},
        "locale": who.locale,
        **({"player": True} if who.player else {}),
        "turns": list(_turns(heard)),
    }
    return str(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=_WIDTH))


def _turns(heard: Sequence[Heard]) -> Iterator[dict[str, Any]]:
    before: Heard | None = None
    for now in heard:
        if now.event or (now.stream and not now.pieces):
            continue
        if now.stream:
            yield {"stream": True, **_expected(now)}
        elif now.said:
            yield {"say": now.said, **_moment(now, before), **_expected(now)}
        elif now.ended == "EXCEEDED_MAX_REPROMPTS":
            yield {"silence": True, **_expected(now)}
        elif not now.ended and before:
            # Alexa's own question, which nobody answered.
            yield {"pass": _length(now.at - before.at), **_expected(now)}
        else:
            # A session that gives way to another one, or that the person left, is no turn.
            continue
        before = now


def _moment(now: Heard, before: Heard | None) -> dict[str, str]:
    """When something was said: so far into the speech before it, or so long after its end."""
    if before is None:
        return {}
    into = now.at - before.begins
    over = timedelta(milliseconds=before.total_ms)
    return {"at": _length(into)} if into < over else {"after": _length(into - over)}


def _expected(now: Heard) -> dict[str, Any]:
    expected: dict[str, Any] = {"intent": now.intent} if now.intent else {}
    if now.phrases:
        expected["hear"] = [*dict.fromkeys((now.phrases[0], now.phrases[-1]))]
    return expected | {"session": "open" if now.session_open else "closed"}


def _length(time: timedelta) -> str:
    return f"{time / timedelta(seconds=1):.3f}s"
