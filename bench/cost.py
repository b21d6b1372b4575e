"""What a thousand routines cost on AWS: whole routines through the real handler and a table, with every call counted.

    python -m bench.cost

The table is moto's, in this process, or a DynamoDB Local where AWS_ENDPOINT_URL_DYNAMODB names one. Calls, items and
lines of the log are counted; units are reckoned from the sizes of the items by DynamoDB's own rule. The processor time
of a turn is measured here, without the table, and stretched to the share of a processor that the function has. What
cannot be measured here is assumed, and is a constant below, as the prices are.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import boto3
from moto import mock_aws

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.conversation.session import State
from coach.metrics import UNITS, Recorder
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.reels.folder import HERE
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import Understanding
from simulator.reels import Reels

# Dollars in us-east-1, without the free tier, as listed in 2026. Look them up again before you count on them.
# https://aws.amazon.com/dynamodb/pricing/on-demand/
WRITE_UNIT = 0.625e-6
READ_UNIT = 0.125e-6
# https://aws.amazon.com/lambda/pricing/ (Arm)
REQUEST = 0.20e-6
GB_SECOND = 0.0000133334
SNAPSHOT_GB_SECOND = 0.0000015046
RESTORED_GB = 0.0001397998
# https://aws.amazon.com/cloudwatch/pricing/
LOG_GB = 0.50
METRIC_MONTH = 0.30
ALARM_MONTH = 0.10

MEMORY_MB = 512
"""As in infra/template.yaml."""
MB_OF_A_PROCESSOR = 1769
"""With so much memory a function has one processor, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html."""
ALARMS = 5
"""As in infra/template.yaml."""

TABLE_MS = 10
"""Assumed: how long a table in the same region takes to answer."""
LOG_EVENT_BYTES = 26
"""What CloudWatch Logs adds to the size of each event, by the documentation of PutLogEvents."""
MONTH_SECONDS = 30 * 24 * 3600

MODEL = Path(__file__).parents[1] / "interaction_model" / "en-US.json"
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
TURNS_MAX = 80
ROUTINES = ("full", "quick")


@dataclass
class Bill:
    """What one routine used. `kept` is the size of the item, `cpu_ms` the processor time of each turn, and `sounds` the
    names of the reels that were heard, if there is a voice.
    """

    calls: dict[str, int]
    units: dict[str, int]
    kept: int
    log_bytes: int
    cpu_ms: list[float]
    sounds: list[str]

    @property
    def turns(self) -> int:
        """Invocations of the function."""
        return len(self.cpu_ms)

    def billed_ms(self, memory_mb: int = MEMORY_MB) -> int:
        """Milliseconds that Lambda charges a function of so much memory for, each invocation rounded up."""
        waiting = TABLE_MS * sum(self.calls.values())
        return sum(ceil(ms * stretched(memory_mb) + waiting / self.turns) for ms in self.cpu_ms)

    def rows(self, memory_mb: int = MEMORY_MB) -> list[tuple[str, str, float]]:
        """For a thousand such routines: of what, how much, and the dollars."""
        writes, reads, turns = 1000 * self.units["write"], 1000 * self.units["read"], 1000 * self.turns
        gb_seconds, log_gb = self.billed_ms(memory_mb) * memory_mb / 1024, 1000 * self.log_bytes / 1e9
        return [
            ("Writes", f"{writes:,} units", writes * WRITE_UNIT),
            ("Reads", f"{reads:,} units", reads * READ_UNIT),
            ("Requests to Lambda", f"{turns:,}", turns * REQUEST),
            ("Lambda's time", f"{gb_seconds:,.0f} GB-seconds", gb_seconds * GB_SECOND),
            ("Logs", f"{log_gb * 1000:,.0f} MB", log_gb * LOG_GB),
        ]


class Meter:
    """A table of its own, and a handler over it that counts. To be used once."""

    def __init__(self, settings: Settings) -> None:
        self.bill = Bill({"read": 0, "write": 0}, {"read": 0, "write": 0}, 0, 0, [], [])
        self._table, self._behind, self._away = f"hip-coach-{uuid4().hex}", boto3.client("dynamodb"), 0.0
        self._behind.create_table(
            TableName=self._table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("account", "voice")],
            KeySchema=[
                {"AttributeName": "account", "KeyType": "HASH"},
                {"AttributeName": "voice", "KeyType": "RANGE"},
            ],
        )
        counted = boto3.client("dynamodb")
        counted.meta.events.register("before-call.dynamodb", self._call)
        counted.meta.events.register_first("before-send.dynamodb", self._sent)
        counted.meta.events.register("response-received.dynamodb", self._received)
        recorder = Recorder("HipCoach/prod", write=self._line)
        self._answer = bootstrap(settings, repository=DynamoDBStore(counted, self._table), recorder=recorder)

    def handle(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """One turn, counted."""
        before, calls, self._away = self._size(), dict(self.bill.calls), 0.0
        began = time.process_time()
        answer = self._answer(event, context)
        self.bill.cpu_ms.append((time.process_time() - began - self._away) * 1000)
        self.bill.kept = self._size()
        self.bill.sounds += re.findall(f'"{HERE}([^"]+)"', answer["response"].get("outputSpeech", {}).get("ssml", ""))
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
        read, written = max(1, ceil(before / 4096)), max(1, ceil(max(before, self.bill.kept) / 1024))
        self.bill.units["read"] += (self.bill.calls["read"] - calls["read"]) * read
        self.bill.units["write"] += (self.bill.calls["write"] - calls["write"]) * written
        return answer

    def _size(self) -> int:
        return sum(size(value) for value in self._behind.scan(TableName=self._table)["Items"])

    def _line(self, line: str) -> None:
        self.bill.log_bytes += len(line.encode()) + LOG_EVENT_BYTES

    def _call(self, model: Any, **_: object) -> None:
        self.bill.calls["read" if model.name == "GetItem" else "write"] += 1

    def _sent(self, **_: object) -> None:
        self._away -= time.process_time()

    def _received(self, **_: object) -> None:
        self._away += time.process_time()


def stretched(memory_mb: int) -> float:
    """How many times as long as on a whole processor something takes on the share that comes with a memory."""
    return max(1.0, MB_OF_A_PROCESSOR / memory_mb)


def size(item: Mapping[str, Any]) -> int:
    """The bytes of an item, or of a value in it, as DynamoDB reckons them.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    match item:
        case {"S": str(text)}:
            return len(text.encode())
        case {"N": str(number)}:
            return len(number) // 2 + 2
        case {"BOOL": _} | {"NULL": _}:
            return 1
        case {"L": list(values)}:
            return 3 + sum(1 + size(value) for value in values)
        case {"M": dict(values)}:
            return 3 + len(values) + size(values)
    return sum(len(name.encode()) + size(value) for name, value in item.items())


def routine(name: str, settings: Settings | None = None, sounds: Reels | None = None) -> Bill:
    """The bill of a new person who begins a routine, goes through to its end, and stops. `sounds` is where a speaker
    finds what is put on the shelf of the `settings`.
    """
    meter = Meter(settings or Settings())
    speaker = Speaker(meter.handle, Understanding.from_file(MODEL), VirtualClock(EVENING), sounds=sounds)
    speaker.say("Alexa, open Hip Coach")
    heard = speaker.say(f"start the {name} routine")
    while (heard.response or {}).get("sessionAttributes", {}).get("session", {}).get("state") != State.FINISHED:
        if meter.bill.turns == TURNS_MAX:
            raise LookupError(f"the routine {name} does not come to an end")
        heard = speaker.say("next")
    speaker.say("stop")
    return meter.bill


def show(name: str, bill: Bill) -> None:
    """Prints one bill."""
    print(f"A {name} routine: {bill.turns} turns, {bill.calls['read']} read, {bill.calls['write']} writes of one item")
    print(f"  that has {bill.kept} bytes at the end; {bill.log_bytes / bill.turns:.0f} bytes of log a turn;")
    print(f"  {median(bill.cpu_ms):.1f} ms of a processor a turn, {bill.billed_ms() / bill.turns:.0f} ms charged")
    print(f"  {'A thousand of them':28} {'':20} US dollars")
    for what, much, dollars in bill.rows():
        print(f"  {what:28} {much:>20} {dollars:10.4f}")
    print(f"  {'Together':28} {'':20} {sum(row[2] for row in bill.rows()):10.4f}\n")


@contextmanager
def table() -> Iterator[None]:
    """A place for tables: moto's, or the one that AWS's own variable names. The credentials are good for nothing, so
    that no real table is ever used.
    """
    local = "AWS_ENDPOINT_URL_DYNAMODB" in os.environ
    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_DEFAULT_REGION": "us-east-1"}
    with nullcontext() if local else mock_aws():
        yield


def main() -> None:
    """Prints what each routine used and what a thousand cost, and what is charged each month."""
    with table():
        for name in ROUTINES:
            routine(name)  # The first time fills the caches of the process.
            show(name, routine(name))
    snapshot = MEMORY_MB / 1024 * MONTH_SECONDS * SNAPSHOT_GB_SECOND
    print(
        f"Each month, whether anybody exercises or not: {len(UNITS)} metrics {len(UNITS) * METRIC_MONTH:.2f}, ", end=""
    )
    print(f"{ALARMS} alarms {ALARMS * ALARM_MONTH:.2f}; with SnapStart, the snapshot of each version {snapshot:.2f}")


if __name__ == "__main__":
    main()
