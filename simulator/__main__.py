"""The command: `python -m simulator` is a smart speaker with Hip Coach on it.

Rule: one sentence and a status for everything that a person can get wrong: 2 for a wrong command, 1 for what cannot be
used, 0 when all went well.
"""

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import CoachError
from coach.speaking.phrasebook import Phrasebook
from simulator import command_line, player, recording, script, soundtrack, transcript
from simulator.clock import Clock, RealClock, VirtualClock, to_the_second
from simulator.command_line import UsageError
from simulator.device import Speaker
from simulator.ears.ears import Ears
from simulator.ears.microphone import Microphone
from simulator.ears.whisper import Whisper
from simulator.edited import EditedContent
from simulator.envelopes import Json
from simulator.habits import Habits
from simulator.loudspeaker import Loudspeaker
from simulator.nlu import LanguageError, Understanding, path_of
from simulator.page.evening import Evening
from simulator.page.server import make_page
from simulator.reels import NO_REELS, Shelved, shelved
from simulator.screen import terminal_session
from simulator.server import make_server
from simulator.services import AlexaServices
from simulator.skill import Handler
from simulator.store import MEMORY, store_url
from simulator.terminal import Terminal
from simulator.voices import installed
from simulator.voices.clips import Clips
from simulator.voices.playing import Player

LET_LIE = 50_000
"""So many new things are made before garbage is looked for. What is learned of a language is a million things that
stay: to look through them as often as a small program does doubles the wait for the answer to the first free sentence.
"""

POSES = Path("build", "poses")
"""Where the pictures are made."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the speaker; returns the exit status."""
    options = command_line.read(arguments)
    gc.set_threshold(LET_LIE)
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


def local_zone(link: Path = Path("/etc/localtime")) -> str:
    """The name of this computer's time zone, where it tells one; empty elsewhere."""
    return str(link.resolve()).partition("zoneinfo/")[2]


def _run(options: argparse.Namespace) -> int:
    if options.serve is not None:
        handler = _handler(store_url(options.store, typed=False))
        return _served(lambda: make_server(handler, options.serve), options.serve, "Hip Coach answers on")
    # What is played, now or later, is on a clock of its own, in UTC; whoever types lives where this computer is.
    played = options.transcript or options.record or not sys.stdin.isatty()
    zone = "" if played else local_zone()
    with AlexaServices(zone=zone) as services, shelved(options.reels) as reels:
        if options.page is not None:
            return _page(options, services)
        return _play_transcript(options, services, reels) if options.transcript else _talk(options, services, reels)


def _talk(options: argparse.Namespace, services: AlexaServices, reels: Shelved) -> int:
    typed = sys.stdin.isatty()
    if options.ears and not typed:
        raise UsageError("Nobody is at a terminal here who could talk: --ears goes without a script.")
    store = MEMORY if options.record else store_url(options.store, typed=typed)
    clock = RealClock(options.date) if typed else VirtualClock(options.date or to_the_second(datetime.now(UTC)))
    loudspeaker = _loudspeaker(options)
    speaker = _speaker(options, services, store, clock, loudspeaker, reels=reels)
    with ExitStack() as written:
        for name, path, write in _writers(options, speaker):
            written.enter_context(_written(name, path, write))
        if typed:
            microphone = _microphone(options, speaker)
            with terminal_session(), _player(options, loudspeaker) as player:
                evening = Terminal(speaker, keeps=not store.startswith(MEMORY), player=player, microphone=microphone)
                asyncio.run(evening.run())
            return 0
        return 0 if script.play(sys.stdin, speaker, _quiet if options.json else _show) else 1


def _page(options: argparse.Namespace, services: AlexaServices) -> int:
    """Show the speaker in a browser. Where no voice is there, it is silent, and the page says why."""
    why = ""
    try:
        clips = Clips(installed.voice(options.voice or installed.BEST))
    except installed.NoVoiceError as error:
        clips, why = Clips(None), str(error)
    loudspeaker = Loudspeaker(clips)
    store = store_url(options.store, typed=True)
    speaker = _speaker(options, services, store, RealClock(options.date), loudspeaker)
    ears = Ears(Whisper(), speaker.content)
    ears.wake()
    evening = Evening(speaker, lambda: why or clips.trouble, ears)
    return _served(lambda: make_page(evening, options.page, POSES), options.page, "Hip Coach is to be seen on")


def _speaker(
    options: argparse.Namespace,
    services: AlexaServices,
    store: str,
    clock: Clock,
    loudspeaker: Loudspeaker | None,
    *,
    reels: Shelved = NO_REELS,
) -> Speaker:
    return Speaker(
        _handler(store, services.url, loudspeaker, EditedContent(_remark), reels=reels),
        _understanding(options),
        clock,
        user=options.user,
        device=options.device,
        locale=options.locale,
        strict=options.strict,
        services=services,
        loudspeaker=loudspeaker,
        sounds=reels.sounds,
        player=Habits() if options.player else None,
        streams=reels.streams,
        observe=_print_json if options.json else None,
    )


def _loudspeaker(options: argparse.Namespace) -> Loudspeaker | None:
    """What the speaker speaks with, where that is to be heard or read. Where no voice is there, that is told."""
    if options.voice or options.voice_to:
        try:
            return Loudspeaker(Clips(installed.voice(options.voice or installed.BEST)))
        except installed.NoVoiceError as error:
            print(f"simulator: {error}", file=sys.stderr)
            options.voice = options.voice_to = None
    return Loudspeaker(Clips(None)) if options.captions else None


def _writers(options: argparse.Namespace, speaker: Speaker) -> Iterator[tuple[str, Path, Callable[[Path], None]]]:
    """The files that are asked for, and what writes them."""
    if options.record:
        yield "transcript", options.record, lambda path: recording.write(speaker, path)
    if options.voice_to:
        yield "sound", options.voice_to, lambda path: soundtrack.write_sound(speaker.heard, path)
    if options.captions:
        write = partial(soundtrack.write_captions, speaker.heard, speaker.content)
        yield "file of captions", options.captions, write


@contextmanager
def _written(name: str, path: Path, write: Callable[[Path], None]) -> Iterator[None]:
    """Write down what happens meanwhile, however it ends. Whether that can be is tried first."""
    _write(name, path, write)
    try:
        yield
    finally:
        _write(name, path, write)


def _write(name: str, path: Path, write: Callable[[Path], None]) -> None:
    try:
        write(path)
    except OSError as error:
        raise UsageError(f"The {name} {path} cannot be written: {error.strerror}.") from error


def _player(options: argparse.Namespace, loudspeaker: Loudspeaker | None) -> AbstractContextManager[Player | None]:
    """What plays the sound, for whoever wants to hear it."""
    return closing(Player()) if options.voice and loudspeaker else nullcontext()


def _microphone(options: argparse.Namespace, speaker: Speaker) -> Microphone | None:
    """What listens, for whoever wants to talk. Where nothing can, that is told."""
    if not options.ears:
        return None
    ears = Ears(Whisper(), speaker.content)
    microphone = Microphone(ears)
    if missing := microphone.missing():
        microphone.close()
        print(f"simulator: {missing}", file=sys.stderr)
        return None
    ears.wake()
    return microphone


def _play_transcript(options: argparse.Namespace, services: AlexaServices, reels: Shelved) -> int:
    try:
        conversation = transcript.read(options.transcript)
    except OSError as error:
        raise UsageError(f"The transcript {options.transcript} cannot be read: {error.strerror}.") from error
    options.locale = conversation.locale
    problems = player.play(
        conversation,
        _handler(options.store or MEMORY, services.url, reels=reels),
        _understanding(options),
        strict=options.strict,
        services=services,
        sounds=reels.sounds,
        streams=reels.streams,
        show=_show,
    )
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _served(make: Callable[[], ThreadingHTTPServer], port: int, what: str) -> int:
    """Serve on a port of this computer until somebody ends it."""
    try:
        server = make()
    except OverflowError as error:
        raise UsageError(f"There is no port {port}: they go from 0 to 65535.") from error
    except OSError as error:
        raise UsageError(f"Port {port} cannot be used: {error.strerror}. Port 0 takes one that is free.") from error
    with server:
        print(f"{what} http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C ends)", flush=True)
        server.serve_forever()
    return 0


def _handler(
    store: str,
    alexa_api: str = "",
    voice: Loudspeaker | None = None,
    phrasebooks: Callable[[str], Phrasebook] | None = None,
    reels: Shelved = NO_REELS,
) -> Handler:
    settings = Settings(store=store, alexa_api=alexa_api, voice=reels.voice, shelf=reels.shelf)
    try:
        return bootstrap(settings, voice=voice, phrasebooks=phrasebooks)
    except ModuleNotFoundError as error:
        raise UsageError(f"The store {store} needs {error.name}: `make test` sets it up.") from error


def _understanding(options: argparse.Namespace) -> Understanding:
    path = options.model or path_of(options.locale)
    try:
        return Understanding.from_file(path, locale=options.locale)
    except OSError as error:
        raise UsageError(f"The interaction model {path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError) as error:
        raise UsageError(f"The interaction model {path} is not in Amazon's format: {error}.") from error


def _print_json(request: Json, response: Any) -> None:
    print(json.dumps({"request": request}), flush=True)
    print(json.dumps({"response": response}), flush=True)


def _show(line: str) -> None:
    print(line, flush=True)


def _remark(text: str) -> None:
    """Say something that is no part of the talk, where nobody takes it for one."""
    print(text, file=sys.stderr, flush=True)


def _quiet(_: str) -> None:
    """Show nothing: the lines of JSON are all that is wanted."""


if __name__ == "__main__":
    sys.exit(main())
