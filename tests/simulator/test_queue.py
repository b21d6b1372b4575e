"""Whatever a skill and a person do, and whenever: a queue keeps its order, and what is told is what was heard."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.audio_player import AudioPlayer
from simulator.habits import Habits, Interrupted, Nearly
from simulator.streams import Event, Sounding
from tests.simulator.conftest import SEVEN_IN_THE_EVENING, TEN_MS_A_LETTER
from tests.simulator.streams import CLEAR_ALL, CLEAR_ENQUEUED, LENGTHS_MS, STOP, play, streams

NAMES = sorted(LENGTHS_MS)
MOMENTS = st.integers(0, 30_000)
OVER = {"PlaybackFinished", "PlaybackStopped"}
ACTS = st.one_of(
    st.tuples(st.just("play"), st.sampled_from(NAMES), st.integers(0, 1_000)),
    st.tuples(st.just("enqueue"), st.sampled_from(NAMES), st.booleans()),
    st.tuples(st.just("replace"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.sampled_from(["stop", "clear", "clear all", "hold", "release"]), st.none(), st.none()),
)
HABITS = st.builds(
    Habits,
    nearly_finished=st.sampled_from(Nearly),
    gap_ms=st.sampled_from([0, 300, 2_500]),
    interrupted=st.sampled_from(Interrupted),
)


class Evening:
    """A player, a plain list of what should wait in it, and all that came of it."""

    def __init__(self, habits):
        self.player = AudioPlayer(streams, TEN_MS_A_LETTER, habits)
        self.now = SEVEN_IN_THE_EVENING
        self.held = False
        self.waiting = []
        self.last = None
        self.heard = []
        self.events = []
        self.number = 0

    def wait(self, ms):
        until = self.now + timedelta(milliseconds=ms)
        while (due := self.player.due) is not None and due <= until:
            match self.player.step():
                case Sounding() as sounding:
                    self.take(sounding)
                case Event() as event:
                    self.events.append(event)
        self.now = until

    def take(self, sounding):
        self.heard.append(sounding)
        if sounding.begins:
            assert not self.held, "nothing begins while somebody speaks"
            assert sounding.stream.token == self.waiting.pop(0), "in the order in which they came"
            self.last = sounding.stream.token

    def do(self, act, name, more):
        self.number += 1
        token = f"{name} {self.number}"
        match act:
            case "play":
                self.send(play(name, offset_ms=more), token)
                self.waiting = [token]
            case "enqueue":
                before = self.waiting[-1] if self.waiting else self.last
                right = more and before is not None
                self.send(play(name, "ENQUEUE", after=before if right else "another"), token)
                self.waiting += [token] if right else []
            case "replace":
                self.send(play(name, "REPLACE_ENQUEUED"), token)
                self.waiting = [token]
            case "clear" | "clear all":
                self.player.take([CLEAR_ALL if act == "clear all" else CLEAR_ENQUEUED], self.now)
                self.waiting = []
            case "stop":
                self.player.take([STOP], self.now)
            case "hold":
                self.player.hold(self.now)
                self.held = True
            case "release":
                self.player.release(self.now)
                self.held = False

    def send(self, directive, token):
        directive["audioItem"]["stream"]["token"] = token
        self.player.take([directive], self.now)


@settings(deadline=None, max_examples=300)
@given(HABITS, st.lists(st.tuples(ACTS, MOMENTS), max_size=25))
def test_a_queue_keeps_its_order_and_what_is_told_is_what_was_heard(habits, acts):
    evening = Evening(habits)
    for act, ms in acts:
        evening.do(*act)
        evening.wait(ms)
    evening.do("release", None, None)
    evening.wait(3_600_000)
    ends = [event for event in evening.events if event.name in OVER | {"PlaybackStarted"}]
    for now, then in zip(ends[::2], ends[1::2], strict=True):
        assert now.name == "PlaybackStarted"
        assert then.name in OVER, "one stream is over before the next one starts"
        assert now.fields["token"] == then.fields["token"]
    finished = [event for event in evening.events if event.name == "PlaybackFinished"]
    for event in finished:
        assert event.fields["offsetInMilliseconds"] == LENGTHS_MS[event.fields["token"].split()[0]]
    for first, second in pairwise(evening.heard):
        assert first.at <= second.at
    tokens = [event.fields["token"] for event in evening.events if event.name == "PlaybackNearlyFinished"]
    assert len(tokens) == len(set(tokens)), "once for each stream"
    assert {event.fields["token"] for event in finished} <= set(tokens)


@given(st.integers(0, 59_999), st.integers(0, 70_000), st.sampled_from([Interrupted.PAUSED, Interrupted.STOPPED]))
def test_a_stream_is_told_to_have_stopped_where_it_was_heard_to(offset_ms, ms, interrupted):
    evening = Evening(Habits(interrupted=interrupted))
    evening.send(play("one", offset_ms=offset_ms), "one 1")
    evening.waiting = ["one 1"]
    evening.wait(ms)
    evening.do("hold", None, None)
    evening.do("stop", None, None)
    evening.wait(0)
    heard = max(0, min(ms - 300, 60_000 - offset_ms))
    stops = [event.fields["offsetInMilliseconds"] for event in evening.events if event.name == "PlaybackStopped"]
    plays = 300 <= ms < 300 + 60_000 - offset_ms
    assert stops == ([offset_ms + heard] if plays else [])
