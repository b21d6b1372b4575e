"""What Amazon says that the skill management API takes and answers: `spec.json` of npm `ask-smapi-model`.

Rule: a call that is not in it is a fault, and so is an answer of ours that Amazon would not give.
"""

import json
import re
from functools import cache
from typing import Any

from jsonschema_rs import Draft4Validator

from tests.infra.conftest import ROOT
from tests.platform.schema import place

Json = dict[str, Any]

SPEC = ROOT / "tests" / "platform" / "node" / "node_modules" / "ask-smapi-model" / "spec.json"


def request_faults(method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a request."""
    operation = _operation(method, path)
    if operation is None:
        return [f"{method} {path} is no call of the API"]
    schemas = [parameter["schema"] for parameter in operation.get("parameters", []) if parameter.get("in") == "body"]
    return _faults(schemas[0], body) if schemas else []


def answer_faults(method: str, path: str, status: int, body: Any) -> list[str]:
    """What is wrong with an answer."""
    answers = (_operation(method, path) or {}).get("responses", {})
    if str(status) not in answers:
        return [f"{status} is no answer to {method} {path}"]
    schema = answers[str(status)].get("schema")
    return _faults(schema, body) if schema else []


@cache
def _spec() -> Json:
    return dict(json.loads(SPEC.read_text(encoding="utf-8")))


def _operation(method: str, path: str) -> Json | None:
    fitting = [template for template in _spec()["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)]
    # `/v1/skills/imports` is itself, before it is a skill by the name of imports.
    for template in sorted(fitting, key=lambda fits: fits.count("{")):
        if method.lower() in _spec()["paths"][template]:
            return dict(_spec()["paths"][template][method.lower()])
    return None


def _faults(schema: Json, document: Any) -> list[str]:
    validator = Draft4Validator({"definitions": _spec()["definitions"], **schema})
    return [f"{place(error)}: {error.message[:200]}" for error in validator.iter_errors(document)]
