"""The words of a language stand in its page: another page is another language, and no page is told in a sentence."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.nlu import LanguageError, path_of
from simulator.nlu import language as pages
from simulator.nlu.__main__ import main
from simulator.nlu.dates import day
from simulator.nlu.durations import duration
from simulator.nlu.invocation import Invocation, invocation
from simulator.nlu.language import Language, language
from simulator.nlu.numbers import in_words, number
from simulator.nlu.times import time_of_day
from simulator.nlu.words import roots, tokens

ENGLISH = pages.PAGES / "en.yaml"
NUMBERS = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"


@pytest.fixture
def page() -> dict[str, Any]:
    """The English page, for a test to change."""
    page: dict[str, Any] = yaml.load(ENGLISH.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return page


@pytest.fixture
def german(page: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Language:
    """A little German, under a code that no language has."""
    page["endings"] |= {"other": "ungen ung en"}
    page["numbers"] |= {"units": NUMBERS, "hundred": "hundert", "joint": "und", "ordinals": "nullte erste zweite"}
    page["numbers"]["ordinal_figures"] = r"\b(\d{1,2})\.(?=\s\w)"
    page["durations"] |= {"seconds": {"minute": "60", "minuten": "60"}, "one": ["eine"], "half_more": "und eine halbe"}
    page["times"] |= {"named": {"mittag": "12:00"}, "half_days": {"am abend": "12"}, "past": "nach", "oclock": "uhr"}
    page["dates"] |= {"days": {"heute": "0"}, "weekdays": "montag dienstag", "steps": {"letzten": "-1"}}
    page["invocation"] |= {"launch": ["öffne"], "ask": ["frage"], "link": ["nach"], "please": ["bitte"]}
    (tmp_path / "xx.yaml").write_text(yaml.safe_dump(page, allow_unicode=True), encoding="utf-8")
    (tmp_path / "xx.elsewhere.txt").write_text("wo ist die katze\n", encoding="utf-8")
    monkeypatch.setattr(pages, "PAGES", tmp_path)
    return language("xx-XX")


def test_every_page_is_whole() -> None:
    assert {path.name for path in pages.PAGES.glob("*")} == {"en.yaml", "en.elsewhere.txt"}
    assert language("en-US") is language("en-GB")


def test_words_alone_are_the_words_that_they_are_beside_a_figure() -> None:
    english = language("en-US")
    samples = {sample for intent in _model("en-US")["intents"] for sample in intent.get("samples", [])}
    alone = {part for sample in samples for part in re.split(r"\{\w+\}", sample)} | {"seven a m", "Yes, ma’am"}
    assert len(alone) > 20_000
    for words in alone:
        assert tokens(f"{words} 4", english) == (*tokens(words, english), "four")


def _model(locale: str) -> dict[str, Any]:
    model: dict[str, Any] = json.loads(path_of(locale).read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
    return model


def test_another_language_needs_a_page_and_no_code(german: Language) -> None:
    assert number(tokens("Fünfhundert", german), german) is None
    assert number(tokens("fünf hundert und zwölf", german), german) == 512
    assert in_words(512, german) == ["fünf", "hundert", "zwölf"]
    assert duration(tokens("zwei Minuten", german), german) == "PT2M"
    assert duration(tokens("eine Minute und eine halbe", german), german) == "PT1M30S"
    assert time_of_day(tokens("10 nach 8 am Abend", german), german) == "20:10"
    assert time_of_day(tokens("mittag", german), german) == "12:00"
    assert day(tokens("heute", german), date(2026, 11, 24), german) == "2026-11-24"
    assert day(tokens("letzten Montag", german), date(2026, 11, 24), german) == "2026-11-23"
    assert tokens("die 2. Übung, 9, mittag", german) == ("die", "zweite", "übung", "neun", "und", "mittag")
    assert roots(("dehnungen", "dehnen"), german) == ("dehn", "dehn")
    assert invocation("Öffne Hip Coach, bitte", "hip coach", german.invocation).kind == "none"
    assert invocation("Alexa, öffne Hip Coach bitte", "hip coach", german.invocation) == Invocation("launch", "")
    asked = invocation("frage hip coach nach dem Rücken", "hip coach", german.invocation)
    assert asked == Invocation("one_shot", "dem Rücken")


def test_a_language_without_a_page_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--locale", "de-DE"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("understand: There are no words for the language de, only for en: ")
    assert told.err.count("\n") == 1


def test_a_locale_without_a_model_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--locale", "en-XX"]) == 1
    assert capsys.readouterr().err.endswith("en-XX.json is missing.\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("fillers: [um", "is not YAML: "), ("fillers: um\nnumbers: {units: zero one}", "pointing: Field required")],
)
def test_a_page_with_a_fault_is_told_in_one_sentence(
    text: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "yy.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "yy.elsewhere.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(pages, "PAGES", tmp_path)
    with pytest.raises(LanguageError, match=f"^The page {tmp_path}/yy.yaml.*{reason}") as told:
        language("yy-YY")
    assert "\n" not in str(told.value)
