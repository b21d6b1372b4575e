"""Checks of documents against Amazon's own schemas (`schemas/`, made by `node/schemas.mjs`).

Rule: strict. A property that Amazon does not name is a fault, because a misspelt one is ignored without a word.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

Name = Literal["request", "response", "interaction-model", "skill-manifest"]

_FOLDER = Path(__file__).parent / "schemas"


def faults(name: Name, document: Any) -> list[str]:
    """What Amazon's schema `name` refuses in `document`: `place: reason`, empty when all is well."""
    return [_sentence(error) for error in _validator(name).iter_errors(document)]


@cache
def _validator(name: Name) -> Draft7Validator:
    schema = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def _sentence(error: ValidationError) -> str:
    """The fault behind `error`: where one of many kinds may stand, what is wrong with the kind that was meant."""
    kinds: dict[object, list[ValidationError]] = {}
    for fault in error.context or ():
        kinds.setdefault(fault.relative_schema_path[0], []).append(fault)
    meant = [faults for faults in kinds.values() if not any(_of_another_kind(fault) for fault in faults)]
    if len(meant) == 1:
        return _sentence(meant[0][0])
    return f"{error.json_path}: {error.message[:300]}"


def _of_another_kind(fault: ValidationError) -> bool:
    return fault.validator == "const" and list(fault.relative_path) == ["type"]
