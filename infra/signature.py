"""Whether a request comes from Alexa: Amazon's signature over its bytes, and a time that is not long past.

Rule: the steps are those of Amazon's page "Host a custom skill as a web service", and whatever goes wrong in one of
them is a refusal. Amazon's own package for them, ask-sdk-webservice-support 1.3.3, cannot be imported where the patch
level of OpenSSL has two digits, as on Debian 12: it wants oscrypto, and no release of that can read such a version.
"""

import re
import ssl
import warnings
from base64 import b64decode
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from http.client import HTTPException, HTTPSConnection
from posixpath import normpath
from urllib.parse import urlsplit

import certifi
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import Certificate, DNSName, load_der_x509_certificate, load_pem_x509_certificates
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from coach.alexa.limits import REQUEST_MAX_AGE_SECONDS

SIGNER = "echo-api.amazon.com"
"""In whose name the requests are signed."""

HOST = "s3.amazonaws.com"
"""Where Amazon publishes the certificates, below the folder `/echo.api/`."""

CHAIN_MAX_BYTES = 64_000
"""Largest chain of certificates that we read. Not Amazon's figure: real ones have a few kB."""

FETCH_SECONDS = 3
"""How long we wait for the certificates. Alexa waits eight seconds for an answer."""

_PATH = re.compile(r"/echo\.api(/[\w.-]+)+", re.ASCII)


class NotAlexaError(Exception):
    """A request that cannot be shown to come from Alexa. The message is a short technical word for the log."""


def fetch(path: str) -> bytes:
    """The certificates at a path of Amazon's server. Raises NotAlexaError, OSError or HTTPException."""
    connection = HTTPSConnection(
        HOST, timeout=FETCH_SECONDS, context=ssl.create_default_context(cafile=certifi.where())
    )
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        chain = response.read(CHAIN_MAX_BYTES + 1)
    finally:
        connection.close()
    if response.status != 200 or len(chain) > CHAIN_MAX_BYTES:
        raise NotAlexaError("certificate not fetched")
    return chain


class Verifier:
    """Tells Alexa's requests from others. `get` gets the certificates at a path of Amazon's server, `roots` are
    those that are trusted of themselves, usually Mozilla's. To be shared by any number of threads.
    """

    def __init__(self, get: Callable[[str], bytes] = fetch, roots: Iterable[Certificate] | None = None) -> None:
        self._roots = Store(list(roots or _everybodys_roots()))
        # Amazon may put other certificates at the same address, so what was fetched is good for an hour.
        self._chain = lru_cache(maxsize=8)(lambda path, hour: get(path))

    def verify(self, body: bytes, signature: str, url: str, now: datetime) -> None:
        """Raises NotAlexaError unless `signature` is Amazon's for `body`, by the certificates at `url`."""
        try:
            chain = self._chain(_path(url), int(now.timestamp()) // 3600)
            signer, *others = load_pem_x509_certificates(chain)
            policy = PolicyBuilder().store(self._roots).time(now)
            policy.build_server_verifier(DNSName(SIGNER)).verify(signer, others)
            key = signer.public_key()
            if not isinstance(key, RSAPublicKey):
                raise NotAlexaError("key")
            key.verify(b64decode(signature, validate=True), body, PKCS1v15(), SHA256())
        except VerificationError:
            raise NotAlexaError("certificate") from None
        except InvalidSignature:
            raise NotAlexaError("signature") from None
        except (OSError, HTTPException) as error:
            raise NotAlexaError(f"certificate not fetched: {type(error).__name__}") from None
        except ValueError:
            raise NotAlexaError("malformed") from None


def check_time(timestamp: object, now: datetime) -> None:
    """Raises NotAlexaError unless a request's timestamp is close to `now`: an old one may have been recorded."""
    try:
        age = now - datetime.fromisoformat(str(timestamp))
    except (ValueError, TypeError):
        raise NotAlexaError("timestamp") from None
    if abs(age.total_seconds()) > REQUEST_MAX_AGE_SECONDS:
        raise NotAlexaError("timestamp")


def _path(url: str) -> str:
    """The path of a certificate's address, if that is Amazon's. Raises NotAlexaError, or ValueError if it is none."""
    parts = urlsplit(url)
    path = normpath(parts.path)
    ours = (parts.scheme, parts.hostname, parts.port or 443) == ("https", HOST, 443)
    if not ours or not _PATH.fullmatch(path):
        raise NotAlexaError("certificate address")
    return path


def _everybodys_roots() -> Iterable[Certificate]:
    """Mozilla's roots, without the few that cryptography complains of, and will not read in a later version."""
    with warnings.catch_warnings(action="error"):
        for root in ssl.create_default_context(cafile=certifi.where()).get_ca_certs(binary_form=True):
            with suppress(ValueError, CryptographyDeprecationWarning):
                yield load_der_x509_certificate(root)
