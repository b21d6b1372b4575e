"""Whether a request comes from Alexa: Amazon's signature over its bytes, and a time that is not long past.

Rule: the steps are those of Amazon's page "Host a custom skill as a web service", and whatever goes wrong in one of
them is a refusal. Amazon's own package for them, ask-sdk-webservice-support 1.3.3, cannot be imported where the patch
level of OpenSSL has two digits, as on Debian 12: it wants oscrypto, and no release of that can read such a version.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from datetime import datetime
from posixpath import normpath
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate

from coach.alexa.limits import REQUEST_MAX_AGE_SECONDS
from infra.certificates import HOST, Certificates, NotAlexaError, fetch

_PATH = re.compile(r"/echo\.api(/[\w.-]+)+", re.ASCII)


class Verifier:
    """Tells Alexa's requests from others. `get` gets the certificates at a path of Amazon's server, `roots` are
    those that are trusted of themselves, usually Mozilla's. To be shared by any number of threads.
    """

    def __init__(self, get: Callable[[str], bytes] = fetch, roots: Iterable[Certificate] | None = None) -> None:
        self._certificates = Certificates(get, roots)

    def verify(self, body: bytes, signature: str, url: str, now: datetime) -> None:
        """Raises NotAlexaError unless `signature` is Amazon's for `body`, by the certificates at `url`."""
        path, signed = _path(url), _decoded(signature)
        try:
            self._certificates.key(path, now).verify(signed, body, PKCS1v15(), SHA256())
        except InvalidSignature:
            raise NotAlexaError("signature") from None


def check_time(timestamp: Any, now: datetime) -> None:
    """Raises NotAlexaError unless a request's timestamp is close to `now`: an old one may have been recorded."""
    try:
        age = now - datetime.fromisoformat(timestamp)
    except (ValueError, TypeError):
        raise NotAlexaError("timestamp") from None
    if abs(age.total_seconds()) > REQUEST_MAX_AGE_SECONDS:
        raise NotAlexaError("timestamp")


def _path(url: str) -> str:
    """The path of a certificate's address, if that is Amazon's. Raises NotAlexaError if not."""
    try:
        parts = urlsplit(url)
        ours = (parts.scheme, parts.hostname, parts.port or 443) == ("https", HOST, 443)
    except ValueError:
        raise NotAlexaError("certificate address") from None
    path = normpath(parts.path)
    if not ours or not _PATH.fullmatch(path):
        raise NotAlexaError("certificate address")
    return path


def _decoded(signature: str) -> bytes:
    """The bytes of a signature, of which nothing is known yet. Raises NotAlexaError where there are none."""
    try:
        signed = b64decode(signature, validate=True)
    except ValueError:
        raise NotAlexaError("signature") from None
    if not signed:
        raise NotAlexaError("signature")
    return signed
