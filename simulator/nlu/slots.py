"""Slots as the Alexa service sends them in an intent request."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.nlu.readings import Span

Json = dict[str, Any]

MATCH = "ER_SUCCESS_MATCH"
NO_MATCH = "ER_SUCCESS_NO_MATCH"


def filled(slots: Iterable[str], values: Mapping[str, Span], skill_id: str) -> dict[str, Json]:
    """All slots of an intent by name, with the spans that are their values. Those without a value are empty."""
    return {name: _slot(name, values.get(name), skill_id) for name in slots}


def by_type(types: Mapping[str, str], spans: Iterable[Span]) -> dict[str, Span]:
    """The spans as values of the slots of an intent, which are given with their types: each the first one left."""
    left = list(types)
    values: dict[str, Span] = {}
    for span in spans:
        name = next((name for name in left if types[name] == span.type), None)
        if name:
            left.remove(name)
            values[name] = span
    return values


def _slot(name: str, span: Span | None, skill_id: str) -> Json:
    slot: Json = {"name": name, "confirmationStatus": "NONE"}
    if span is None:
        return slot
    said: Json = {"value": span.value}
    if not span.type.startswith("AMAZON."):
        said["resolutions"] = {"resolutionsPerAuthority": [_resolution(span, skill_id)]}
    return slot | said | {"source": "USER", "slotValue": {"type": "Simple"} | said}


def _resolution(span: Span, skill_id: str) -> Json:
    resolution: Json = {
        "authority": f"amzn1.er-authority.echo-sdk.{skill_id}.{span.type}",
        "status": {"code": MATCH if span.listed else NO_MATCH},
    }
    if span.listed:
        resolution["values"] = [{"value": {"name": span.listed.name, "id": span.listed.id}}]
    return resolution
