"""The certificate is refused for a fault that is put in, and a rule that examined nothing is no rule that was kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Handler
from tests.conversations.moments import ROWS
from tests.platform.certify import TRANSCRIPTS, main

Json = dict[str, Any]

SILENCE = [path for path in TRANSCRIPTS if path.stem == "silence"]
HELP_AND_STOP = [
    {"say": row["say"], "as the first words ever": {}} for row in ROWS if row["say"] in ("help", "stop", "ouch")
]


Fault = Callable[[str, Json], None]


def with_fault(coach: Handler, fault: Fault) -> Handler:
    """A coach with a fault put into its answers: `fault` is given the name of the intent, and the answer."""

    def handler(event: Any, context: object) -> Any:
        response = coach(event, context)
        fault(event["request"].get("intent", {}).get("name", event["request"]["type"]), response["response"])
        return response

    return handler


def no_reprompt(_: str, answer: Json) -> None:
    answer.pop("reprompt", None)


def help_that_closes(intent: str, answer: Json) -> None:
    if intent == "AMAZON.HelpIntent":
        answer["shouldEndSession"] = True
        answer.pop("reprompt", None)


def stop_that_stays(intent: str, answer: Json) -> None:
    if intent == "AMAZON.StopIntent":
        answer["shouldEndSession"] = False


def no_disclaimer(_: str, answer: Json) -> None:
    if "outputSpeech" in answer:
        answer["outputSpeech"]["ssml"] = answer["outputSpeech"]["ssml"].replace("a professional", "an expert")


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (no_reprompt, "an open session has a reprompt"),
        (help_that_closes, "help ends in a question, and the session stays open"),
        (stop_that_stays, "stop and cancel end the session"),
        (no_disclaimer, "the first use says that this is no substitute for professional advice, and when to stop"),
    ],
)
def test_a_fault_that_is_put_in_is_found_and_named(
    fault: Fault, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(SILENCE, HELP_AND_STOP, lambda coach: with_fault(coach, fault), tmp_path / "report.md") == 1
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "**NOT READY.**" in report
    assert f"\n## {rule}\n" in report
    assert report in capsys.readouterr().out


def test_a_rule_that_examined_nothing_is_seen_as_such(tmp_path: Path) -> None:
    assert main(SILENCE, [], to=tmp_path / "report.md") == 1
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| help ends in a question, and the session stays open | 0 | 0 | NOT EXAMINED |" in report
    assert "0 findings" in report
    assert "BROKEN" not in report


def test_what_examines_every_rule_and_finds_nothing_has_nothing_to_object_to(tmp_path: Path) -> None:
    pain = [{"say": "my hip hurts", "as the first words ever": {}}]
    assert main(SILENCE, [*HELP_AND_STOP, *pain], to=tmp_path / "report.md") == 0
    assert "**Nothing to object to.**" in (tmp_path / "report.md").read_text(encoding="utf-8")
