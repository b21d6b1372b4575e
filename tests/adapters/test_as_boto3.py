"""Where the client of the table calls, what it sends and what it asks again is what boto3 would."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError

from coach.persistence.stores import wire
from coach.persistence.stores.wire import client
from tests.adapters.answers import FOUND, GET, Table, calling

pytestmark = pytest.mark.usefixtures("patient")

AS_PATIENT = Config(retries={"total_max_attempts": wire.ATTEMPTS, "mode": "legacy"})


def test_every_operation_is_sent_as_boto3_sends_it(aws: pytest.MonkeyPatch) -> None:
    key = {"account": {"S": "somebody"}, "voice": {"S": "-"}}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("get_item", {"Key": key, "ConsistentRead": True}),
        (
            "put_item",
            {"Item": key, "ConditionExpression": "rev = :was", "ExpressionAttributeValues": {":was": {"N": "1"}}},
        ),
        ("update_item", {"Key": key, "UpdateExpression": "SET #0 = :0", "ExpressionAttributeNames": {"#0": "v"}}),
        ("query", {"KeyConditionExpression": "account = :account", "ProjectionExpression": "voice"}),
    ]
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        for callers in zip((ours, boto3.client("dynamodb")), ("ours", "boto3's"), strict=True):
            for operation, arguments in calls:
                getattr(callers[0], operation)(TableName="hip-coach", **arguments)
    sent = [(headers["x-amz-target"], headers["content-type"], body) for headers, body in table.sent]
    assert sent[: len(calls)] == sent[len(calls) :]


@pytest.mark.parametrize(
    ("region", "variables"),
    [
        *((region, {}) for region in ("us-east-1", "eu-west-1", "ap-southeast-7", "us-gov-west-1")),
        *((region, {}) for region in ("cn-north-1", "us-iso-east-1", "us-isob-east-1", "eusc-de-east-1")),
        ("us-east-1", {"AWS_USE_FIPS_ENDPOINT": "true"}),
        ("us-gov-west-1", {"AWS_USE_FIPS_ENDPOINT": "true"}),
        ("us-east-1", {"AWS_USE_DUALSTACK_ENDPOINT": "true"}),
        ("us-east-1", {"AWS_ENDPOINT_URL": "http://here:1", "AWS_ENDPOINT_URL_DYNAMODB": "https://there/table/"}),
        ("us-east-1", {"AWS_ENDPOINT_URL": "http://here:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}),
    ],
    ids=str,
)
def test_a_table_is_where_boto3_looks_for_it(aws: pytest.MonkeyPatch, region: str, variables: dict[str, str]) -> None:
    aws.setenv("AWS_DEFAULT_REGION", region)
    for name, value in variables.items():
        aws.setenv(name, value)
    asked: list[tuple[str, str]] = []

    def send(_: object, request: Any) -> None:
        if request.method == "POST":
            signed = request.headers["Authorization"]
            scope = signed.decode() if isinstance(signed, bytes) else signed
            asked.append((request.url, scope.split("/")[2]))
        raise EndpointConnectionError(endpoint_url=request.url)

    aws.setattr("botocore.httpsession.URLLib3Session.send", send)
    aws.setattr("coach.persistence.stores.connections.Connections.send", lambda us, request, _: send(us, request))
    theirs = boto3.session.Session().client("dynamodb", config=AS_PATIENT)
    for caller in (client(), theirs):
        with pytest.raises(EndpointConnectionError):
            caller.get_item(**GET)
    assert set(asked[: wire.ATTEMPTS]) == set(asked[wire.ATTEMPTS :])


STATUSES = (400, 403, 408, 409, 413, 429, 500, 501, 502, 503, 504, 509)
CODES = (
    *("ThrottlingException", "ThrottledException", "ProvisionedThroughputExceededException", "SlowDown"),
    *("ConditionalCheckFailedException", "ValidationException", "ExpiredTokenException", "AccessDeniedException"),
    "ConditionalCheckFailedException:http://internal.amazon.com/coral/",
)


@pytest.mark.parametrize(
    "first",
    [
        *((status, told) for status in STATUSES for told in ("", "<html>", {}, {"__type": "x#Unheard"})),
        *((400, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}"}) for code in CODES),
        (409, {"__type": "ReplicatedWriteConflictException"}),
        None,
    ],
    ids=str,
)
def test_what_is_asked_again_and_what_is_told_is_as_with_boto3(aws: pytest.MonkeyPatch, first: Any) -> None:
    aws.setattr("botocore.endpoint.time.sleep", lambda _: None)
    came = []
    for then in ((200, FOUND), first):
        for who in ("ours", "theirs"):
            table = Table(first, then)
            with calling(aws, table) as ours:
                caller: Any = ours if who == "ours" else boto3.client("dynamodb", config=AS_PATIENT)
                came.append((_told(caller), len(table.sent)))
    assert came[0::2] == came[1::2]


def _told(caller: Any) -> Any:
    try:
        return caller.get_item(**GET)["Item"]
    except ClientError as error:
        return error.response["Error"]["Code"]
    except BotoCoreError as error:
        return type(error)
