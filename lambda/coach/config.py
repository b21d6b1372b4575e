"""The settings, read from the environment in this one place.

Rule: what is wrong with one is said at the start, by `bootstrap`, in a sentence that tells what to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ID_KEY_MIN_CHARACTERS = 16
"""Shortest key of a coach that is deployed. As hexadecimal digits that are 64 bits, too many to try one by one."""


@dataclass(frozen=True)
class Settings:
    """`store` is the URL of where progress is kept, empty for nowhere but in memory; `skill_id` the only skill that is
    answered, empty for any; `id_key` the secret with which people's ids are hashed before they are stored; `metrics`
    the namespace in CloudWatch for a line about each turn, empty for none; `voice` the folder of voice packs, and
    `shelf` the URL of where what is made of them is put, both empty where the speaker's own voice says all.

    `alexa_api` is an endpoint that may be called beside Amazon's: the simulator's own. No environment sets it.
    """

    store: str = ""
    skill_id: str = ""
    id_key: str = ""
    metrics: str = ""
    voice: str = ""
    shelf: str = ""
    alexa_api: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from `HIP_COACH_STORE`, `HIP_COACH_SKILL_ID`, `HIP_COACH_ID_KEY`, `HIP_COACH_METRICS`,
        `HIP_COACH_VOICE` and `HIP_COACH_SHELF`.
        """
        return cls(
            store=environ.get("HIP_COACH_STORE", cls.store).strip(),
            skill_id=environ.get("HIP_COACH_SKILL_ID", cls.skill_id),
            id_key=environ.get("HIP_COACH_ID_KEY", cls.id_key),
            metrics=environ.get("HIP_COACH_METRICS", cls.metrics),
            voice=environ.get("HIP_COACH_VOICE", cls.voice).strip(),
            shelf=environ.get("HIP_COACH_SHELF", cls.shelf).strip(),
        )
