"""The client of the table: what it sends, whom it trusts, when it tries again, and whose credentials it uses."""

from __future__ import annotations

import hmac
import json
import re
import socket
import ssl
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import certifi
import pytest
import snapshot_restore_py
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    ResponseStreamingError,
    SSLError,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from coach.errors import ConfigurationError, StoreUnavailableError
from coach.persistence.repository import Person
from coach.persistence.stores import open_store, wire
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.persistence.stores.wire import client
from tests.adapters.answers import FOUND, GET, Table, calling
from tests.adapters.serving import serving

pytestmark = pytest.mark.usefixtures("patient")


def test_a_request_is_signed_for_the_table_in_its_region_with_the_token_of_the_role(aws: pytest.MonkeyPatch) -> None:
    aws.setenv("AWS_REGION", "eu-west-1")
    aws.setenv("AWS_SESSION_TOKEN", "the token of a role")
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        ours.get_item(**GET)
    ((headers, _),) = table.sent
    signed = headers["authorization"]
    assert signed.startswith("AWS4-HMAC-SHA256 Credential=testing/")
    assert "/eu-west-1/dynamodb/aws4_request" in signed
    assert "x-amz-security-token" in signed
    assert headers["x-amz-security-token"] == "the token of a role"


@pytest.mark.parametrize("endpoint", ["localhost:8000", "http://", "http://a table/"])
def test_what_is_no_endpoint_is_told_before_anybody_calls(aws: pytest.MonkeyPatch, endpoint: str) -> None:
    aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
    with pytest.raises(ConfigurationError, match=re.escape(f"Invalid endpoint: {endpoint}")):
        open_store("dynamodb://hip-coach")


def test_what_is_no_region_is_told_before_anybody_calls(aws: pytest.MonkeyPatch) -> None:
    aws.setenv("AWS_DEFAULT_REGION", "us east/1")
    with pytest.raises(ConfigurationError, match="region_name"):
        open_store("dynamodb://hip-coach")


def test_a_proxy_that_the_environment_names_is_gone_through(aws: pytest.MonkeyPatch) -> None:
    proxy = Table((200, FOUND))
    with proxy.serving() as port:
        aws.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://table.invalid")
        assert client().get_item(**GET)["Item"] == FOUND["Item"]
        aws.setenv("NO_PROXY", "table.invalid")
        with pytest.raises(EndpointConnectionError):
            client().get_item(**GET)
    assert len(proxy.sent) == 1


@pytest.mark.parametrize(
    "first",
    [
        (500, {"__type": "x#InternalServerError"}),
        (503, "Service Unavailable"),
        (400, {"__type": "x#ThrottlingException"}),
        (400, {"__type": "x#ProvisionedThroughputExceededException"}),
        (200, {}),
        (200, "<html>Please log in to the network</html>"),
        None,
    ],
)
def test_what_may_do_better_a_moment_later_is_asked_once_more(aws: pytest.MonkeyPatch, first: Any) -> None:
    table = Table(first, (200, FOUND))
    with calling(aws, table) as ours:
        assert ours.get_item(**GET) == FOUND
    assert len(table.sent) == 2


def test_what_is_refused_for_good_is_not_asked_again(aws: pytest.MonkeyPatch) -> None:
    stands = {"rev": {"N": "4"}}
    table = Table((400, {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "Item": stands}))
    with calling(aws, table) as ours, pytest.raises(ClientError) as refused:
        ours.get_item(**GET)
    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    assert refused.value.response["Item"] == stands  # type: ignore[typeddict-item]
    assert len(table.sent) == 1


def test_an_answer_that_lost_a_bit_on_its_way_is_none(aws: pytest.MonkeyPatch) -> None:
    table = Table((200, FOUND), headers={"x-amz-crc32": str(crc32(json.dumps(FOUND).encode()) + 1)})
    with calling(aws, table) as ours, pytest.raises(ResponseStreamingError):
        ours.get_item(**GET)


def test_an_answer_whose_checksum_is_right_is_taken(aws: pytest.MonkeyPatch) -> None:
    table = Table((200, FOUND), headers={"x-amz-crc32": str(crc32(json.dumps(FOUND).encode()))})
    with calling(aws, table) as ours:
        assert ours.get_item(**GET) == FOUND


def test_calls_one_after_the_other_go_over_one_connection(aws: pytest.MonkeyPatch) -> None:
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        for _ in range(5):
            ours.get_item(**GET)
    assert len(table.connections) == 1


def test_no_part_of_a_request_waits_for_another_to_be_confirmed(aws: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    aws.setattr(socket.socket, "setsockopt", lambda _, *option: asked.append(option))
    with calling(aws, Table((200, FOUND))) as ours:
        ours.get_item(**GET)
    assert (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1) in asked


def test_a_function_that_was_restored_from_a_snapshot_connects_once_it_is_there_again(aws: pytest.MonkeyPatch) -> None:
    aws.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
    aws.setattr(snapshot_restore_py, "_after_restore_registry", [])
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        assert not table.connections
        for restored, arguments, named in snapshot_restore_py.get_after_restore():
            restored(*arguments, **named)
        assert len(table.connections) == 1
        assert ours.get_item(**GET) == FOUND
    assert len(table.connections) == 1


def test_a_signature_is_that_of_what_has_arrived(aws: pytest.MonkeyPatch) -> None:
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        ours.get_item(**GET)
    ((headers, body),) = table.sent
    credential, names, signature = (part.split("=", 1)[1] for part in headers["authorization"].split(", "))
    scope = credential.removeprefix("testing/")
    sent = json.dumps(body).encode()
    lines = [f"{name}:{headers[name]}" for name in names.split(";")]
    request = "\n".join(["POST", "/", "", *lines, "", names, sha256(sent).hexdigest()])
    told = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(request.encode()).hexdigest()])
    key = b"AWS4testing"
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    assert hmac.digest(key, told.encode(), "sha256").hex() == signature


def test_a_connection_that_went_stale_is_made_anew(aws: pytest.MonkeyPatch) -> None:
    table = Table((200, FOUND), headers={"Connection": "close"})
    with calling(aws, table) as ours:
        for _ in range(3):
            assert ours.get_item(**GET) == FOUND
    assert len(table.connections) == 3


def test_credentials_that_run_out_are_asked_for_again(aws: pytest.MonkeyPatch) -> None:
    """As under SnapStart, where Lambda tells them at an address on the machine."""
    keys = (f"key-{number}" for number in count())

    class Role(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            soon = datetime.now(UTC) + timedelta(minutes=1)
            told = {
                "AccessKeyId": next(keys),
                "SecretAccessKey": "secret",
                "Token": "token",
                "Expiration": f"{soon:%FT%TZ}",
            }
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        aws.delenv(name)
    table = Table((200, FOUND))
    with serving(Role) as port:
        aws.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"http://127.0.0.1:{port}/role")
        with calling(aws, table) as ours:
            ours.get_item(**GET)
            ours.get_item(**GET)
    used = [headers["authorization"].split("Credential=")[1].split("/")[0] for headers, _ in table.sent]
    assert len(set(used)) == 2


def test_credentials_that_have_run_out_however_often_they_are_asked_for_are_told(aws: pytest.MonkeyPatch) -> None:
    """As where a clock is wrong, or where nobody renews what is in the environment."""
    for name, value in (("AWS_CREDENTIAL_EXPIRATION", "2026-01-01T00:00:00Z"), ("AWS_SESSION_TOKEN", "token")):
        aws.setenv(name, value)
    with Table((200, FOUND)).serving() as port:
        aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{port}")
        store = DynamoDBStore(client(), "hip-coach")
        with pytest.raises(StoreUnavailableError):
            store.load(Person("somebody"))


def test_without_credentials_it_is_not_made(aws: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        aws.delenv(name)
    aws.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(NoCredentialsError):
        client()


def test_a_key_in_a_file_is_found(aws: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        aws.delenv(name)
    keys, settings = tmp_path / "keys", tmp_path / "settings"
    keys.write_text("[default]\naws_access_key_id = filed\naws_secret_access_key = secret\n")
    settings.write_text("[default]\nregion = eu-north-1\n")
    aws.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))
    aws.setenv("AWS_CONFIG_FILE", str(settings))
    table = Table((200, FOUND))
    with calling(aws, table) as ours:
        ours.get_item(**GET)
    assert "Credential=filed/" in table.sent[0][0]["authorization"]
    assert "/eu-north-1/" in table.sent[0][0]["authorization"]


Certified = Callable[[str], tuple[Path, ssl.SSLContext]]


@pytest.fixture
def certified(tmp_path: Path) -> Certified:
    """Makes an authority by a name: the file that trusts it, and a server on this machine that it certifies."""

    def made(name: str) -> tuple[Path, ssl.SSLContext]:
        key = ec.generate_private_key(ec.SECP256R1())
        whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(
                whose, whose, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
            )
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        trusted, private = tmp_path / f"{name}.pem", tmp_path / f"{name}.key"
        trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(trusted, private)
        return trusted, context

    return made


def _certificates(path: Path) -> list[x509.Certificate]:
    with warnings.catch_warnings():
        # Authorities of others, with numbers that are not as they should be.
        warnings.simplefilter("ignore")
        return x509.load_pem_x509_certificates(path.read_bytes())


def _over_tls(aws: pytest.MonkeyPatch, tls: ssl.SSLContext) -> tuple[Any, Table]:
    table = Table((200, FOUND))
    with table.serving(tls) as port:
        aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"https://127.0.0.1:{port}")
        try:
            return client().get_item(**GET), table
        except BotoCoreError as error:
            return error, table


def test_only_a_server_that_is_certified_by_an_authority_that_is_trusted_is_told_anything(
    aws: pytest.MonkeyPatch, certified: Certified
) -> None:
    trusted, tls = certified("ours")
    _, stranger = certified("strangers")
    aws.setenv("AWS_CA_BUNDLE", str(trusted))
    assert _over_tls(aws, tls)[0] == FOUND
    refused, table = _over_tls(aws, stranger)
    assert isinstance(refused, SSLError)
    assert not table.sent


def test_the_authorities_of_aws_are_among_those_that_a_browser_knows() -> None:
    theirs = {each.fingerprint(hashes.SHA256()) for each in _certificates(Path(certifi.where()))}
    ours = _certificates(wire.AMAZON_ROOTS)
    assert {each.fingerprint(hashes.SHA256()) for each in ours} <= theirs
    names = {each.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value for each in ours}
    assert {f"Amazon Root CA {number}" for number in (1, 2, 3, 4)} < names


def test_where_none_of_these_authorities_certifies_it_those_that_a_browser_knows_may(
    aws: pytest.MonkeyPatch, certified: Certified
) -> None:
    amazon, _ = certified("amazon")
    known, tls = certified("known")
    _, stranger = certified("strangers")
    aws.setattr(wire, "AMAZON_ROOTS", amazon)
    aws.setattr("botocore.httpsession.where", lambda: str(known))
    assert _over_tls(aws, tls)[0] == FOUND
    refused, table = _over_tls(aws, stranger)
    assert isinstance(refused, SSLError)
    assert not table.sent
