"""One person's evening with the speaker, in the commands of a browser: what is said, and how far the sound had come.

Rule: one command after the other. What is not about the answer that plays now is of an older page: it is refused, and
nothing is lost by it.
"""

from collections.abc import Callable
from io import BytesIO
from threading import Lock

from simulator import recording
from simulator.device import Speaker
from simulator.ears.ears import Ears
from simulator.envelopes import Json
from simulator.page import view
from simulator.voices.sound import Sound, silence, write


class StaleError(Exception):
    """A command for an answer that is not the one that plays."""


class Evening:
    """What a browser may ask for. `trouble` tells what is wrong with the voice, if anything is; `ears` are for what is
    said aloud.
    """

    def __init__(self, speaker: Speaker, trouble: Callable[[], str], ears: Ears) -> None:
        self._speaker = speaker
        self._trouble = trouble
        self._ears = ears
        self._taking = Lock()

    def begin(self) -> Json:
        """What a page shows first: what there is to choose, and all that was said before it was opened."""
        with self._taking:
            first = {"choices": view.choices(self._speaker.content), "deaf": self._ears.missing()}
            return {**first, **self._since(0)}

    def say(self, words: str, turn: int, heard_ms: int) -> Json:
        """Say something `heard_ms` into the sound of an answer. Returns what came of it. Raises StaleError."""
        with self._taking:
            self._come_to(turn, heard_ms)
            self._speaker.hear(words)
            return self._since(turn)

    def say_aloud(self, wav: bytes, turn: int, heard_ms: int) -> Json:
        """As `say`, with what is said in a recording, and that in words. Raises NotHeardError as well."""
        words = self._ears.words(wav)
        return {"words": words, **self.say(words, turn, heard_ms)}

    def silence(self, turn: int) -> Json:
        """Nobody has said anything until the sound of an answer was over. As `say`."""
        with self._taking:
            heard = self._speaker.heard
            self._come_to(turn, sum(stage.ms for stage in heard[-1].life) if heard else 0)
            self._speaker.catch_up()
            return self._since(turn)

    def sound(self, turn: int) -> bytes:
        """An answer as a wav file, with the quiet in which its speaker listens. Raises LookupError for none."""
        with self._taking:
            heard = self._speaker.heard[turn - 1] if 0 < turn <= len(self._speaker.heard) else None
        if not heard or not heard.sounded:
            raise LookupError(f"there is no answer {turn}")
        return _wav(heard.sounded.sound(), sum(stage.ms for stage in heard.life))

    def transcript(self) -> str:
        """All that was said, as a transcript that plays as it went."""
        with self._taking:
            return recording.transcript(self._speaker)

    def _come_to(self, turn: int, heard_ms: int) -> None:
        """It is so long after the first sound of an answer, whenever that was meant to be."""
        if turn != len(self._speaker.heard):
            raise StaleError("This page is not the one that plays. Load it again.")
        if self._speaker.session_open:
            self._speaker.began(heard_ms)

    def _since(self, turn: int) -> Json:
        """The exchanges after one of a number, and what plays now."""
        heard = self._speaker.heard
        now = view.playing(heard[-1], len(heard), self._speaker.content) if heard else view.NOTHING
        return {"exchanges": [view.exchange(one) for one in heard[turn:]], "now": now, "trouble": self._trouble()}


def _wav(spoken: Sound, life_ms: int) -> bytes:
    """An answer, and quiet for as long as its speaker listens."""
    file = BytesIO()
    write(file, [spoken, silence(max(life_ms - spoken.ms, 0), spoken.rate)], spoken.rate)
    return file.getvalue()
