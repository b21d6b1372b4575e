"""The certificates of Amazon's signer: fetched from where Amazon publishes them, proven, and remembered.

Rule: anybody may name an address, at no cost. So each is fetched once at a time, few altogether, and what is known
never waits for what is not.
"""

import ssl
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from threading import Lock, Semaphore
from typing import TypeVar

import certifi
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import Certificate, DNSName, load_der_x509_certificate, load_pem_x509_certificates
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

SIGNER = "echo-api.amazon.com"
"""In whose name the requests are signed."""

HOST = "s3.amazonaws.com"
"""Where Amazon publishes the certificates, below the folder `/echo.api/`."""

CHAIN_MAX_BYTES = 64_000
"""Largest chain of certificates that we read. Not Amazon's figure: real ones have a few kB."""

FETCH_SECONDS = 3
"""How long a request waits for certificates. Alexa waits eight seconds for an answer."""

WAITING_MAX = 16
"""How many requests may wait at a time for certificates that are not known. Each takes a thread of the server."""

FETCHES_MAX = 24
"""How many fetches may be under way. One that hangs goes on after nobody waits for it any more."""

KNOWN_MAX, FAILURES_MAX = 16, 256
"""How many addresses are remembered, with their certificates, and with why there were none."""

AGAIN = timedelta(seconds=10)
"""How long after a failure the same address is not asked again."""

T = TypeVar("T")


class NotAlexaError(Exception):
    """A request that cannot be shown to come from Alexa. The message is a short technical word for the log."""


class NotReachedError(NotAlexaError):
    """Amazon's server did not answer, so that nothing is known of the certificates."""


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
    if response.status >= 500:
        raise HTTPException(response.status)
    if response.status != 200 or len(chain) > CHAIN_MAX_BYTES:
        raise NotAlexaError("certificate not fetched")
    return chain


@dataclass
class _Known:
    """Certificates that were Amazon's when they were fetched; `due` is when they are to be fetched anew."""

    chain: list[Certificate]
    due: datetime


@dataclass(frozen=True)
class _Failure:
    """Why there were no certificates, for as long as it is not tried again."""

    refusal: NotAlexaError
    until: datetime


class Certificates:
    """What Amazon publishes. `get` gets the certificates at a path of its server, `roots` are those that are trusted of
    themselves, usually Mozilla's. To be shared by any number of threads.
    """

    def __init__(self, get: Callable[[str], bytes], roots: Iterable[Certificate] | None) -> None:
        self._get = get
        self._roots = Store(list(roots or _everybodys_roots()))
        self._places = Semaphore(WAITING_MAX)
        self._fetchers = ThreadPoolExecutor(FETCHES_MAX, "certificates")
        self._lock = Lock()
        self._known: dict[str, _Known] = {}
        self._failures: dict[str, _Failure] = {}
        self._underway: dict[str, Future[_Known]] = {}

    def key(self, path: str, now: datetime) -> RSAPublicKey:
        """The key of Amazon's signer by the certificates at `path`. Raises NotAlexaError where there is none."""
        known = self._known.get(path)
        if known is None:
            known = self._found(path, now)
        elif known.due <= now:
            # One request fetches them anew; the others, and it too if nobody answers, go on with those that were known.
            known.due = now + AGAIN
            with suppress(NotReachedError):
                known = self._fetched(path, now)
        return self._proven(known.chain, now)

    def _found(self, path: str, now: datetime) -> _Known:
        """What is at an address that anybody may have invented."""
        if not self._places.acquire(blocking=False):
            raise NotReachedError("too many certificates at a time")
        try:
            return self._fetched(path, now)
        finally:
            self._places.release()

    def _fetched(self, path: str, now: datetime) -> _Known:
        with self._lock:
            failure = self._failures.get(path)
            if failure and now < failure.until:
                raise failure.refusal
            fetching = self._underway.get(path)
            if fetching is None:
                if len(self._underway) >= FETCHES_MAX:
                    raise NotReachedError("too many certificates at a time")
                fetching = self._underway[path] = self._fetchers.submit(self._fetch, path, now)
        try:
            return fetching.result(FETCH_SECONDS)
        except TimeoutError:
            raise NotReachedError("certificate not fetched: TimeoutError") from None

    def _fetch(self, path: str, now: datetime) -> _Known:
        """Fetch and remember, in a thread of its own."""
        try:
            known = _Known(self._loaded(path, now), now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
        except NotAlexaError as refusal:
            with self._lock:
                _remember(self._failures, path, _Failure(refusal, now + AGAIN), FAILURES_MAX)
                if not isinstance(refusal, NotReachedError):
                    self._known.pop(path, None)
            raise
        else:
            with self._lock:
                _remember(self._known, path, known, KNOWN_MAX)
            return known
        finally:
            with self._lock:
                del self._underway[path]

    def _loaded(self, path: str, now: datetime) -> list[Certificate]:
        try:
            chain = load_pem_x509_certificates(self._get(path))
        except (OSError, HTTPException) as error:
            raise NotReachedError(f"certificate not fetched: {type(error).__name__}") from None
        except ValueError:
            raise NotAlexaError("malformed certificate") from None
        self._proven(chain, now)
        return chain

    def _proven(self, chain: list[Certificate], now: datetime) -> RSAPublicKey:
        """The signer's key, if a root that is trusted vouches for it now. Raises NotAlexaError if not."""
        policy = PolicyBuilder().store(self._roots).time(now)
        try:
            signer, *others = chain
            policy.build_server_verifier(DNSName(SIGNER)).verify(signer, others)
            key = signer.public_key()
        except (VerificationError, ValueError):
            raise NotAlexaError("certificate") from None
        if not isinstance(key, RSAPublicKey):
            raise NotAlexaError("key")
        return key


def _remember(memory: dict[str, T], path: str, what: T, most: int) -> None:
    """Put in the newest, and drop the oldest where there are too many."""
    memory.pop(path, None)
    memory[path] = what
    while len(memory) > most:
        del memory[next(iter(memory))]


def _everybodys_roots() -> Iterable[Certificate]:
    """Mozilla's roots, without the few that cryptography complains of, and will not read in a later version."""
    with warnings.catch_warnings(action="error"):
        for root in ssl.create_default_context(cafile=certifi.where()).get_ca_certs(binary_form=True):
            with suppress(ValueError, CryptographyDeprecationWarning):
                yield load_der_x509_certificate(root)
