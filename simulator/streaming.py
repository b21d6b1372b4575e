"""Between a player and the skill: what the player tells goes there, and what is answered to it is done, or refused.

Rule: as the service does it. A request of a player has no session, and a reply that is refused is told to the skill
with System.ExceptionEncountered, and has no other effect.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from simulator import envelopes, player_limits, transport
from simulator.audio_player import AudioPlayer
from simulator.envelopes import Household, Json
from simulator.habits import STOPS
from simulator.heard import Heard
from simulator.playback import stages
from simulator.skill import Skill
from simulator.streams import Event, Sounding


class Streaming:
    """The player of one household's device, and its line to the skill."""

    def __init__(self, player: AudioPlayer, who: Household, skill: Skill) -> None:
        self._player = player
        self.who = who
        self._skill = skill

    def go_on(self, until: datetime) -> Iterator[Heard]:
        """Let the player do what it does by itself up to a moment; each thing of it that is heard, or told."""
        while (due := self._player.due) is not None and due <= until:
            match self._player.step():
                case Sounding() as sounding:
                    at, life = sounding.at, stages(sounding.pieces, (), listens=False)
                    yield Heard("", at, at, pieces=sounding.pieces, life=life, stream=sounding)
                case Event() as event:
                    request = envelopes.player_event(self.who, event.at, event.name, event.fields)
                    yield replace(self._told(request, event.at, event.state), event=True)

    def claimed(self, words: str, at: datetime) -> str:
        """What comes of words that Alexa takes for herself; empty for those that the skill gets."""
        habits, word = self._player.habits, transport.plain(words)
        usual = STOPS if word == transport.STOP and not habits.stop_is_pause else ""
        claimed = habits.claimed.get(word, usual)
        if claimed == STOPS:
            self._player.stop(at)
        return f"Alexa takes that for herself, and the skill does not get it: {claimed}." if claimed else ""

    def press(self, button: str, at: datetime) -> Heard:
        """Press a button for the player: Next, Previous, Play or Pause."""
        told = self._told(envelopes.pressed(self.who, at, button), at, self._player.state(at))
        return replace(told, touched=f"the button {button}")

    def _told(self, request: Json, at: datetime, state: Json) -> Heard:
        """Send a request of the player, and do what is answered."""
        answer = self._skill.answer(envelopes.outside(self.who, request, state))
        fault = answer.fault
        if answer.envelope:
            response = answer.envelope["response"]
            if reason := player_limits.refusal(response, request["type"], player=True):
                fault = f"the platform refuses the response: {reason}"
            else:
                self._player.take(player_limits.directives(response), at)
        if fault:
            told = envelopes.exception(self.who, at, request, fault)
            also = self._skill.answer(envelopes.outside(self.who, told, self._player.state(at))).fault
            fault = f"{fault}; then {also}" if also else fault
        return Heard("", at, at, request=request, fault=fault, trace=answer.trace, silent=True)
