"""What lays out answers that are one sound, and falls back to what lays out all others.

Rule: whatever is missing or fails, the answer is laid out as if there were no voice pack, to the last character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic, sleep

from coach import log
from coach.reels.devices import Devices
from coach.reels.pack import VoicePack
from coach.reels.reel import joined, run_of
from coach.reels.shelf import Shelf, ShelfUnavailableError
from coach.speaking.clips import laying_out
from coach.speaking.cues import Reel, Script, Timeline, Wording
from coach.speaking.timeline import LayOut, Platform, lay_out
from coach.speaking.waiting import Waits
from coach.values import replace

REST_S = 60
"""A shelf that failed is not asked again for so long: each time would keep somebody waiting on the mat."""

TRIES, PAUSE_S = 3, 0.3
"""So often it is asked where nobody is kept waiting, whatever it has done before, and so long after it failed."""


@dataclass
class ReelAnswers:
    """Lays answers out with the `packs` of locales, and puts what comes of it on the `shelf`."""

    packs: Mapping[str, VoicePack]
    shelf: Shelf
    devices: Devices = field(default_factory=Devices, repr=False)
    _rests_until: float = field(default=0.0, repr=False)

    def lay_out(self, script: Script, wording: Wording, platform: Platform, waits: Waits = Waits.SOMEBODY) -> Timeline:
        """See coach.speaking.timeline.LayOut. Says who waits for it."""
        # A player is given what plays by itself, and nothing else.
        wanted = waits is not Waits.PLAYER or platform.streams_ms > 0
        if wanted and self._renders(wording.locale, wording.pace) and not self._rests(waits):
            answer = self._in_one(self.packs[wording.locale], script, wording, platform, waits)
            if answer:
                return answer
        return lay_out(script, wording, platform)

    def laying_out(self, device: str, waits: Waits) -> LayOut:
        """See coach.asking.Reels."""
        return partial(self.lay_out, waits=waits) if self._reaches(device, waits) else lay_out

    def speaks(self, locale: str, pace: int, device: str, waits: Waits) -> bool:
        """See coach.asking.Reels."""
        return self._renders(locale, pace) and not self._rests(waits) and self._reaches(device, waits)

    def rest(self, device: str) -> None:
        """See coach.asking.Reels."""
        self.shelf.doubt()
        self.devices.rest(device)

    def fail(self, device: str) -> bool:
        """See coach.asking.Reels."""
        self.shelf.doubt()
        return self.devices.fail(device)

    def _renders(self, locale: str, pace: int) -> bool:
        pack = self.packs.get(locale)
        return pack is not None and pace in pack.paces

    def _rests(self, waits: Waits) -> bool:
        return waits is Waits.SOMEBODY and monotonic() < self._rests_until

    def _reaches(self, device: str, waits: Waits) -> bool:
        return waits is Waits.NOBODY or not self.devices.rests(device)

    def _in_one(
        self, pack: VoicePack, script: Script, wording: Wording, platform: Platform, waits: Waits
    ) -> Timeline | None:
        chime = replace(platform.chime, ms=pack.chime_ms)
        timeline = laying_out(pack)(script, wording, replace(platform, chime=chime))
        clips = [pack.chime() if cue.sound else pack.frames(cue.text, wording.pace) for cue in timeline.cues]
        run = run_of(timeline, [clip is not None for clip in clips])
        if not run:
            return None
        first, last = run
        at = timeline.cues[first - 1].end if first else 0
        ends = timeline.cues[last].at if last < len(timeline.cues) else timeline.ms
        sound = joined(timeline.cues[first:last], [clip for clip in clips[first:last] if clip], at, ends)
        address = self._put(sound, waits)
        if address is None:
            return None
        return replace(timeline, reel=Reel(address, first, last, at, ends))

    def _put(self, sound: bytes, waits: Waits) -> str | None:
        """The address of a sound, which nobody needs of one that was fetched; None where the shelf did not take it."""
        if waits is Waits.NOBODY:
            return ""
        for left in reversed(range(TRIES if waits is Waits.PLAYER else 1)):
            try:
                address = self.shelf.put(sound)
            except ShelfUnavailableError as error:
                log.record("shelf_unavailable", reason=error.reason)
                self._rests_until = monotonic() + REST_S
                if left:
                    sleep(PAUSE_S)
            else:
                self._rests_until = 0.0
                return address
        return None
