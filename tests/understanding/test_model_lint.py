"""Each fault an interaction model can have is told with its line."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from authoring.check import checked
from authoring.content import Library
from authoring.invocation_name import faults
from authoring.model import problems
from authoring.problem import Problem
from tests.content.conftest import few_samples

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Copy:
    """A copy of the English interaction model, with the content it must agree with."""

    root: Path
    library: Library

    @property
    def path(self) -> Path:
        return self.root / "interaction_model" / "en-US.json"

    def spoil(self, old: str, new: str) -> None:
        """Write `new` for the first `old` in the file."""
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[Problem]:
        return problems(self.root, self.library)

    def line(self, text: str, *, last: bool = False) -> int:
        """The line that has `text` in it: the first, or the last."""
        found = [number for number, line in enumerate(self.path.read_text().splitlines(), start=1) if text in line]
        return found[-1 if last else 0]


@pytest.fixture(scope="module")
def library() -> Library:
    """The content of the language that the model is in. Its varieties, and their models, have tests of their own."""
    library, faults = checked(ROOT)
    assert library, faults
    return replace(library, languages=tuple(one for one in library.languages if one.locale == "en-US"))


@pytest.fixture(scope="module")
def few() -> str:
    """The model with few samples: those to spoil among them."""
    model = (ROOT / "interaction_model" / "en-US.json").read_text(encoding="utf-8")
    return few_samples(model, [old.strip('",') for old, *_ in (*FAULTS.values(), *ASKED.values())])


@pytest.fixture
def copy(library: Library, few: str, tmp_path: Path) -> Copy:
    copy = Copy(tmp_path, library)
    copy.path.parent.mkdir()
    copy.path.write_text(few, encoding="utf-8")
    return copy


def test_the_repository_has_no_fault_in_its_interaction_models() -> None:
    assert problems(ROOT, checked(ROOT)[0]) == []


def test_what_is_spoiled_here_has_no_fault_before(copy: Copy) -> None:
    assert copy.problems() == []


def test_a_repository_without_an_interaction_model_is_told(library: Library, tmp_path: Path) -> None:
    assert [problem.reason for problem in problems(tmp_path, library)] == ["there is no interaction model here"]


FAULTS = {
    "JSON that breaks off": ('"next step",', '"next step"', '"next one"', "this is not JSON"),
    "a key that Amazon does not know": ('"invocationName"', '"invocation"', '"invocation"', "is not a key"),
    "a sample that is a slot alone": ('"do the {exercise} next"', '"{exercise}"', '"{exercise}"', "words of its own"),
    "a digit in a sample of a slot": (
        '"{time} please"',
        '"{time} 2 please"',
        "{time} 2 please",
        "write numbers in words",
    ),
    "a digit in a sample": ('"next step"', '"next 2 steps"', "next 2 steps", "write numbers in words"),
    "a symbol in a sample": ('"next step"', '"next step!"', "next step!", "letters, spaces"),
    "a slot that the intent has not": (
        '"skip this one"',
        '"skip the {routine} thing"',
        "skip the {routine} thing",
        "has no slot `routine`",
    ),
    "a slot of no type": ('"type": "CONDITION"', '"type": "CONDITON"', '"CONDITON"', "is defined nowhere"),
    "an invocation name with a launch word": ('"hip coach"', '"open coach"', "open coach", "calls a skill"),
    "a sample twice in one intent": ('"next one"', '"Next step"', '"Next step"', "a sample of AMAZON.NextIntent"),
    "a sample in two intents": ('"previous step"', '"next, step"', '"next, step"', "letters, spaces"),
    "a required intent that is missing": (
        '"AMAZON.NavigateHomeIntent"',
        '"NavigateHomeIntent"',
        '"intents"',
        "AMAZON.NavigateHomeIntent is missing",
    ),
    "an intent name with a digit": ('"MoreIntent"', '"More2Intent"', '"More2Intent"', "letters and underscores"),
    "a routine that content has not": ('"id": "desk"', '"id": "sofa"', '"id": "sofa"', "content has no sofa"),
    "a name that content has not": ('"tummy tilts"', '"belly tilts"', '"belly tilts"', "content does not know"),
    "another name than content's": ('"value": "lying twist"', '"value": "twist"', '"value": "twist"', "content calls"),
    "a digit in a slot value": ('"shoulder blade"', '"shoulder 2 blade"', "shoulder 2", "write it in letters"),
    "a value with two owners": ('"shoulder blade"', '"kneecap"', '"kneecap"', "is a name of knee already"),
    "an id with a space": ('"id": "outer_hip"', '"id": "outer hip"', '"id": "outer hip"', "letters, digits"),
    "a name that no slot takes": (
        '"skip this one"',
        '"skip this pigeon one"',
        "skip this pigeon one",
        "it says `pigeon one`, which a sample of SkipIntent has in the slot `exercise`",
    ),
    "a door for any talk": (
        '"log a {exercise}"',
        '"play the {exercise}"',
        "play the {exercise}",
        "only words that stand in any talk",
    ),
}


@pytest.mark.parametrize(("old", "new", "where", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(copy: Copy, old: str, new: str, where: str, reason: str) -> None:
    copy.spoil(old, new)

    told = [problem for problem in copy.problems() if reason in problem.reason]

    assert told
    assert told[0].path == copy.path
    last = where == '"kneecap"'
    assert told[0].line == copy.line(where, last=last)


ASKED = {
    "without a sample that is it alone": (
        '"{ordinal}",',
        '"that {ordinal}",',
        "ChooseIntent",
        "`{ordinal}` is no sample",
    ),
    "with no prompt": (
        '"elicitation": "Elicit.LogIntent.exercise"',
        '"elicitation": "Elicit.LogIntent"',
        "LogIntent",
        "asks for exercise with no prompt of this file",
    ),
    "of an intent that has other slots": (
        '"name": "number",\n              "type": "AMAZON.NUMBER",\n              "elicitationRequired": true',
        '"name": "number",\n              "type": "AMAZON.TIME",\n              "elicitationRequired": true',
        "WeeklyGoalIntent",
        "has other slots here",
    ),
}


@pytest.mark.parametrize(("old", "new", "intent", "reason"), ASKED.values(), ids=ASKED)
def test_a_slot_that_cannot_be_asked_for_is_told_in_the_dialog_part(
    copy: Copy, old: str, new: str, intent: str, reason: str
) -> None:
    copy.spoil(old, new)

    (told,) = (problem for problem in copy.problems() if reason in problem.reason)

    assert told.line == copy.line(f'"name": "{intent}"', last=True)


def test_the_same_words_in_two_intents_are_told_at_the_second(copy: Copy) -> None:
    copy.spoil('"previous step"', '"next step"')

    (told,) = copy.problems()

    assert told.line == copy.line('"next step"', last=True)
    assert "a sample of AMAZON.NextIntent already" in told.reason


def test_samples_that_meet_when_a_slot_is_filled_are_told(copy: Copy) -> None:
    copy.spoil('"previous step"', '"take me to the pigeon"')

    (told,) = copy.problems()

    assert "take me to the {exercise}" in told.reason
    assert told.line == copy.line('"take me to the {exercise}"')


def test_a_slot_that_no_sample_uses_is_told(copy: Copy) -> None:
    model = json.loads(copy.path.read_text())
    thanks = next(intent for intent in _intents(model) if intent["name"] == "ThanksIntent")
    thanks["slots"] = [{"name": "exercise", "type": "EXERCISE"}]
    copy.path.write_text(json.dumps(model, indent=2))

    (told,) = copy.problems()

    assert told.reason == "no sample of ThanksIntent uses the slot exercise"
    assert copy.path.read_text().splitlines()[told.line - 1].strip() == "{"


def test_a_model_that_amazon_would_find_too_large_is_told(copy: Copy) -> None:
    model = json.loads(copy.path.read_text())
    thanks = next(intent for intent in _intents(model) if intent["name"] == "ThanksIntent")
    words = " ".join(["thanks"] * 400)
    thanks["samples"] += [f"{words} {chr(97 + one // 26)}{chr(97 + one % 26)}" for one in range(550)]
    copy.path.write_text(json.dumps(model, indent=2))
    (fault,) = copy.problems()
    assert fault.line == copy.line('"languageModel"')
    assert fault.reason.startswith("this is sent as 1,")
    assert fault.reason.endswith("and Amazon takes 1,500,000")


@pytest.mark.parametrize(("intent", "least"), [("SkipIntent", 25), ("AMAZON.PauseIntent", 10)])
def test_too_few_samples_are_told(copy: Copy, intent: str, least: int) -> None:
    model = json.loads(copy.path.read_text())
    few = next(entry for entry in _intents(model) if entry["name"] == intent)
    few["samples"] = few["samples"][: least - 1]
    copy.path.write_text(json.dumps(model, indent=2))

    (told,) = copy.problems()

    assert told.reason == f"{intent} has {least - 1} samples and needs {least}"


def test_an_empty_list_of_synonyms_is_told(copy: Copy) -> None:
    model = json.loads(copy.path.read_text())
    kinds = model["interactionModel"]["languageModel"]["types"]
    next(kind for kind in kinds if kind["name"] == "CONDITION")["values"][0]["name"]["synonyms"] = []
    copy.path.write_text(json.dumps(model, indent=2))

    (told,) = copy.problems()

    assert "synonyms" in told.reason
    assert '"synonyms": []' in copy.path.read_text().splitlines()[told.line - 1]


def test_a_name_that_content_has_and_the_model_has_not_is_told(copy: Copy) -> None:
    copy.spoil('"supine twist",', "")

    assert any("`supine twist`, a name of lying_twist, is missing" in problem.reason for problem in copy.problems())


def test_a_model_without_content_and_content_without_a_model_are_told(copy: Copy) -> None:
    copy.path.rename(copy.path.with_name("fr-FR.json"))

    assert [(problem.path.name, problem.line, problem.reason) for problem in copy.problems()] == [
        ("en-US.json", 1, "this file is missing: content has the locale en-US"),
        ("fr-FR.json", 1, "content has no locale fr-FR"),
    ]


def test_while_content_has_a_fault_a_model_is_only_held_against_itself(copy: Copy) -> None:
    copy.spoil('"id": "desk"', '"id": "sofa"')
    copy.spoil('"next step"', '"next step!"')

    assert [problem.reason[:12] for problem in problems(copy.root, None)] == ["`next step!`"]


@pytest.mark.parametrize(
    "name",
    ["coach", "Hip Coach", "hip coach 2", "alexa coach", "the coach", "hip skill", "coach for hips", "ask hips coach"],
)
def test_an_invocation_name_that_amazon_refuses_is_told(name: str) -> None:
    assert list(faults(name))


@pytest.mark.parametrize("name", ["hip coach", "molly's hip coach", "n. b. a. coach"])
def test_an_invocation_name_that_amazon_takes_has_no_fault(name: str) -> None:
    assert not list(faults(name))


def _intents(model: dict) -> list[dict]:  # type: ignore[type-arg]
    return model["interactionModel"]["languageModel"]["intents"]  # type: ignore[no-any-return]
