"""The listing is one that Amazon takes, promises what is there, and the pages it points to are true."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from authoring.__main__ import main
from authoring.addresses import PAGES, Addresses
from authoring.check import checked
from authoring.content import load
from authoring.manifest import ICONS, assemble, known, problems
from authoring.model import problems as model_problems
from authoring.model_files import read as read_models
from coach.alexa import permission
from coach.alexa.requests import INTENTS
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence.progress import DAYS_KEPT, WEEKS_KEPT, Progress
from coach.persistence.stores.dynamodb import KEPT_SECONDS
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import Understanding
from tests.infra.conftest import ROOT
from tests.platform.bindings import VIEWPORTS
from tests.platform.listing import findings
from tests.platform.schema import faults
from tests.understood import understood_in

Json = dict[str, Any]

ARN = "arn:aws:lambda:us-east-1:123456789012:function:hip-coach-prod:live"

TOLD = {
    "applied": "a request that comes\n  twice",
    "touched": "the time of your last request",
    "forgotten": "if you had everything deleted and came back within a day",
    "runs": "which exercises were counted in the last routines",
    "spoken": "what the coach is saying at the moment",
    "tempos": "how fast your speaker speaks",
    "zones": "your time zone",
    "welcomed": "you were greeted before",
    "place": "your place",
    "aside": "the same of one more routine",
    "last": "the routine that you began last, and the day",
    "days": "which exercises you did on recent days, at most fourteen",
    "weeks": "on how many days of recent weeks you exercised, at most twelve",
    "total_days": "on how many days in all",
    "rests": "the weeks in which you said that you take a rest",
    "met": "how often you met each exercise",
    "trials": "whether you did all of it in that week",
    "skipped": "how often you skipped it",
    "preferences": "how you like to be coached",
    "settled": "of those that you changed last, when that was",
}
"""Where the privacy page tells of each thing that is kept."""


def read(path: Path) -> Json:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Read content and models once for all packages: it takes seconds, and no test here changes them."""
    loaded = cache(load)
    models = cache(lambda root: read_models(root, loaded(root)[0]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("authoring.manifest.load", loaded)
        patched.setattr("authoring.model_files.read", lambda root, _: models(root))
        yield


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("skill")
    return assemble(ROOT, out, Addresses(ARN, site="https://example.org/hip-coach/"))


@pytest.fixture(scope="module")
def manifest(package: Path) -> Json:
    return read(package / "skill.json")


@pytest.fixture(scope="module")
def models(package: Path) -> dict[str, Path]:
    return {path.stem: path for path in (package / "interactionModels" / "custom").glob("*.json")}


def strictly(model: Path) -> Callable[[str], str]:
    """The intent of what is said, where it is a sample of the model word for word."""
    understanding = Understanding.from_file(model)
    return lambda said: understanding.understand(said, strict=True).intent


def publishing(manifest: Json) -> Json:
    return dict(manifest["manifest"]["publishingInformation"])


def test_amazon_takes_the_manifest_and_the_models(manifest: Json, models: dict[str, Path]) -> None:
    assert faults("skill-manifest", manifest) == []
    for model in models.values():
        assert faults("interaction-model", read(model)) == []


def test_each_model_has_every_intent_that_the_code_knows(models: dict[str, Path]) -> None:
    for locale, model in models.items():
        intents = read(model)["interactionModel"]["languageModel"]["intents"]
        assert {intent["name"] for intent in intents} == set(INTENTS), locale


def test_each_locale_has_a_listing_a_model_and_pages(manifest: Json, models: dict[str, Path]) -> None:
    assert set(models) == {path.name for path in (ROOT / "content" / "locales").iterdir()}
    assert set(models) == set(publishing(manifest)["locales"])
    assert set(models) == set(manifest["manifest"]["privacyAndCompliance"]["locales"])


def test_a_reviewer_finds_nothing_in_the_listing_and_each_example_phrase_is_a_sample(
    manifest: Json, models: dict[str, Path]
) -> None:
    for locale, path in models.items():
        listing = {"locales": {locale: publishing(manifest)["locales"][locale]}}
        assert findings({"manifest": {"publishingInformation": listing}}, read(path), strictly(path)) == []


def test_the_listing_says_that_it_is_no_medical_advice(manifest: Json) -> None:
    for listing in publishing(manifest)["locales"].values():
        assert "no substitute for professional medical advice" in listing["description"]
    assert publishing(manifest)["category"] == "HEALTH_AND_FITNESS"


def test_nothing_is_said_of_health_or_of_who_a_person_is(manifest: Json) -> None:
    privacy = manifest["manifest"]["privacyAndCompliance"]
    assert privacy["usesHealthInfo"] is privacy["usesPersonalInfo"] is privacy["containsAds"] is False


def test_the_skill_asks_for_the_permissions_that_it_uses_and_for_no_other(manifest: Json) -> None:
    assert manifest["manifest"]["permissions"] == [{"name": "alexa::person_id:read"}, {"name": permission.SCOPE}]
    assert "person_id" in (ROOT / "lambda" / "coach" / "alexa" / "requests.py").read_text(encoding="utf-8")


def test_the_skill_has_a_screen_on_every_kind_of_device_that_shows_it(manifest: Json) -> None:
    (screen,) = manifest["manifest"]["apis"]["custom"]["interfaces"]
    assert screen["type"] == "ALEXA_PRESENTATION_APL"
    for width, height, shape, mode in VIEWPORTS.values():
        if mode in ("hub", "tv"):
            assert any(
                (one["mode"], one["shape"]) == (mode.upper(), shape.upper())
                and one["minWidth"] <= width <= one["maxWidth"]
                and one["minHeight"] <= height <= one["maxHeight"]
                for one in screen["supportedViewports"]
            ), (mode, shape, width, height)


def test_with_a_voice_a_device_may_play_what_goes_on_by_itself_and_can_be_told_to_pause(
    manifest: Json, models: dict[str, Path], tmp_path: Path
) -> None:
    voiced = read(assemble(ROOT, tmp_path, Addresses(ARN), plays=True) / "skill.json")
    assert faults("skill-manifest", voiced) == []
    with_it, without = (made["manifest"]["apis"]["custom"]["interfaces"] for made in (voiced, manifest))
    assert with_it == [*without, {"type": "AUDIO_PLAYER"}]
    for model in models.values():
        intents = {intent["name"] for intent in read(model)["interactionModel"]["languageModel"]["intents"]}
        assert {"AMAZON.PauseIntent", "AMAZON.ResumeIntent"} <= intents


def test_a_manifest_without_a_screen_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "infra", tmp_path / "infra", ignore=shutil.ignore_patterns("node_modules"))
    page = tmp_path / "infra" / "skill-package" / "skill.json"
    manifest = json.loads(page.read_text(encoding="utf-8"))
    del manifest["manifest"]["apis"]["custom"]["interfaces"]
    page.write_text(json.dumps(manifest), encoding="utf-8")
    assert "ALEXA_PRESENTATION_APL is missing" in " ".join(map(str, problems(tmp_path)))


def test_the_icons_are_where_the_manifest_says(package: Path, manifest: Json) -> None:
    for listing in publishing(manifest)["locales"].values():
        for name in ICONS:
            assert (package / listing[name].removeprefix("file://")).read_bytes().startswith(b"\x89PNG")


def test_the_icons_are_of_the_kind_and_size_that_amazon_wants() -> None:
    assert ICONS == {"smallIconUri": 108, "largeIconUri": 512}
    assert problems(ROOT) == []


ICON_FAULTS: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "no file": ("small", lambda path: path.unlink(), "there is no such file"),
    "another kind": ("large", lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(40)), "this is no PNG"),
    "another size": (
        "large",
        lambda path: shutil.copyfile(path.with_name("en-US_smallIcon.png"), path),
        "this has 108 by 108 pixels, and must have 512 by 512",
    ),
}


@pytest.mark.parametrize(("size", "spoil", "reason"), ICON_FAULTS.values(), ids=ICON_FAULTS)
def test_an_icon_that_amazon_does_not_take_is_told_where_it_is_named(
    tmp_path: Path, size: str, spoil: Callable[[Path], object], reason: str
) -> None:
    shutil.copytree(ROOT / "infra" / "skill-package", tmp_path / "infra" / "skill-package")
    source = tmp_path / "infra" / "skill-package" / "skill.json"
    spoil(source.parent / "assets" / "images" / f"en-US_{size}Icon.png")

    (told,) = problems(tmp_path)

    assert told.path == source
    assert f'"{size}IconUri"' in source.read_text(encoding="utf-8").splitlines()[told.line - 1]
    assert told.reason == f"file://assets/images/en-US_{size}Icon.png: {reason}"


def test_a_line_of_a_listing_that_is_stale_is_told_where_it_is_written(tmp_path: Path) -> None:
    for folder in ("skill-package", "listings"):
        shutil.copytree(ROOT / "infra" / folder, tmp_path / "infra" / folder)
    british = tmp_path / "infra" / "listings" / "en-GB.yaml"
    lines = ["base: en-US", "name: Hip Coach", "keywords:", "  also: [yoga]", "summary: {instead: {a bike: a cycle}}"]
    british.write_text("\n".join(lines), encoding="utf-8")
    (british.parent / "en-AU.yaml").write_text("base: en-US\n", encoding="utf-8")
    (british.parent / "en-IN.yaml").write_text("base: en-US\n", encoding="utf-8")

    assert [(told.path, told.line, told.reason) for told in sorted(problems(tmp_path))] == [
        (british, 2, "this is what en-US says: leave it out"),
        (british, 4, "`yoga` is there already"),
        (british, 5, "en-US says `a bike` nowhere here"),
    ]


def test_a_manifest_that_is_not_json_is_told_with_its_line(tmp_path: Path) -> None:
    source = tmp_path / "infra" / "skill-package" / "skill.json"
    source.parent.mkdir(parents=True)
    source.write_text('{\n  "manifest": {,\n}', encoding="utf-8")

    (told,) = problems(tmp_path)

    assert (told.path, told.line) == (source, 2)
    assert told.reason.startswith("this is not JSON")


def test_the_manifest_points_to_the_function_and_to_pages_that_are_there(manifest: Json) -> None:
    assert manifest["manifest"]["apis"]["custom"]["endpoint"] == {"uri": ARN}
    assert manifest["manifest"]["events"] == {
        "endpoint": {"uri": ARN},
        "subscriptions": [{"eventName": "SKILL_DISABLED"}],
    }
    for privacy in manifest["manifest"]["privacyAndCompliance"]["locales"].values():
        for url, page in PAGES.items():
            assert privacy[url] == f"https://example.org/hip-coach/{page}"
            assert (ROOT / "docs" / f"{page}.md").exists()


def test_an_address_of_ones_own_comes_with_the_kind_of_its_certificate(tmp_path: Path) -> None:
    manifest = read(assemble(ROOT, tmp_path, Addresses("https://coach.example.org/")) / "skill.json")
    endpoint = {"uri": "https://coach.example.org/", "sslCertificateType": "Trusted"}
    assert manifest["manifest"]["apis"]["custom"]["endpoint"] == endpoint
    assert faults("skill-manifest", manifest) == []


def test_a_package_that_cannot_be_made_leaves_the_one_that_is_there(tmp_path: Path) -> None:
    for folder in ("infra/skill-package", "interaction_model"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    package = assemble(tmp_path, tmp_path / "build", Addresses(ARN))
    before = contents(package)
    source = tmp_path / "infra" / "skill-package" / "skill.json"
    source.write_text(source.read_text(encoding="utf-8").replace('"apis"', '"api"'), encoding="utf-8")

    with pytest.raises(KeyError):
        assemble(tmp_path, tmp_path / "build", Addresses(ARN))

    assert contents(package) == before
    assert list(package.parent.iterdir()) == [package]


def test_the_package_is_not_made_in_the_place_of_its_own_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("infra/skill-package", "interaction_model", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    before = contents(tmp_path / "infra")

    assert main(["skill", "--root", str(tmp_path), "--out", str(tmp_path / "infra"), "--endpoint", ARN]) == 1

    assert contents(tmp_path / "infra") == before
    assert "choose another folder" in capsys.readouterr().out


def test_without_addresses_the_package_can_still_make_a_skill(tmp_path: Path) -> None:
    bare = read(assemble(ROOT, tmp_path, Addresses()) / "skill.json")
    assert bare["manifest"]["apis"].keys() == {"custom"}
    assert bare["manifest"]["apis"]["custom"].keys() == {"interfaces"}
    assert faults("skill-manifest", bare) == []


Made = Callable[..., int]


@pytest.fixture(scope="module")
def looked_over() -> tuple[Any, Any, Any]:
    """What is wrong with content and models, which takes a while to find."""
    library, faults_found = checked(ROOT)
    return library, faults_found, model_problems(ROOT, library)


@pytest.fixture
def made(looked_over: tuple[Any, Any, Any], monkeypatch: pytest.MonkeyPatch) -> Made:
    """The command that makes a package in a folder. Before that it looks all over, as it did for the one before."""
    monkeypatch.setattr("authoring.__main__.checked", lambda _: looked_over[:2])
    monkeypatch.setattr("authoring.model.problems", lambda *_: looked_over[2])
    return lambda out, *options: main(["skill", "--root", str(ROOT), "--out", str(out), *options])


def test_a_package_that_would_silence_a_skill_is_not_made(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made(tmp_path) == 1
    assert "a skill that works would fall silent" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_what_was_given_once_need_not_be_given_again(made: Made, tmp_path: Path) -> None:
    first = ["--endpoint", ARN, "--eu", ARN.replace("us-east-1", "eu-west-1"), "--site", "https://example.org/coach/"]
    assert made(tmp_path, *first) == 0
    before = contents(tmp_path)
    assert made(tmp_path) == 0
    assert contents(tmp_path) == before
    assert made(tmp_path, "--endpoint", "https://coach.example.org/") == 0
    assert known(tmp_path) == Addresses("https://coach.example.org/", {}, "https://example.org/coach")


def test_each_part_of_the_world_can_have_a_function_of_its_own(tmp_path: Path) -> None:
    near = {"EU": ARN.replace("us-east-1", "eu-west-1"), "FE": ARN.replace("us-east-1", "ap-northeast-1")}
    manifest = read(assemble(ROOT, tmp_path, Addresses(ARN, near)) / "skill.json")
    assert faults("skill-manifest", manifest) == []
    for told in (manifest["manifest"]["apis"]["custom"], manifest["manifest"]["events"]):
        assert told["endpoint"] == {"uri": ARN}
        assert told["regions"] == {part: {"endpoint": {"uri": uri}} for part, uri in near.items()}


def test_what_the_privacy_page_says_to_say_deletes_all_that_is_kept_in_every_locale(manifest: Json) -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    phrases = re.findall("“([^”]+)”", page.partition("## How you have it deleted")[2])
    assert len(phrases) == 2
    for locale in publishing(manifest)["locales"]:
        coach = bootstrap(Settings(store="memory:"))
        now = VirtualClock(datetime(2026, 11, 23, 19, tzinfo=UTC))
        speaker = Speaker(coach, understood_in(locale), now, locale=locale, strict=True)
        heard = [speaker.say(phrase).text for phrase in ("alexa, open hip coach", "the quick one", "stop", *phrases)]
        assert "I've deleted everything" in heard[-1], locale


def test_the_privacy_page_tells_of_all_that_is_kept_and_for_how_long() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert set(TOLD) == {field.name for field in fields(Progress)} - {"revision", "repaired"}
    for words in TOLD.values():
        assert words in page
    assert (DAYS_KEPT, WEEKS_KEPT) == (14, 12)
    assert f"{KEPT_SECONDS // 86_400} days" in page
