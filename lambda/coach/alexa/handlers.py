"""The edge to ask-sdk: a handler for what people say, one for their leaving, one for errors. All meaning is behind it.

A turn: read the envelope, take the turn, save what changed, write the response. When somebody else wrote in between,
the turn is taken once more on what they wrote, with this speaker's place: the later speaker takes over, and both count.
What cannot be saved is carried by the session, and saved with a later turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response, SessionEndedRequest

from coach import log, metrics
from coach.alexa import permission, reminders, requests
from coach.alexa.requests import Request
from coach.alexa.service import Service
from coach.alexa.zone import ASKING_S, day_in, zone_of
from coach.cues import Prompt
from coach.errors import ConflictError, StoreUnavailableError
from coach.memory import Memory
from coach.progress import Progress, ProgressRepository
from coach.scene import Notes, Scene
from coach.session import Event
from coach.speech import Phrasebook, render
from coach.turn import Turn, take_turn

Phrasebooks = Callable[[str], Phrasebook]
"""The phrasebook of a locale."""

ENDING_MS, ENDING_TRIES = 4_000, 3
"""Nobody waits for an answer to the end of a session, and nobody is left to write after it: it is written harder. Three
tries of the store, the last begun in time, are over before the function is.
"""

SKILL_DISABLED = "AlexaSkillEvent.SkillDisabled"
"""The type of request that ask-sdk has a class for, with a dozen modules that nothing else here needs."""

SAVING_MS = 1_000
"""After this long a turn asks nobody but the store, and takes up no other writer's progress any more: with what may
still be waited for then, it is answered within three seconds.
"""


@dataclass(frozen=True)
class Coach(AbstractRequestHandler):
    """Answers every request that Alexa sends."""

    repository: ProgressRepository
    phrasebooks: Phrasebooks
    id_key: str
    alexa_api: str = ""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """All requests come here: what differs between them is in the table."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Take one turn."""
        request = requests.read(handler_input.request_envelope, self.id_key)
        builder = handler_input.response_builder
        if request is None:
            return builder.response
        metrics.current().event = request.heard.event
        phrasebook = self.phrasebooks(request.locale)
        turn, memory = self._turn(request, phrasebook)
        metrics.current().state = turn.session.state
        if isinstance(handler_input.request_envelope.request, SessionEndedRequest):
            return builder.response
        pace = turn.progress.preferences.pace
        builder.speak(render(turn.timeline, pace=pace)).set_should_end_session(turn.reprompt is None)
        if turn.reprompt:
            builder.ask(phrasebook.text(turn.reprompt))
        if turn.permission:
            builder.add_directive(permission.directive(turn.permission))
        handler_input.attributes_manager.session_attributes = memory.to_attributes()
        return builder.response

    def _turn(self, request: Request, phrasebook: Phrasebook) -> tuple[Turn, Memory]:
        ended = request.heard.event is Event.ENDED
        until = monotonic() + (ENDING_MS if ended else SAVING_MS) / 1000
        tries = ENDING_TRIES if ended else 1
        memory = self._remembered(request, phrasebook)
        if memory.read and monotonic() < until:
            request = replace(request, zone=self._zone(request, memory.progress))
        turn = _taken(request, memory, phrasebook)
        if turn.errand:
            speaker = reminders.Speaker(*request.api, request.locale, turn.progress.zone, request.now_ms)
            done = reminders.carry_out(turn.errand, speaker, phrasebook, self.alexa_api)
            # From here on it is the outcome that is heard: however often the turn is taken, the errand is run once.
            request = replace(request, heard=done)
            turn = _taken(request, memory, phrasebook)
        while memory.read:
            try:
                return turn, self._saved(request, memory, turn)
            except ConflictError as conflict:
                memory = memory.met(conflict.stored)
                turn = _taken(request, memory, phrasebook)
                if monotonic() > until:
                    log.record("store_unavailable", call="save", reason="contended")
                    break
            except StoreUnavailableError as error:
                # A deletion is told as any other write: what somebody wishes is not logged.
                log.record("store_unavailable", call="save", reason=error.reason)
                tries -= 1
                if not tries:
                    turn = _taken(request, memory, phrasebook, Notes.UNWRITTEN)
                    break
        return turn, memory.unwritten(turn.session, turn.progress, request.id)

    def _remembered(self, request: Request, phrasebook: Phrasebook) -> Memory:
        carried = None if request.new else Memory.from_attributes(request.carried, phrasebook.content.library)
        memory = carried or Memory()
        if memory.read:
            return memory
        try:
            return memory.met(self.repository.load(request.person) or Progress())
        except StoreUnavailableError as error:
            log.record("store_unavailable", call="load", reason=error.reason)
            return memory

    def _zone(self, request: Request, progress: Progress) -> str:
        """The time zone of the speaker: as it is known, or else asked for as a session begins."""
        known = dict(progress.zones).get(request.device, "")
        if known or not request.new:
            return known
        return zone_of(request.device_id, Service(*request.api, self.alexa_api, seconds=ASKING_S))

    def _saved(self, request: Request, before: Memory, turn: Turn) -> Memory:
        """What is remembered after a turn that is in the store. Raises ConflictError and StoreUnavailableError."""
        after = replace(before, session=turn.session, progress=turn.progress, unsaved=())
        if turn.forget:
            self.repository.forget(request.person)
        elif request.id in before.progress.writes:
            place = turn.progress.place
            return replace(after, progress=replace(before.progress, place=place), unsaved=before.unsaved)
        elif before.unsaved or replace(turn.progress, touched=before.progress.touched) != before.progress:
            stands = self.repository.save(request.person, turn.progress.written_by(request.id))
            return replace(after, progress=replace(stands, place=turn.progress.place))
        return after


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

    phrasebooks: Phrasebooks

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Whatever it was, to whoever was talking."""
        return bool(handler_input.request_envelope.request.object_type != SKILL_DISABLED)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologise, and keep the place."""
        log.record("turn_failed", error=type(exception).__name__)
        metrics.current().error = type(exception).__name__
        builder = handler_input.response_builder
        request = handler_input.request_envelope.request
        if isinstance(request, SessionEndedRequest):
            return builder.response
        sorry = self.phrasebooks(request.locale or "").text(Prompt("sorry"))
        return builder.speak(sorry).ask(sorry).response


def _taken(request: Request, memory: Memory, phrasebook: Phrasebook, notes: Notes = Notes.KEPT) -> Turn:
    """The turn of a request, on what is remembered."""
    session, progress = memory.session, memory.progress
    if request.zone:
        progress = progress.in_zone(request.device, request.zone)
    day = day_in(progress.zone, request.now_ms / 1000)
    return take_turn(
        Scene(
            heard=request.heard,
            session=session,
            progress=progress,
            now_ms=request.now_ms,
            day=day,
            kept_on=day_in(progress.zone, progress.touched) if progress.touched else day,
            library=phrasebook.content.library,
            wording=phrasebook.wording(seed=session.answers, pace=progress.preferences.pace),
            notes=notes if memory.read else Notes.UNREAD,
            repeated=request.id in progress.writes,
        )
    )
