"""How long a synthesiser speaks a text, spoken once and kept in `build/voices`, one file for each of its manners."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from simulator.voices.port import Synthesiser

_KEPT = Path(__file__).parents[2] / "build" / "voices"


class Length(NamedTuple):
    """Milliseconds of a text from its first sound to its last, and of the silence that is put around it."""

    ms: float
    before: float
    after: float


def lengths(speaker: Synthesiser, texts: Iterable[str]) -> dict[str, float]:
    """Milliseconds from the first sound of each text to its last; a text without a sound has none."""
    return {text: length.ms for text, length in with_silence(speaker, texts).items()}


def with_silence(speaker: Synthesiser, texts: Iterable[str]) -> dict[str, Length]:
    """The same, with the silence around each text."""
    file = _KEPT / f"{speaker.name}, {speaker.manner}.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known = {text: Length(*numbers) for text, numbers in kept.items()}
    wanted = dict.fromkeys(texts)
    fresh = [text for text in wanted if text not in known]
    if fresh:
        known |= {text: _spoken(speaker, text) for text in fresh}
        _KEPT.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")
    return {text: known[text] for text in wanted}


def _spoken(speaker: Synthesiser, text: str) -> Length:
    sound = speaker.speak(text)
    return Length(round(sound.ms, 1), round(sound.before_ms, 1), round(sound.after_ms, 1))
