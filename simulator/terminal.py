"""The speaker for a person at a keyboard: words as they are spoken, pauses as they pass, and typing as speaking up.

Rule: the screen follows the clock and the keyboard only. What is typed is said at the moment of Enter, in the middle of
a hold as anywhere else.
"""

import asyncio
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.patch_stdout import patch_stdout

from simulator import advice
from simulator.device import Speaker
from simulator.ears.ears import NotHeardError
from simulator.ears.microphone import Microphone
from simulator.performance import Performance
from simulator.playback import Doing
from simulator.report import Kind, Line, outcome, question, stream
from simulator.screen import STYLE, Screen
from simulator.voices.playing import Player
from simulator.voices.sound import Sound
from simulator.whereabouts import leaves_place, whereabouts

_TICK_SECONDS = 0.05
_AT_ONCE_SECONDS = 1.0
"""What an answer may take to be made before it is said that it takes a while."""
_LEAVE = frozenset({"exit", "quit", "bye"})
_ENDS = (signal.SIGTERM, signal.SIGHUP)
"""What ends a program from outside."""
_ASKS = frozenset({"?", "help me type"})
_LISTENS = "listening to you: Enter when you have said it"
_UNDERSTANDS = "making words of what you said"


class Terminal:
    """One person's evening with a speaker; what it `keeps` is there tomorrow. With a `player` it is heard, and with a
    `microphone` it hears: an Enter with nothing typed begins that, and the next one ends it.
    """

    def __init__(
        self, speaker: Speaker, *, keeps: bool, player: Player | None = None, microphone: Microphone | None = None
    ) -> None:
        self._speaker = speaker
        self._keeps = keeps
        self._player = player
        self._microphone = microphone
        self._troubles: set[str] = set()
        self._screen = Screen()
        self._session: PromptSession[str] = PromptSession(erase_when_done=True, style=STYLE)
        self._playing: Performance | None = None
        self._understanding: asyncio.Task[None] | None = None
        self._making = asyncio.Lock()
        self._sound: Sound | None = None
        self._shown = 0
        self._outcome: list[Line] = []

    async def run(self) -> None:
        """Talk until the person leaves, or the program is ended from outside."""
        session = self._session
        self._tell(advice.GREETING)
        if self._microphone:
            self._tell(advice.TALKING)
        with _ended_from_outside(), nullcontext() if self._screen.plain else patch_stdout():
            ticking = asyncio.create_task(self._tick())
            try:
                while True:
                    line = await session.prompt_async(self._message, bottom_toolbar=self._bar, refresh_interval=0.1)
                    if line.strip():
                        self._listen_no_more()
                        await self._take(line.strip())
                    elif self._microphone and not self._understanding:
                        self._talk(self._microphone)
            except (EOFError, KeyboardInterrupt, asyncio.CancelledError):
                pass
            finally:
                ticking.cancel()
                if self._microphone:
                    self._microphone.close()
            self._leave()

    async def _take(self, line: str) -> None:
        """Say a line to the speaker, or tell what to type to whoever asks that. Raises EOFError for who leaves."""
        asked = line.lower().rstrip(".!")
        if asked in _LEAVE and not self._speaker.session_open:
            raise EOFError
        if asked in _ASKS or (asked == "help" and not self._speaker.session_open):
            self._tell(advice.TEN_THINGS)
        else:
            async with self._making:
                await self._hear(line)

    def _talk(self, microphone: Microphone) -> None:
        """Begin to listen, or take what was said meanwhile for a typed line, as soon as it is understood."""
        try:
            if not microphone.open:
                microphone.start()
                self._fall_silent()
            else:
                recorded = microphone.stop()
                self._understanding = asyncio.create_task(self._understand(microphone, recorded))
        except NotHeardError as error:
            self._speak_on()
            self._tell(str(error))

    async def _understand(self, microphone: Microphone, recorded: bytes) -> None:
        try:
            words = await asyncio.to_thread(microphone.words, recorded)
        except NotHeardError as error:
            self._understanding = None
            self._speak_on()
            self._tell(str(error))
        else:
            self._understanding = None
            self._speaker.clock.go_on()
            try:
                await self._take(words)
            except EOFError:
                self._session.app.exit(exception=EOFError)

    def _fall_silent(self) -> None:
        """Have a voice wait for what is said: no time passes meanwhile, so it is said as the voice falls silent."""
        if self._screen.plain:
            self._tell(_LISTENS)
        if self._player:
            self._speaker.clock.stand_still()
            self._player.stop()

    def _speak_on(self) -> None:
        """Go on where the voice fell silent, as nothing was said."""
        self._speaker.clock.go_on()
        into_ms = self._into_ms()
        if self._player and self._sound and into_ms is not None:
            self._player.load(self._sound, into_ms)
            self._player.play()

    def _listen_no_more(self) -> None:
        """Let be what is being said, or was, as something is typed."""
        if self._understanding:
            self._understanding.cancel()
            self._understanding = None
        if self._microphone and self._microphone.open:
            with suppress(NotHeardError):
                self._microphone.stop()
        self._speaker.clock.go_on()

    async def _hear(self, line: str) -> None:
        """Break off what is being spoken, say `line`, and begin to play the answer."""
        self._break_off()
        if self._player:
            await self._made(line)
            self._play(self._player)
        else:
            self._speaker.hear(line)
        self._advance()

    async def _made(self, line: str) -> None:
        """Say `line`, and tell where a voice takes a while for the answer. It is made to its end whatever comes."""
        making = asyncio.create_task(asyncio.to_thread(self._speaker.hear, line))
        try:
            if not (await asyncio.wait({making}, timeout=_AT_ONCE_SECONDS))[0]:
                self._tell(advice.MAKING)
        finally:
            await making

    def _play(self, player: Player) -> None:
        """Begin to play the answer when its time has come; from then on the player's time is that of the answer."""
        answer = next((heard for heard in reversed(self._speaker.heard[self._shown :]) if heard.sounded), None)
        if answer and answer.sounded:
            self._sound = answer.sounded.sound()
            player.load(self._sound)
            self._speaker.clock.wait_until(answer.begins)
            player.play()
            self._speaker.began()

    def _advance(self) -> None:
        """Show what has happened up to now, and let the session end when its time has come."""
        self._speaker.catch_up()
        now = self._speaker.clock.now()
        if self._playing:
            self._coach(self._playing.finished(now))
        for heard in self._speaker.heard[self._shown :]:
            if heard.event and not heard.fault:
                continue
            if heard.stream and not heard.pieces and self._playing:
                self._coach(self._playing.broken_off(heard.begins))
                self._playing = None
            self._screen.show([*self._outcome, *question(heard), *stream(heard)])
            self._outcome = list(outcome(heard))
            if heard.life and not heard.silent:
                self._playing = Performance(heard)
        self._shown = len(self._speaker.heard)
        if not self._playing or self._playing.over(now):
            self._screen.show(self._outcome)
            self._outcome = []
            if not self._speaker.session_open:
                self._playing = None

    def _listen(self) -> None:
        """Tell, once, what is the matter with the voice."""
        if self._player:
            if (into_ms := self._into_ms()) is not None:
                self._player.watch(into_ms)
            troubles = {self._player.trouble, self._speaker.trouble} - self._troubles - {""}
            self._troubles |= troubles
            for trouble in sorted(troubles):
                self._tell(trouble)

    def _into_ms(self) -> int | None:
        """How far the sound of the answer has come; None where none is played."""
        begins = self._playing.begins if self._playing else None
        return (self._speaker.clock.now() - begins) // timedelta(milliseconds=1) if begins else None

    def _break_off(self) -> None:
        if self._player:
            self._player.stop()
        if self._playing:
            self._coach(self._playing.broken_off(self._speaker.clock.now()))
            self._playing = None

    def _bar(self) -> FormattedText:
        """What the speaker is doing, and where in the routine that is."""
        return FormattedText([("", f" {self._standing()} "[: self._screen.columns])])

    def _standing(self) -> str:
        if self._microphone and self._microphone.open:
            return _LISTENS
        if self._understanding:
            return _UNDERSTANDS
        if not self._playing:
            return 'No session is open: type "alexa, open hip coach", or "?"'
        now = self._speaker.clock.now()
        here = self._playing.at(now)
        if self._playing.stream:
            return f"playing a stream: {self._playing.stream.passed(now) // 1000} s into it"
        place = whereabouts(self._speaker.attributes, now, self._speaker.content, self._playing.begins)
        match here.doing:
            case Doing.LISTENING:
                doing = f"listening: {-(-here.left_ms // 1000)} s to answer"
            case Doing.SILENT:
                doing = "open, microphone closed"
            case Doing.THINKING:
                doing = "..."
            case _:
                return str(place or "speaking")
        return f"{doing} | {place}" if place else doing

    def _message(self) -> FormattedText:
        """The line that is being spoken, and the one to type on."""
        if self._screen.plain:
            return FormattedText()
        live = self._playing.live(self._speaker.clock.now()) if self._playing else ""
        spoken = "".join(f"{line}\n" for line in self._screen.wrapped(live)) if live else ""
        return FormattedText([(f"class:{Kind.COACH.value}", spoken), (f"class:{Kind.YOU.value}", "You: ")])

    async def _tick(self) -> None:
        while True:
            self._screen.fit()
            if not self._making.locked():
                self._advance()
                self._listen()
            if self._microphone and self._microphone.over:
                # As if Enter had been pressed: nobody waits for it any more.
                self._talk(self._microphone)
            await asyncio.sleep(_TICK_SECONDS)

    def _leave(self) -> None:
        """Switch the speaker off."""
        self._break_off()
        kept = leaves_place(self._speaker.heard, self._speaker.content)
        self._speaker.leave()
        self._advance()
        self._tell((advice.KEPT if kept else advice.NO_PLACE) if self._keeps else advice.IN_MEMORY)

    def _coach(self, spoken: Iterable[str]) -> None:
        self._screen.show(Line(Kind.COACH, text) for text in spoken)

    def _tell(self, text: str) -> None:
        self._screen.show([Line(Kind.NOTE, text)])


@contextmanager
def _ended_from_outside() -> Iterator[None]:
    """Has what ends a program from outside cancel this task, which then leaves the terminal as it was."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    for ends in _ENDS:
        if task:
            loop.add_signal_handler(ends, task.cancel)
    try:
        yield
    finally:
        for ends in _ENDS:
            loop.remove_signal_handler(ends)
