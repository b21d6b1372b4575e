"""What a skill is told of its streams, what is heard of them, and what of their queue."""

import pytest

from simulator.device import Speaker
from simulator.habits import GOES_ON, STOPS, Habits, Interrupted, Nearly
from tests.simulator.conftest import TEN_MS_A_LETTER, answer
from tests.simulator.streams import CLEAR_ALL, CLEAR_ENQUEUED, STOP, WHERE, Station, play, reply, spoken, streams

OPEN = "ask hip coach to start the quick routine"


@pytest.fixture
def station():
    return Station()


@pytest.fixture
def home(understanding, clock, station):
    """Makes a speaker with a player, which plays the stream "one" after ten characters of speech."""

    def make(**habits):
        station.on("StartRoutineIntent", spoken("Here it is", play("one")))
        return Speaker(station, understanding, clock, voice=TEN_MS_A_LETTER, player=Habits(**habits), streams=streams)

    return make


def player_of(event):
    return event["context"]["AudioPlayer"]


def starts(speaker):
    """Opens the skill and waits for its stream."""
    speaker.say(OPEN)
    return speaker.listen()


def test_a_device_with_a_player_says_so_in_every_request(home, station):
    starts(home())
    for event in station.sent:
        assert event["context"]["System"]["device"]["supportedInterfaces"] == {"AudioPlayer": {}}
    first, started = station.sent
    assert player_of(first) == {"playerActivity": "IDLE"}
    assert player_of(started) == {"playerActivity": "PLAYING", "token": "one", "offsetInMilliseconds": 0}


def test_a_device_without_one_says_nothing_and_is_sent_no_stream(speaker, skill, an_answer):
    skill.answers = [spoken("Here it is", play("one"))]
    heard = speaker.say("open hip coach")
    assert "AudioPlayer" not in str(skill.sent[0])
    assert heard.fault == "the platform refuses the response: the device has no player"


def test_a_stream_begins_after_the_speech_and_a_gap_and_is_told_without_a_session(home, station):
    speaker = home(gap_ms=300)
    said = speaker.say(OPEN)
    heard = speaker.listen()
    assert (heard.begins - said.begins).total_seconds() * 1000 == said.total_ms + 300
    assert heard.text == "Begin one. End one."
    assert heard.total_ms == 60_000
    started = station.sent[-1]
    assert started.keys() == {"version", "context", "request"}
    assert started["request"].keys() == {
        "type",
        "requestId",
        "timestamp",
        "locale",
        "token",
        "offsetInMilliseconds",
    }


def test_a_stream_that_ends_has_started_nearly_finished_and_finished(home, station):
    speaker = home()
    starts(speaker)
    speaker.wait(120_000)
    assert station.told == ["StartRoutineIntent", "PlaybackStarted", "PlaybackNearlyFinished", "PlaybackFinished"]
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == 60_000
    assert player_of(station.sent[-1])["playerActivity"] == "FINISHED"


@pytest.mark.parametrize(("nearly", "offset_ms"), [(Nearly.SOON, 300), (Nearly.LATE, 59_900), (Nearly.AFTER, 60_000)])
@pytest.mark.parametrize("gap_ms", [0, 300, 2_500])
def test_the_next_stream_is_enqueued_when_the_player_is_ready_for_it(home, station, nearly, offset_ms, gap_ms):
    speaker = home(nearly_finished=nearly, gap_ms=gap_ms)
    station.on("PlaybackNearlyFinished", reply(play("two", "ENQUEUE", after="one")))
    first = starts(speaker)
    second = speaker.listen()
    assert station.last("NearlyFinished")["request"]["offsetInMilliseconds"] == offset_ms
    assert second.text == "Begin two. End two."
    assert (second.begins - first.begins).total_seconds() * 1000 == 60_000 + gap_ms
    assert "PlaybackStopped" not in station.told
    assert "two" in player_of(station.last("Started")).values()


def test_a_stream_for_another_place_in_the_queue_is_passed_over(home, station):
    speaker = home()
    station.on("PlaybackNearlyFinished", reply(play("two", "ENQUEUE", after="nobody")))
    starts(speaker)
    assert speaker.listen() is None
    assert not any(heard.fault for heard in speaker.heard)


def test_what_is_told_twice_enqueues_twice_only_where_the_skill_lets_it(home, station):
    speaker = home(twice=frozenset({"PlaybackNearlyFinished"}))
    station.on("PlaybackNearlyFinished", *[reply(play("two", "ENQUEUE", after="one"))] * 2)
    starts(speaker)
    assert speaker.listen().text.startswith("Begin two")
    assert speaker.listen() is None
    assert station.told.count("PlaybackNearlyFinished") == 4


def test_what_is_told_late_has_the_state_of_then(home, station):
    speaker = home(late_ms={"PlaybackFinished": 5_000})
    station.on("PlaybackNearlyFinished", reply(play("two", "ENQUEUE", after="one")))
    starts(speaker)
    speaker.listen()
    speaker.wait(6_000)
    assert station.told.index("PlaybackFinished") > len(station.told) - 3
    assert "one" in player_of(station.last("Finished")).values()


@pytest.mark.parametrize("interrupted", [Interrupted.PAUSED, Interrupted.DUCKED])
def test_a_stream_goes_on_by_itself_after_an_answer_that_leaves_it_alone(home, station, interrupted):
    speaker = home(interrupted=interrupted)
    station.on("TimeLeftIntent", answer("Forty seconds.", ends=True))
    stream = starts(speaker)
    said = speaker.say("ask hip coach how much longer", into_ms=20_000)
    assert said.text == "Forty seconds."
    assert said.after == "Begin one."
    activity = "PAUSED" if interrupted is Interrupted.PAUSED else "PLAYING"
    assert player_of(station.sent[-1]) == {"playerActivity": activity, "token": "one", "offsetInMilliseconds": 20_000}
    on = speaker.listen()
    lost = round((on.begins - stream.begins).total_seconds() * 1000) - 20_000
    assert on.begins >= said.begins
    assert on.total_ms == 40_000 - (lost if interrupted is Interrupted.DUCKED else 0)
    assert on.text == "End one."
    speaker.wait(60_000)
    assert station.told[-1] == "PlaybackFinished"
    assert "PlaybackStopped" not in station.told


def test_a_stream_is_over_at_the_first_word_where_the_device_has_it_so(home, station):
    speaker = home(interrupted=Interrupted.STOPPED)
    station.on("TimeLeftIntent", answer("Forty seconds.", ends=True))
    starts(speaker)
    speaker.say("ask hip coach how much longer", into_ms=20_000)
    assert player_of(station.last("IntentRequest"))["playerActivity"] == "STOPPED"
    assert station.told[-1] == "PlaybackStopped"
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == 20_000
    assert speaker.listen() is None


def test_a_pause_stops_the_stream_and_resuming_goes_on_from_its_place(home, station):
    speaker = home()
    station.on("AMAZON.PauseIntent", reply(STOP, shouldEndSession=True))
    station.on("AMAZON.ResumeIntent", spoken("On we go.", play("one", offset_ms=20_000)))
    starts(speaker)
    speaker.say("Alexa, pause", into_ms=20_000)
    assert station.told[-2:] == ["PauseIntent", "PlaybackStopped"]
    assert station.last("IntentRequest")["session"]["new"] is True
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == 20_000
    speaker.wait(3_600_000)
    speaker.say("resume")
    assert player_of(station.sent[-1]) == {"playerActivity": "STOPPED", "token": "one", "offsetInMilliseconds": 20_000}
    assert speaker.listen().total_ms == 40_000
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == 20_000


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("pause", "PauseIntent"),
        ("Alexa, stop.", "PauseIntent"),
        ("alexa, resume", "ResumeIntent"),
        ("next", "NextIntent"),
        ("previous", "PreviousIntent"),
        ("repeat", "RepeatIntent"),
        ("start over", "StartOverIntent"),
        ("cancel", "CancelIntent"),
        ("shuffle", "ShuffleOnIntent"),
        ("shuffle off", "ShuffleOffIntent"),
        ("turn on loop", "LoopOnIntent"),
        ("loop off", "LoopOffIntent"),
    ],
)
def test_words_for_a_player_need_no_name_while_it_is_ours(home, station, words, intent):
    speaker = home()
    starts(speaker)
    speaker.say(words, into_ms=10_000)
    assert station.told[-1] == intent
    speaker.wait(600_000)
    speaker.say(words)
    assert station.told[-1] == intent, "and after its end as well"


def test_other_words_need_the_name_and_the_stream_goes_on(home, station):
    speaker = home()
    starts(speaker)
    heard = speaker.say("how much longer", into_ms=10_000)
    assert heard.notice
    assert heard.request is None
    assert speaker.listen().total_ms == 50_000


def test_words_for_a_player_are_nobodys_before_it_has_played(home, station):
    assert home().say("pause").request is None


def test_a_service_for_music_can_take_words_for_its_own(home, station):
    speaker = home(claimed={"next": STOPS, "pause": GOES_ON})
    starts(speaker)
    assert speaker.say("pause", into_ms=10_000).notice
    assert speaker.listen().total_ms == 50_000
    speaker.say("next", into_ms=10_000)
    assert station.told[-1] == "PlaybackStopped"
    assert "NextIntent" not in station.told
    assert speaker.listen() is None


def test_stop_may_only_stop(home, station):
    speaker = home(stop_is_pause=False)
    starts(speaker)
    speaker.say("stop", into_ms=10_000)
    assert station.told[-1] == "PlaybackStopped"
    assert "PauseIntent" not in station.told


def test_a_sound_that_is_not_there_is_told_as_a_failure_with_the_state_before(home, station):
    speaker = home()
    station.on("PlaybackNearlyFinished", reply(play("nothing", "ENQUEUE", after="one")))
    starts(speaker)
    assert speaker.listen() is None
    failed = station.last("PlaybackFailed")["request"]
    assert "nothing" in failed.values()
    assert failed["error"]["type"] == "MEDIA_ERROR_SERVICE_UNAVAILABLE"
    assert failed["currentPlaybackState"] == {
        "playerActivity": "FINISHED",
        "token": "one",
        "offsetInMilliseconds": 60_000,
    }


def test_an_address_can_be_switched_off_and_another_one_be_played_instead(home, station):
    speaker = home()
    speaker.player.switched_off.add(WHERE + "one")
    station.on("PlaybackFailed", reply(play("two")))
    assert starts(speaker).text == "Begin two. End two."


@pytest.mark.parametrize("directive", [STOP, CLEAR_ALL])
def test_a_stream_is_stopped_by_what_is_replied_to_its_start(home, station, directive):
    speaker = home()
    station.on("PlaybackStarted", reply(directive))
    starts(speaker)
    assert station.told[-1] == "PlaybackStopped"
    assert speaker.heard[-1].total_ms == 0, "nothing more is heard"


def test_what_waits_is_replaced_or_cleared(home, station):
    speaker = home()
    station.on("PlaybackNearlyFinished", reply(play("two", "ENQUEUE", after="one")))
    station.on("AMAZON.NextIntent", reply(play("three", "REPLACE_ENQUEUED"), shouldEndSession=True))
    starts(speaker)
    speaker.say("next", into_ms=10_000)
    assert speaker.listen().text == "End one.", "what plays goes on"
    assert speaker.listen().text == "Begin three. End three."
    station.on("AMAZON.NextIntent", reply(CLEAR_ENQUEUED, shouldEndSession=True))
    station.on("PlaybackNearlyFinished")
    speaker.say("next", into_ms=10_000)
    assert speaker.listen().text == "End three."
    assert speaker.listen() is None


def test_a_stream_for_now_ends_what_plays(home, station):
    speaker = home()
    station.on("AMAZON.NextIntent", spoken("The next one", play("two")))
    starts(speaker)
    speaker.say("next", into_ms=10_000)
    assert speaker.listen().text == "Begin two. End two."
    assert station.told[-3:] == ["NextIntent", "PlaybackStopped", "PlaybackStarted"]


def test_a_stream_waits_for_the_end_of_a_session_that_is_left_open(home, station):
    speaker = home()
    station.on("StartRoutineIntent", spoken("Ready?", play("one"), ends=False))
    speaker.say(OPEN)
    assert speaker.listen().text == "Begin one. End one."
    assert station.told == ["StartRoutineIntent", "SessionEndedRequest", "PlaybackStarted"]


@pytest.mark.parametrize("button", ["Next", "Previous", "Play", "Pause"])
def test_a_button_is_told_without_a_session_and_can_be_answered_with_a_stream(home, station, button):
    speaker = home()
    station.on(f"{button}CommandIssued", reply(play("two")))
    starts(speaker)
    speaker.press(button, into_ms=10_000)
    pressed = station.last("CommandIssued")
    assert pressed["request"]["type"] == f"PlaybackController.{button}CommandIssued"
    assert "session" not in pressed
    assert player_of(pressed)["offsetInMilliseconds"] == 10_000
    assert speaker.listen().text == "Begin two. End two."


def test_a_device_that_had_no_power_has_forgotten_everything(home, station):
    speaker = home()
    starts(speaker)
    speaker.wait(10_000)
    speaker.reboot()
    assert speaker.listen() is None
    assert "PlaybackStopped" not in station.told
    speaker.say(OPEN)
    assert player_of(station.sent[-1]) == {"playerActivity": "IDLE"}


@pytest.mark.parametrize("late", [True, False])
def test_without_a_connection_a_stream_stops_and_is_told_late_or_never(home, station, late):
    speaker = home()
    starts(speaker)
    speaker.wait(10_000)
    speaker.disconnect()
    sent = len(station.sent)
    speaker.say("pause")
    speaker.wait(60_000)
    assert len(station.sent) == sent
    speaker.reconnect(late=late)
    assert station.told[sent:] == (["PlaybackStopped"] if late else [])


def test_another_skill_that_plays_takes_the_place(home, station):
    speaker = home()
    starts(speaker)
    speaker.wait(10_000)
    speaker.play_another()
    assert station.told[-1] == "PlaybackStopped"
    sent = len(station.sent)
    speaker.say("pause")
    assert len(station.sent) == sent


@pytest.mark.parametrize(
    ("event", "wrong", "reason"),
    [
        ("PlaybackStarted", answer("Hello", ends="absent"), "a reply to AudioPlayer.PlaybackStarted has outputSpeech"),
        ("PlaybackNearlyFinished", answer(None, reprompt="Hello", ends="absent"), "has reprompt"),
        ("PlaybackNearlyFinished", reply(card={"type": "Simple"}), "has card"),
        ("PlaybackNearlyFinished", reply(shouldEndSession=False), "has shouldEndSession"),
        ("PlaybackNearlyFinished", reply({"type": "Dialog.Delegate"}), "not for the player"),
        ("PlaybackNearlyFinished", reply(play("two"), play("three")), "one AudioPlayer.Play at most"),
        ("PlaybackNearlyFinished", reply(play("two", "ENQUEUE")), "expectedPreviousToken"),
        ("PlaybackNearlyFinished", reply(play("two", "REPLACE_ALL", after="one")), "expectedPreviousToken"),
        ("PlaybackNearlyFinished", reply(play("two", "LATER")), "no way to play"),
        ("PlaybackStarted", reply(play("two")), "only AudioPlayer.Stop and AudioPlayer.ClearQueue"),
        ("PlaybackFinished", reply(play("two")), "only AudioPlayer.Stop and AudioPlayer.ClearQueue"),
    ],
)
def test_a_reply_that_a_player_cannot_use_is_refused_and_the_skill_is_told(home, station, event, wrong, reason):
    speaker = home()
    station.on(event, wrong)
    starts(speaker)
    assert speaker.listen() is None
    faults = [heard.fault for heard in speaker.heard if heard.fault]
    assert len(faults) == 1
    assert reason in faults[0]
    told = station.last("ExceptionEncountered")["request"]
    assert told["error"]["type"] == "INVALID_RESPONSE"
    assert told["cause"]["requestId"] == station.last(event)["request"]["requestId"]


def test_nothing_can_be_replied_to_a_stop(home, station):
    speaker = home(stop_is_pause=False)
    station.on("PlaybackStopped", reply(CLEAR_ALL))
    starts(speaker)
    speaker.say("stop", into_ms=1_000)
    assert "nothing can be replied" in speaker.heard[-1].fault


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"token": "t" * 1_025}, "1 to 1024"),
        ({"token": ""}, "1 to 1024"),
        ({"url": "http://sounds.example/one"}, "https"),
        ({"url": WHERE + "o" * 8_000}, "8000"),
        ({"offsetInMilliseconds": -1}, "from 0 on"),
    ],
)
def test_a_stream_that_is_out_of_order_is_refused_in_a_session_with_an_apology(home, station, changed, reason):
    speaker = home()
    wrong = play("one")
    wrong["audioItem"]["stream"] |= changed
    station.on("StartRoutineIntent", spoken("Here it is", wrong))
    heard = speaker.say(OPEN)
    assert reason in heard.fault
    assert "problem with the requested skill" in heard.text
    assert speaker.listen() is None
