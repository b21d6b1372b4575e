"""How well `coach.speaking.tempo` knows how long words take, held against synthesisers, and the numbers that fit best.

    python -m bench.speech_estimate                            the errors of locale.yaml, and the numbers that fit best
    python -m bench.speech_estimate --timed "Sit tall.=0.9"    its numbers at the rate of somebody with a stopwatch

No synthesiser is Alexa. What they have in common is taken to be hers too, and what one alone does is not: the numbers
are fitted to the middle of all that are there, brought to one rate. Then each is held against the estimate: how far
off it is as it speaks, and what is left once its one rate is known. The middle of all others, held against the one that
had no part in it, tells how well an unknown voice is met.
"""

import argparse
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple

import yaml

from bench.shape import NAMES, Lengths, at_rate, fit, middle, rate, scaled, words_a_minute_of
from bench.spoken import CONTENT, LOCALE, ROUTINES, routine, sample
from bench.voices.installed import installed
from bench.voices.lengths import lengths
from coach.speaking.tempo import Voice, spoken_ms

TEXTS = 300
WORDS_A_MINUTE = 158
"""Alexa is said to speak 150 to 165 words a minute; the synthesisers speak as fast as they are set to."""

ENOUGH = 3
"""Of two, the middle is half of what one alone does."""

Runs = Collection[str]


def main() -> None:
    """Prints what was measured, the errors, and the block for locale.yaml."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=TEXTS, help="how many runs of words of the content to measure")
    options.add_argument(
        "--timed", nargs="+", type=timed, metavar="TEXT=SECONDS", help="what was timed, and nothing else"
    )
    chosen = options.parse_args()
    authored = Voice(**yaml.safe_load((CONTENT / LOCALE / "locale.yaml").read_text(encoding="utf-8"))["voice"])
    if chosen.timed:
        by_stopwatch(authored, dict(chosen.timed))
    else:
        by_synthesisers(authored, chosen.texts)


def by_stopwatch(authored: Voice, timed: Lengths) -> None:
    """Prints the authored numbers at the rate that was timed, and what that rate leaves of each error."""
    factor = rate(authored, timed)
    print(f"{factor:.3f} times as long as locale.yaml says. With that, each text is off by")
    for text, ms in timed.items():
        error = spoken_ms(text, scaled(authored, factor)) - ms
        print(f"  {error / 1000:+.2f} s of {ms / 1000:.1f} s ({error / ms:+.1%}): {text[:80]}")
    print(f"\n{block(scaled(authored, factor))}")


def by_synthesisers(authored: Voice, size: int) -> None:
    """Prints how each synthesiser speaks, the middle of them, and how far the estimates are off."""
    there = installed()
    if not there:
        return
    texts = sample(size)
    answers = [heard.phrases for name in ROUTINES for heard in routine(name)]
    everything = [*texts, *(run for answer in answers for run in answer)]
    spoken = {one.name: lengths(one, everything) for one in there}
    alike = {name: at_rate({text: ms[text] for text in texts}, WORDS_A_MINUTE) for name, ms in spoken.items()}
    print(f"{len(texts)} runs of words, {len(answers)} answers. At {WORDS_A_MINUTE} words a minute each would have")
    print(f"{'':12}" + "".join(f"{name:>8}" for name in NAMES) + f"{'speaks, words a minute':>26}")
    for name, measured in alike.items():
        own = words_a_minute_of({text: spoken[name][text] for text in texts})
        print(f"{name:12}{_numbers(fit(measured))}{own:26.0f}")
    print(f"{'locale.yaml':12}{_numbers(authored)}")
    _errors("locale.yaml", dict.fromkeys(spoken, authored), spoken, texts, answers)
    if len(spoken) < ENOUGH:
        print(f"\n(The middle is of {ENOUGH} at least: see docs/voice.md.)")
        return
    best = fit(middle(alike.values()))
    _errors("the middle", dict.fromkeys(spoken, best), spoken, texts, answers)
    others = {name: fit(middle([alike[one] for one in alike if one != name])) for name in alike}
    _errors("the middle of the others", others, spoken, texts, answers)
    print(f"\n{block(best)}")


def block(voice: Voice) -> str:
    """The numbers as they stand in locale.yaml."""
    return "voice: {" + ", ".join(f"{name}: {value:g}" for name, value in zip(NAMES, astuple(voice), strict=True)) + "}"


def _errors(
    title: str, voices: Mapping[str, Voice], spoken: Mapping[str, Lengths], texts: Runs, answers: Collection[Runs]
) -> None:
    """The sizes of the errors of each synthesiser's estimate: the median, and that of the worst twentieth."""
    print(f"\n{title}: sizes of errors, 50th and 95th percentile, as it speaks -> with its rate taken out")
    print(f"{'':12}{'rate':>6}   {'of a run of words':44}   of all words of an answer")
    for name, voice in voices.items():
        factor = rate(voice, {text: spoken[name][text] for text in texts})
        print(f"{name:12}{factor:6.2f}", end="")
        for runs in ([(text,) for text in texts], answers):
            before, after = (_sizes(runs, spoken[name], voice, by) for by in (1.0, factor))
            print(f"   {before} -> {after}", end="")
        print()


def _sizes(answers: Iterable[Runs], measured: Lengths, voice: Voice, factor: float) -> str:
    pairs = [(sum(measured[run] for run in runs), sum(spoken_ms(run, voice) for run in runs)) for runs in answers]
    off = [abs(estimated * factor - ms) for ms, estimated in pairs]
    parts = [error / ms for error, (ms, _) in zip(off, pairs, strict=True)]
    return " ".join(f"{_at(share, parts):4.0%} {_at(share, off) / 1000:4.1f}s" for share in (0.5, 0.95))


def _at(share: float, values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]


def _numbers(voice: Voice) -> str:
    return "".join(f"{number:8.1f}" for number in astuple(voice))


def timed(said: str) -> tuple[str, float]:
    """A text and its milliseconds. Raises ValueError when it has no seconds."""
    text, _, seconds = said.rpartition("=")
    if not text.strip() or float(seconds) <= 0:
        raise ValueError(said)
    return text.strip(), float(seconds) * 1000


if __name__ == "__main__":
    main()
