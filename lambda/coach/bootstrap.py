"""The one composition root: settings in, a handler out. Nothing else in the package makes a client or reads a
setting.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ask_sdk_core.skill_builder import SkillBuilder

from coach import log
from coach.alexa import envelope
from coach.alexa.handlers import Apology, Coach, Leaving
from coach.alexa.limits import ALEXA
from coach.alexa.rehearsal import rehearse
from coach.alexa.responses import plain
from coach.answering import Answering
from coach.config import ID_KEY_MIN_CHARACTERS, Settings
from coach.conversation import Recollections
from coach.errors import ConfigurationError, MalformedRequestError
from coach.metrics import Recorder, WatchedRepository
from coach.persistence import ProgressRepository
from coach.persistence.stores import open_store
from coach.speaking import Prompt
from coach.speaking.content import FALLBACK_LOCALE, best_locale, load
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.ssml import escaped, speak
from coach.turns import Turns
from coach.values import replace

if TYPE_CHECKING:
    from coach.speaking.clips import KnownVoice

Handler = Callable[[dict[str, Any], object], dict[str, Any]]
"""What AWS Lambda calls: an envelope and a context in, a response envelope out."""


NOTHING = {"version": "1.0", "response": {}}
"""The answer to a request that nothing is done about: an event of Alexa's, which nobody hears an answer to."""


def bootstrap(
    settings: Settings | None = None,
    *,
    repository: ProgressRepository | None = None,
    recorder: Recorder | None = None,
    recollections: Recollections | None = None,
    deployed: bool = False,
    voice: KnownVoice | None = None,
    phrasebooks: Callable[[str], Phrasebook] | None = None,
) -> Handler:
    """The handler for these settings. Raises ConfigurationError or ContentMissingError when it could not work.

    It speaks from what was compiled, or from the `phrasebooks` of whoever knows better. With a `voice` whose clips have
    lengths, answers are laid out to them, and its player tells how far they got.

    A coach that is `deployed`, where strangers reach it, does not work without the ids and the store that a laptop may
    leave out; and it has rehearsed before the first of them does.
    """
    settings = settings or Settings()
    if deployed:
        _check_deployed(settings)
        in_private = bootstrap(Settings(skill_id=settings.skill_id, store="memory:"))
        rehearse(in_private, settings.skill_id, FALLBACK_LOCALE)
    _phrasebook(FALLBACK_LOCALE)
    builder = SkillBuilder()
    builder.skill_id = settings.skill_id or None
    store = repository if repository is not None else open_store(settings.store or "memory:")
    recorder = recorder or (Recorder(settings.metrics) if settings.metrics else None)
    store = WatchedRepository(store) if recorder else store
    turns = Turns(phrasebooks or _phrasebook, ALEXA)
    if voice:
        turns = _in(voice, turns)
    elif settings.voice or settings.shelf:
        turns = _in_reels(settings, turns)
    answering = Answering(store, turns, recollections or Recollections())
    builder.add_request_handler(Leaving(store, settings.id_key))
    if turns.reels:
        from coach.alexa.playback import Playback  # noqa: PLC0415

        builder.add_request_handler(Playback(answering, settings.id_key, settings.alexa_api))
    builder.add_request_handler(Coach(answering, settings.id_key, settings.alexa_api, voice))
    builder.add_exception_handler(Apology(answering))
    answer = entrance(builder)
    taken = recorder.around(answer) if recorder else answer

    def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
        try:
            return taken(envelope.checked(event), context)
        except MalformedRequestError as error:
            log.record("request_refused", reason=str(error))
        return _refusal()

    return handle


def entrance(builder: SkillBuilder) -> Handler:
    """The way into a skill and out of it again, for envelopes that were checked: ask-sdk gets what is read of them."""
    skill = builder.create()

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        opened = envelope.opened(event)
        if not opened:
            return dict(NOTHING)
        told = skill.invoke(opened, context)
        # Plain as they are: ask-sdk would look at each part of them.
        carried, told.session_attributes = told.session_attributes, None
        directives, told.response.directives = told.response.directives, None
        answer: dict[str, Any] = plain(told)
        if directives:
            answer["response"]["directives"] = [one if isinstance(one, dict) else plain(one) for one in directives]
        return {**answer, "sessionAttributes": carried} if carried is not None else answer

    return answer


def _in(voice: KnownVoice, turns: Turns) -> Turns:
    """What takes turns in a voice that is known. Whoever has none loads nothing for it."""
    from coach.speaking.clips import EXACT, laying_out, platform_of  # noqa: PLC0415

    platform = platform_of(voice, turns.platform)
    return replace(turns, platform=platform, lay_out=laying_out(voice), tempo=EXACT)


def _in_reels(settings: Settings, turns: Turns) -> Turns:
    """What takes turns with reels of a voice pack. Whoever has none loads nothing for it."""
    if not (settings.voice and settings.shelf):
        raise ConfigurationError(
            "Set both HIP_COACH_VOICE, the folder of voice packs, and HIP_COACH_SHELF, where reels are put, or neither."
        )
    from coach.reels import ReelAnswers, open_shelf, packs_in  # noqa: PLC0415

    reels = ReelAnswers(packs_in(Path(settings.voice)), open_shelf(settings.shelf))
    return replace(turns, reels=reels)


def _check_deployed(settings: Settings) -> None:
    if not settings.skill_id.strip():
        raise ConfigurationError(
            "Set HIP_COACH_SKILL_ID to the id of the skill, amzn1.ask.skill.…: without it any skill would be answered."
        )
    if len(settings.id_key.strip()) < ID_KEY_MIN_CHARACTERS:
        raise ConfigurationError(
            f"Set HIP_COACH_ID_KEY to a secret of at least {ID_KEY_MIN_CHARACTERS} characters: "
            "without it whoever knows an id can tell what is kept under it."
        )
    if not settings.store:
        raise ConfigurationError(
            "Set HIP_COACH_STORE to where progress is kept, such as dynamodb://TABLE: "
            "without it everything would be forgotten as soon as this process ends."
        )


def _phrasebook(locale: str) -> Phrasebook:
    """The phrasebook for a request's locale, whatever that is."""
    return _words(best_locale(locale))


@cache
def _words(locale: str) -> Phrasebook:
    """The phrasebook of a locale that has content, made when it is first spoken."""
    return Phrasebook(load(locale))


def _refusal() -> dict[str, Any]:
    """The answer to what is no request: an apology, and the end."""
    sorry = _phrasebook(FALLBACK_LOCALE).text(Prompt("refused"))
    speech = {"type": "SSML", "ssml": speak(escaped(sorry))}
    return {"version": "1.0", "sessionAttributes": {}, "response": {"outputSpeech": speech, "shouldEndSession": True}}
