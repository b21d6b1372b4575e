"""What a thousand routines cost more where answers are one sound (docs/reels.md): whole routines through the real
handler with a voice pack, with every reel counted.

    python -m bench.reel_cost

The pack has all that a routine needs, and each clip takes as long as the estimate has it; reels are put in a folder. It
is the dearest case that there is: nobody hears a reel that was made for somebody else, each process of the function is
a new one that has to ask, and each device fetches each reel whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.cost import GB_SECOND, MEMORY_MB, ROUTINES, Bill, routine, stretched, table
from coach.config import Settings
from coach.reels.s3 import KEPT_DAYS
from simulator.reels import Reels
from tests.reels.voices import render

# Dollars in us-east-1, as listed in November 2026. Look them up again before you count on them.
# https://aws.amazon.com/s3/pricing/ (S3 Standard; asking whether something is there costs what fetching it does)
PUT = 0.005e-3
GET = 0.0004e-3
GB_MONTH = 0.023
# The same page, data transfer out to the internet, up to 10 TB a month, and what is free of it for an account.
GB_OUT = 0.09
FREE_GB = 100

S3_MS = 150
"""Assumed: how long S3 takes to answer. For small objects AWS names 100 to 200 ms,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html.
"""
MONTH_DAYS = 30


@dataclass
class Sounds:
    """What the sounds of one routine come to: how many were heard, how many of them differ, and their sizes."""

    heard: int
    made: int
    heard_bytes: int
    made_bytes: int
    longer_ms: float

    def rows(self) -> list[tuple[str, str, float]]:
        """For a thousand such routines: of what, how much, and the dollars."""
        heard, made = 1000 * self.heard, 1000 * self.made
        kept, out = 1000 * self.made_bytes / 1e9, 1000 * self.heard_bytes / 1e9
        waiting = S3_MS * (self.heard + self.made)
        gb_seconds = (self.longer_ms + waiting) * MEMORY_MB / 1024
        return [
            ("Whether a reel is there", f"{heard:,} requests", heard * GET),
            ("Reels put there", f"{made:,} requests", made * PUT),
            (f"Kept for {KEPT_DAYS} days", f"{kept:.1f} GB", kept * GB_MONTH * KEPT_DAYS / MONTH_DAYS),
            ("Lambda's longer time", f"{gb_seconds:,.0f} GB-seconds", gb_seconds * GB_SECOND),
            ("Reels fetched", f"{heard:,} requests", heard * GET),
            ("Sent to devices", f"{out:.1f} GB", out * GB_OUT),
        ]


def sounds(name: str, voice: Path, shelf: Path, heard_by: Reels) -> Sounds:
    """Those of a new person who begins a routine, hears it to its end, and stops."""
    settings = Settings(voice=str(voice), shelf=f"folder://{shelf}")
    for there in shelf.iterdir():
        there.unlink()
    routine(name, settings, heard_by)  # The first time fills the caches of the process.
    plain, bill = routine(name), routine(name, settings, heard_by)
    sizes = {path.name: path.stat().st_size for path in shelf.iterdir()}
    longer = max(0.0, _share_ms(bill) - _share_ms(plain))
    heard = sum(sizes[sound] for sound in bill.sounds)
    return Sounds(len(bill.sounds), len(sizes), heard, sum(sizes.values()), longer)


def _share_ms(bill: Bill) -> float:
    """The milliseconds of all turns on the share of a processor that the function has."""
    return median(bill.cpu_ms) * bill.turns * stretched(MEMORY_MB)


def show(name: str, told: Sounds) -> None:
    """Prints what they come to."""
    print(f"A {name} routine: {told.heard} answers that are one sound, {told.heard_bytes / 1e6:.1f} MB")
    print(f"  {'A thousand of them':28} {'':20} US dollars")
    for what, much, dollars in told.rows():
        print(f"  {what:28} {much:>20} {dollars:10.4f}")
    print(f"  {'Together, beside the rest':28} {'':20} {sum(row[2] for row in told.rows()):10.4f}")
    print(f"  Of what is sent, {FREE_GB} GB a month are free: {FREE_GB * 1e9 / told.heard_bytes:,.0f} such routines.\n")


def main() -> None:
    """Prints what the sounds of each routine come to, and what a thousand cost."""
    with table(), TemporaryDirectory() as folder:
        voice, shelf = Path(folder, "voice"), Path(folder, "shelf")
        voice.mkdir()
        shelf.mkdir()
        heard_by = Reels(shelf, [render(voice)])
        for name in ROUTINES:
            show(name, sounds(name, voice, shelf, heard_by))


if __name__ == "__main__":
    main()
