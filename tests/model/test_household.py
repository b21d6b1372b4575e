"""Whatever happens in a household, the coach keeps its promises.

`make model` takes minutes of it, another each time, and shows the shortest story that breaks one; `make test` takes a
few, always the same.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.evenings import Evenings

EXAMPLES = int(os.environ.get("HIP_COACH_MODEL", "0"))
QUICK = settings(
    max_examples=30,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(
    max_examples=max(EXAMPLES, 1),
    stateful_step_count=15,
    deadline=None,
    print_blob=True,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("half", ["first", "second"] if EXAMPLES else ["quick"])
def test_whatever_happens_in_a_household_the_coach_keeps_its_promises(half: str) -> None:
    run_state_machine_as_test(Evenings, settings=LONG if EXAMPLES else QUICK)
