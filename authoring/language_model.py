"""The shape of an interaction model file, as Amazon writes it: what a model may have, and what it must have.

Rule: names are Amazon's, so that a fault can be told by the key that the author sees.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from authoring.structure import Part


class ValueName(Part):
    """How a value is called."""

    value: str
    synonyms: Annotated[list[str], Field(min_length=1)] | None = None


class Value(Part):
    """One value of a slot type."""

    id: str
    name: ValueName


class SlotType(Part):
    """One slot type of our own."""

    name: str
    values: Annotated[list[Value], Field(min_length=1)]


class Slot(Part):
    """One slot of an intent."""

    name: str
    type: str


class Intent(Part):
    """One intent, and the ways to say it."""

    name: str
    slots: tuple[Slot, ...] = ()
    samples: list[str]


class Sensitivity(Part):
    """How readily talk goes to the fallback intent."""

    level: Literal["LOW", "MEDIUM", "HIGH"]


class Configuration(Part):
    """The settings of a model."""

    fallbackIntentSensitivity: Sensitivity  # noqa: N815 - Amazon's name for it


class LanguageModel(Part):
    """The model of one language."""

    invocationName: str  # noqa: N815
    modelConfiguration: Configuration  # noqa: N815
    intents: Annotated[list[Intent], Field(min_length=1)]
    types: tuple[SlotType, ...] = ()


class InteractionModel(Part):
    """What Amazon's file has below its one key."""

    languageModel: LanguageModel  # noqa: N815
    dialog: Any = None
    prompts: Any = None


class ModelFile(Part):
    """A whole file."""

    interactionModel: InteractionModel  # noqa: N815
