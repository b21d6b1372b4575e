"""A shelf in a private bucket of S3: a reel is put there when it is not there yet, or will soon be removed, and found
by an address that is signed for an hour.

Rule: nothing is signed by code of our own. Needed rights: s3:GetObject and s3:PutObject on the objects of the bucket;
without the right to list it, S3 says of what is not there that it is forbidden, which is taken for the same. What is
put over a reel is the same reel, so nobody is in the way of anybody.
Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, permissions and conditional requests.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from time import monotonic, time

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.utils import is_valid_endpoint_url

from coach.errors import ConfigurationError
from coach.persistence.stores.connections import Connections
from coach.persistence.stores.wire import AMAZON_ROOTS, keys, whose
from coach.reels.shelf import CONTENT_TYPE, ShelfUnavailableError, name_of

CALL_SECONDS = 0.8
"""For all that is asked of S3 in one turn: what takes longer is not waited for."""

CONNECT_SECONDS = 0.25
READ_SECONDS = 0.6

ADDRESS_SECONDS = 3_600
"""For so long a device finds a reel by its address. An answer is heard within four minutes."""

KNOWN_MOST = 2_000
"""So many reels are known to be there without asking: a person hears a few dozen of them."""

KNOWN_SECONDS = 24 * 60 * 60
"""For so long they are: the bucket removes what is old, and gets it again."""

KEPT_DAYS = 7
"""So old the bucket lets a reel become, by its own rule (infra/template.yaml), and removes it."""

RENEWED_SECONDS = 5 * 24 * 60 * 60
"""One that is older is put anew. So whatever is found there is there for as long as it is known to be, and an address
that is handed out at the end of that for as long as it is good.
"""

AT_ONCE = 4


def bucket(name: str) -> S3Shelf:
    """The shelf in a bucket, by AWS's own variables. Raises ConfigurationError where they do not do."""
    own = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if own and not is_valid_endpoint_url(own):
        raise ConfigurationError(f"“{own}” is no endpoint of S3.")
    try:
        region, credentials = whose()
    except BotoCoreError as error:
        raise ConfigurationError(f"The bucket cannot be reached with these AWS settings: {error}") from error
    at = f"{own.rstrip('/')}/{name}" if own else f"https://{name}.s3.{region}.amazonaws.com"
    return S3Shelf(at, region, credentials)


class S3Shelf:
    """A Shelf. `at` is the address of the bucket, without a slash at its end."""

    def __init__(self, at: str, region: str, credentials: Credentials) -> None:
        self._at, self._region, self._credentials = at, region, credentials
        self._beside = ThreadPoolExecutor(AT_ONCE, "shelf")
        trusted = os.environ.get("AWS_CA_BUNDLE") or str(AMAZON_ROOTS)
        limits = {"connect_seconds": CONNECT_SECONDS, "read_seconds": READ_SECONDS}
        self._connections = Connections(at, trusted, self._beside, **limits)
        self._known: OrderedDict[str, float] = OrderedDict()

    def put(self, sound: bytes) -> str:
        """See Shelf."""
        name, until = name_of(sound), monotonic() + CALL_SECONDS
        try:
            if monotonic() > self._known.get(name, 0.0):
                self._bring(name, sound, until)
            return self._address(name, until)
        except BotoCoreError as error:
            raise ShelfUnavailableError(type(error).__name__) from error

    def doubt(self) -> None:
        """See Shelf. What is there after all costs a question each."""
        self._known.clear()

    def _bring(self, name: str, sound: bytes, until: float) -> None:
        young = formatdate(time() - RENEWED_SECONDS, usegmt=True)
        status = self._asked("HEAD", name, {"If-Modified-Since": young}, until)
        # 403 or 404: it is not there. 304: it is, but not for long.
        if status >= 300:
            status = self._asked("PUT", name, {"Content-Type": CONTENT_TYPE}, until, sound)
        if status >= 300:
            raise ShelfUnavailableError(str(status))
        self._known[name] = monotonic() + KNOWN_SECONDS
        if len(self._known) > KNOWN_MOST:
            self._known.popitem(last=False)

    def _asked(self, method: str, name: str, headers: dict[str, str], until: float, body: bytes | None = None) -> int:
        request = AWSRequest(method, f"{self._at}/{name}", headers, body)
        frozen = keys(self._credentials, self._beside, until)
        S3SigV4Auth(frozen, "s3", self._region).add_auth(request)
        return self._connections.send(request, until).status

    def _address(self, name: str, until: float) -> str:
        request = AWSRequest("GET", f"{self._at}/{name}")
        frozen = keys(self._credentials, self._beside, until)
        S3SigV4QueryAuth(frozen, "s3", self._region, expires=ADDRESS_SECONDS).add_auth(request)
        return str(request.url)
