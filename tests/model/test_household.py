"""Whatever happens in a household, the coach keeps its promises.

`make model` takes minutes of it, and shows the shortest story that breaks one; `make test` takes a few. Both are always
the same, so that a finding is not had by chance; with HIP_COACH_MODEL_RANDOM=1 they are others each time.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.evenings import Evenings

EXAMPLES = int(os.environ.get("HIP_COACH_MODEL", "0"))
QUICK = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(
    max_examples=max(EXAMPLES, 1),
    deadline=None,
    derandomize=not os.environ.get("HIP_COACH_MODEL_RANDOM"),
    database=None,
    print_blob=True,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("steps", [15] if EXAMPLES else [12])
def test_whatever_happens_in_a_household_the_coach_keeps_its_promises(steps: int) -> None:
    chosen = LONG if EXAMPLES else QUICK
    run_state_machine_as_test(Evenings, settings=settings(chosen, stateful_step_count=steps))
