"""`make certify`: plays every transcript and every cell of the matrix through the real handler, and holds each answer,
and the listings, against what Amazon's reviewers look at.

Rule: a rule that examined nothing has shown nothing, and the verdict says so. Every locale is heard in its own
transcripts and in what reviewers try everywhere; the matrix is for one of them.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from authoring.addresses import Addresses
from authoring.manifest import assemble
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import FALLBACK
from simulator.player import play
from simulator.services import AlexaServices
from simulator.skill import Handler
from simulator.transcript import LOCALE, read
from tests.conversations.moments import MOMENTS, ROWS, START, itself, reach, told_by_moment
from tests.conversations.witness import Witness
from tests.platform import certification, listing
from tests.platform.certification import Finding, Pair, Verdict, asked
from tests.platform.rules import violations
from tests.understood import understood_in

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = tuple(sorted((ROOT / "tests" / "conversations").glob("*.yaml")))
REPORT = ROOT / "build" / "certification.md"
TRIED = {"help", "stop", "cancel", "purple elephants", "my lower back hurts", "repeat", "how much longer"}
TRIED_AT = ("as the first words ever", "in a hold", "paused")
"""What reviewers try in every locale, and when."""

SHOWN = 8
"""Findings of one rule that are written out; the others are counted."""

Around = Callable[[Handler], Handler]

AS_WRITTEN = "a conversation goes as it is written"
SOUND = "an answer is one that the platform takes: its schema, its SSML, its limits"


@dataclass
class Certificate:
    """The verdicts so far, by rule, and how much was played for them."""

    conversations: int = 0
    turns: int = 0
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Add what was found about some rules."""
        for one in verdicts:
            whole = self.verdicts.setdefault(one.rule, Verdict(one.rule))
            whole.examined += one.examined
            whole.broken += one.broken

    def converse(self, place: str, pairs: list[Pair], *, strangers: bool = True) -> None:
        """Add a conversation, which the person of it may have begun as a stranger."""
        self.conversations += 1
        self.turns += len(pairs)
        self.add(certification.examine(pairs, place=place, strangers=strangers))
        faults = [
            Finding(SOUND, asked(request), fault, place)
            for request, response in pairs
            for fault in violations(response, request)
        ]
        self.add([Verdict(SOUND, len(pairs), faults)])

    @property
    def passed(self) -> bool:
        """Whether every rule examined something, and found nothing."""
        return all(verdict.examined and not verdict.broken for verdict in self.verdicts.values())


def certify(
    transcripts: Iterable[Path],
    rows: Sequence[dict[str, Any]],
    around: Around = itself,
) -> Certificate:
    """Play all of it, each conversation with a new coach; `around` may put something between it and the witness."""
    certificate = Certificate()
    # So that a rule that no turn concerns is there, with nothing examined.
    certificate.add(certification.examine([]))
    for path in transcripts:
        with AlexaServices() as reminders:
            witness = Witness(around(bootstrap(Settings(store="memory:", alexa_api=reminders.url))))
            transcript = read(path)
            problems = play(transcript, witness, understood_in(transcript.locale), services=reminders)
        certificate.converse(path.name, witness.seen)
        broken = [Finding(AS_WRITTEN, f"line {one.line}", one.reason, path.name) for one in problems]
        certificate.add([Verdict(AS_WRITTEN, 1, broken)])
    with TemporaryDirectory() as folder, AlexaServices() as reminders:
        package = assemble(ROOT, Path(folder), Addresses())
        manifest = json.loads((package / "skill.json").read_text(encoding="utf-8"))
        for locale, texts in manifest["manifest"]["publishingInformation"]["locales"].items():
            said = rows if locale == LOCALE else _tried(rows)
            for place, pairs, strangers in _cells(said, locale, reminders, Path(folder), around):
                certificate.converse(place, pairs, strangers=strangers)
            model = json.loads((package / "interactionModels" / "custom" / f"{locale}.json").read_text("utf-8"))
            certificate.add(_listing(certificate, locale, texts, model, around))
    return certificate


def _tried(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is tried of the rows in every locale."""
    return [
        {"say": row["say"]} | {moment: {} for moment in TRIED_AT if moment in told_by_moment(row)}
        for row in rows
        if row["say"] in TRIED
    ]


def _cells(
    rows: Iterable[dict[str, Any]], locale: str, reminders: AlexaServices, folder: Path, around: Around
) -> Iterator[tuple[str, list[Pair], bool]]:
    """What is said at each moment of the matrix. Only where nothing was said before is the person a stranger."""
    wanted = [(row["say"], moment) for row in rows for moment in told_by_moment(row)]
    for number, name in enumerate(dict.fromkeys(moment for _, moment in wanted)):
        here = folder / locale / str(number)
        here.mkdir(parents=True)
        understanding = understood_in(locale)
        moment = reach(MOMENTS[name], START, understanding, reminders, here, locale)
        for say in [say for say, at in wanted if at == name]:
            copy = here / "copy"
            copy.mkdir(exist_ok=True)
            _, witness = moment.say(say, understanding, copy, around)
            yield f'"{say}" {name} in {locale}', witness.seen, not MOMENTS[name]["turns"]


def _listing(certificate: Certificate, locale: str, texts: Any, model: Any, around: Around) -> list[Verdict]:
    """The listing of a locale, with each of its phrases said to a speaker as the first words of a stranger."""
    understanding = understood_in(locale)

    def understand(words: str) -> str | None:
        return understanding.understand(words, strict=True).intent

    def answer(phrase: str) -> str:
        witness = Witness(around(bootstrap(Settings(store="memory:"))))
        heard = Speaker(witness, understanding, VirtualClock(START), locale=locale, strict=True).say(phrase)
        certificate.converse(f'"{phrase}" in {locale}', witness.seen)
        missed = heard.match is not None and heard.match.intent == FALLBACK
        return "" if missed or heard.fault else heard.text

    manifest = {"manifest": {"publishingInformation": {"locales": {locale: texts}}}}
    return listing.examine(manifest, model, understand, answer)


def report(certificate: Certificate) -> str:
    """The verdict for a reader, in Markdown: each rule once, and under the table where it was broken."""
    verdicts = certificate.verdicts.values()
    findings = sum(len(verdict.broken) for verdict in verdicts)
    empty = sum(not verdict.examined for verdict in verdicts)
    lines = [
        "# Certification",
        "",
        f"{certificate.conversations} conversations, {certificate.turns} turns, {len(certificate.verdicts)} rules: "
        f"{findings} findings, {empty} rules that examined nothing.",
        "",
        f"**{'Nothing to object to.' if certificate.passed else 'NOT READY.'}**",
        "",
        "| rule | examined | broken | |",
        "| --- | ---: | ---: | --- |",
    ]
    for verdict in verdicts:
        mark = "BROKEN" if verdict.broken else "ok" if verdict.examined else "NOT EXAMINED"
        lines.append(f"| {verdict.rule} | {verdict.examined} | {len(verdict.broken)} | {mark} |")
    for verdict in verdicts:
        if verdict.broken:
            lines += ["", f"## {verdict.rule}", ""]
            for one in verdict.broken[:SHOWN]:
                lines.append(f"- {one.place}, asked {one.asked}: {one.said[-200:]}")
            if len(verdict.broken) > SHOWN:
                lines.append(f"- and {len(verdict.broken) - SHOWN} more")
    return "\n".join(lines) + "\n"


def main(
    transcripts: Iterable[Path] = TRANSCRIPTS,
    rows: Sequence[dict[str, Any]] = ROWS,
    around: Around = itself,
    to: Path = REPORT,
) -> int:
    """Play everything, write the report, and say it; 1 when there is anything to object to."""
    certificate = certify(transcripts, rows, around=around)
    text = report(certificate)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201 - this is a command
    return 0 if certificate.passed else 1


if __name__ == "__main__":
    sys.exit(main())
