"""The edge to ask-sdk: a handler for what people say, one for their leaving, one for errors.

Rule: all meaning is behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response, SessionEndedRequest

from coach import log, metrics
from coach.alexa import requests, responses, touch
from coach.alexa.envelope import PLAYERS, SKILL_DISABLED
from coach.alexa.speaker import AlexaSpeaker
from coach.answering import Answering
from coach.errors import MalformedRequestError
from coach.persistence import ProgressRepository
from coach.speaking import Prompt
from coach.speaking.ssml import escaped
from coach.values import replace

if TYPE_CHECKING:
    from coach.speaking.clips import KnownVoice


IN_ERROR = "ERROR"
"""Why a session ended in which a device could not do what it was answered."""


@dataclass(frozen=True)
class Coach(AbstractRequestHandler):
    """Answers every request that Alexa sends. `alexa_api` is an endpoint that may be called beside Amazon's, and a
    `voice` that is known tells what was heard, and is told what is to be.
    """

    answering: Answering
    id_key: str
    alexa_api: str = ""
    voice: KnownVoice | None = None

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """All requests come here: what differs between them is in the table."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Take one turn."""
        envelope, builder = handler_input.request_envelope, handler_input.response_builder
        request = requests.read(envelope, self.id_key)
        if request is None:
            return builder.response
        if self.voice:
            request = replace(request, into_ms=self.voice.into_ms())
        phrasebook = self.answering.turns.phrasebooks(request.locale)
        if request.speaking_up and not touch.is_known(request.heard, phrasebook.content.library):
            return builder.response
        if self.answering.turns.reels:
            # Only who has sounds to play waits for this module.
            from coach.alexa import player  # noqa: PLC0415

            request = player.heard_on(request, envelope)
        record = metrics.current()
        record.event = request.heard.event
        turn, carried = self.answering.answer(request, AlexaSpeaker.of(envelope, phrasebook, self.alexa_api))
        record.state = turn.session.state
        if isinstance(envelope.request, SessionEndedRequest):
            if self.answering.turns.reels and envelope.request.reason == IN_ERROR:
                # It may be a sound that could not be fetched: nobody tells which error it was.
                self.answering.turns.reels.rest(request.device)
            return builder.response
        if self.voice:
            self.voice.speaks(turn.timeline, turn.progress.preferences.pace)
        responses.write(builder, turn, phrasebook, envelope.request.object_type)
        if request.streams:
            player.write(builder, turn, request)
        if envelope.context.system.device.supported_interfaces and turn.reprompt and not turn.permission:
            # Only who has a screen waits for these modules.
            from coach.alexa import screen  # noqa: PLC0415

            if shown := screen.directive(turn, phrasebook, request):
                responses.add(builder, shown)
        if envelope.session:
            written = self.answering.recollections.written(carried, phrasebook.content.library)
            handler_input.attributes_manager.session_attributes = written
        return builder.response


@dataclass(frozen=True)
class Leaving(AbstractRequestHandler):
    """Deletes all that is kept under an account, every voice of it, when the skill is disabled there."""

    repository: ProgressRepository
    id_key: str

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Only the event of Alexa's that says so."""
        return bool(handler_input.request_envelope.request.object_type == SKILL_DISABLED)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Nothing is said. A store that does not answer is an error of the function, so that Alexa tells it again."""
        for person in self.repository.people(requests.account_of(handler_input.request_envelope, self.id_key)):
            self.repository.forget(person)
        return handler_input.response_builder.response


@dataclass(frozen=True)
class Apology(AbstractExceptionHandler):
    """Answers when something broke: the session stays open and carries what it carried."""

    answering: Answering

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Whatever it was, to whoever was talking: neither to an event of Alexa's, nor to what is no request."""
        spoken_to = handler_input.request_envelope.request.object_type != SKILL_DISABLED
        return bool(spoken_to and not isinstance(exception, MalformedRequestError))

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologise, and keep the place."""
        log.record("turn_failed", error=type(exception).__name__)
        metrics.current().error = type(exception).__name__
        builder = handler_input.response_builder
        request = handler_input.request_envelope.request
        if isinstance(request, SessionEndedRequest) or request.object_type.startswith(PLAYERS):
            return builder.response
        sorry = escaped(self.answering.turns.phrasebooks(request.locale).text(Prompt("sorry")))
        return builder.speak(sorry).ask(sorry).response
