"""The few kinds of failure that the coach tells apart. Each carries data; the words for a person live in the locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.persistence import Progress


class CoachError(Exception):
    """Anything that the coach itself raises."""


class ConfigurationError(CoachError):
    """A setting that cannot be used. The message is one plain sentence for the operator."""


class ContentMissingError(CoachError):
    """The compiled content of a locale is not there. The message says how to make it."""


class MalformedRequestError(CoachError):
    """An envelope that is not Alexa's, is too large, or is nested too deep. The message names the part at fault."""


class StoreUnavailableError(CoachError):
    """The store did not answer in time, or refused. `reason` is a short technical word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ConflictError(CoachError):
    """Somebody else wrote since this progress was read. `stored` is what stands in the store now."""

    def __init__(self, stored: Progress) -> None:
        super().__init__("progress was written elsewhere since it was read")
        self.stored = stored


class RemindersError(CoachError):
    """The speaker's reminders refused or did not answer. `reason`: not_allowed, too_many, unsupported or failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ServiceError(CoachError):
    """A service of Alexa's refused, failed or was late. `status` is the HTTP status, 0 if there was no answer, and
    `code` the service's own word for it.
    """

    def __init__(self, status: int = 0, code: str = "") -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
