"""Slots as the Alexa service sends them in an intent request."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.nlu.readings import Span

Json = dict[str, Any]

MATCH = "ER_SUCCESS_MATCH"
NO_MATCH = "ER_SUCCESS_NO_MATCH"


def filled(types: Mapping[str, str], spans: Iterable[Span], skill_id: str) -> dict[str, Json]:
    """All slots of an intent by name, filled in order by the spans of their type. Those without a value are empty."""
    values: dict[str, list[Span]] = {}
    for span in spans:
        values.setdefault(span.type, []).append(span)
    left = {kind: iter(row) for kind, row in values.items()}
    return {name: _slot(name, next(left.get(kind, iter(())), None), skill_id) for name, kind in types.items()}


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
