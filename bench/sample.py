"""A hold as it is heard, with a question in its middle: what the coach sounds like, for whoever has a minute.

    python -m bench.sample [--voice espeak] [--out FILE]

Rule: played by the simulator on its own clock through the whole coach, and cut out of that talk: nothing is put
together by hand. It is written as a wav file, and beside that as MP3 where FFmpeg is there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.loudspeaker import Loudspeaker
from simulator.nlu import Understanding, path_of
from simulator.soundtrack import takes, talk
from simulator.speech import said_ms
from simulator.voices.clips import Clips
from simulator.voices.installed import BEST, NAMES, NoVoiceError, voice
from simulator.voices.port import Paced
from simulator.voices.rendering import place
from simulator.voices.sound import RATE, Sound, write

OUT = Path(__file__).parents[1] / "build" / "sample.wav"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
STARTED, OVER = "from now.", "to the middle."
BEFORE_MS, ASKED_MS, AFTER_MS = 9_000, 12_000, 1_500


def main() -> int:
    """Write the sample; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m bench.sample", description="Speak a hold for the README.")
    options.add_argument("--voice", default=BEST, choices=(BEST, *NAMES), help="which voice (default: the best)")
    options.add_argument("--out", type=Path, default=OUT, help="the file (default: build/sample.wav)")
    chosen = options.parse_args()
    try:
        sound = sample(voice(chosen.voice))
    except NoVoiceError as error:
        print(f"sample: {error}", file=sys.stderr)
        return 1
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write(chosen.out, [sound], RATE)
    print(f"wrote {chosen.out}, {sound.ms / 1000:.1f} seconds")
    if which("ffmpeg"):
        small = chosen.out.with_suffix(".mp3")
        subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-y", "-i", str(chosen.out), "-b:a", "40k", str(small)], check=True
        )
        print(f"wrote {small}, {small.stat().st_size // 1000} kB")
    return 0


def sample(spoken_by: Paced, folder: Path | None = None) -> Sound:
    """From the last words before a hold to the first after it, with "how much longer?" in between, which is typed. The
    clips of it are kept in a folder.
    """
    loudspeaker = Loudspeaker(Clips(spoken_by, folder))
    speaker = Speaker(
        bootstrap(Settings(store="memory:"), voice=loudspeaker),
        Understanding.from_file(path_of("en-US")),
        VirtualClock(EVENING),
        loudspeaker=loudspeaker,
    )
    led = speaker.say("alexa, ask hip coach for just the lying twist")
    starts_ms = said_ms(led.pieces, STARTED)
    asked = speaker.say("how much longer?", into_ms=starts_ms + ASKED_MS)
    over_ms = said_ms(asked.pieces, OVER)
    first, second = takes(speaker.heard)
    samples = talk(speaker.heard)
    return Sound(samples[place(first.at + starts_ms - BEFORE_MS) : place(second.at + over_ms + AFTER_MS)], RATE)


if __name__ == "__main__":
    sys.exit(main())
