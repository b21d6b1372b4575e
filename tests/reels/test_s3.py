"""The shelf in a bucket: put once, found by a signed address, and never waited for.

What S3 itself makes of it is tried where an AWS runs on this machine (tests/infra/deployed).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from threading import Event
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.credentials import Credentials

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import ConfigurationError
from coach.reels import answers, s3
from coach.reels.s3 import S3Shelf, bucket
from coach.reels.shelf import ShelfUnavailableError, name_of
from simulator import envelopes
from simulator.clock import VirtualClock
from simulator.device import Speaker
from tests.adapters.serving import serving
from tests.reels.conftest import EVENING, Home
from tests.reels.test_answers import ssml, talked
from tests.reels.test_streams import QUICK, hands_free
from tests.reels.voices import LOCALE, clip
from tests.understood import understood_in

REEL, OTHER = clip("Hold there.", 1_000), clip("Let go.", 700)
DAY = 24 * 60 * 60
HOLD = ("Alexa, ask Hip Coach to do the lying twist", "ready")


@dataclass
class Bucket:
    """What a bucket holds, since when, and what it was asked. `refuses` is a status with which it answers all that is
    written to it, and `absent` that for what is not there.
    """

    held: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    since: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refuses: int = 0
    absent: int = 403
    hangs: Event | None = None
    url: str = ""


@pytest.fixture
def s3_bucket() -> Iterator[Bucket]:
    there = Bucket()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _told(self, status: int, length: int = 0) -> None:
            # As HTTP has it, and S3 keeps to: one host is named, and what only asks for a head gets no body.
            named = self.headers.get_all("Host") == [urlsplit(there.url).netloc]
            self.send_response(status if named else 400)
            self.send_header("Content-Length", str(length))
            self.end_headers()

        def do_HEAD(self) -> None:
            there.asked.append(("HEAD", self.path))
            if there.hangs:
                there.hangs.wait()
            if self.path not in there.held:
                return self._told(there.absent)
            asked_for = parsedate_to_datetime(self.headers["If-Modified-Since"]).timestamp()
            young = there.since.get(self.path, time()) > asked_for
            return self._told(200 if young else 304, len(there.held[self.path][0]) if young else 0)

        def do_PUT(self) -> None:
            there.asked.append(("PUT", self.path))
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if there.refuses:
                self._told(there.refuses)
            else:
                there.held[self.path], there.since[self.path] = (body, self.headers["Content-Type"]), time()
                self._told(200)

    with serving(Answers) as port:
        there.url = f"http://127.0.0.1:{port}"
        yield there
        if there.hangs:
            there.hangs.set()


@pytest.fixture
def shelf(s3_bucket: Bucket) -> S3Shelf:
    return S3Shelf(f"{s3_bucket.url}/reels", "eu-west-1", Credentials("AKID", "SECRET", "TOKEN"))


def test_a_reel_is_put_once_and_known_from_then_on(shelf: S3Shelf, s3_bucket: Bucket) -> None:
    for sound in (REEL, OTHER, REEL, REEL):
        shelf.put(sound)
    path = f"/reels/{name_of(REEL)}"
    assert s3_bucket.held[path] == (REEL, "audio/mpeg")
    assert [how for how, where in s3_bucket.asked if where == path] == ["HEAD", "PUT"]


def test_what_another_process_put_there_is_not_sent_again(s3_bucket: Bucket, shelf: S3Shelf) -> None:
    s3_bucket.held[f"/reels/{name_of(REEL)}"] = REEL, "audio/mpeg"
    shelf.put(REEL)
    assert [how for how, _ in s3_bucket.asked] == ["HEAD"]


@pytest.mark.parametrize("absent", [403, 404])
def test_what_is_not_there_is_put_whether_or_not_the_bucket_may_be_listed(
    s3_bucket: Bucket, shelf: S3Shelf, absent: int
) -> None:
    s3_bucket.absent = absent
    shelf.put(REEL)
    assert s3_bucket.held[f"/reels/{name_of(REEL)}"] == (REEL, "audio/mpeg")


@pytest.mark.parametrize(("days", "asked"), [(4, ["HEAD"]), (6, ["HEAD", "PUT"]), (60, ["HEAD", "PUT"])])
def test_what_the_bucket_will_remove_soon_is_put_anew(
    s3_bucket: Bucket, shelf: S3Shelf, days: int, asked: list[str]
) -> None:
    path = f"/reels/{name_of(REEL)}"
    s3_bucket.held[path], s3_bucket.since[path] = (REEL, "audio/mpeg"), time() - days * DAY
    shelf.put(REEL)
    assert [how for how, _ in s3_bucket.asked] == asked


def test_what_an_address_is_handed_out_for_outlives_it() -> None:
    assert s3.RENEWED_SECONDS + s3.KNOWN_SECONDS + s3.ADDRESS_SECONDS < s3.KEPT_DAYS * DAY


def test_the_address_is_signed_for_an_hour(shelf: S3Shelf) -> None:
    parts = urlsplit(shelf.put(REEL))
    signed = parse_qs(parts.query)
    assert parts.path == f"/reels/{name_of(REEL)}"
    assert signed["X-Amz-Expires"] == ["3600"]
    assert signed["X-Amz-Security-Token"] == ["TOKEN"]
    assert "SECRET" not in parts.query


@pytest.mark.parametrize("status", [403, 500, 503])
def test_what_is_refused_is_told(s3_bucket: Bucket, shelf: S3Shelf, status: int) -> None:
    s3_bucket.refuses = status
    with pytest.raises(ShelfUnavailableError, match=str(status)):
        shelf.put(REEL)


def test_nobody_waits_longer_for_it_than_one_turn_may(
    s3_bucket: Bucket, shelf: S3Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "CALL_SECONDS", 0.2)
    s3_bucket.hangs = Event()
    with pytest.raises(ShelfUnavailableError, match="Timeout"):
        shelf.put(REEL)


def test_no_more_is_remembered_of_a_bucket_than_a_process_can_hold(
    shelf: S3Shelf, s3_bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "KNOWN_MOST", 1)
    for sound in (REEL, OTHER, REEL):
        shelf.put(sound)
    assert [how for how, _ in s3_bucket.asked] == ["HEAD", "PUT", "HEAD", "PUT", "HEAD"]


@pytest.fixture
def in_aws(s3_bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    for name, value in {
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "AKID",
        "AWS_SECRET_ACCESS_KEY": "SECRET",
        "AWS_ENDPOINT_URL_S3": s3_bucket.url,
    }.items():
        monkeypatch.setenv(name, value)
    return s3_bucket


def test_the_coach_speaks_from_a_bucket(home: Home, in_aws: Bucket) -> None:
    spoken = "".join(asked(home.coach(shelf="s3://reels")))
    assert spoken.count(f'<audio src="{in_aws.url}/reels/') == 2
    assert "&amp;X-Amz-Signature=" in spoken
    assert {how for how, _ in in_aws.asked} == {"HEAD", "PUT"}
    assert all(len(sound) % 144 == 0 and kind == "audio/mpeg" for sound, kind in in_aws.held.values())


def asked(coach: Any) -> list[str]:
    """What a coach answers to somebody who does one exercise."""
    seen: list[str] = []

    def watched(event: Any, context: object) -> Any:
        answer = coach(event, context)
        seen.append(str(answer["response"].get("outputSpeech", {}).get("ssml", "")))
        return answer

    speaker = Speaker(watched, understood_in(LOCALE), VirtualClock(EVENING))
    talked(speaker, HOLD)
    return seen


def test_where_the_bucket_fails_all_is_as_ever_and_it_is_left_alone_for_a_while(
    home: Home, in_aws: Bucket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    in_aws.refuses = 503
    now = [1_000.0]
    monkeypatch.setattr(answers, "monotonic", lambda: now[0])
    plain = [ssml(heard) for heard in talked(home.speaker(home.coach(voice="", shelf="")), HOLD)]
    coach = home.coach(shelf="s3://reels")
    assert asked(coach) == plain
    calls = len(in_aws.asked)
    assert calls == 2
    assert [record.message for record in caplog.records] == ['{"what": "shelf_unavailable", "reason": "503"}']
    asked(coach)
    assert len(in_aws.asked) == calls
    in_aws.refuses, now[0] = 0, now[0] + answers.REST_S
    assert "<audio" in "".join(asked(coach))


@pytest.mark.parametrize("told", ["a session that broke off", "a stream that could not be played"])
def test_what_a_device_could_not_fetch_is_looked_for_again_and_put_again(home: Home, in_aws: Bucket, told: str) -> None:
    coach = home.coach(shelf="s3://reels")
    asked(coach)
    put = set(in_aws.held)
    in_aws.held.clear()
    if told == "a session that broke off":
        other = home.speaker(coach, device="kitchen")
        ended = envelopes.session_ended(other.who, other.clock.now(), "ERROR", "a sound cannot be fetched")
        coach(envelopes.envelope(other.who, ended, session_id="one", new=False, attributes={}), None)
    else:

        def secured(event: Any, context: object) -> Any:
            return json.loads(json.dumps(coach(event, context)).replace('"http://', '"https://'))

        other = hands_free(home, handler=secured, user="another", device="kitchen")
        assert other.say(QUICK).fault == ""
        # Nothing of the bucket is to be had here.
        assert other.listen() is None
    assert put
    assert "<audio" in "".join(asked(coach))
    assert put & set(in_aws.held)


def test_settings_of_aws_that_do_not_do_are_refused_at_the_start(
    home: Home, in_aws: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "no address")
    with pytest.raises(ConfigurationError, match="no endpoint of S3"):
        bootstrap(Settings(voice=str(home.folder), shelf="s3://reels"))


def test_a_bucket_of_ones_own_region_is_where_amazon_has_it(in_aws: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    assert bucket("reels")._at == "https://reels.s3.eu-west-1.amazonaws.com"
