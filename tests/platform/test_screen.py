"""The screen on a device: what it shows follows the voice to a quarter of a second, everybody can read and touch it,
and the voice is the same without it.
"""

import json
import math
import os
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from ask_sdk_core.serialize import DefaultSerializer
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alexa.limits import SCREEN_MAX_BYTES
from coach.alexa.scenes import KEYS
from coach.alexa.screen import AROUND_BYTES, most_bytes
from coach.alexa.touch import APL, TOUCHES
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence.document import read as read_progress
from coach.speaking.content import load
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.display import RENDERS, Display
from simulator.player import play
from simulator.transcript import read
from tests.platform.bindings import VIEWPORTS, Shown, evaluated, viewport
from tests.understood import understood_in

CONVERSATIONS = sorted((Path(__file__).parents[1] / "conversations").glob("*.yaml"))
SHARE = 1 if os.environ.get("HIP_COACH_WHOLE") else 3
"""Of so many conversations one is had: of all of them in `make whole`."""
A_LINE = 1.2
"""How high a line is, by the size of its letters."""


def with_screen(event: dict) -> dict:
    event = json.loads(json.dumps(event))
    device = event["context"]["System"].setdefault("device", {})
    device["supportedInterfaces"] = {APL: {"runtime": {"maxVersion": "2024.3"}}}
    return event


class Both:
    """Two coaches at one door, with a store each: one for a device with a screen, and one for the same without."""

    def __init__(self) -> None:
        self.forget()
        self.directives: list[dict] = []
        self.differ: list[tuple[str, str]] = []

    def forget(self) -> None:
        """Have both met nobody."""
        self.plain, self.shown = (bootstrap(Settings(store="memory:")) for _ in range(2))

    def __call__(self, event: dict, context: object) -> dict:
        heard = self.plain(json.loads(json.dumps(event)), context)
        seen = self.shown(with_screen(event), context)
        directives = seen["response"].get("directives", [])
        self.directives += [directive for directive in directives if directive["type"] == RENDERS]
        rest = [directive for directive in directives if directive["type"] != RENDERS]
        without = {**seen["response"], "directives": rest}
        if without != {"directives": [], **heard["response"]}:
            self.differ.append((json.dumps(without), json.dumps(heard["response"])))
        return heard


@cache
def played() -> Both:
    """The conversations that are had without a screen, with one and without. Reminders cannot be set in them: only
    one of the two would find that there are none yet.
    """
    both = Both()
    for transcript in map(read, CONVERSATIONS[SHARE // 2 :: SHARE]):
        if not transcript.screen:
            both.forget()
            play(transcript, both, understood_in(transcript.locale))
    return both


def speaker(*, screen: bool = True) -> Speaker:
    handler = bootstrap(Settings(store="memory:"))
    return Speaker(handler, understood_in("en-US"), VirtualClock(datetime(2026, 11, 23, 19, tzinfo=UTC)), screen=screen)


def shown_by(speaker_: Speaker) -> dict:
    directives = (speaker_.heard[-1].response or {})["response"]["directives"]
    return next(directive for directive in directives if directive["type"] == RENDERS)


@cache
def in_a_hold() -> dict:
    talking = speaker()
    talking.say("ask hip coach for just the pigeon pose")
    return shown_by(talking)


def test_the_speech_is_the_same_to_the_byte_with_a_screen_and_without():
    both = played()
    assert len(both.directives) > 300 / SHARE
    assert not both.differ, both.differ[0]


def test_a_document_with_its_data_is_small():
    largest = max(played().directives, key=lambda directive: len(json.dumps(directive, separators=(",", ":"))))
    assert len(json.dumps(largest, ensure_ascii=False, separators=(",", ":")).encode()) <= SCREEN_MAX_BYTES


def test_what_a_document_shows_is_not_larger_than_was_counted_and_not_much_smaller():
    for directive in played().directives:
        data = directive["datasources"]["coach"]
        size = len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
        # What is around all that is shown has a room of its own, and so have the names of the pictures.
        frame = {**data, "scenes": [], "steps": [], "rows": [[] for _ in data["rows"]]}
        around = len(json.dumps(frame, separators=(",", ":")))
        assert around - len(json.dumps(data["pictures"])) <= AROUND_BYTES - 150
        assert size - around <= most_bytes(data) <= size * 1.2


def test_amazons_own_class_reads_a_directive():
    serializer = DefaultSerializer()
    for directive in (in_a_hold(), *played().directives[::25]):
        made = serializer.deserialize(
            json.dumps(directive), "ask_sdk_model.interfaces.alexa.presentation.apl.RenderDocumentDirective"
        )
        assert serializer.serialize(made) == directive


def test_nothing_in_a_directive_is_a_number_with_an_exponent():
    for directive in played().directives:
        for value in scalars(directive):
            bindings = re.findall(r"\$\{[^}]*\}", value) if isinstance(value, str) else [json.dumps(value)]
            numbers = [re.sub(r"'[^']*'", "", written) for written in bindings]
            assert not any(re.search(r"\d[eE][+-]?\d", written) for written in numbers)


def scalars(part):
    if isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from scalars(one)
    else:
        yield part


def ticks(scenes: list[dict], first_ms: int, late_ms: int) -> list[int]:
    """When a device ticks, as far as that is near to where something begins or ends: in between nothing changes."""
    edges = {edge for scene in scenes for edge in (scene["from"], scene.get("until", 0))}
    regular = range(first_ms, max(edges) + 1_000, 150 + late_ms)
    return [moment for moment in regular if any(abs(moment - edge) <= 500 for edge in edges)]


@settings(deadline=None, max_examples=150)
@given(which=st.integers(0, 10_000), first_ms=st.integers(0, 200), late_ms=st.integers(0, 80))
def test_the_ring_ends_when_the_work_does_whatever_the_answer(which, first_ms, late_ms):
    with_marks = [
        one for one in played().directives if any("whole" in s for s in one["datasources"]["coach"]["scenes"])
    ]
    directive = with_marks[which % len(with_marks)]
    scenes = directive["datasources"]["coach"]["scenes"]
    shown = Shown(directive, viewport("hub landscape small"))
    ends = {scene["until"] for scene in scenes if "until" in scene}
    ring_before, ended = 0, set()
    for moment in ticks(scenes, first_ms, late_ms):
        shown.tick(moment)
        names = shown.names
        ring = names["scene"].get("until", 0)
        if ring_before and ring != ring_before:
            assert 0 <= moment - ring_before <= 250
            ended.add(ring_before)
        if ring:
            assert names["number"] >= 0
        ring_before = ring
    assert ended == ends - {ring_before}


def test_the_marks_of_the_answer_are_where_its_ring_begins_and_ends():
    talking = speaker()
    talking.say("ask hip coach for just the butterfly pose")
    scenes = shown_by(talking)["datasources"]["coach"]["scenes"]
    breaths = [scene for scene in scenes if "whole" in scene]
    spoken = read_progress(talking.attributes["progress"]).spoken
    assert breaths
    assert [(one["from"], one["until"]) for one in breaths] == [(mark.works, mark.ends) for mark in spoken.marks]


def test_a_hold_shows_the_seconds_that_it_has_left():
    directive = in_a_hold()
    first = next(scene for scene in directive["datasources"]["coach"]["scenes"] if scene["kind"] == "hold")
    shown = Shown(directive, viewport("hub landscape small"))
    shown.reach(first["from"] + 10_050)
    left = first["until"] - first["from"] - 10_050
    assert shown.names["number"] == -(-left // 1000)
    assert str(shown.names["number"]) in [str(text) for text in shown.read("Text", "text")]
    assert 0 < shown.read("VectorGraphic", "share")[0] < 1


def test_reps_and_breaths_are_counted_as_they_are_done():
    kinds = {}
    for directive in played().directives:
        for scene in directive["datasources"]["coach"]["scenes"]:
            if "up" in scene:
                kinds.setdefault(scene["kind"], (directive, scene))
    assert kinds.keys() == {"reps", "breaths"}
    for directive, scene in kinds.values():
        shown, counts = Shown(directive, viewport("television")), []
        shown.reach(scene["from"])
        for moment in range(scene["from"], scene["until"], 450):
            shown.tick(moment)
            counts.append(shown.names["number"])
        assert counts[0] == scene["first"]
        assert counts[-1] == scene["count"]
        assert all(after - before in (0, 1) for before, after in pairwise(counts))


@pytest.mark.parametrize("name", VIEWPORTS)
@pytest.mark.parametrize("font_scale", [1.0, 1.5, 3.0])
def test_the_seconds_are_a_fifth_of_the_height_on_any_viewport(name, font_scale):
    directive = in_a_hold()
    first = next(scene for scene in directive["datasources"]["coach"]["scenes"] if scene["kind"] == "hold")
    shown = Shown(directive, viewport(name), font_scale)
    shown.reach(first["from"] + 5_000)
    width, height, *_ = VIEWPORTS[name]
    # A digit is about seven tenths of its letters' size high, and a bit more than half of it wide.
    sizes = dict(zip(map(str, shown.read("Text", "text")), shown.read("Text", "fontSize"), strict=False))
    digits = float(sizes[str(shown.names["number"])])
    assert digits * 0.7 >= height / 5
    assert digits * 0.6 * 2 <= width
    assert 2 * digits * 0.6 <= shown.names["ring"] * 1.1


@pytest.mark.parametrize("name", VIEWPORTS)
def test_there_are_keys_on_any_viewport_large_enough_for_a_finger(name):
    shown = Shown(in_a_hold(), viewport(name))
    keys = [names for one, names in shown.components() if one["type"] == "TouchWrapper" and one["role"] == "button"]
    assert [key["data"]["means"] for key in keys][:3] == ["pause", "next", "repeat"]
    heights = [evaluated(one["height"], names) for one, names in shown.components() if "textAlignVertical" in one]
    assert min(heights) >= 48


@pytest.mark.parametrize("name", VIEWPORTS)
@pytest.mark.parametrize("font_scale", [1.0, 1.6])
def test_what_stands_one_under_another_in_a_hold_has_room_for_it(name, font_scale):
    _, height, *_ = VIEWPORTS[name]
    shown = in_its_hold(name, font_scale)
    names = shown.names
    column = next(one for one, _ in shown.components() if one.get("justifyContent") == "spaceBetween")
    around = sum(evaluated(column[side], names) for side in ("paddingTop", "paddingBottom"))
    sizes = dict(zip(shown.read("Text", "text"), shown.read("Text", "fontSize"), strict=False))
    words = (sizes[names["step"]["title"]] + sizes[names["scene"]["says"]]) * A_LINE
    key = shown.read("Text", "height")[0] + 2 * 5 + names["u"] * 0.016
    pose = 0 if names["wide"] or names["round"] else names["pose"]
    assert around + words + names["ring"] + pose + key <= height


@pytest.mark.parametrize("name", VIEWPORTS)
def test_the_seconds_stand_within_their_ring(name):
    shown = in_its_hold(name)
    digits = dict(zip(map(str, shown.read("Text", "text")), shown.read("Text", "fontSize"), strict=False))
    # Two digits are as wide as their letters are large, and a bit; a ring of 200 is empty up to 86 from its middle.
    corner = math.hypot(0.56, 0.36) * digits[str(shown.names["number"])]
    assert corner <= shown.names["ring"] * 0.43


def in_its_hold(name: str, font_scale: float = 1.0) -> Shown:
    directive = in_a_hold()
    first = next(scene for scene in directive["datasources"]["coach"]["scenes"] if scene["kind"] == "hold")
    shown = Shown(directive, viewport(name), font_scale)
    shown.reach(first["from"] + 5_000)
    return shown


def test_many_words_are_smaller_than_few():
    talking = speaker()
    talking.say("open hip coach")
    many = Shown(shown_by(talking), viewport("hub landscape small"))
    few = Shown(in_a_hold(), viewport("hub landscape small"))
    few.reach(in_a_hold()["datasources"]["coach"]["scenes"][-1]["from"])
    sizes = [max(shown.read("Text", "fontSize")[1:2]) for shown in (many, few)]
    assert sizes[0] < sizes[1]


def test_there_is_a_gap_between_two_keys():
    keys = [one for one, _ in Shown(in_a_hold(), viewport("mobile")).components() if one.get("role") == "button"]
    assert keys
    for key in keys:
        assert all(key[f"padding{side}"] for side in ("Left", "Right", "Top", "Bottom"))


def test_nothing_moves_when_a_key_is_focused():
    usual, focused = in_a_hold()["document"]["styles"]["key"]["values"]
    assert "borderWidth" not in focused
    assert usual["borderStrokeWidth"] < focused["borderStrokeWidth"] <= usual["borderWidth"]


def test_a_remote_is_on_a_key_that_is_there_when_others_come():
    shown = Shown(in_a_hold(), viewport("television"))
    shown.tick(150)
    assert shown.focused == "key00"
    last = in_a_hold()["datasources"]["coach"]["scenes"][-1]
    shown.reach(last["from"])
    # Those that come are not there before they are drawn: they have it with the next tick.
    shown.tick(last["from"] + 150)
    assert shown.focused == "key10"
    assert "key10" in [evaluated(one["id"], names) for one, names in shown.components() if "id" in one]
    hub = Shown(in_a_hold(), viewport("hub landscape small"))
    hub.tick(150)
    assert not hub.focused


def test_who_is_asked_whether_they_are_ready_finds_that_on_a_key():
    talking = speaker()
    talking.say("ask hip coach for just the seated twist")
    assert talking.heard[-1].text.endswith("Ready for the seated twist?")
    *_, keys = shown_by(talking)["datasources"]["coach"]["rows"]
    assert [key["means"] for key in keys] == ["ready", "repeat", "stop"]
    talking.touch("Ready")
    assert any("whole" in scene for scene in shown_by(talking)["datasources"]["coach"]["scenes"])


def test_who_needs_help_reads_where_it_is_and_answers_by_a_key():
    talking = speaker()
    talking.say("open hip coach")
    talking.say("i have chest pain")
    data = shown_by(talking)["datasources"]["coach"]
    assert "call the emergency number" in data["scenes"][-1]["says"]
    assert data["scenes"][-1]["says"].endswith("Is somebody with you?")
    assert [key["means"] for key in data["rows"][-1]] == ["yes", "no", "stop"]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_letters_stand_out_from_what_is_behind_them(theme):
    document = in_a_hold()["document"]
    colours: dict[str, str] = {}
    for resource in document["resources"]:
        if evaluated(resource.get("when", True), {"viewport": viewport("television", theme)}):
            colours |= resource["colors"]
    for letters in ("ink", "quiet", "accent"):
        assert contrast(colours[letters], colours["ground"]) >= 4.5
    assert contrast(colours["ink"], colours["key"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the Web Content Accessibility Guidelines have it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_whatever_is_read_or_touched_has_a_label_and_a_role():
    for directive in (in_a_hold(), *played().directives[::40]):
        shown = Shown(directive, viewport("hub landscape large"))
        for one, names in shown.components():
            if one["type"] in ("TouchWrapper", "VectorGraphic") or one.get("text"):
                assert one["role"]
                if one["type"] == "TouchWrapper":
                    assert evaluated(one["accessibilityLabel"], names) or not names["step"]["picture"]


def test_the_document_has_no_words_of_its_own():
    document = json.dumps(yaml.safe_load(Path("content/screen.yaml").read_text(encoding="utf-8")))
    for text in re.findall(r'"(?:text|accessibilityLabel)": "([^"]*)"', document):
        assert not re.sub(r"\$\{[^}]*\}", "", text).strip()


def test_the_picture_is_mirrored_for_the_other_side_and_its_mark_is_not():
    sides = 0
    for directive in played().directives:
        pictured = [step for step in directive["datasources"]["coach"]["steps"] if step["picture"]]
        for left, right in pairwise(pictured):
            if (left["mark"], right["mark"]) == ("L", "R") and left["title"] == right["title"]:
                sides += 1
                assert (left["mirrored"], right["mirrored"]) == (False, True)
                assert left["picture"] == right["picture"] in directive["document"]["graphics"]
                assert left["alt"] != right["alt"]
    assert sides > 10 / SHARE


@pytest.mark.parametrize("name", sorted(load("en-US").library.exercises))
def test_each_exercise_is_pictured_where_it_is_done_alone(name):
    talking = speaker()
    talking.say(f"ask hip coach for just {load('en-US').words['exercises'][name]['words']['the']}")
    shown = shown_by(talking)
    assert shown["datasources"]["coach"]["steps"][0]["picture"] == f"{name}_usual" in shown["document"]["graphics"]
    assert shown["datasources"]["coach"]["steps"][0]["alt"]


def test_each_key_is_an_event():
    assert KEYS.keys() < TOUCHES.keys()
    for directive in played().directives:
        for row in directive["datasources"]["coach"]["rows"]:
            assert row
            assert {key["means"] for key in row} <= TOUCHES.keys()


@pytest.mark.parametrize(
    "said",
    [{}, [], None, "APL", {"runtime": None}, {"runtime": {}}, {"runtime": {"maxVersion": 9}}]
    + [{"runtime": {"maxVersion": version}} for version in ("", "1.8", "1.0", "new", "1e9.1", "٢.٣", "9" * 99)],
)
def test_a_device_that_says_it_has_a_screen_and_makes_no_sense_gets_the_voice_alone(said):
    handler, answers = bootstrap(Settings(store="memory:")), []

    def of_nonsense(event: dict, context: object) -> dict:
        event["context"]["System"]["device"]["supportedInterfaces"] = {APL: said}
        answers.append(handler(event, context))
        return answers[-1]

    odd = Speaker(of_nonsense, understood_in("en-US"), VirtualClock(datetime(2026, 11, 23, 19, tzinfo=UTC)))
    odd.say("open hip coach")
    assert "Welcome" in odd.heard[-1].text
    assert RENDERS not in [directive["type"] for directive in answers[-1]["response"].get("directives", [])]


@pytest.mark.parametrize(
    "sent",
    [{"arguments": arguments} for arguments in (None, [], {}, "next", [7], [["next"]], ["dance"], ["next", None])]
    + [{"arguments": ["next"], "token": token} for token in (None, 7, "", "nobody.1")]
    + [{"arguments": ["routine", "dolphin"]}, {"arguments": ["exercise", "dolphin"]}],
)
def test_nonsense_from_a_screen_changes_nothing_and_says_nothing(sent):
    talking = speaker()
    talking.say("ask hip coach for just the pigeon pose")
    before = json.dumps(talking.attributes["session"])
    token = shown_by(talking)["token"]
    handler = talking._skill._handler
    event: dict = {}

    def spoilt(envelope: dict, context: object) -> dict:
        envelope["request"] |= {"token": token} | sent
        event.update(handler(envelope, context))
        return event

    talking._skill._handler = spoilt
    heard = talking.send(["next"], into_ms=20_000)
    assert (heard.fault, heard.text, heard.session_open) == ("", "", True)
    assert event["response"] == {}
    assert json.dumps(event["sessionAttributes"]["session"]) == before


@pytest.mark.parametrize("kind", ["LIST_ERROR", "a type that nobody has heard of", 7, None, {}])
def test_an_error_of_the_screen_is_taken_without_an_apology_and_told_by_its_type_alone(kind, caplog):
    talking = speaker()
    talking.say("ask hip coach for just the pigeon pose")
    heard = talking.fail(kind, into_ms=20_000)
    assert (heard.fault, heard.text, heard.session_open) == ("", "", True)
    told = [json.loads(record.message) for record in caplog.records if record.name == "coach"]
    assert told == [{"what": "screen_failed", "errors": "LIST_ERROR" if kind == "LIST_ERROR" else ""}]
    assert talking.say("pause", into_ms=40_000).text.startswith("Paused")


def test_a_screen_goes_on_by_itself_only_where_nobody_wants_to_be_asked():
    for said, goes_on in (("exercise by exercise", False), ("hands free", True)):
        talking = speaker()
        talking.say("open hip coach")
        talking.say(said)
        talking.say("the full routine")
        assert shown_by(talking)["datasources"]["coach"]["goes_on"] is goes_on
    talking.say("hands free", into_ms=10_000)
    begun = len(talking.heard)
    talking.silence()
    by_itself = [heard for heard in talking.heard[begun:] if heard.request["type"] == f"{APL}.UserEvent"]
    assert by_itself
    assert all(not heard.said and heard.text for heard in by_itself)
    assert "routine" in talking.heard[-2].text or "done" in talking.heard[-2].text.lower()


def test_the_screen_is_kept_awake_for_as_long_as_an_answer_takes():
    directive = in_a_hold()
    root = directive["document"]["mainTemplate"]["item"]
    idle, *_ = (one for one in root["onMount"][0]["commands"] if one["type"] == "Idle")
    names = Shown(directive, viewport("television")).names
    assert idle["screenLock"] is True
    assert evaluated(idle["delay"], names) >= max(s["from"] for s in names["shown"]["scenes"])
    assert directive["document"]["settings"]["idleTimeout"] > 240_000


def test_a_touch_is_answered_at_once_and_not_as_if_it_had_been_said():
    """Whoever taps in a hold is where the clock of the screen is; whoever speaks began to a second or two before."""
    left = {}
    for how in ("touch", "say"):
        talking = speaker()
        talking.say("ask hip coach for just the pigeon pose")
        hold = next(s for s in shown_by(talking)["datasources"]["coach"]["scenes"] if s["kind"] == "hold")
        into_ms = hold["from"] + 20_000
        heard = talking.touch("Pause", into_ms=into_ms) if how == "touch" else talking.say("pause", into_ms=into_ms)
        left[how] = heard.text
        assert heard.text.startswith("Paused")
        assert Display.of(heard.response["response"], heard.begins + timedelta()).texts()[0].startswith("The pigeon")
