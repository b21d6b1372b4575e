"""The shape of an interaction model file, as Amazon writes it: what a model may have, and what it must have.

Rule: names are Amazon's, so that a fault can be told by the key that the author sees.
"""

from typing import Annotated, Literal

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
    """One slot of an intent, and what is said to fill it while it is asked for."""

    name: str
    type: str
    samples: tuple[str, ...] = ()


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


class PromptIds(Part):
    """The prompts of a slot, by their ids."""

    elicitation: str = ""
    confirmation: str = ""


class DialogSlot(Part):
    """One slot of an intent that can be asked about, and whether it is asked for."""

    name: str
    type: str
    elicitationRequired: bool = False  # noqa: N815
    confirmationRequired: bool = False  # noqa: N815
    prompts: PromptIds


class DialogIntent(Part):
    """One intent that can be asked about."""

    name: str
    confirmationRequired: bool = False  # noqa: N815
    prompts: PromptIds
    slots: Annotated[list[DialogSlot], Field(min_length=1)]


class Dialog(Part):
    """What can be asked for; the skill decides when."""

    delegationStrategy: Literal["SKILL_RESPONSE"]  # noqa: N815
    intents: Annotated[list[DialogIntent], Field(min_length=1)]


class Variation(Part):
    """One way to ask."""

    type: Literal["PlainText", "SSML"]
    value: str


class Prompt(Part):
    """What would be asked, if Alexa asked by itself."""

    id: str
    variations: Annotated[list[Variation], Field(min_length=1)]


class InteractionModel(Part):
    """What Amazon's file has below its one key."""

    languageModel: LanguageModel  # noqa: N815
    dialog: Dialog | None = None
    prompts: tuple[Prompt, ...] = ()


class ModelFile(Part):
    """A whole file."""

    interactionModel: InteractionModel  # noqa: N815
