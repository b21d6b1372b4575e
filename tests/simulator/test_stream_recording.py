"""An evening with streams written down, which plays as it went."""

from simulator import player, recording
from simulator.habits import Habits
from simulator.transcript import read
from tests.simulator.streams import STOP, Station, play, reply, spoken, streams


def a_station():
    station = Station()
    station.on("StartRoutineIntent", spoken("Here it is.", play("one")))
    station.on("TimeLeftIntent", spoken("Forty seconds."))
    station.on("AMAZON.PauseIntent", reply(STOP, shouldEndSession=True))
    return station


def test_streams_and_the_words_in_their_middle_play_as_they_went(a_speaker, understanding, tmp_path):
    first, again, path = a_station(), a_station(), tmp_path / "evening.yaml"
    speaker = a_speaker(handler=first, player=Habits(), streams=streams)
    speaker.say("ask hip coach to start the quick routine")
    speaker.listen()
    speaker.say("ask hip coach how much longer", into_ms=20_000)
    speaker.listen()
    speaker.say("alexa, pause", into_ms=5_000)
    recording.write(speaker, path)
    assert player.play(read(path), again, understanding, streams=streams) == []
    assert again.told == first.told
    assert again.sent[-1]["context"]["AudioPlayer"]["offsetInMilliseconds"] == 25_000
