"""The edge to ask-sdk for what players tell, and for the buttons of a remote control.

Rule: they are answered with directives for the player and nothing else: nobody can be spoken to by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from coach import log, metrics
from coach.alexa import player, requests
from coach.alexa.speaker import AlexaSpeaker
from coach.answering import Answering
from coach.conversation import Event, Heard
from coach.players import Players


@dataclass(frozen=True)
class Playback(AbstractRequestHandler):
    """Answers players. `alexa_api` is an endpoint that may be called beside Amazon's."""

    answering: Answering
    id_key: str
    alexa_api: str = ""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Only what players and their buttons send."""
        return isinstance(handler_input.request_envelope.request, player.Report)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Keep the place, and line up what comes."""
        envelope, builder = handler_input.request_envelope, handler_input.response_builder
        report = envelope.request
        asked = requests.asked(envelope, self.id_key, Heard(player.BUTTONS.get(report.object_type, Event.PLAYS)))
        metrics.current().event = asked.heard.event
        players = Players(self.answering)
        speaker = AlexaSpeaker.of(envelope, self.answering.turns.phrasebooks(asked.locale), self.alexa_api)
        if report.object_type in player.BUTTONS:
            request = player.pressed_on(asked, envelope)
            if turn := players.press(request, speaker):
                player.write(builder, turn, request)
            # Else it plays on: nobody can be told by a key what would be said, and it leads out of the pose, and up.
            return builder.response
        if report.object_type == player.FAILED:
            log.record("stream_failed", reason=report.error)
            failed = player.failed(report, player.heard_on(asked, envelope))
            again = players.again(failed, speaker) if failed else None
            if failed and again and report.behind:
                player.line_up(builder, again, failed, report.behind)
            elif failed and again:
                player.write(builder, again, failed)
            return builder.response
        told = player.told(report, player.heard_on(asked, envelope))
        if told is None:
            return builder.response
        if report.object_type != player.NEARLY_FINISHED:
            players.follow(told, speaker)
        elif following := players.lined_up(told):
            player.line_up(builder, following, told, report.token)
        return builder.response
