"""Checks of documents against Amazon's own schemas (`schemas/`, made by `node/schemas.mjs`).

Rule: strict. A property that Amazon does not name is a fault, because a misspelt one is ignored without a word.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema_rs import Draft7Validator, ValidationError, ValidationErrorKind

Name = Literal["request", "response", "interaction-model", "skill-manifest"]

_FOLDER = Path(__file__).parent / "schemas"


def faults(name: Name, document: Any) -> list[str]:
    """What Amazon's schema `name` refuses in `document`: `place: reason`, empty when all is well."""
    return [_sentence(error) for error in _validator(name).iter_errors(_whole(document))]


def place(error: ValidationError) -> str:
    """Where in a document a fault is, as JSONPath has it."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)


@cache
def _validator(name: Name) -> Draft7Validator:
    return Draft7Validator(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def _whole(document: Any) -> Any:
    """The document with a question mark for each half of a letter, which has no place in Rust's texts."""
    return json.loads(json.dumps(document, ensure_ascii=False).encode(errors="replace"))


def _sentence(error: ValidationError) -> str:
    """The fault behind `error`: where one of many kinds may stand, what is wrong with the kind that was meant."""
    kinds = error.kind.context if isinstance(error.kind, ValidationErrorKind.AnyOf) else []
    meant = [faults for faults in kinds if not any(_of_another_kind(fault, error) for fault in faults)]
    if len(meant) == 1:
        return _sentence(meant[0][0])
    return f"{place(error)}: {error.message[:300]}"


def _of_another_kind(fault: ValidationError, whole: ValidationError) -> bool:
    of_type = fault.instance_path == [*whole.instance_path, "type"]
    return of_type and isinstance(fault.kind, ValidationErrorKind.Constant)
