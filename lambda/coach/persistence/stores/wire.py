"""The calls of DynamoDB that the store makes, as boto3's client has them, without what else that client is.

boto3 reads the descriptions of services and their endpoints before it makes its first call, which is half of a cold
start (docs/performance.md). Here is what is under it: botocore signs, finds credentials and lets them refresh
themselves, and keeps the connections; four operations are plain JSON.

Rule: nothing is signed and no connection is made by code of our own. What goes wrong is raised as botocore does.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY
from time import sleep
from typing import Any
from zlib import crc32

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ContainerProvider, CredentialResolver, Credentials, EnvProvider
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    ResponseStreamingError,
    SSLError,
)
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies, is_valid_endpoint_url

CONNECT_SECONDS = 0.25
READ_SECONDS = 0.45
ATTEMPTS = 2
"""A table in the same region answers within some 10 ms. A turn reads once and writes once: two attempts at each, all
timed out, are still over in 3 s. The second is for a connection that went stale while the function was frozen."""

BETWEEN_SECONDS = 0.05
"""Before the second attempt, as botocore waits for DynamoDB."""

CALLS_AT_ONCE = 64
"""More than this process ever has to make: a connection is made when one is needed."""

AMAZON_ROOTS = Path(__file__).with_name("amazon-roots.pem")
"""The authorities that certify AWS: to read all that a browser knows takes longer than a call."""

AT_ONCE: Any = [(IPPROTO_TCP, TCP_NODELAY, 1)]
"""The head of a request and its body are sent apart. Nobody is to hold the second back until the first is confirmed,
which takes 40 ms."""

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

OTHER_KINDS = ("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
"""The variables by which somebody may want another kind of endpoint."""

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
"""The variables that may name a proxy."""

_HEADERS = {"Content-Type": "application/x-amz-json-1.0", "User-Agent": "hip-coach"}


def client() -> Client:
    """A client for the region, endpoint and credentials in AWS's own variables, or where else botocore looks for them,
    and a connection that stands. Raises BotoCoreError without region or credentials, and ValueError for an endpoint
    that is none.
    """
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
    made = Client(_endpoint(region), region, credentials)
    made.connect()
    return made


def _endpoint(region: str) -> str:
    own = os.environ.get("AWS_ENDPOINT_URL_DYNAMODB") or os.environ.get("AWS_ENDPOINT_URL")
    if own and not is_valid_endpoint_url(own):
        raise ValueError(f"Invalid endpoint: {own}")
    common = region.replace("-", "").isalnum() and not region.startswith(OTHER_PARTS)
    if (own or common) and not any(map(os.environ.get, OTHER_KINDS)):
        return own or f"https://dynamodb.{region}.amazonaws.com"
    # Whoever wants another one waits until botocore has looked it up, which tells it in the address of a call.
    from botocore.session import get_session  # noqa: PLC0415

    theirs: Any = get_session().create_client("dynamodb", region)
    return str(theirs.generate_presigned_url("list_tables")).partition("?")[0]


class Client:
    """DynamoDB at one endpoint, for any number of threads. An operation takes the arguments of boto3's and gives its
    answer, and raises ClientError for what DynamoDB refuses, another BotoCoreError where it is not reached, and
    ValueError for an answer that is not JSON.
    """

    def __init__(self, endpoint: str, region: str, credentials: Credentials) -> None:
        self._endpoint = endpoint.rstrip("/") + "/"
        self._region, self._credentials = region, credentials
        self._connections = self._trusting(os.environ.get("AWS_CA_BUNDLE") or str(AMAZON_ROOTS))

    def connect(self) -> None:
        """Make a connection before it is needed, so that the first person does not wait for it. Whatever is answered
        to a bare address, nothing is asked for by it, and nothing is charged. A table that is not there is told later.
        """
        with suppress(BotoCoreError):
            self._connections.send(AWSRequest("GET", self._endpoint).prepare())

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

    def _trusting(self, trusted: Any) -> URLLib3Session:
        """Kept connections that trust a file of authorities, or with True those that a browser knows. They go through
        the proxy that the environment names, if it does.
        """
        limits: Any = (CONNECT_SECONDS, READ_SECONDS)
        return URLLib3Session(
            verify=trusted,
            proxies=get_environ_proxies(self._endpoint) if any(map(os.environ.get, PROXIES)) else None,
            timeout=limits,
            max_pool_connections=CALLS_AT_ONCE,
            socket_options=AT_ONCE,
        )

    def _asked(self, operation: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        body = json.dumps(arguments).encode()
        for _ in range(ATTEMPTS - 1):
            try:
                return self._answer(operation, body)
            except SSLError:
                # Certified by another authority than was to be expected. Those that a browser knows are good as well.
                self._connections = self._trusting(os.environ.get("AWS_CA_BUNDLE") or True)
            except ClientError as error:
                if not _may_do_better(error):
                    raise
                sleep(BETWEEN_SECONDS)
            except HTTPClientError:
                sleep(BETWEEN_SECONDS)
        return self._answer(operation, body)

    def _answer(self, operation: str, body: bytes) -> Mapping[str, Any]:
        headers = {**_HEADERS, "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
        request = AWSRequest("POST", self._endpoint, headers, body)
        # Frozen, so that no half of a key is of another time than the other half.
        SigV4Auth(self._credentials.get_frozen_credentials(), "dynamodb", self._region).add_auth(request)
        answer = self._connections.send(request.prepare())
        content, status = answer.content, answer.status_code
        if int(answer.headers.get("x-amz-crc32", crc32(content))) != crc32(content):
            raise ResponseStreamingError(error="the checksum is another one")
        if status < 300:
            return dict(json.loads(content))
        raise ClientError(_refusal(status, content), operation)


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
