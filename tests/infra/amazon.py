"""An Amazon of one's own: it signs requests, and publishes the certificates that go with the signature.

Rule: its certificates are shaped like the real ones, from a root over an intermediate down to the signer's, each good
for a year around the moment of the tests.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
PATH = "/echo.api/echo-api-cert-12.pem"
ADDRESS = f"https://s3.amazonaws.com{PATH}"


@dataclass(frozen=True)
class _Holder:
    """Somebody with a certificate and the key to it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Amazon:
    """A root that may be trusted, and a signer with the chain up to it."""

    root: x509.Certificate
    chain: bytes
    key: rsa.RSAPrivateKey

    @classmethod
    def founded(cls, name: str = "echo-api.amazon.com", until: datetime = NOW + timedelta(days=180)) -> Self:
        """With new keys; the signer's certificate is for `name`."""
        root = _certified("Root", None)
        between = _certified("Server CA", root)
        signer = _certified(name, between, authority=False, until=until)
        return cls(root.certificate, signer.pem + between.pem, signer.key)

    def signature(self, body: bytes) -> str:
        """As it stands in the header `Signature-256`."""
        return b64encode(self.key.sign(body, PKCS1v15(), SHA256())).decode()


def _certified(
    name: str, issuer: _Holder | None, *, authority: bool = True, until: datetime = NOW + timedelta(days=180)
) -> _Holder:
    key = rsa.generate_private_key(65_537, 2_048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by = issuer or _Holder(certificate=None, key=key)  # type: ignore[arg-type]
    usage = {"digital_signature": not authority, "key_cert_sign": authority, "crl_sign": authority}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=360))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**_USAGES | usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return _Holder(builder.sign(by.key, SHA256()), key)


_USAGES = dict.fromkeys(
    (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    ),
    False,
)
