"""The shelf for reels on an AWS: what the coach may do with the rights that its page names, and what a device gets.

Not among the tests of every day: `make deploy-check` sets up what it needs and runs it.
"""

from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from coach.reels import s3
from coach.reels.s3 import S3Shelf, bucket
from coach.reels.shelf import ShelfUnavailableError, name_of
from tests.infra.deployed.cloud import REGION, Cloud
from tests.reels.voices import clip

BUCKET = "hip-coach-reels"
REEL = clip("Hold there.", 30_000)

Open = Callable[..., S3Shelf]


@pytest.fixture
def shelf(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The shelf in a bucket, for somebody with these rights."""
    aws.client("s3").create_bucket(Bucket=BUCKET)

    def made(*actions: str) -> S3Shelf:
        rights = aws.somebody(*actions)
        for name, value in {
            **rights,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": aws.environ["AWS_ENDPOINT_URL"],
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
        return bucket(BUCKET)

    return made


def test_a_reel_is_fetched_by_whoever_has_its_address(shelf: Open, aws: Cloud) -> None:
    there = shelf("s3:GetObject", "s3:PutObject")
    address = there.put(REEL)
    with urlopen(address) as answer:  # noqa: S310 - on this machine
        assert answer.read() == REEL
        assert answer.headers["Content-Type"] == "audio/mpeg"
    with urlopen(Request(address, headers={"Range": "bytes=144-287"})) as part:  # noqa: S310
        assert part.status == 206
        assert part.read() == REEL[144:288]
    held = aws.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [each["Key"] for each in held] == [name_of(REEL)]


def test_it_is_put_once(shelf: Open, aws: Cloud) -> None:
    shelf("s3:GetObject", "s3:PutObject").put(REEL)
    before = aws.client("s3").head_object(Bucket=BUCKET, Key=name_of(REEL))["LastModified"]
    shelf("s3:GetObject", "s3:PutObject").put(REEL)
    assert aws.client("s3").head_object(Bucket=BUCKET, Key=name_of(REEL))["LastModified"] == before


def test_what_the_bucket_will_remove_soon_is_put_anew(shelf: Open, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "RENEWED_SECONDS", 0)
    aws.client("s3").put_object(Bucket=BUCKET, Key=name_of(REEL), Body=b"of an earlier time")
    shelf("s3:GetObject", "s3:PutObject").put(REEL)
    assert aws.client("s3").get_object(Bucket=BUCKET, Key=name_of(REEL))["Body"].read() == REEL


def test_without_a_right_it_is_told(shelf: Open) -> None:
    with pytest.raises(ShelfUnavailableError, match="403"):
        shelf("s3:GetObject").put(clip("Let go.", 700))


def test_nobody_fetches_it_without_the_signature(shelf: Open) -> None:
    address = shelf("s3:GetObject", "s3:PutObject").put(REEL)
    with pytest.raises(HTTPError):
        urlopen(address.partition("?")[0])  # noqa: S310
