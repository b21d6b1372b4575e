"""The command: `python -m simulator` is a smart speaker with Hip Coach on it.

Rule: one sentence and a status for everything that a person can get wrong: 2 for a wrong command, 1 for what cannot be
used, 0 when all went well.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import CoachError
from simulator import player, script, transcript
from simulator.clock import RealClock, VirtualClock, to_the_second
from simulator.device import Speaker
from simulator.envelopes import Json
from simulator.nlu import LanguageError, Understanding, path_of
from simulator.server import make_server
from simulator.services import AlexaServices
from simulator.skill import Handler
from simulator.terminal import Terminal


class UsageError(Exception):
    """Something given on the command line that cannot be used. The message is one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the speaker; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (UsageError, CoachError, LanguageError, script.ScriptError, transcript.TranscriptError) as error:
        print(f"simulator: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Goodbye.")
        return 0
    except BrokenPipeError:
        # Whoever read our output has stopped: point it elsewhere, so that closing it does not fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def data_folder(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """Where this user's programs keep their data, for this program, by the custom of the platform."""
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "hip-coach"


def local_zone(link: Path = Path("/etc/localtime")) -> str:
    """The name of this computer's time zone, where it tells one; empty elsewhere."""
    return str(link.resolve()).partition("zoneinfo/")[2]


def _run(options: argparse.Namespace) -> int:
    if options.serve is not None:
        return _serve(_handler(options.store), options.serve)
    # A script is played on a clock of its own, in UTC; whoever types lives where this computer is.
    zone = "" if options.transcript or not sys.stdin.isatty() else local_zone()
    with AlexaServices(zone=zone) as services:
        return _play_transcript(options, services) if options.transcript else _talk(options, services)


def _talk(options: argparse.Namespace, services: AlexaServices) -> int:
    handler = _handler(options.store, services.url)
    typed = sys.stdin.isatty()
    clock = RealClock(options.date) if typed else VirtualClock(options.date or to_the_second(datetime.now(UTC)))
    speaker = Speaker(
        handler,
        _understanding(options),
        clock,
        user=options.user,
        device=options.device,
        locale=options.locale,
        strict=options.strict,
        services=services,
        observe=_print_json if options.json else None,
    )
    if typed:
        asyncio.run(Terminal(speaker).run())
        return 0
    show = _quiet if options.json else _show
    return 0 if script.play(sys.stdin, speaker, show) else 1


def _play_transcript(options: argparse.Namespace, services: AlexaServices) -> int:
    try:
        conversation = transcript.read(options.transcript)
    except OSError as error:
        raise UsageError(f"The transcript {options.transcript} cannot be read: {error.strerror}.") from error
    options.locale = conversation.locale
    problems = player.play(
        conversation,
        _handler(options.store or "memory:", services.url),
        _understanding(options),
        strict=options.strict,
        services=services,
        show=_show,
    )
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _serve(handler: Handler, port: int) -> int:
    try:
        server = make_server(handler, port)
    except (OSError, OverflowError) as error:
        raise UsageError(f"Port {port} cannot be used: {error}.") from error
    with server:
        print(f"Hip Coach answers on http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C ends)", flush=True)
        server.serve_forever()
    return 0


def _handler(store: str | None, alexa_api: str = "") -> Handler:
    settings = Settings.from_env({"HIP_COACH_STORE": store or _default_store()})
    return bootstrap(replace(settings, alexa_api=alexa_api))


def _default_store() -> str:
    folder = data_folder(os.environ, sys.platform, Path.home())
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return f"sqlite:///{folder / 'progress.sqlite'}"


def _understanding(options: argparse.Namespace) -> Understanding:
    path = options.model or path_of(options.locale)
    try:
        return Understanding.from_file(path, locale=options.locale)
    except OSError as error:
        raise UsageError(f"The interaction model {path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError) as error:
        raise UsageError(f"The interaction model {path} is not in Amazon's format: {error}.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A smart speaker with Hip Coach on it. Type what you say; give it lines on standard input to play "
        "a script at once.",
    )
    add = parser.add_argument
    add("--date", type=_moment, metavar="TIME", help="the time to start at, in UTC, such as 2026-11-23T19:00")
    add("--user", default="somebody", help="whose account it is (default: %(default)s)")
    add("--device", default="speaker", help="which speaker it is (default: %(default)s)")
    add(
        "--store",
        help="where progress is kept: memory:, sqlite:///PATH, dynamodb://TABLE (default: your data folder)",
    )
    add("--locale", default=transcript.LOCALE, help="the language (default: %(default)s; a transcript says its own)")
    add("--model", type=Path, metavar="PATH", help="the interaction model (default: the project's, for the locale)")
    add("--strict", action="store_true", help="understand the samples of the interaction model and nothing near them")
    add("--json", action="store_true", help="print every request and response as a line of JSON")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--transcript", type=Path, metavar="FILE", help="play a transcript and check what it expects")
    mode.add_argument("--serve", type=int, metavar="PORT", help="answer request envelopes on 127.0.0.1; 0: a free port")
    return parser


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is not a time such as 2026-11-23T19:00') from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _print_json(request: Json, response: Any) -> None:
    print(json.dumps({"request": request}), flush=True)
    print(json.dumps({"response": response}), flush=True)


def _show(line: str) -> None:
    print(line, flush=True)


def _quiet(_: str) -> None:
    """Show nothing: the lines of JSON are all that is wanted."""


if __name__ == "__main__":
    sys.exit(main())
