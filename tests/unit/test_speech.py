"""In every locale each prompt has words that render, and each line of every exercise is fit to be spoken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, StrictUndefined

from coach.alexa.limits import BREAK_MAX_MS
from coach.speaking.content import load
from coach.speaking.cues import Cue, Field, Line, Prompt, Timeline
from coach.speaking.phrasebook import FILTERS, Phrasebook
from coach.speaking.ssml import render
from simulator.speech import pieces, total_ms
from tests.platform import ssml

ROOT = Path(__file__).parents[2]
CONTENT = load("en-US")
WORDS = Phrasebook(CONTENT)
LOCALES = {path.name: Phrasebook(load(path.name)) for path in sorted((ROOT / "content" / "locales").iterdir())}
SAMPLES: dict[str, list[Field]] = {
    "number": [0, 1, 2, 7, 61],
    "duration": [1_000, 18_000, 60_000, 119_000, 150_000],
    "minutes": [10_000, 60_000, 1_500_000],
    "ordinal": [1, 10, 40],
    "exercise": list(CONTENT.library.exercises),
    "exercises": [("lying_twist",), ("lying_twist", "pigeon_pose", "butterfly_pose")],
    "equipment": [("mat",), ("mat", "chair")],
    "routine": [*CONTENT.library.routines, "planned"],
    "names": [("quick",), ("full", "quick", "lower_back"), ("lying_twist", "pigeon_pose")],
    "side": ["left", "right", "both"],
    "area": list(CONTENT.library.areas),
    "position": ["standing", "chair", "kneeling", "seated", "lying"],
    "amount": ["18000ms", "1reps", "3breaths"],
    "times": [(7 * 60,), (0, 12 * 60), (8 * 60 + 5, 13 * 60 + 30, 19 * 60 + 59, 23 * 60)],
    "text": ["a mat"],
}


def contract() -> dict[str, dict[str, str]]:
    """The prompts and their fields, as the authors agreed on them."""
    page = yaml.safe_load((ROOT / "content" / "prompts.yaml").read_text(encoding="utf-8"))
    return dict(page)


CONTRACT = contract()
INSIDE_OTHERS = {
    *("seconds", "minutes", "reps", "breaths", "about", "under", "all_of", "one_of", "own_routine"),
    *("clock", "midnight", "noon", "in_the_morning", "in_the_afternoon", "in_the_evening", "at_night"),
}
READ = {name for name in CONTRACT if name.startswith(("screen_", "touch_", "card_"))}
"""What is read off a screen, and never heard."""
SPOKEN_ALONE = sorted(set(CONTRACT) - INSIDE_OTHERS - READ)


def samples_of(name: str) -> Iterator[dict[str, Field]]:
    """Fields for a prompt, until every value was among them."""
    kinds = CONTRACT[name]
    samples: dict[str, list[Field]]
    if name == "rep":
        samples = {"number": SAMPLES["number"], "exercise": ["reverse_lunge"]}
    elif name == "now_side":
        samples = {"exercise": ["pigeon_pose"], "side": ["left", "right"], "variation": ["usual", "easier", "deeper"]}
    else:
        samples = {field: SAMPLES[kind] for field, kind in kinds.items()}
    for index in range(max((len(values) for values in samples.values()), default=1)):
        yield {field: values[index % len(values)] for field, values in samples.items()}


def said(words: Phrasebook, name: str) -> list[str]:
    """The ways to say a prompt."""
    return list(words.content.words["prompts"][name]["say"])


WORDED = [
    (locale, name)
    for locale, words in LOCALES.items()
    for name in sorted(CONTRACT)
    if locale == CONTENT.locale or said(words, name) != said(WORDS, name) or "times" in CONTRACT[name].values()
]
"""The prompts of each locale; of a variety those that it words or tells otherwise."""


@pytest.mark.parametrize(("locale", "name"), WORDED)
def test_each_prompt_renders_with_every_value_of_its_fields(locale: str, name: str) -> None:
    for fields in samples_of(name):
        for seed in range(3):
            text = LOCALES[locale].text(Prompt(name, fields), seed)
            # Both sides at once have no letter.
            assert text or (name, fields) == ("screen_mark", {"side": "both"})
            ended = text if name in SPOKEN_ALONE else f"{text}."
            assert name in READ or not ssml.violations(f"<speak>{ended}</speak>")


@pytest.mark.parametrize(("locale", "name"), WORDED)
def test_a_prompt_says_what_jinja_makes_of_it(locale: str, name: str) -> None:
    words = LOCALES[locale]
    jinja = Environment(undefined=StrictUndefined)  # noqa: S701 - plain text
    jinja.filters |= {name: getattr(words, name) for name in FILTERS}
    jinja.globals |= words.content.words["called"]
    for fields in samples_of(name):
        alone = {jinja.from_string(say).render(fields) for say in said(words, name)}
        assert {words.text(Prompt(name, fields), seed) for seed in range(20)} == {" ".join(s.split()) for s in alone}


def test_a_prompt_without_one_of_its_fields_is_not_said() -> None:
    with pytest.raises(LookupError):
        WORDS.text(Prompt("time_left", {}))


@pytest.mark.parametrize(("locale", "name"), [one for one in WORDED if one[1] in SPOKEN_ALONE])
def test_each_prompt_is_a_sentence_of_its_own(locale: str, name: str) -> None:
    for variant in said(LOCALES[locale], name):
        assert variant.rstrip().endswith((".", "?", "}")), variant


@pytest.mark.parametrize("exercise", sorted(CONTENT.library.exercises))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_of_an_exercise_is_fit_to_be_spoken(locale: str, exercise: str) -> None:
    for side in CONTENT.library.exercises[exercise].sides:
        for variation in ("usual", "easier", "deeper"):
            for part in ("setup", "landmark", "brief", "out", "check", "felt", "not_felt", "cues.breath", "cues.form"):
                text = LOCALES[locale].text(Line(exercise, part, side, variation))
                assert not ssml.violations(f"<speak>{text}</speak>")


def test_a_timeline_is_spoken_as_long_as_it_says() -> None:
    word = WORDS.wording()
    first, second = word(Prompt("half_way")), word(Prompt("ten_left"))
    cues = (Cue(0, first.ms, first.text), Cue(25_000, second.ms, second.text))
    timeline = Timeline(cues, (), 40_000)
    assert total_ms(pieces(render(timeline, break_max_ms=BREAK_MAX_MS), CONTENT.voice)) == pytest.approx(40_000, abs=50)


def test_words_of_a_person_cannot_become_markup() -> None:
    text = WORDS.text(Prompt("all_of", {"first": "<audio>", "last": "a & b"}))
    spoken = render(Timeline((Cue(0, 900, text),), (), 900), break_max_ms=BREAK_MAX_MS)
    assert spoken == "<speak>&lt;audio&gt;, and a &amp; b</speak>"


def test_a_slower_pace_takes_longer_and_is_spoken_slower() -> None:
    prompt = Prompt("first_words")
    usual, slow = WORDS.wording()(prompt), WORDS.wording(pace=70)(prompt)
    assert slow.ms == pytest.approx(usual.ms / 0.7, rel=0.01)
    assert 'rate="70%"' in render(Timeline((), (), 0), break_max_ms=BREAK_MAX_MS, pace=70)


def test_wording_varies_with_the_seed_and_never_within_a_turn() -> None:
    prompt = Prompt("skipped")
    assert len({WORDS.text(prompt, seed) for seed in range(4)}) > 1
    word = WORDS.wording(seed=3)
    assert word(prompt) is word(prompt)
