"""A smart speaker: the life of a session as a device lives it, from the words that open it to its end.

Rule: the skill gets exactly what a device would send it, and nothing else. It never hears that an answer was cut short
or how far it had got; nobody hears what it says to the end of a session; what is said outside a session without its
name does not reach it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape

from coach.alexa.limits import LISTENING_WINDOW_MS
from coach.speaking.content import best_locale, load
from coach.speaking.tempo import Voice
from simulator import advice, elicitation, envelopes, player_limits, transport
from simulator.audio_player import AudioPlayer
from simulator.clock import Clock, to_the_second
from simulator.display import Display, NoSuchKeyError
from simulator.envelopes import Household, Json
from simulator.habits import Habits
from simulator.heard import Heard
from simulator.loudspeaker import Loudspeaker, pieces_of
from simulator.nlu import Match, Understanding
from simulator.nlu.understanding import Asked
from simulator.permission import ACCEPTED, NOT_ANSWERED, QUESTION, asks, reply
from simulator.playback import Doing, Stage, last_words, stages
from simulator.services import AlexaServices
from simulator.skill import Answer, Handler, Observer, Skill
from simulator.speech import Piece, Sounds, SpeechError, pieces, total_ms
from simulator.streaming import Streaming
from simulator.voices.rendering import Sounded

SPEECH_STARTS_AFTER_MS: Final = 1_000
"""From a request until this speaker speaks: its own matter, which the coach does not know."""
ANSWERS_AFTER_MS: Final = 2_000
"""How long after the end of a speech a person answers who has not said otherwise."""
SCREEN_STAYS_MS: Final = 30_000
"""How long a session stays on a screen when the response leaves open whether it ends. Source: manage-skill-session."""

_APOLOGY = "<speak>There was a problem with the requested skill's response.</speak>"
_LEAVE = frozenset({"exit", "quit"})
_A_MS = timedelta(milliseconds=1)


@dataclass
class _Session:
    id: str
    attributes: Json = field(default_factory=dict)
    new: bool = True
    asked: Asked | None = None
    begins: datetime | None = None


class Speaker:
    """One device on a shelf. Talk to it with `say`, or drive it moment by moment with `hear` and `catch_up`.

    With `services` the speaker has reminders and a time zone, and asks people for the permission that a skill wants.
    With a `loudspeaker`, which its handler has too, it speaks in a voice of its own, and tells how far that had got.
    `sounds` tells what is heard of a sound that an answer brings along by its address. With the habits of a `player` it
    plays streams too, and `streams` tells what is heard of one.
    `heard` is everything that happened, oldest first; `content` is what the coach speaks from. Raises
    ContentMissingError when it was not compiled.
    """

    def __init__(
        self,
        handler: Handler,
        understanding: Understanding,
        clock: Clock,
        *,
        user: str = "somebody",
        device: str = "speaker",
        person: str | None = None,
        locale: str = "en-US",
        screen: bool = False,
        services: AlexaServices | None = None,
        voice: Voice | None = None,
        loudspeaker: Loudspeaker | None = None,
        sounds: Sounds | None = None,
        player: Habits | None = None,
        streams: Sounds | None = None,
        strict: bool = False,
        observe: Observer | None = None,
    ) -> None:
        api = services.url if services else envelopes.API_ENDPOINT
        self.who = Household(user, device, person, locale, screen, api, player is not None)
        self.clock = clock
        self.heard: list[Heard] = []
        self._skill = Skill(handler, observe)
        self._understanding = understanding
        self.content = load(best_locale(locale))
        self._voice = voice or self.content.voice
        self._loudspeaker = loudspeaker
        self._sounds = sounds
        self._strict = strict
        self._session: _Session | None = None
        self._services = services
        self._asking: Json | None = None
        self._shown: list[Display] = []
        self._goes_on_at: datetime | None = None
        # Where there is no player, nothing is given to this one, and nobody is told of it.
        self.player = AudioPlayer(streams, self._voice, player or Habits())
        self._streaming = Streaming(self.player, self.who, self._skill)
        self._spoken_until = clock.now()

    @property
    def session_open(self) -> bool:
        """Whether the skill would get what is said now, or what Alexa made of it."""
        return self._session is not None or self._asking is not None

    @property
    def trouble(self) -> str:
        """What is the matter with the voice, as a sentence; empty when all is well."""
        return self._loudspeaker.clips.trouble if self._loudspeaker else ""

    @property
    def attributes(self) -> Json:
        """The session attributes that the next request carries; empty outside a session."""
        return self._session.attributes if self._session else {}

    def say(self, text: str, *, after_ms: int = ANSWERS_AFTER_MS, into_ms: int | None = None) -> Heard:
        """Say something `into_ms` into the speech, or `after_ms` after its end; now, if that moment has passed."""
        self._wait_to_speak(after_ms, into_ms)
        return self.hear(text)

    def _wait_to_speak(self, after_ms: int, into_ms: int | None) -> None:
        if self.heard:
            last = self.heard[-1]
            offset = last.total_ms + after_ms if into_ms is None else into_ms
            self._wait_until(last.begins + timedelta(milliseconds=offset))
        self.catch_up()

    @property
    def display(self) -> Display | None:
        """What is on the screen now; None where it has none, or nothing of the skill is on it."""
        return self._shown[-1] if self._shown and self._session else None

    def touch(
        self, says: str, *, after_ms: int = ANSWERS_AFTER_MS, into_ms: int | None = None, before: bool = False
    ) -> Heard:
        """Touch the key that says something, at a moment as in `say`; or, where the screen is slow, on what was on it
        `before`.
        """
        self._wait_to_speak(after_ms, into_ms)
        now = replace(self._spoken_up(""), touched=says)
        shown = self._shown[-2] if before and len(self._shown) > 1 else self.display
        if shown is None:
            return self._note(replace(now, notice="There is nothing on the screen to be touched."))
        try:
            arguments = shown.touched(says, shown.since if before else now.at)
        except NoSuchKeyError as error:
            return self._note(replace(now, fault=str(error)))
        return self._send_touch(now, shown.token, list(arguments))

    def send(self, arguments: list[str], *, after_ms: int = ANSWERS_AFTER_MS, into_ms: int | None = None) -> Heard:
        """Have the screen send what no key of it sends."""
        self._wait_to_speak(after_ms, into_ms)
        token = self.display.token if self.display else ""
        return self._send_touch(replace(self._spoken_up(""), touched=" ".join(arguments)), token, list(arguments))

    def fail(self, kind: str, *, after_ms: int = ANSWERS_AFTER_MS, into_ms: int | None = None) -> Heard:
        """Have the screen report an error of this type."""
        self._wait_to_speak(after_ms, into_ms)
        now, token = self._spoken_up(""), self.display.token if self.display else ""
        return self._answer(replace(now, request=envelopes.screen_failed(self.who, now.at, token, kind)))

    def silence(self) -> Heard | None:
        """Say nothing until the session has ended, and return that end; None when no session was open."""
        if not self.session_open:
            return None
        while self.session_open:
            self._wait_until(self.lapses())
        return self.heard[-1]

    def wait(self, ms: int) -> None:
        """Let time pass; a session that nobody answers meanwhile ends."""
        self._wait_until(self.clock.now() + timedelta(milliseconds=ms))

    def lapses(self) -> datetime:
        """When the session ends if nobody says anything more."""
        last = self.heard[-1]
        return last.begins + timedelta(milliseconds=sum(stage.ms for stage in last.life))

    def catch_up(self) -> None:
        """End the session if its last window has closed by now; a question of Alexa's own has then gone unanswered.
        Before that, a screen may go on by itself.
        """
        if self._goes_on_at and self.display and self.clock.now() >= self._goes_on_at:
            now, self._goes_on_at = self._spoken_up(""), None
            self._send_touch(now, self.display.token, ["ready", ""])
        if self._asking and self.clock.now() >= (end := self.lapses()):
            begins = to_the_second(end) + timedelta(milliseconds=SPEECH_STARTS_AFTER_MS)
            self._permission(Heard("", end, begins), NOT_ANSWERED)
        if self._session and self.clock.now() >= (end := self.lapses()):
            reprompt = self.heard[-1].reprompt
            window = LISTENING_WINDOW_MS + total_ms(reprompt) if reprompt else 0
            begins = end - timedelta(milliseconds=window)
            self._end(Heard("", end, begins, pieces=reprompt), "EXCEEDED_MAX_REPROMPTS")
        self._stream()

    def _stream(self) -> None:
        """Let the player do what it does by itself up to now."""
        for heard in self._streaming.go_on(self.clock.now()):
            self.heard.append(self._while_heard(heard) if heard.event else heard)

    def recognise(self, person: str | None) -> None:
        """From now on hear the voice of this person, or one that it does not know."""
        self.who = self._streaming.who = replace(self.who, person=person)

    def listen(self) -> Heard | None:
        """Wait until a stream begins, or goes on, and return that; None where none does."""
        begun = len(self.heard)
        while (happens := self._happens()) is not None:
            self._wait_until(happens)
            for heard in self.heard[begun:]:
                if heard.stream and heard.pieces:
                    return heard
        return None

    def press(self, button: str, *, after_ms: int = ANSWERS_AFTER_MS, into_ms: int | None = None) -> Heard:
        """Press a button for the player, Next, Previous, Play or Pause, at a moment as in `say`."""
        self._wait_to_speak(after_ms, into_ms)
        if not self.who.player:
            return self._note(replace(self._spoken_up(""), notice="There is no player, and it has no buttons."))
        heard = self._while_heard(self._streaming.press(button, self.clock.now()))
        self.heard.append(heard)
        self._stream()
        return heard

    def leave(self, said: str = "") -> Heard | None:
        """End the session as "exit" does; None when no session was open."""
        self._asking = None
        return self._end(self._spoken_up(said), "USER_INITIATED") if self._session else None

    def began(self, into_ms: int = 0) -> None:
        """Be told by whatever plays the last answer that its first sound was so long ago, and not when it was meant to
        be: from here on that is true.
        """
        begins = self.clock.now() - timedelta(milliseconds=into_ms)
        at = next((at for at in range(len(self.heard) - 1, -1, -1) if self.heard[at].life), None)
        if at is not None:
            self.heard[at] = replace(self.heard[at], begins=begins)
        if self._session and self._session.begins:
            self._session.begins = begins

    def reboot(self) -> Heard:
        """Lose the power for a moment, and with it the session and all that the player knew. Nobody is told."""
        return self._lose("The speaker was without power, and starts anew.", lambda player, _: player.reboot())

    def disconnect(self) -> Heard:
        """Lose the network: the session is gone, a stream stops, and nothing of it can be told."""
        return self._lose("The speaker has lost its connection.", AudioPlayer.disconnect)

    def reconnect(self, *, late: bool = False) -> Heard:
        """Have the network again. What the player could not tell is told `late`, or is lost."""
        self._lose("The speaker has its connection again.", lambda player, at: player.reconnect(at, late=late))
        self._stream()
        return self.heard[-1]

    def play_another(self) -> Heard:
        """Play something of another skill: from now on words for the player are not ours, and the place is gone."""
        heard = self._lose("Something else plays now.", AudioPlayer.forget)
        self._stream()
        return heard

    def _lose(self, notice: str, does: Callable[[AudioPlayer, datetime], None]) -> Heard:
        """Let something happen to the player, with which a session is gone too."""
        self.catch_up()
        now = self._spoken_up("")
        self._session = self._asking = None
        self._spoken_until = now.at
        self.player.hold(now.at)
        does(self.player, now.at)
        return self._note(replace(now, notice=notice))

    def hear(self, said: str) -> Heard:
        """Take in what is said now, send it where it belongs, and begin to speak the answer."""
        self.catch_up()
        heard = self._hear(self._spoken_up(said))
        self._stream()
        return heard

    def _hear(self, now: Heard) -> Heard:
        said, cut = now.said, now.at < self._spoken_until
        self._spoken_until = now.at
        self.player.hold(now.at, cut=cut)
        if not self.player.connected:
            self._session = self._asking = None
            return self._note(replace(now, notice="The speaker has no connection, and says so."))
        called = self._understanding.called(said)
        if called.kind != "none":
            self.leave()
            self._session = _Session(envelopes.new_session_id())
            return self._launch(now) if called.kind == "launch" else self._intend(now, called.rest)
        if self._asking:
            return self._permission(now, reply(called.rest))
        if not self.session_open:
            return self._to_player(now, called.rest)
        if called.rest.lower().rstrip(".!") in _LEAVE:
            return self._end(now, "USER_INITIATED")
        return self._intend(now, called.rest)

    def _to_player(self, now: Heard, words: str) -> Heard:
        """Take in words without the name of the skill: some are for what plays, or was the last to."""
        intent = transport.meant(words)
        if not self.player.plays_ours or not intent:
            notice = advice.outside(words, self._understood(words, now), streams=self.player.sounds)
            return self._note(replace(now, notice=notice))
        if notice := self._streaming.claimed(words, now.at):
            return self._note(replace(now, notice=notice))
        self._session = _Session(envelopes.new_session_id())
        match = Match(intent, {}, exact=True, similarity=1.0)
        return self._answer(replace(now, match=match, request=envelopes.intent(self.who, now.at, intent, {})))

    def _send_touch(self, now: Heard, token: str, arguments: list[str]) -> Heard:
        return self._answer(replace(now, request=envelopes.touched(self.who, now.at, token, arguments)))

    def _launch(self, now: Heard) -> Heard:
        return self._answer(replace(now, request=envelopes.launch(self.who, now.at)))

    def _intend(self, now: Heard, words: str) -> Heard:
        asked = self._session.asked if self._session else None
        match = self._understood(words, now, asked)
        dialog = elicitation.state(match.intent, asked, self._understanding.model)
        request = envelopes.intent(self.who, now.at, match.intent, match.slots, dialog)
        return self._answer(replace(now, match=match, request=request))

    def _understood(self, words: str, now: Heard, asked: Asked | None = None) -> Match:
        return self._understanding.understand(words, strict=self._strict, today=now.at.date(), asked=asked)

    def _permission(self, now: Heard, status: str) -> Heard:
        """Tell the skill what came of Alexa's question, in a session that remembers nothing of the one before."""
        request = envelopes.permission_answered(self.who, now.at, self._asking or {}, status)
        self._asking, self._session = None, _Session(envelopes.new_session_id())
        if status == ACCEPTED and self._services:
            self._services.allow(self.who.token)
        return self._answer(replace(now, request=request))

    def _answer(self, now: Heard) -> Heard:
        """Send the request and begin to speak what comes back; after a fault, apologise and end the session."""
        self.player.hold(now.at)
        answer = self._send(now.request or {})
        told = self._loudspeaker.taken() if self._loudspeaker else None
        # Whoever speaks at once can't begin before there is something to say.
        now = replace(now, begins=max(now.begins, self.clock.now())) if self._loudspeaker else now
        if answer.envelope is None:
            apology, sounded = self._in_voice(pieces(_APOLOGY, self._voice))
            life = stages(apology, (), listens=False)
            now = replace(now, fault=answer.fault, trace=answer.trace)
            heard = self._note(replace(now, pieces=apology, life=life, sounded=sounded))
            self._end(replace(now, said="", into_ms=None, after="", match=None), "ERROR", answer.fault)
            return heard
        response = answer.envelope["response"]
        self.player.take(player_limits.directives(response), now.at)
        ending = response.get("shouldEndSession", "absent")
        # Left open, a session stays for what a screen shows, without a microphone; without a screen it is over.
        shown = ending == "absent" and self.who.screen
        stays = shown or ending in {None, False}
        if shown and "outputSpeech" not in response and self.heard:
            # Nothing new is said or shown: what was goes on.
            return self._note(self._unmoved(now, answer.envelope, answer.fault))
        spoken, sounded = self._in_voice(self._heard_of(response), told)
        reprompt, again = self._in_voice(self._heard_of(response.get("reprompt") or {}))
        if display := Display.of(response, now.begins):
            self._shown.append(display)
        self._goes_on_at = display.goes_on_at if display else None
        life = stages(spoken, reprompt, listens=stays and not shown)
        if shown:
            life += (Stage(Doing.SILENT, SCREEN_STAYS_MS),)
        if sounded and again and reprompt and stays and not shown:
            sounded = sounded.then(again, LISTENING_WINDOW_MS)
        if asked := asks(response):
            self._asking, stays = asked, True
            question, asking = self._in_voice(pieces(QUESTION, self._voice))
            spoken, sounded = spoken + question, sounded and asking and sounded.then(asking)
            life = stages(spoken, (), listens=True)
            self._session = None
        if self._session:
            self._session.begins = now.begins
            self._session.attributes = answer.envelope.get("sessionAttributes") or {}
            self._session.asked = elicitation.asked_for(response)
        if not stays:
            self._session = None
        now = replace(now, response=answer.envelope, pieces=spoken, reprompt=reprompt, life=life, session_open=stays)
        return self._note(replace(now, sounded=sounded, fault=answer.fault, trace=answer.trace))

    def _unmoved(self, now: Heard, envelope: Json, fault: str) -> Heard:
        if self._session:
            self._session.attributes = envelope.get("sessionAttributes") or {}
        return self._while_heard(replace(now, response=envelope, fault=fault, silent=True))

    def _while_heard(self, now: Heard) -> Heard:
        """Something during which what was heard goes on."""
        now = replace(now, session_open=self.session_open)
        if not self.heard:
            return now
        last = self.heard[-1]
        now = replace(now, begins=last.begins, pieces=last.pieces, reprompt=last.reprompt, life=last.life)
        return replace(now, sounded=last.sounded)

    def _end(self, now: Heard, reason: str, error: str | None = None) -> Heard:
        """Tell the skill that its session is over, and why; it gets no hearing."""
        request = envelopes.session_ended(self.who, now.at, reason, error)
        answer = self._send(request)
        self._session = None
        return self._note(replace(now, request=request, ended=reason, fault=answer.fault, trace=answer.trace))

    def _send(self, request: Json) -> Answer:
        session = self._session or _Session(envelopes.new_session_id())
        if self._loudspeaker:
            into = self.clock.now() - session.begins if session.begins else None
            self._loudspeaker.began_ms = None if into is None else round(into / _A_MS)
        envelope = envelopes.envelope(
            self.who,
            request,
            session_id=session.id,
            new=session.new,
            attributes=session.attributes,
            player=self.player.state(self.clock.now()) if self.who.player else None,
        )
        session.new = False
        answer = self._skill.answer(envelope)
        response = (answer.envelope or {}).get("response", {})
        if reason := elicitation.refusal(response, request["type"], self._understanding.model):
            return replace(answer, envelope=None, fault=f"the platform refuses the response: {reason}")
        if reason := player_limits.refusal(response, request["type"], player=self.who.player):
            return replace(answer, envelope=None, fault=f"the platform refuses the response: {reason}")
        try:
            self._heard_of(response)
        except SpeechError as error:
            return replace(answer, envelope=None, fault=f"the platform refuses the response: {error}")
        return answer

    def _spoken_up(self, said: str) -> Heard:
        """The beginning of an exchange: when it is, and how far into the speech before it."""
        at = self.clock.now()
        begins = to_the_second(at) + timedelta(milliseconds=SPEECH_STARTS_AFTER_MS)
        if self._loudspeaker:
            begins = at + timedelta(milliseconds=self._loudspeaker.starts_after_ms)
        if not self.heard:
            return Heard(said, at, begins)
        last = self.heard[-1]
        into_ms = max(0, round((at - last.begins) / _A_MS))
        if into_ms >= last.total_ms:
            return Heard(said, at, begins)
        return Heard(said, at, begins, into_ms, last_words(last.life, into_ms))

    def _heard_of(self, part: Json) -> tuple[Piece, ...]:
        speech = part.get("outputSpeech")
        if not speech:
            return ()
        ssml = speech["ssml"] if speech["type"] == "SSML" else f"<speak>{escape(speech['text'])}</speak>"
        return pieces(ssml, self._voice, self._sounds)

    def _in_voice(
        self, heard: tuple[Piece, ...], told: Sounded | None = None
    ) -> tuple[tuple[Piece, ...], Sounded | None]:
        """The same in the voice of the loudspeaker, as it was told or as it is made here; as it is without one."""
        if not self._loudspeaker:
            return heard, None
        sounded = told or self._loudspeaker.sounded(heard)
        return pieces_of(sounded.timeline, self._voice), sounded

    def _note(self, heard: Heard) -> Heard:
        self.heard.append(heard)
        if heard.pieces and not heard.silent:
            self._spoken_until = max(self._spoken_until, heard.begins + timedelta(milliseconds=heard.total_ms))
        if not self.session_open:
            # Nothing that is answered comes before the answer.
            self.player.release(max(heard.begins if heard.response else heard.at, self._spoken_until))
        return heard

    def _happens(self) -> datetime | None:
        """When something happens without anybody: the session ends, the screen goes on before it does, or the player
        does; None where nothing will.
        """
        moments = [self.lapses(), self._goes_on_at] if self.session_open else []
        return min((moment for moment in (*moments, self.player.due) if moment), default=None)

    def _wait_until(self, moment: datetime) -> None:
        """Wait, and end the session on the way if its last window closes before `moment`."""
        while (happens := self._happens()) is not None and happens <= moment:
            self.clock.wait_until(happens)
            self.catch_up()
        self.clock.wait_until(moment)
