"""The key with which people's ids are hashed: made once, and kept in the account, in AWS's Parameter Store.

Rule: with another key nobody is known again. So it is never made where one may be, and it outlives the stack, as the
table does.
"""

import secrets
from typing import Any

from infra.account import client, told_in_words
from infra.stack import Stack

BYTES = 32


def name(stage: str) -> str:
    """Where the key is kept."""
    return f"/hip-coach/{stage}/id-key"


def known_or_made(stage: str, region: str, stack: Stack | None) -> str:
    """The key that is kept in this region, or that the stack there has; if nobody has one, a new one."""
    with told_in_words():
        store = client("ssm", region)
        try:
            return _kept(store, stage)
        except store.exceptions.ParameterNotFound:
            key = _of(stack) if stack else new()
        try:
            store.put_parameter(Name=name(stage), Value=key, Type="SecureString")
        except store.exceptions.ParameterAlreadyExists:
            # Somebody else was quicker, by the same command.
            return _kept(store, stage)
        return key


def new() -> str:
    """A key that nobody ever had."""
    return secrets.token_hex(BYTES)


def keep(stage: str, region: str, key: str) -> None:
    """Keep this key, in the place of the one that got out."""
    with told_in_words():
        client("ssm", region).put_parameter(Name=name(stage), Value=key, Type="SecureString", Overwrite=True)


def _kept(store: Any, stage: str) -> str:
    return str(store.get_parameter(Name=name(stage), WithDecryption=True)["Parameter"]["Value"])


def _of(stack: Stack) -> str:
    function = client("lambda", stack.region).get_function_configuration(FunctionName=stack.name)
    return str(function["Environment"]["Variables"]["HIP_COACH_ID_KEY"])
