"""The edge to ask-sdk: one handler for every request, one for every error. All meaning is behind it.

A turn: read the envelope, take the turn, save what changed, write the response. When somebody else wrote in between,
the turn is taken once more on what they wrote, with this speaker's place: the later speaker takes over, and both count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response, SessionEndedRequest

from coach import log
from coach.alexa import memory, permission, reminders, requests
from coach.alexa.requests import Request
from coach.cues import Prompt
from coach.errors import ConflictError, StoreUnavailableError
from coach.progress import Progress, ProgressRepository
from coach.scene import Scene
from coach.session import Session
from coach.speech import Phrasebook, render
from coach.turn import Turn, take_turn

Phrasebooks = Callable[[str], Phrasebook]
"""The phrasebook of a locale."""


@dataclass(frozen=True)
class Coach(AbstractRequestHandler):
    """Answers every request that Alexa sends."""

    repository: ProgressRepository
    phrasebooks: Phrasebooks
    id_key: str
    reminders_api: str = ""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """All requests come here: what differs between them is in the table."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Take one turn."""
        request = requests.read(handler_input.request_envelope, self.id_key)
        builder = handler_input.response_builder
        if request is None:
            return builder.response
        phrasebook = self.phrasebooks(request.locale)
        turn = self._turn(request, phrasebook)
        if isinstance(handler_input.request_envelope.request, SessionEndedRequest):
            return builder.response
        pace = turn.progress.preferences.pace
        builder.speak(render(turn.timeline, pace=pace)).set_should_end_session(turn.reprompt is None)
        if turn.reprompt:
            builder.ask(phrasebook.text(turn.reprompt))
        if turn.permission:
            builder.add_directive(permission.directive(turn.permission))
        handler_input.attributes_manager.session_attributes = memory.pack(turn.session, turn.progress)
        return builder.response

    def _turn(self, request: Request, phrasebook: Phrasebook) -> Turn:
        session, progress = self._remembered(request)
        turn = take_turn(_scene(request, session, progress, phrasebook))
        if turn.errand:
            speaker = reminders.Speaker(*request.api, request.locale, progress.zone, request.now_ms)
            done = reminders.carry_out(turn.errand, speaker, phrasebook, self.reminders_api)
            request = replace(request, heard=done)
            turn = take_turn(_scene(request, session, progress, phrasebook))
        try:
            return self._saved(request, progress, turn)
        except ConflictError as conflict:
            stored = conflict.stored
            # Without a revision nothing was read when the session began: then the stored place is the person's own.
            theirs = replace(stored, place=progress.place) if progress.revision else stored
            again = take_turn(_scene(request, session, theirs, phrasebook))
            return self._saved(request, theirs, again)

    def _remembered(self, request: Request) -> tuple[Session, Progress]:
        carried = None if request.new else memory.unpack(request.carried)
        if carried:
            return carried
        try:
            return Session(), self.repository.load(request.person) or Progress()
        except StoreUnavailableError as error:
            log.record("store_unavailable", call="load", reason=error.reason)
            return Session(), Progress()

    def _saved(self, request: Request, before: Progress, turn: Turn) -> Turn:
        """The turn with its progress as it stands in the store. Raises ConflictError when somebody else wrote."""
        try:
            if turn.forget:
                self.repository.forget(request.person)
            elif replace(turn.progress, touched=before.touched) != before:
                stamped = replace(turn.progress, last_request=request.id)
                return replace(turn, progress=self.repository.save(request.person, stamped))
        except StoreUnavailableError as error:
            log.record("store_unavailable", call="forget" if turn.forget else "save", reason=error.reason)
        return turn


@dataclass(frozen=True)
class Apology(AbstractExceptionHandler):
    """Answers when something broke: the session stays open and carries what it carried."""

    phrasebooks: Phrasebooks

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Whatever it was."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologise, and keep the place."""
        log.record("turn_failed", error=type(exception).__name__)
        builder = handler_input.response_builder
        request = handler_input.request_envelope.request
        if isinstance(request, SessionEndedRequest):
            return builder.response
        sorry = self.phrasebooks(request.locale or "").text(Prompt("sorry"))
        return builder.speak(sorry).ask(sorry).response


def _scene(request: Request, session: Session, progress: Progress, phrasebook: Phrasebook) -> Scene:
    wording = phrasebook.wording(seed=session.answers, pace=progress.preferences.pace)
    day = _day(request.now_ms / 1000, progress.zone)
    kept_on = _day(progress.touched, progress.zone) if progress.touched else day
    library = phrasebook.content.library
    return Scene(request.heard, session, progress, request.now_ms, day, kept_on, library, wording)


def _day(seconds: float, zone: str) -> date:
    """The person's own day at a moment."""
    try:
        return datetime.fromtimestamp(seconds, ZoneInfo(zone) if zone else UTC).date()
    except ZoneInfoNotFoundError:
        return datetime.fromtimestamp(seconds, UTC).date()
