"""A hold as it is heard, with a question in its middle, drawn for the README.

    python -m bench.picture [--out FILE]

Rule: played by the simulator on its own clock through the whole coach, so the picture is what a person hears. It is the
same each time, and a test holds docs/hold.svg to it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.planning import Hold
from coach.speaking.content import load
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding, path_of
from simulator.speech import Pause, Phrase, Piece, said_ms, seconds

OUT = Path(__file__).parents[1] / "docs" / "hold.svg"
LOCALE = "en-US"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
EXERCISE = "lying_twist"
READY_AFTER, READY_MS = "just a little.", 2_000
ASKED_AFTER, ASKED_MS = "from now.", 12_000
LAST_COUNT = "One."
YOU = "You"

WIDTH, TOP, ROW, FOOT = 840, 74, 28, 42
TIME_X, WORDS_X, METER_X, METER = 74, 92, 640, 176

STYLE = """
text{font:16px -apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.head{font-size:20px;font-weight:600}.quiet{fill:#59636e;font-size:14px}
.time{fill:#59636e;font-size:14px;text-anchor:end;font-variant-numeric:tabular-nums}
.you{fill:#0550ae;font-weight:600}.box{fill:#ddf4ff}.back{fill:#fff;stroke:#d1d9e0}
.track{fill:#eff2f5}.done{fill:#1a7f37}
@media(prefers-color-scheme:dark){
text{fill:#f0f6fc}.quiet,.time{fill:#9198a1}.you{fill:#79c0ff}.box{fill:#10233d}
.back{fill:#0d1117;stroke:#3d444d}.track{fill:#212830}.done{fill:#3fb950}}
"""


class Row(NamedTuple):
    """Words with the milliseconds of the hold at which they begin, and the silence after them that is heard."""

    at_ms: int
    who: str
    words: str
    quiet_ms: int = 0


def main() -> None:
    """Write the picture."""
    options = argparse.ArgumentParser(prog="python -m bench.picture", description="Draw a hold for the README.")
    options.add_argument("--out", type=Path, default=OUT, help="the file (default: docs/hold.svg)")
    options.parse_args().out.write_text(picture(), encoding="utf-8")


def picture() -> str:
    """The picture, as SVG that is light or dark as the reader has it."""
    rows = tuple(heard())
    work = load(LOCALE).library.exercises[EXERCISE].work
    if not isinstance(work, Hold):
        raise TypeError(f"{EXERCISE} is no hold")
    return _drawn(rows, work.ms)


def heard() -> Iterator[Row]:
    """What is said from the start of the hold to the words that end it. Raises LookupError when it goes otherwise."""
    speaker = Speaker(
        bootstrap(Settings(store="memory:")), Understanding.from_file(path_of(LOCALE)), VirtualClock(EVENING)
    )
    speaker.say("alexa, open hip coach")
    led = speaker.say("just the lying twist")
    first = speaker.say("ready", into_ms=said_ms(led.pieces, READY_AFTER) + READY_MS)
    begins_ms = said_ms(first.pieces, ASKED_AFTER)
    second = speaker.say("how much longer?", into_ms=begins_ms + ASKED_MS)
    asked = _ms(second, first, begins_ms)
    yield from _rows(first.pieces, -begins_ms, until_ms=ASKED_MS)
    yield Row(ASKED_MS, YOU, "how much longer?")
    spoken = tuple(_rows(second.pieces, asked))
    ends = next((place for place, row in enumerate(spoken) if row.words == LAST_COUNT), None)
    if ends is None:
        raise LookupError(LAST_COUNT)
    yield from spoken[: ends + 1]
    yield spoken[ends + 1]._replace(quiet_ms=0)


def _ms(later: Heard, first: Heard, begins_ms: int) -> int:
    """The milliseconds of the hold at which an answer begins."""
    return (later.begins - first.begins) // timedelta(milliseconds=1) - begins_ms


def _rows(pieces: Sequence[Piece], at_ms: int, until_ms: int | None = None) -> Iterator[Row]:
    """The phrases of an answer, each with the silence behind it, as far as they are heard."""
    for piece, after in zip(pieces, (*pieces[1:], None), strict=True):
        if until_ms is not None and at_ms >= until_ms:
            return
        if isinstance(piece, Phrase):
            ends = at_ms + piece.ms
            quiet = after.ms if isinstance(after, Pause) else 0
            yield Row(at_ms, "", piece.text, quiet if until_ms is None else min(quiet, until_ms - ends))
        at_ms += piece.ms


def _drawn(rows: Sequence[Row], dose_ms: int) -> str:
    height = TOP + ROW * len(rows) + FOOT
    held = seconds(rows[-1].at_ms)
    told = f"A hold of {seconds(dose_ms)} seconds, with a question in its middle"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        'role="img">',
        f"<title>{told}: it lasts {held} seconds</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="back" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>',
        f'<text class="head" x="24" y="36">{told}</text>',
        '<text class="quiet" x="24" y="60">What is heard, and the silences between, by the seconds of the hold</text>',
    ]
    for number, row in enumerate(rows):
        lines += _line(row, TOP + ROW * number, dose_ms)
    lines += [
        f'<text class="quiet" x="24" y="{height - 16}">The answer is spoken in the silence of the hold, which lasts '
        f"{held} seconds. Nobody said where it was.</text>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row, y: int, dose_ms: int) -> Iterator[str]:
    base, done = y + 19, METER * min(max(row.at_ms, 0), dose_ms) // dose_ms
    if row.who:
        yield f'<rect class="box" x="8" y="{y}" width="{WIDTH - 16}" height="{ROW - 2}" rx="6"/>'
    yield f'<text class="time" x="{TIME_X}" y="{base}">{_clock(row.at_ms)}</text>'
    quiet = f'<tspan class="quiet" dx="10">{seconds(row.quiet_ms)} s</tspan>' if row.quiet_ms > 0 else ""
    words = f"{row.who}: “{row.words}”" if row.who else row.words
    kind = ' class="you"' if row.who else ""
    yield f'<text{kind} x="{WORDS_X}" y="{base}">{escape(words)}{quiet}</text>'
    yield f'<rect class="track" x="{METER_X}" y="{y + 9}" width="{METER}" height="8" rx="4"/>'
    if done:
        yield f'<rect class="done" x="{METER_X}" y="{y + 9}" width="{done}" height="8" rx="4"/>'


def _clock(ms: int) -> str:
    return f"{ms / 1000:.1f}".replace("-", "−")


if __name__ == "__main__":
    main()
