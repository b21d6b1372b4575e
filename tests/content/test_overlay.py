"""A locale that says only how it differs from another one: what comes of it, and that each stale line is told."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from authoring import model, model_files
from authoring.__main__ import main
from authoring.check import checked
from authoring.content import Language, Library
from authoring.problem import Problem
from tests.content.conftest import Copy

BELOW, OVER = "content/locales/en-US", "content/locales/en-GB"
TWIST, MODEL = "exercises/lying_twist.yaml", "interaction_model/en-GB.yaml"
FAULTS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("overlay.yaml").read_text("utf-8"))


@pytest.fixture
def british(copy: Copy) -> Copy:
    """Content with a variety that says nothing yet, and a model that says nothing either."""
    write(copy, f"{OVER}/locale.yaml", "base: en-US\n")
    write(copy, MODEL, "base: en-US\n")
    return copy


def write(copy: Copy, name: str, text: str) -> None:
    copy.path(name).parent.mkdir(parents=True, exist_ok=True)
    copy.path(name).write_text(text, encoding="utf-8")


def library_of(copy: Copy) -> Library:
    library, problems = checked(copy.root)
    assert library, problems
    return library


def language(copy: Copy, locale: str = "en-GB") -> Language:
    (found,) = (one for one in library_of(copy).languages if one.locale == locale)
    return found


def told(copy: Copy, problem: Problem) -> str:
    """A fault as it is told, with the file as it is named in the repository."""
    return f"{problem.path.relative_to(copy.root)}:{problem.line}: {problem.reason}"


def told_of(copy: Copy, problems: Iterable[Problem]) -> list[str]:
    """Faults as they are told, in their order."""
    return [told(copy, one) for one in sorted(set(problems))]


def test_a_variety_that_says_nothing_is_its_base(british: Copy) -> None:
    above, below = language(british), language(british, "en-US")
    assert above.below == ("en-US",)
    assert (above.words.content, above.exercises, above.prompts) == (
        below.words.content,
        below.exercises,
        below.prompts,
    )


def test_what_a_variety_says_is_in_the_place_of_what_is_below(british: Copy) -> None:
    write(
        british,
        f"{OVER}/{TWIST}",
        "the: {instead: {lying: recumbent}}\n"
        "why: It is good for you.\n"
        "aliases: {instead: {supine twist: flat twist}, without: [lying twists], also: [floor twist]}\n"
        "usual: {setup: {instead: {Bring your knees together.: Knees together.}}}\n"
        "throughout: {toward: towards}\n",
    )
    below, above = (language(british, locale).exercises["lying_twist"].content for locale in ("en-US", "en-GB"))

    assert (above.the, above.why) == ("the recumbent twist", "It is good for you.")
    assert above.aliases == ["flat twist", *below.aliases[1:-1], "floor twist"]
    assert [move.takes for move in above.usual.setup] == [move.takes for move in below.usual.setup]
    assert above.usual.setup[2].say == "Knees together."
    assert above.usual.setup[4].say == below.usual.setup[4].say.replace("toward", "towards")
    assert above.deeper.setup[4].say.endswith("chin towards your shoulder.")
    assert above.easier == below.easier
    assert language(british, "en-US").exercises["lying_twist"].content.the == "the lying twist"


def test_a_variety_of_a_variety_has_what_both_say(british: Copy) -> None:
    write(british, f"{OVER}/{TWIST}", "why: It is good for you.\n")
    write(british, "content/locales/en-AU/locale.yaml", "base: en-GB\nareas: {hips: {name: bony hips}}\n")
    australian = language(british, "en-AU")
    assert australian.below == ("en-US", "en-GB")
    assert australian.exercises["lying_twist"].content.why == "It is good for you."
    assert australian.words.content.areas["hips"].name == "bony hips"  # type: ignore[index]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["fault"])
def test_a_line_that_is_stale_or_wrong_is_told_where_it_is_written(british: Copy, fault: dict[str, Any]) -> None:
    write(british, fault["file"], fault["text"])
    assert told_of(british, british.problems()) == [f"{fault['file']}:{fault['line']}: {fault['reason']}"]


def test_each_line_of_a_model_that_is_stale_or_wrong_is_told_where_it_is_written(british: Copy) -> None:
    write(british, MODEL, Path(__file__).with_name("stale_model.yaml").read_text("utf-8"))
    lines = british.path(MODEL).read_text("utf-8").splitlines()
    expected = [f"{MODEL}:{at}: {line.partition('# ')[2]}" for at, line in enumerate(lines, start=1) if "  # " in line]
    assert told_of(british, model_files.read(british.root, None)[1]) == expected


def test_an_area_with_no_other_names_has_none_in_the_model_of_the_variety(british: Copy) -> None:
    gone = ", ".join(language(british, "en-US").words.content.areas["hips"].aliases)  # type: ignore[index]
    write(british, f"{OVER}/locale.yaml", f"base: en-US\nareas: {{hips: {{aliases: {{without: [{gone}]}}}}}}\n")
    models, problems = model_files.read(british.root, library_of(british))
    assert problems == []
    (area,) = (kind for kind in model_files.language_model(models["en-GB"]).types if kind.name == "AREA")
    assert {value.id: value.name.synonyms for value in area.values}["hips"] is None


def test_changes_that_are_no_mapping_and_a_second_model_are_told(british: Copy) -> None:
    write(british, MODEL, "base: en-US\nintents: [crack on]\n")
    assert told_of(british, model_files.read(british.root, None)[1]) == [f"{MODEL}:2: this says nothing that differs"]
    write(british, MODEL.replace("yaml", "json"), british.model.read_text(encoding="utf-8"))
    (told,) = told_of(british, model_files.read(british.root, None)[1])
    assert told == f"{MODEL}:1: en-GB has a model that is whole, en-GB.json: leave one out"


def test_a_model_on_no_base_is_told(british: Copy) -> None:
    write(british, MODEL, "intents: {}\n")
    reason = "`base` is missing: the locale that this one differs from"
    assert told_of(british, model_files.read(british.root, None)[1]) == [f"{MODEL}:1: {reason}"]


def test_what_is_wrong_below_is_told_once_and_there(british: Copy) -> None:
    british.spoil(f"{BELOW}/{TWIST}", "lying spinal twist", "pigeon pose")
    british.spoil(f"{BELOW}/{TWIST}", "on: your knees to the {{ side }}", "on: your knees to this side")
    problems = {told(british, one) for one in british.problems()}
    assert problems == {
        f"{BELOW}/{TWIST}:{british.line(f'{BELOW}/{TWIST}', 'on: your knees')}: `on` must say left or right",
        f"{BELOW}/exercises/pigeon_pose.yaml:{british.line(f'{BELOW}/exercises/pigeon_pose.yaml', 'name:')}: "
        "`pigeon pose` is what `lying_twist` is called already",
    }


def test_a_page_below_that_cannot_be_read_makes_no_faults_above(british: Copy) -> None:
    write(british, f"{OVER}/{TWIST}", "why: It is good for you.\n")
    british.spoil(f"{BELOW}/{TWIST}", "felt:", "fellt:")
    assert {one.path for one in british.problems()} == {british.path(f"{BELOW}/{TWIST}")}


def test_what_changes_below_makes_the_line_above_stale(british: Copy) -> None:
    write(british, f"{OVER}/{TWIST}", "the: {instead: {lying: recumbent}}\n")
    assert british.problems() == []
    british.spoil(f"{BELOW}/{TWIST}", "the: the lying twist", "the: the supine twist")
    assert [told(british, one) for one in british.problems()] == [f"{OVER}/{TWIST}:1: en-US says `lying` nowhere here"]


def test_a_model_is_called_what_the_content_of_its_locale_calls_things(british: Copy) -> None:
    write(british, f"{OVER}/{TWIST}", "aliases: {without: [lying twists], also: [floor twist]}\n")
    library = library_of(british)
    models, problems = model_files.read(british.root, library)
    assert problems == []
    types = model_files.language_model(models["en-GB"]).types
    (twist,) = (value for kind in types for value in kind.values if value.id == "lying_twist")
    assert twist.name.synonyms == language(british).exercises["lying_twist"].content.aliases
    assert main(["names", "--root", str(british.root)]) == 0


def test_a_variety_is_held_against_all_that_a_model_is_and_told_at_its_own_lines(british: Copy) -> None:
    write(
        british,
        MODEL,
        "base: en-US\n"
        "invocationName: coach\n"
        "intents:\n  SkipIntent: {also: [Next step]}\n"
        "types:\n  BODY_PART: {wrist: {also: [kneecap]}}\n",
    )
    there = british.line("interaction_model/en-US.json", '"next step"')
    assert told_of(british, model.problems(british.root, library_of(british))) == [
        f"{MODEL}:2: the invocation name `coach` needs two words or more",
        f"{MODEL}:4: `Next step` is a sample of AMAZON.NextIntent already, line {there} of en-US.json",
        f"{MODEL}:6: `kneecap` is a name of knee already",
    ]


def test_what_is_compiled_is_whole_and_a_model_too(british: Copy) -> None:
    write(british, f"{OVER}/{TWIST}", "why: It is good for you.\n")
    write(british, MODEL, "base: en-US\nintents: {SkipIntent: {also: [give it a miss]}}\n")
    assert main(["compile", "--root", str(british.root)]) == 0
    assert {path.name for path in british.compiled.glob("*.json")} == {
        "en-US.json",
        "en-GB.json",
        "poses.json",
        "screen.json",
    }
    made, base = (
        {
            one["name"]: one
            for one in json.loads(path.read_text("utf-8"))["interactionModel"]["languageModel"]["intents"]
        }
        for path in (british.path("build/interaction_model/en-GB.json"), british.model)
    )
    base["SkipIntent"]["samples"].append("give it a miss")
    assert made == base
