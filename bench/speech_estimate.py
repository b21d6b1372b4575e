"""How well `coach.speaking.tempo` knows how long words take: measured on what the content says, spoken by espeak-ng.

    python -m bench.speech_estimate          how far off the numbers in locale.yaml are
    python -m bench.speech_estimate --fit    the numbers that fit best, to be put under `voice` in locale.yaml

espeak stands in for Alexa, whose own voice cannot be measured here. What carries over is the shape (letters, words,
marks); the speed is set to the middle of what is said of Alexa, and one device test would scale all five numbers.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, fields
from pathlib import Path
from statistics import fmean, median
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from bench.espeak import WORDS_A_MINUTE, milliseconds, speak
from coach.speaking.tempo import Voice, spoken_ms

CONTENT = Path(__file__).parents[1] / "content" / "locales"
COUNTED = 21
SHORT_MS = 2_000
TOGETHER = ("check", "cautions")
SIDES = (("left", "right"), ("right", "left"))
NAMES = [field.name for field in fields(Voice)]
Measured = list[tuple[str, float]]


def main() -> None:
    """Prints the errors, and with --fit the numbers that make them smallest."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--locale", default="en-US")
    options.add_argument("--fit", action="store_true", help="also fit the five numbers")
    chosen = options.parse_args()
    measured = measure(chosen.locale)
    words = sum(len(text.split()) for text, _ in measured)
    minutes = sum(ms for _, ms in measured) / 60_000
    print(f"{len(measured)} runs of words, {minutes:.1f} minutes, {words / minutes:.0f} words a minute")
    print(f"(espeak-ng set to {WORDS_A_MINUTE})\n")
    text = (CONTENT / chosen.locale / "locale.yaml").read_text(encoding="utf-8")
    _report("as authored", Voice(**yaml.safe_load(text)["voice"]), measured)
    if chosen.fit:
        best = fit(measured)
        _report("fitted", best, measured)
        _report("fitted on one half, tried on the other", fit(measured[::2]), measured[1::2])
        print(
            "voice: {" + ", ".join(f"{name}: {value:g}" for name, value in zip(NAMES, astuple(best), strict=True)) + "}"
        )


def runs(locale: str) -> list[str]:
    """What a locale says, each run of words once: exercises on both sides, prompts without fields, and counting."""
    folder = CONTENT / locale
    numbers = yaml.safe_load((folder / "locale.yaml").read_text(encoding="utf-8"))["numbers"]
    found = {f"{number.capitalize()}.": None for number in numbers[1:COUNTED]}
    for text in _texts(yaml.safe_load((folder / "prompts.yaml").read_text(encoding="utf-8"))):
        if "{" not in text:
            found[text] = None
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - words for a voice, not a page
    for path in sorted((folder / "exercises").glob("*.yaml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        for side, other in SIDES:
            for text in _texts({key: value for key, value in words.items() if key not in ("name", "the", "aliases")}):
                found[environment.from_string(text).render(side=side, other=other)] = None
    return [text for text in found if text.strip()]


def measure(locale: str) -> Measured:
    """Each run of words and the milliseconds espeak-ng speaks it."""
    texts = runs(locale)
    with ThreadPoolExecutor(os.cpu_count()) as several:
        return list(zip(texts, several.map(lambda text: milliseconds(speak(text, locale)), texts), strict=True))


def fit(measured: Measured) -> Voice:
    """The voice with the least squared error, each as a part of what is said, and with none in all.

    As a part, because a hold is full of short words, and there a tenth of a second each counts. The estimate is a sum
    of number times count, so the counts are what a voice with a single 1000 in it estimates.
    """
    units = [Voice(**{name: 1000.0 * (name == one) for name in NAMES}) for one in NAMES]
    rows = [[spoken_ms(text, unit) / 1000 / ms for unit in units] for text, ms in measured]
    square = [[sum(row[i] * row[j] for row in rows) for j in range(len(NAMES))] for i in range(len(NAMES))]
    numbers = _solved(square, [sum(row[i] for row in rows) for i in range(len(NAMES))])
    estimated = sum(spoken_ms(text, Voice(*numbers)) for text, _ in measured)
    scale = sum(ms for _, ms in measured) / estimated
    return Voice(*(round(number * scale, 1) for number in numbers))


def _texts(value: Any) -> Iterator[str]:
    """The strings in what was authored, and together those that are spoken in one go."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
        yield from (" ".join(value[part]) for part in TOGETHER if isinstance(value.get(part), list))
        if "setup" in value:
            yield " ".join([*value["setup"], value["enter"]])


def _solved(square: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a small system of linear equations, by elimination. Raises ZeroDivisionError without one."""
    rows = [[*row, value] for row, value in zip(square, right, strict=True)]
    for column in range(len(rows)):
        best = max(range(column, len(rows)), key=lambda at: abs(rows[at][column]))
        rows[column], rows[best] = rows[best], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for at, row in enumerate(rows):
            if at != column:
                rows[at] = [value - row[column] * lead for value, lead in zip(row, rows[column], strict=True)]
    return [row[-1] for row in rows]


def _report(title: str, voice: Voice, measured: Measured) -> None:
    errors = [(spoken_ms(text, voice) - ms, ms, text) for text, ms in measured]
    total = sum(error for error, _, _ in errors) / sum(ms for _, ms, _ in errors)
    print(f"{title}: {voice}")
    print(f"  mean error {fmean(error for error, _, _ in errors):+.0f} ms, {total:+.2%} of the total")
    short = [error for error, ms, _ in errors if ms < SHORT_MS]
    print(f"  in runs under {SHORT_MS / 1000:.0f} s, as inside a hold, mean error {fmean(short):+.0f} ms")
    print(f"  mean size of an error {fmean(abs(error) for error, _, _ in errors):.0f} ms, median", end=" ")
    print(f"{median(abs(error) / ms for error, ms, _ in errors):.1%} of what is said")
    for error, ms, text in sorted(errors, key=lambda one: -abs(one[0]))[:10]:
        print(f"  {error:+6.0f} ms of {ms:6.0f}: {text[:90]}")
    print()


if __name__ == "__main__":
    main()
