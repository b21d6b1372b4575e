"""The speaker for a person at a keyboard: words as they are spoken, pauses as they pass, and typing as speaking up.

Rule: the screen follows the clock and the keyboard only. What is typed is said at the moment of Enter, in the middle of
a hold as anywhere else.
"""

import asyncio
import shutil
import textwrap
from collections.abc import Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from simulator.device import Speaker
from simulator.performance import Performance
from simulator.playback import Doing
from simulator.report import outcome, question
from simulator.whereabouts import whereabouts

GREETING = """This is a speaker with Hip Coach on it. Type what you say, and press Enter: "alexa, open hip coach".
While it speaks, Enter is "Alexa, ...": it breaks off and listens to you. Ctrl-D leaves."""
_TICK_SECONDS = 0.05
_LEAVE = frozenset({"exit", "quit", "bye"})


class Terminal:
    """One person's evening with a speaker."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._playing: Performance | None = None
        self._shown = 0
        self._outcome: list[str] = []

    async def run(self) -> None:
        """Talk until the person leaves."""
        session: PromptSession[str] = PromptSession(erase_when_done=True)
        print(GREETING)
        with patch_stdout():
            ticking = asyncio.create_task(self._tick())
            try:
                while True:
                    line = await session.prompt_async(self._message, bottom_toolbar=self.toolbar, refresh_interval=0.1)
                    if line.strip().lower() in _LEAVE and not self._speaker.session_open:
                        break
                    if line.strip():
                        self.hear(line.strip())
            except (EOFError, KeyboardInterrupt):
                pass
            finally:
                ticking.cancel()
            self._leave()

    def hear(self, line: str) -> None:
        """Break off what is being spoken, say `line`, and begin to play the answer."""
        if self._playing:
            self._print(self._playing.broken_off(self._speaker.clock.now()))
            self._playing = None
        self._speaker.hear(line)
        self.advance()

    def advance(self) -> None:
        """Show what has happened up to now, and let the session end when its time has come."""
        self._speaker.catch_up()
        now = self._speaker.clock.now()
        if self._playing:
            self._print(self._playing.finished(now))
        for heard in self._speaker.heard[self._shown :]:
            self._print([*self._outcome, *question(heard)])
            self._outcome = list(outcome(heard))
            if heard.life:
                self._playing = Performance(heard)
        self._shown = len(self._speaker.heard)
        if not self._playing or self._playing.over(now):
            self._print(self._outcome)
            self._outcome = []
            if not self._speaker.session_open:
                self._playing = None

    def live(self) -> str:
        """The line that is being spoken, or nothing."""
        return self._playing.live(self._speaker.clock.now()) if self._playing else ""

    def toolbar(self) -> str:
        """What the speaker is doing, and where in the routine that is."""
        if not self._playing:
            return ' No session is open. Say "alexa, open hip coach". '
        now = self._speaker.clock.now()
        here = self._playing.at(now)
        left = -(-here.left_ms // 1000)
        doing = {
            Doing.THINKING: "...",
            Doing.SPEAKING: "speaking",
            Doing.PAUSING: f"quiet for {left} s",
            Doing.LISTENING: f"listening: {left} s to answer",
            Doing.SILENT: "open, microphone closed",
        }[here.doing]
        place = whereabouts(self._speaker.attributes, now, self._speaker.content)
        return f" {doing}{f'  |  {place}' if place else ''} "

    def _message(self) -> str:
        return "\n".join([*_wrapped(self.live()), "You: "])

    async def _tick(self) -> None:
        while True:
            self.advance()
            await asyncio.sleep(_TICK_SECONDS)

    def _leave(self) -> None:
        """Switch the speaker off."""
        if self._playing:
            self._print(self._playing.broken_off(self._speaker.clock.now()))
            self._playing = None
        self._speaker.leave()
        self.advance()
        print("Goodbye.")

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            print("\n".join(_wrapped(line)), flush=True)


def _wrapped(text: str) -> list[str]:
    """A text as lines that fit the screen, its own breaks kept."""
    width = shutil.get_terminal_size().columns - 1
    return [part for line in text.split("\n") for part in textwrap.wrap(line, width) or [""]]
