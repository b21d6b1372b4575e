"""Progress in one DynamoDB table: one item a person, one GetItem to read it, one conditional UpdateItem to write it.

Rule: whatever the network does, a write counts once and an answer comes in time. A write counts on the revision it was
read at; when it fails, the item that stands there tells whether an earlier attempt of ours went through unheard. No id
is ever put into an error.

    account (S, partition key)   the opaque key of an account
    voice (S, sort key)          the opaque key of a voice in it, "-" for the account itself
    rev (N)                      how often the item was written
    expires (N)                  epoch seconds of the last turn and 400 days: the table's attribute of the time to live
    all others                   the fields of the document; of somebody who was forgotten, `gone` alone

An update sets the attributes that this version of the coach knows, so that those of a newer one stay. Needed rights:
dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:PutItem, dynamodb:Query on the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from coach.errors import StoreUnavailableError
from coach.persistence.document import KNOWN
from coach.persistence.older import OBSOLETE
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.record import GONE_SECONDS, WRITES_MOST, Record, outcome, saved
from coach.persistence.stores.wire import Client, GarbledError, is_dynamodbs

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

GARBLED = "garbled"

KEPT_SECONDS = 400 * 24 * 60 * 60
"""How long an item is kept after the last turn: a person who comes back next year finds their place."""

_ACCOUNT, _VOICE, _REVISION, _EXPIRES, _GONE = "account", "voice", "rev", "expires", "gone"
_NO_VOICE = "-"
_KNOWN = sorted(OBSOLETE | KNOWN)
_NUMBERS = range(len(_KNOWN) + len((_REVISION, _EXPIRES)))
_NAMES, _VALUES = [f"#{at}" for at in _NUMBERS], [f":{at}" for at in _NUMBERS]
_SET = [f"{name} = {value}" for name, value in zip(_NAMES, _VALUES, strict=True)]


class _ConditionFailedError(Exception):
    """What stands in the table is not what a write counted on."""

    def __init__(self, stands: Record) -> None:
        super().__init__()
        self.stands = stands


class DynamoDBStore:
    """A ProgressRepository in a table of DynamoDB. The client, or boto3's, is shared by threads."""

    def __init__(self, client: Client | DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        answer = self._call(self._client.get_item, Key=_key(person), ConsistentRead=True)
        return _record(answer.get("Item")).progress()

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        written = {_REVISION: progress.revision + 1, _EXPIRES: progress.touched + KEPT_SECONDS}
        fields = {**progress.document, **written}
        gone = [name for name in _KNOWN if name not in fields]
        names = dict(zip(_NAMES, [*fields, *gone], strict=True))
        values = dict(zip(_VALUES, map(_attribute, fields.values()), strict=False))
        update = "SET " + ", ".join(_SET[: len(fields)])
        if gone:
            update += " REMOVE " + ", ".join(_NAMES[len(fields) : len(names)])
        condition, was = self._unwritten_since(progress.revision)
        values |= was
        try:
            self._call(
                self._client.update_item,
                Key=_key(person),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except _ConditionFailedError as failed:
            return outcome(failed.stands, progress)
        return saved(progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """See ProgressRepository. Without a revision it is deleted at the one that is read."""
        if revision is None:
            stored = self.load(person)
            revision = stored.revision if stored else 0
        gone = {_REVISION: revision + 1, _GONE: at, _EXPIRES: int(time()) + GONE_SECONDS}
        condition, values = self._unwritten_since(revision)
        try:
            self._call(
                self._client.put_item,
                Item={**_key(person), **{name: _attribute(value) for name, value in gone.items()}},
                ConditionExpression=condition,
                **({"ExpressionAttributeValues": values} if values else {}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except _ConditionFailedError as failed:
            stands = failed.stands
            # An earlier attempt of ours, whose answer was lost, has deleted it.
            if stands.document is not None or stands.revision != revision + 1:
                stands.forgotten(revision, at)

    @staticmethod
    def _unwritten_since(revision: int) -> tuple[str, dict[str, Any]]:
        """The condition that an item is at a revision, and its values. Without one there is no item, or none whose
        writes were counted by us.
        """
        if revision:
            return f"{_REVISION} = :was", {":was": _attribute(revision)}
        count = {":number": {"S": "N"}, ":first": _attribute(1), ":last": _attribute(WRITES_MOST)}
        return f"NOT attribute_type({_REVISION}, :number) OR NOT {_REVISION} BETWEEN :first AND :last", count

    def people(self, account: str) -> list[Person]:
        """See ProgressRepository. A household has a few voices: they fit into one page of a query."""
        answer = self._call(
            self._client.query,
            KeyConditionExpression=f"{_ACCOUNT} = :account",
            ExpressionAttributeValues={":account": {"S": account}},
            FilterExpression="attribute_exists(v)",
            ProjectionExpression=_VOICE,
            ConsistentRead=True,
        )
        try:
            voices = [str(item[_VOICE]["S"]) for item in answer["Items"]]
        except (LookupError, TypeError) as error:
            raise StoreUnavailableError(GARBLED) from error
        return [Person(account, "" if voice == _NO_VOICE else voice) for voice in voices]

    def _call(self, operation: Callable[..., Any], **arguments: Any) -> Mapping[str, Any]:
        """The answer of the table. Raises StoreUnavailableError and _ConditionFailedError."""
        try:
            answer: Mapping[str, Any] = operation(TableName=self._table, ReturnConsumedCapacity="TOTAL", **arguments)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "ClientError")
            if code == "ConditionalCheckFailedException":
                raise _ConditionFailedError(_record(dict(error.response).get("Item"))) from None
            raise StoreUnavailableError(code) from None
        except GarbledError:
            raise StoreUnavailableError(GARBLED) from None
        except (BotoCoreError, RuntimeError) as error:
            # The latter for credentials that are refreshed and have run out still, and for JSON without a bottom.
            raise StoreUnavailableError(type(error).__name__) from None
        if not is_dynamodbs(answer):
            raise StoreUnavailableError(GARBLED)
        return answer


def _key(person: Person) -> dict[str, Any]:
    return {_ACCOUNT: {"S": person.account}, _VOICE: {"S": person.voice or _NO_VOICE}}


def _record(item: object) -> Record:
    """The record in an item."""
    if not isinstance(item, Mapping):
        return Record()
    fields = {name: _plain(value) for name, value in item.items() if name not in (_ACCOUNT, _VOICE, _EXPIRES)}
    revision = fields.pop(_REVISION, None)
    if fields.keys() == {_GONE}:
        return Record.found(revision, None, fields[_GONE])
    return Record.found(revision, fields or None)


def _attribute(value: Any) -> Any:
    """A plain value in DynamoDB's notation."""
    match value:
        case str():
            return {"S": str(value)}
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case list() | tuple():
            return {"L": [_attribute(each) for each in value]}
        case dict():
            return {"M": {name: _attribute(each) for name, each in value.items()}}
    raise TypeError(type(value).__name__)


def _plain(attribute: Mapping[str, Any]) -> Any:
    """The inverse of `_attribute`; None for a kind of value that we do not write, such as a fraction."""
    match attribute:
        case {"BOOL": bool(value)} | {"S": str(value)}:
            return value
        case {"N": str(value)}:
            return int(value) if value.removeprefix("-").isdecimal() else None
        case {"L": list(values)}:
            return [_plain(each) for each in values]
        case {"M": dict(values)}:
            return {name: _plain(each) for name, each in values.items()}
    return None
