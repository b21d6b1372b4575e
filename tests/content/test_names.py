"""`names` adds content's names to the interaction models, and can hurt nothing: neither a name nor anything else."""

import json
from pathlib import Path
from typing import Any

import pytest

from authoring.__main__ import main

TWIST, TWIST_WORDS = "content/exercises/lying_twist.yaml", "content/locales/en-US/exercises/lying_twist.yaml"
LOCALE = "content/locales/en-US/locale.yaml"


def spoil_model(copy: Any, old: str, new: str) -> None:
    text = copy.model.read_bytes().decode()
    assert old in text
    copy.model.write_bytes(text.replace(old, new, 1).encode())


def line(copy: Any, text: str) -> int:
    lines = copy.model.read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(lines, start=1) if text in row)


def values(copy: Any, kind: str) -> list[dict[str, Any]]:
    types = json.loads(copy.model.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]["types"]
    return next(entry["values"] for entry in types if entry["name"] == kind)


def names(copy: Any) -> int:
    return main(["names", "--root", str(copy.root)])


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


FAULTY_PAGES = {
    "a page that is not YAML": (TWIST_WORDS, "aliases: [", "aliases: [["),
    "a name that cannot be spoken": (TWIST_WORDS, "name: lying twist", "name: lying & twist"),
    "a name that another exercise has": (TWIST_WORDS, "supine twist", "pigeon pose"),
    "a locale's words with a key that is missing": (LOCALE, "sides:", "flanks:"),
    "a dose that is no number": (TWIST, "seconds: 30", "seconds: long"),
}


@pytest.mark.parametrize(("page", "old", "new"), FAULTY_PAGES.values(), ids=FAULTY_PAGES)
def test_a_faulty_page_takes_nothing_out_of_the_model(
    copy: Any, capsys: pytest.CaptureFixture[str], page: str, old: str, new: str
) -> None:
    copy.spoil(page, old, new)
    spoil_model(copy, '                  "spinal twist",\n', "")
    before = copy.model.read_bytes()

    assert names(copy) == 1

    assert copy.model.read_bytes() == before
    rows = told(capsys)
    assert rows
    assert all(row.startswith(str(copy.path(""))) for row in rows)


def test_all_faults_of_content_and_models_are_told_at_once(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    copy.spoil(TWIST_WORDS, "name: lying twist", "name: lying & twist")
    copy.spoil("content/routines.yaml", "rests: true", "rests: soon")
    spoil_model(copy, '"next step"', '"next 2 steps"')

    assert names(copy) == 1

    assert [row.partition(": ")[0] for row in told(capsys)] == [
        f"{copy.path(TWIST_WORDS)}:{copy.line(TWIST_WORDS, 'name:')}",
        f"{copy.path('content/routines.yaml')}:{copy.line('content/routines.yaml', 'rests: soon')}",
        f"{copy.model}:{line(copy, 'next 2 steps')}",
    ]


def test_a_name_that_is_missing_is_added_and_nothing_else_changes(
    copy: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.spoil(TWIST_WORDS, "aliases: [", "aliases: [wringing twist, ")
    before = copy.model.read_text(encoding="utf-8").splitlines()

    assert names(copy) == 0

    assert told(capsys) == [f"wrote {copy.model}"]
    after = copy.model.read_text(encoding="utf-8").splitlines()
    at = after.index('                  "wringing twist"')
    assert after[:at] == [*before[: at - 1], before[at - 1] + ","]
    assert after[at + 1 :] == before[at:]
    assert names(copy) == 0
    assert told(capsys) == []


def test_where_no_name_is_missing_nothing_is_written(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    before = copy.model.stat()

    assert names(copy) == 0

    assert told(capsys) == []
    assert (copy.model.stat().st_ino, copy.model.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_routine_an_exercise_and_an_area_that_are_missing_are_added(copy: Any) -> None:
    before = json.loads(copy.model.read_text(encoding="utf-8"))
    model = json.loads(copy.model.read_text(encoding="utf-8"))
    for kind in model["interactionModel"]["languageModel"]["types"]:
        if kind["name"] in ("ROUTINE", "EXERCISE", "AREA"):
            del kind["values"][-2:]
    copy.model.write_text(json.dumps(model, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    assert names(copy) == 0

    text = copy.model.read_text(encoding="utf-8")
    after = json.loads(text)
    assert text == json.dumps(after, indent=2, ensure_ascii=False) + "\n"
    assert (
        after["interactionModel"]["languageModel"]["intents"] == before["interactionModel"]["languageModel"]["intents"]
    )
    for kind, was in zip(
        *(file["interactionModel"]["languageModel"]["types"] for file in (after, before)), strict=True
    ):
        assert sorted(map(json.dumps, kind["values"])) == sorted(map(json.dumps, was["values"]))


def test_a_name_that_content_puts_first_comes_first_and_the_one_before_it_stays(copy: Any) -> None:
    copy.spoil(TWIST_WORDS, "name: lying twist", "name: supine twist")
    copy.spoil(TWIST_WORDS, "aliases: [supine twist,", "aliases: [lying twist,")

    assert names(copy) == 0

    (value,) = (value for value in values(copy, "EXERCISE") if value["id"] == "lying_twist")
    assert value["name"]["value"] == "supine twist"
    assert value["name"]["synonyms"][:2] == ["lying twist", "spinal twist"]


KEPT = {
    "a synonym written by hand": ('"supine twist",', '"supine twist", "my twist",', '"my twist"', "does not know `my"),
    "an exercise that content has not": ('"id": "lying_twist"', '"id": "old_twist"', "old_twist", "has no old_twist"),
    "a routine that content has not": ('"id": "desk"', '"id": "sofa"', '"id": "sofa"', "content has no sofa"),
    "an area that content has not": ('"id": "glutes"', '"id": "seat"', '"id": "seat"', "content has no seat"),
    "another name than content's": ('"value": "lying twist"', '"value": "my twist"', "my twist", "`lying twist`"),
    "a synonym that is there twice": (
        '"supine twist",',
        '"supine twist", "Spinal twist",',
        '"spinal twist"',
        "already",
    ),
}


@pytest.mark.parametrize(("old", "new", "where", "reason"), KEPT.values(), ids=KEPT)
def test_what_only_the_model_has_is_kept_and_told_for_a_person_to_remove(
    copy: Any, capsys: pytest.CaptureFixture[str], old: str, new: str, where: str, reason: str
) -> None:
    spoil_model(copy, old, new)
    copy.spoil(LOCALE, "aliases: [", "aliases: [entire routine, ")
    before = copy.model.read_bytes()

    assert names(copy) == 1

    assert copy.model.read_bytes() == before
    (row,) = (row for row in told(capsys) if "Spinal twist` as" not in row)
    assert row.startswith(f"{copy.model}:{line(copy, where)}:")
    assert reason in row


def test_a_name_that_would_make_a_fault_is_not_added(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    # With it, "take me to the {exercise}" is what is said for the exercise before this one.
    spoil_model(copy, '"previous step"', '"take me to the wringing twist"')
    copy.spoil(TWIST_WORDS, "aliases: [", "aliases: [wringing twist, ")
    before = copy.model.read_bytes()

    assert names(copy) == 1

    assert copy.model.read_bytes() == before
    (row,) = told(capsys)
    assert row.startswith(f"{copy.model}:{line(copy, 'take me to the {exercise}')}:")


def test_a_file_that_somebody_laid_out_otherwise_stays_as_it_is_around_what_is_added(copy: Any) -> None:
    text = json.dumps(json.loads(copy.model.read_text(encoding="utf-8")), indent=4).replace("\n", "\r\n")
    old = '"lying twists"\r\n                                '
    assert text.count(old) == 1
    copy.model.write_bytes(text.encode())
    copy.spoil(TWIST_WORDS, "lying twists]", "lying twists, Zoës twist]")

    assert names(copy) == 0

    after = copy.model.read_bytes().decode()
    assert after.count("\n") == text.count("\n") + 1 == after.count("\r\n")
    begin, end = text.index('"lying twist"'), text.index('"lying twists"')
    assert after.startswith(text[: text.rindex('"name"', 0, begin)])
    assert after.endswith(text[text.index("}", end) :])
    assert '"Zoës twist"' in after[begin : after.index("}", begin)]


def test_a_run_that_dies_in_the_middle_leaves_the_file_as_it_was(copy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(path: Path, text: bytes) -> int:
        with path.open("wb") as file:
            file.write(text[: len(text) // 2])
        raise KeyboardInterrupt

    copy.spoil(TWIST_WORDS, "aliases: [", "aliases: [wringing twist, ")
    before = copy.model.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", dying)
        with pytest.raises(KeyboardInterrupt):
            names(copy)

    assert copy.model.read_bytes() == before
    assert list(copy.model.parent.iterdir()) == [copy.model]


def test_a_locale_with_a_model_or_with_content_only_is_told(copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    copy.model.with_name("fr-FR.json").write_bytes(copy.model.read_bytes())
    copy.path("content/locales/en-US").rename(copy.path("content/locales/en-GB"))

    assert names(copy) == 1

    assert told(capsys) == [
        f"{copy.model.with_name('en-GB.json')}:1: this file is missing: content has the locale en-GB",
        f"{copy.model}:1: content has no locale en-US",
        f"{copy.model.with_name('fr-FR.json')}:1: content has no locale fr-FR",
    ]
