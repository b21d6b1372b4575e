"""What can be said on the command line of the simulator.

Rule: whatever cannot go together is refused here, before anything is opened.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator.duration import milliseconds
from simulator.transcript import LOCALE
from simulator.voices.installed import BEST, NAMES

PAGE_PORT = 8808
"""Where the page is, if nobody says otherwise."""


class UsageError(Exception):
    """Something given on the command line that cannot be used. The message is one sentence."""


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; ends the program with status 2 and a sentence when they are wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.record and (options.store or options.model or options.strict):
        parser.error("--record is of somebody new, as a transcript plays: it goes with no --store, --model or --strict")
    if (options.voice or options.voice_to or options.captions) and _plays(options):
        parser.error("--voice, --voice-to and --captions go with no --transcript, --record or --serve")
    if options.ears and (options.page is not None or _plays(options)):
        parser.error("--ears goes with no --page, which has its own, and with no --transcript, --record or --serve")
    if options.reels and (options.voice or options.voice_to or options.captions or options.serve is not None):
        parser.error("--reels goes with no --voice, --voice-to, --captions or --serve")
    if options.player and (options.reels is None or options.transcript):
        parser.error("--player goes with --reels, and with no --transcript: that says itself whether there is a player")
    return options


def _plays(options: argparse.Namespace) -> bool:
    return bool(options.transcript or options.record or options.serve is not None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A smart speaker with Hip Coach on it. Type what you say; give it lines on standard input to play "
        "a script at once.",
    )
    add = parser.add_argument
    add(
        "--date",
        type=_moment,
        metavar="TIME",
        help="the time to start at, in UTC, such as 2026-11-23T19:00, or from now on, such as +1d for tomorrow",
    )
    add("--user", default="somebody", help="whose account it is (default: %(default)s)")
    add("--device", default="speaker", help="which speaker it is (default: %(default)s)")
    add(
        "--store",
        help="where progress is kept: memory:, sqlite:///PATH, dynamodb://TABLE (default: what HIP_COACH_STORE names, "
        "else your data folder where you type, and memory where nobody does)",
    )
    add("--locale", default=LOCALE, help="the language (default: %(default)s; a transcript says its own)")
    add("--model", type=Path, metavar="PATH", help="the interaction model (default: the project's, for the locale)")
    add("--strict", action="store_true", help="understand the samples of the interaction model and nothing near them")
    add("--json", action="store_true", help="print every request and response as a line of JSON")
    add(
        "--voice",
        nargs="?",
        const=BEST,
        choices=(BEST, *NAMES),
        metavar="NAME",
        help=f"hear the coach, in the best voice that is there or in one of {', '.join(NAMES)}",
    )
    add("--ears", action="store_true", help="talk instead of typing: Enter begins to listen, and Enter again ends that")
    add("--voice-to", type=Path, metavar="FILE", help="write the sound of the whole talk to a wav file")
    add("--captions", type=Path, metavar="FILE", help="write what is said, with the seconds of each hold, as WebVTT")
    add("--reels", type=Path, metavar="FOLDER", help="answer with sounds of the voice packs there (docs/reels.md)")
    add("--player", action="store_true", help="have a player for streams, as an Echo has")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--record", type=Path, metavar="FILE", help="write what is said, and heard, as a transcript")
    mode.add_argument("--transcript", type=Path, metavar="FILE", help="play a transcript and check what it expects")
    mode.add_argument(
        "--page",
        type=int,
        nargs="?",
        const=PAGE_PORT,
        metavar="PORT",
        help=f"show the speaker in a browser on this computer (default: {PAGE_PORT}; 0: a free port)",
    )
    mode.add_argument("--serve", type=int, metavar="PORT", help="answer request envelopes on 127.0.0.1; 0: a free port")
    return parser


def _moment(text: str) -> datetime:
    if text.startswith("+"):
        try:
            return datetime.now(UTC) + timedelta(milliseconds=milliseconds(text[1:]))
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is not a time such as 2026-11-23T19:00') from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
