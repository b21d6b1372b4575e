"""The calls of DynamoDB that the store makes, as boto3's client has them, without what else that client is.

boto3 reads the descriptions of services and their endpoints before it makes its first call, which is half of a cold
start (docs/performance.md). Here is what is under it: botocore signs, finds credentials and lets them refresh
themselves; four operations are plain JSON, sent over kept `connections`.

Rule: nothing is signed by code of our own. What goes wrong is raised as botocore does.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zlib import crc32

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import (
    ContainerProvider,
    CredentialResolver,
    Credentials,
    EnvProvider,
    ReadOnlyCredentials,
    RefreshableCredentials,
)
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    ResponseStreamingError,
    SSLError,
)
from botocore.utils import is_valid_endpoint_url

from coach.persistence.stores.connections import Connections

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONNECT_SECONDS = 0.25
READ_SECONDS = 0.45
ATTEMPTS = 2
"""A table in the same region answers within some 10 ms. A turn reads once and writes once: two attempts at each, all
timed out, are still over in 3 s. The second is for a connection that went stale while the function was frozen."""

BETWEEN_SECONDS = 0.05
"""Before the second attempt, as botocore waits for DynamoDB."""

CALL_SECONDS = 1.45
"""For a call with its attempts, and whatever has to be found out before them."""

AT_ONCE = 64
"""More connections than this process ever has to make in one moment."""

AMAZON_ROOTS = Path(__file__).with_name("amazon-roots.pem")
"""The authorities that certify AWS: to read all that a browser knows takes longer than a call."""

AGAIN = frozenset({429, 500, 502, 503, 504, 509})
"""What a service answers that may do better a moment later, by its status; and below by its name."""

AGAIN_NAMED = frozenset(
    {
        *("ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "Throttling"),
        *("ThrottledException", "RequestThrottledException", "RequestThrottled", "TooManyRequestsException"),
        *("TransactionInProgressException", "ReplicatedWriteConflictException"),
    }
)

OTHER_PARTS = ("cn-", "us-iso", "eu-iso", "eusc-")
"""How the regions begin that do not lie under amazonaws.com."""

OTHER_WAYS = (
    *("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
    *("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"),
)
"""The variables by which somebody may want another kind of endpoint, or a proxy."""

_HEADERS = {"Content-Type": "application/x-amz-json-1.0", "User-Agent": "hip-coach"}


def client() -> Client | DynamoDBClient:
    """A client for the region, endpoint and credentials in AWS's own variables, or where else botocore looks for them,
    and a connection that stands, or will once a function of which a snapshot is kept has been restored. Where they ask
    for what is rarely asked for, it is boto3's, which knows all ways and takes its time to start. Raises BotoCoreError
    without region or credentials, and ValueError for an endpoint that is none.
    """
    region, credentials = whose()
    own = os.environ.get("AWS_ENDPOINT_URL_DYNAMODB") or os.environ.get("AWS_ENDPOINT_URL")
    if own and not is_valid_endpoint_url(own):
        raise ValueError(f"Invalid endpoint: {own}")
    if any(map(os.environ.get, OTHER_WAYS)) or not (own or _is_usual(region)):
        return _boto3s(region)
    made = Client(own or f"https://dynamodb.{region}.amazonaws.com", region, credentials)
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        # A snapshot keeps no connection, only the belief that there is one. AWS's own module is there where that is so.
        from snapshot_restore_py import register_after_restore  # noqa: PLC0415

        register_after_restore(made.connect)
    else:
        made.connect()
    return made


def whose() -> tuple[str, Credentials]:
    """The region and the credentials by which AWS is called. Raises BotoCoreError where there are none."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    credentials = CredentialResolver([EnvProvider(), ContainerProvider()]).load_credentials()
    if not region or not credentials:
        # Elsewhere than on AWS Lambda they may be in files, or be told by the machine.
        from botocore.session import get_session  # noqa: PLC0415

        session = get_session()
        region, credentials = region or session.get_config_variable("region"), credentials or session.get_credentials()
    if not region:
        raise NoRegionError
    if not credentials:
        raise NoCredentialsError
    return region, credentials


def _is_usual(region: str) -> bool:
    return region.replace("-", "").isalnum() and not region.startswith(OTHER_PARTS)


def _boto3s(region: str) -> DynamoDBClient:
    import boto3  # noqa: PLC0415 - it takes as long as all else together
    from botocore.config import Config  # noqa: PLC0415

    retries: Any = {"total_max_attempts": ATTEMPTS, "mode": "legacy"}
    config = Config(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries=retries)
    return boto3.client("dynamodb", region_name=region, config=config)


class GarbledError(HTTPClientError):
    """What answered is not DynamoDB, or what it answered was lost on its way."""


class Client:
    """DynamoDB at one endpoint, for any number of threads. An operation takes the arguments of boto3's and gives its
    answer, and raises ClientError for what DynamoDB refuses, GarbledError for an answer that is not DynamoDB's, and
    another BotoCoreError where it is not reached in CALL_SECONDS.
    """

    def __init__(self, endpoint: str, region: str, credentials: Credentials) -> None:
        self._endpoint = endpoint.rstrip("/") + "/"
        self._headers = {**_HEADERS, "Host": urlsplit(endpoint).netloc}
        self._region, self._credentials = region, credentials
        self._beside = ThreadPoolExecutor(AT_ONCE, "table")
        self._connections = self._trusting(str(AMAZON_ROOTS))

    def connect(self) -> None:
        """Make a connection before it is needed, so that the first person does not wait for it. Whatever is answered
        to a bare address, nothing is asked for by it, and nothing is charged. A table that is not there is told later.
        """
        with suppress(BotoCoreError):
            self._connections.send(AWSRequest("GET", self._endpoint, self._headers), monotonic() + CALL_SECONDS)

    def get_item(self, **arguments: Any) -> Mapping[str, Any]:
        """See boto3."""
        return self._asked("GetItem", arguments)

    def put_item(self, **arguments: Any) -> Mapping[str, Any]:
        """See boto3."""
        return self._asked("PutItem", arguments)

    def update_item(self, **arguments: Any) -> Mapping[str, Any]:
        """See boto3."""
        return self._asked("UpdateItem", arguments)

    def query(self, **arguments: Any) -> Mapping[str, Any]:
        """See boto3, of whose pages this is one."""
        return self._asked("Query", arguments)

    def _asked(self, operation: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        body, until = json.dumps(arguments).encode(), monotonic() + CALL_SECONDS
        for _ in range(ATTEMPTS - 1):
            try:
                return self._answer(operation, body, until)
            except SSLError:
                # Certified by another authority than was to be expected. Those that a browser knows are good as well.
                from botocore.httpsession import where  # noqa: PLC0415

                self._connections = self._trusting(where())
            except ClientError as error:
                if not _may_do_better(error) or monotonic() + BETWEEN_SECONDS > until:
                    raise
            except HTTPClientError:
                if monotonic() + BETWEEN_SECONDS > until:
                    raise
            sleep(BETWEEN_SECONDS)
        return self._answer(operation, body, until)

    def _answer(self, operation: str, body: bytes, until: float) -> Mapping[str, Any]:
        headers = {**self._headers, "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
        request = AWSRequest("POST", self._endpoint, headers, body)
        SigV4Auth(keys(self._credentials, self._beside, until), "dynamodb", self._region).add_auth(request)
        answer = self._connections.send(request, until)
        if answer.checksum not in ("", str(crc32(answer.content))):
            raise ResponseStreamingError(error="the checksum is another one")
        if answer.status < 300:
            return _told(answer.content)
        raise ClientError(_refusal(answer.status, answer.content), operation)

    def _trusting(self, authorities: str) -> Connections:
        """Connections that trust a file of authorities, unless AWS's own variable names another one."""
        trusted = os.environ.get("AWS_CA_BUNDLE") or authorities
        limits = {"connect_seconds": CONNECT_SECONDS, "read_seconds": READ_SECONDS}
        return Connections(self._endpoint, trusted, self._beside, **limits)


def keys(found: Credentials, beside: Executor, until: float) -> ReadOnlyCredentials:
    """Frozen, so that no half of a key is of another time than the other half. Those that have to be refreshed are so
    in a thread `beside`, by a moment as `monotonic` has it. Raises CredentialRetrievalError when that takes longer.
    """
    if not isinstance(found, RefreshableCredentials) or not found.refresh_needed():
        return found.get_frozen_credentials()
    try:
        return beside.submit(found.get_frozen_credentials).result(until - monotonic())
    except TimeoutError as error:
        raise CredentialRetrievalError(provider=found.method, error_msg="late") from error


def is_dynamodbs(answer: object) -> bool:
    """Whether an answer is DynamoDB's to a call that asked for the capacity that it used. Nothing else tells an empty
    answer from that to a read of a new person.
    """
    capacity = answer.get("ConsumedCapacity") if isinstance(answer, Mapping) else None
    return isinstance(capacity, Mapping) and "TableName" in capacity


def _told(content: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    if not is_dynamodbs(told):
        raise GarbledError(error="not DynamoDB's")
    return dict(told)


def _refusal(status: int, content: bytes) -> Any:
    """What DynamoDB refuses, as botocore has it: why, and the item that stands in the way of a condition."""
    try:
        told = dict(json.loads(content))
    except (ValueError, TypeError):
        told = {}
    code = str(told.pop("__type", status)).partition(":")[0].rpartition("#")[2]
    return {**told, "Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


def _may_do_better(error: ClientError) -> bool:
    response = error.response
    return response["ResponseMetadata"]["HTTPStatusCode"] in AGAIN or response["Error"]["Code"] in AGAIN_NAMED
