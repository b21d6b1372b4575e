"""The screen of a speaker, as far as the simulator has one: what is on it, what can be touched, and what it sends.

Rule: it reads the data of a document, not its layout. What stands where, and how large, is nothing that a transcript
tells.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.envelopes import Json

RENDERS = "Alexa.Presentation.APL.RenderDocument"


class NoSuchKeyError(LookupError):
    """Nothing of that name can be touched. The message says what can be."""


@dataclass(frozen=True)
class Display:
    """What was sent to be shown, and since when it is."""

    token: str
    data: Json
    since: datetime

    @classmethod
    def of(cls, response: Json, since: datetime) -> "Display | None":
        """What a response has the screen show; None where it has it show nothing."""
        for directive in response.get("directives") or ():
            if directive.get("type") == RENDERS:
                return cls(directive["token"], directive["datasources"]["coach"], since)
        return None

    @property
    def goes_on_at(self) -> datetime | None:
        """When it says by itself that the answer is over; None where it waits for somebody."""
        return self.since + timedelta(milliseconds=self.data["ms"]) if self.data["goes_on"] else None

    def texts(self) -> list[str]:
        """All that can be read on it, from its first scene to its last, with its keys."""
        scenes, steps = self.data["scenes"], self.data["steps"]
        read = [text for scene in scenes for text in (steps[scene["step"]]["title"], scene["says"])]
        return [*read, *(key["says"] for row in self.data["rows"] for key in row)]

    def touched(self, says: str, at: datetime) -> list[str]:
        """What the key that says this sends at a moment. Raises NoSuchKeyError."""
        keys = self.data["rows"][self._scene(at)["row"]]
        for key in keys:
            if key["says"].casefold() == says.casefold():
                return [key["means"], key["of"]]
        raise NoSuchKeyError(f"there is no {says!r} on the screen, but {', '.join(key['says'] for key in keys)}")

    def _scene(self, at: datetime) -> Any:
        shown_ms = (at - self.since) / timedelta(milliseconds=1)
        begun = [scene for scene in self.data["scenes"] if scene["from"] <= shown_ms]
        return (begun or self.data["scenes"][:1])[-1]
