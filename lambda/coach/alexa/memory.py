"""What a session carries from one answer to the next: the session itself and the progress, as session attributes.

Rule: attributes come back from outside. What does not read as ours is dropped, and the store is asked instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.progress import Progress
from coach.session import Session

VERSION = 1


def pack(session: Session, progress: Progress) -> dict[str, Any]:
    """Session and progress as session attributes."""
    return {
        "version": VERSION,
        "session": session.to_document(),
        "progress": progress.to_document(),
        "revision": progress.revision,
    }


def unpack(attributes: Mapping[str, Any]) -> tuple[Session, Progress] | None:
    """Session and progress in session attributes; None when there are none, or none that we wrote."""
    try:
        if attributes["version"] != VERSION:
            return None
        session = Session.from_document(attributes["session"])
        return session, Progress.from_document(attributes["progress"], revision=int(attributes["revision"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
