"""The Alexa speaker behind a request: where it is, and what it can be asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from ask_sdk_model import RequestEnvelope

from coach.alexa import reminders
from coach.alexa.envelope import moment_ms
from coach.alexa.service import Service
from coach.alexa.zone import ASKING_S, zone_of
from coach.conversation import Errand, Heard
from coach.speaking.phrasebook import Phrasebook


@dataclass(frozen=True)
class AlexaSpeaker:
    """A `Speaker` of the port. `endpoint` and `token` are those of the request, and `trusted` an endpoint that may be
    called beside Amazon's; none of them leaves the turn.
    """

    device_id: str = field(repr=False)
    endpoint: str = field(repr=False)
    token: str = field(repr=False)
    trusted: str
    locale: str
    now_ms: int
    phrasebook: Phrasebook

    @classmethod
    def of(cls, envelope: RequestEnvelope, phrasebook: Phrasebook, trusted: str) -> AlexaSpeaker:
        """The speaker that sent an envelope."""
        system, request = envelope.context.system, envelope.request
        return cls(
            device_id=system.device.device_id,
            endpoint=system.api_endpoint,
            token=system.api_access_token,
            trusted=trusted,
            locale=request.locale,
            now_ms=moment_ms(request.timestamp),
            phrasebook=phrasebook,
        )

    def zone(self) -> str:
        """See Speaker."""
        return zone_of(self.device_id, Service(self.endpoint, self.token, self.trusted, seconds=ASKING_S))

    def run(self, errand: Errand, zone: str) -> Heard:
        """See Speaker."""
        here = reminders.Speaker(self.endpoint, self.token, self.locale, zone, self.now_ms)
        return reminders.carry_out(errand, here, self.phrasebook, self.trusted)
