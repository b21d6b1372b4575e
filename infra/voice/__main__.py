"""Make a voice pack: `python -m infra.voice --voice piper --locale en-US --pace 100`.

What it costs is told first, and nothing is bought without `--buy`.
"""

import argparse
import sys
from pathlib import Path
from subprocess import SubprocessError

from coach.planning.steps import PACES
from coach.reels.pack import SUFFIX
from coach.speaking.content import best_locale, load
from coach.speaking.phrasebook import Phrasebook
from infra.voice import mp3, pack, vocabulary
from infra.voice.makers import maker
from infra.voice.shop import Shop
from simulator.voices.chime import chime

HOUSE = Path(__file__).parents[2]
EACH = 100
"""After so many clips it is told how far it got."""


def main(arguments: list[str] | None = None) -> int:
    """Make what is asked for; 1 where it cannot be, with a sentence that says why."""
    options = _parser().parse_args(arguments)
    try:
        voice = maker(options.voice)
    except LookupError as error:
        return _told(str(error.args[0]))
    if why := voice.missing():
        return _told(why)
    locale = best_locale(options.locale)
    spoken = vocabulary.texts(Phrasebook(load(locale)))
    wanted = [(text, pace) for pace in options.pace for text in spoken]
    shop = Shop(voice, options.clips)
    missing = shop.missing(wanted)
    letters = sum(len(text) for text, _ in missing)
    print(f"{len(wanted)} clips, of which {len(missing)} are to be made: {letters:,} characters.", flush=True)
    dollars = voice.price(letters)
    if dollars and not options.buy:
        return _told(f"They cost about ${dollars:.2f}. To buy them: BUY=yes.")
    try:
        for number, (text, pace) in enumerate(missing, 1):
            shop.made(text, pace)
            if number % EACH == 0:
                print(f"{number} of {len(missing)}", flush=True)
    except (OSError, SubprocessError, mp3.FormatError) as error:
        return _told(f"{error}. What was made is kept: the same command goes on from there.")
    clips = {each: clip for each in wanted if (clip := shop.kept(*each))}
    path = options.to / f"{locale}{SUFFIX}"
    pack.write(path, f"{voice.name}: {voice.manner}", locale, clips, mp3.encoded(chime()))
    print(f"{path}: {len(clips)} clips, {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _told(why: str) -> int:
    print(f"voice: {why}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.voice", description=__doc__)
    parser.add_argument("--voice", required=True, help="piper, espeak, or polly:NAME")
    parser.add_argument("--locale", default="en-US")
    parser.add_argument("--pace", type=int, choices=PACES, nargs="+", default=[100], help="in percent")
    parser.add_argument("--buy", action="store_true", help="buy what is missing, at the price that was told")
    parser.add_argument("--to", type=Path, default=HOUSE / "build" / "voice", help="the folder of the pack")
    parser.add_argument("--clips", type=Path, default=HOUSE / "build" / "voice" / "clips", help="where clips are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
