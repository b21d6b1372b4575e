"""How long a synthesiser speaks a text, spoken once and kept in `build/voices`, one file for each of its manners."""

import json
from collections.abc import Iterable
from pathlib import Path

from bench.voices.port import Synthesiser

_KEPT = Path(__file__).parents[2] / "build" / "voices"


def lengths(speaker: Synthesiser, texts: Iterable[str]) -> dict[str, float]:
    """Milliseconds from the first sound of each text to its last; a text without a sound has none."""
    file = _KEPT / f"{speaker.name} {speaker.manner}.json"
    known: dict[str, float] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    wanted = dict.fromkeys(texts)
    fresh = [text for text in wanted if text not in known]
    if fresh:
        known |= {text: round(speaker.speak(text).ms, 1) for text in fresh}
        _KEPT.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")
    return {text: known[text] for text in wanted}
