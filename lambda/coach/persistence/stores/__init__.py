"""Where progress is kept, one module a store, and the one function that picks a store by its URL.

Rule: a store's module, and with it botocore or sqlite3, is imported only when that store is asked for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ConfigurationError

if TYPE_CHECKING:
    from coach.persistence.repository import ProgressRepository

_KINDS = "memory:, sqlite:///PATH or dynamodb://TABLE"
_TABLE_NAME = re.compile(r"[A-Za-z0-9_.-]{3,255}")


def open_store(url: str) -> ProgressRepository:
    """The store that `url` names. Raises ConfigurationError with a sentence that says what to change.

    A path behind `sqlite:///` that starts with another slash is absolute; any other is taken from the working folder.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "memory" and not rest.strip("/"):
        from coach.persistence.stores.memory import MemoryStore  # noqa: PLC0415

        return MemoryStore()
    if scheme == "sqlite":
        return _sqlite(rest)
    if scheme == "dynamodb":
        return _dynamodb(rest)
    raise ConfigurationError(f"“{url}” is no store that the coach knows: use {_KINDS}.")


def _sqlite(rest: str) -> ProgressRepository:
    from coach.persistence.stores.sqlite import SQLiteStore  # noqa: PLC0415

    if not rest.startswith("///") or len(rest) == 3:
        raise ConfigurationError(
            "The progress file needs a path behind three slashes, as in sqlite:////home/me/hip.sqlite."
        )
    path = Path(rest[3:]).absolute()
    if not path.parent.is_dir():
        raise ConfigurationError(f"The folder {path.parent} for the progress file does not exist: create it first.")
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder: name a file in it for the progress.")
    return SQLiteStore(path)


def _dynamodb(rest: str) -> ProgressRepository:
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    from coach.persistence.stores.dynamodb import DynamoDBStore  # noqa: PLC0415
    from coach.persistence.stores.wire import client  # noqa: PLC0415

    table = rest.removeprefix("//")
    if not _TABLE_NAME.fullmatch(table):
        raise ConfigurationError(
            "The table needs a name of 3 to 255 letters, digits, “.”, “-” or “_”: dynamodb://TABLE."
        )
    try:
        return DynamoDBStore(client(), table)
    except (BotoCoreError, ValueError) as error:
        raise ConfigurationError(f"The table cannot be reached with these AWS settings: {error}") from error
