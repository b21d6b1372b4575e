"""What a sentence means: the samples first, then a guess, and nothing at all for other people's talk."""

from datetime import date
from pathlib import Path

import pytest

from simulator.nlu import FALLBACK, Understanding
from simulator.nlu import understanding as understanding_module
from simulator.nlu.evaluation import PARTS, TODAY, annotations, by_way, load, slots_of

HERE = Path(__file__).parent
MODEL = HERE.parents[1] / "interaction_model" / "en-US.json"
SETS = [HERE / "en-US" / part / f"{way}.yaml" for part in PARTS for way in by_way(HERE / "en-US" / part)]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.from_file(MODEL, "amzn1.ask.skill.test")


def test_the_sets_are_large_and_touch_every_intent_that_a_person_can_say(understanding: Understanding) -> None:
    labelled = [one for path in SETS for one in load(path)]

    assert len(labelled) >= 2_200
    # Going home is the device's own command: it has no words of ours. What deletes for good has a set of its own.
    assert {one.intent for one in labelled} == set(understanding.model.slots) - {
        "AMAZON.NavigateHomeIntent",
        "DeleteEverythingIntent",
    }


def test_nothing_that_was_looked_at_counts_as_held_out() -> None:
    said = {part: {one.say for row in by_way(HERE / "en-US" / part).values() for one in row} for part in PARTS}

    assert said["tuning"] & (said["third"] | said["fourth"] | said["held_out"]) == set()


def test_a_listed_value_is_sent_with_its_id_and_name(understanding: Understanding) -> None:
    slot = understanding.understand("go to the supine twist").slots["exercise"]

    assert slot["value"] == "supine twist"
    (authority,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert authority == {
        "authority": "amzn1.er-authority.echo-sdk.amzn1.ask.skill.test.EXERCISE",
        "status": {"code": "ER_SUCCESS_MATCH"},
        "values": [{"value": {"name": "lying twist", "id": "lying_twist"}}],
    }
    assert slot["slotValue"]["resolutions"] == slot["resolutions"]


def test_a_value_that_is_in_no_list_is_sent_without_a_match(understanding: Understanding) -> None:
    match = understanding.understand("go to the dolphin", strict=True)

    (authority,) = match.slots["exercise"]["resolutions"]["resolutionsPerAuthority"]
    assert match.slots["exercise"]["value"] == "dolphin"
    assert authority["status"] == {"code": "ER_SUCCESS_NO_MATCH"}
    assert "values" not in authority


def test_slots_without_a_value_are_there_and_empty(understanding: Understanding) -> None:
    match = understanding.understand("number five")

    assert match.slots["number"]["value"] == "5"
    assert "resolutions" not in match.slots["number"]
    assert match.slots["exercise"] == {"name": "exercise", "confirmationStatus": "NONE"}


@pytest.mark.parametrize("said", ["um skip this one please", "could you skip this one", "skip this one now"])
def test_strict_mode_hears_nothing_but_samples(understanding: Understanding, said: str) -> None:
    guess = understanding.understand(said)
    strict = understanding.understand(said, strict=True)

    assert (guess.intent, guess.exact) == ("SkipIntent", False)
    assert 0 < guess.similarity < 1
    assert (strict.intent, strict.slots, strict.exact) == (FALLBACK, {}, False)


def test_marks_capitals_and_digits_do_not_matter_to_strict_mode(understanding: Understanding) -> None:
    match = understanding.understand("Remind me EVERY day, at 7:30 p.m.!", strict=True)

    assert (match.intent, slots_of(match)) == ("SetReminderIntent", {"time": "19:30"})


@pytest.mark.parametrize("said", ["im back", "i’m back", "ok im back"])
def test_apostrophes_may_be_left_out(understanding: Understanding, said: str) -> None:
    assert understanding.understand(said, strict=True).intent == "AMAZON.ResumeIntent"


def test_a_date_is_counted_from_the_day_it_is_said(understanding: Understanding) -> None:
    match = understanding.understand("did I do it yesterday", today=date(2027, 1, 1))

    assert slots_of(match) == {"day": "2026-12-31"}


@pytest.mark.parametrize(
    ("said", "exercise"),
    [("go to the pidgeon pose", "pigeon_pose"), ("go to the butter fly", "butterfly_pose"), ("log a squott", None)],
)
def test_a_name_a_little_misheard_is_still_that_name(
    understanding: Understanding, said: str, exercise: str | None
) -> None:
    assert slots_of(understanding.understand(said)).get("exercise") == (exercise or "?squott")


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("dizzy", "UrgentIntent"),
        ("my arm is numb", "EmergencyIntent"),
        ("chest pain", "EmergencyIntent"),
        ("i cant breathe", "EmergencyIntent"),
        ("ow my chest", "EmergencyIntent"),
        ("stop it hurts", "PainIntent"),
        ("cramp", "PainIntent"),
    ],
)
def test_trouble_is_heard_in_single_words_too(understanding: Understanding, said: str, intent: str) -> None:
    assert understanding.understand(said).intent == intent


@pytest.mark.parametrize("said", ["", "...", "?!", "12345", "asdf qwer", "the", "a a a a a a a a a a"])
def test_nonsense_is_the_fallback_and_never_next(understanding: Understanding, said: str) -> None:
    assert understanding.understand(said).intent == FALLBACK


def test_no_more_is_looked_at_than_anybody_says_to_a_speaker(monkeypatch: pytest.MonkeyPatch) -> None:
    understanding = Understanding.from_file(MODEL)
    monkeypatch.setattr(understanding_module, "spans", lambda *_: pytest.fail("it was looked at"))

    for said in ("next " * 36, "seven " * 600, "one two three four five minutes at seven in the evening " * 60):
        assert understanding.understand(said).intent == FALLBACK


def test_the_set_in_amazons_form_has_utterance_intent_and_the_words_of_the_slots(understanding: Understanding) -> None:
    entries = annotations([one for path in SETS for one in load(path)], understanding.model)["data"]
    by_words = {entry["inputs"]["utterance"]: entry for entry in entries}

    assert by_words["can you log a squat"] == {
        "inputs": {"utterance": "can you log a squat", "referenceTimestamp": f"{TODAY}T19:00:00.000Z"},
        "expected": [
            {
                "intent": {
                    "name": "LogIntent",
                    "slots": {"exercise": {"slotValue": {"type": "Simple", "value": "squat"}}},
                }
            }
        ],
    }
    assert "slots" not in by_words["um skip"]["expected"][0]["intent"]
