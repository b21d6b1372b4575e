"""The table in a process of its own: a certificate for this machine, an address, and what it counted."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "localhost"


@dataclass(frozen=True)
class Served:
    """A table that is there, and its own certificate."""

    url: str
    certificate: Path

    def environment(self, authorities: Path) -> dict[str, str]:
        """AWS's own variables, with which a subject finds it and trusts it beside those `authorities` that it trusts on
        AWS: to read them is a part of a first call. The credentials are good for nothing.
        """
        return {
            "AWS_ENDPOINT_URL_DYNAMODB": self.url,
            "AWS_CA_BUNDLE": str(self._beside(authorities)),
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def counted(self, table: str) -> dict[str, Any]:
        """What it counted of one of its tables: calls, the bytes `asked` and `told`, those of the `item`."""
        trusting = ssl.create_default_context(cafile=str(self.certificate))
        with urlopen(f"{self.url}/{table}", context=trusting) as answer:  # noqa: S310 - our own address
            return dict(json.loads(answer.read()))

    def _beside(self, authorities: Path) -> Path:
        both = self.certificate.with_name(f"beside-{authorities.name}")
        if not both.exists():
            both.write_bytes(authorities.read_bytes() + b"\n" + self.certificate.read_bytes())
        return both


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A table, as long as it is needed; its certificate lies in the folder."""
    certificate, key = certified(folder)
    command = [sys.executable, "-m", "bench.deployed.table", str(certificate), str(key)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout  # noqa: S101
        port = int(process.stdout.readline())
        yield Served(f"https://{NAME}:{port}", certificate)
    finally:
        process.communicate(timeout=30)


def certified(folder: Path) -> tuple[Path, Path]:
    """The files of a certificate for this machine that is good for a day, and of its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(key.private_bytes(pem, *plain))
    return files
