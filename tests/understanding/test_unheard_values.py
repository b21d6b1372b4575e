"""No sample says a length or a day that none of its slots takes: it would be said, and not heard.

Names of our own are looked for where the model is checked. What Amazon's own types take only the simulator reads.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from simulator.nlu.model import Model, Template
from simulator.nlu.readings import Span, spans, widest
from tests.understood import understood_in

MONDAY = date(2026, 11, 23)
LOCALES = ("en-US", "en-AU", "en-CA", "en-GB", "en-IN")

AS_GOOD_AS_NONE = {
    ("TakeBreakIntent", "PT1S"),  # a second is as long as somebody wishes
    ("RestDayIntent", "P1D"),  # a day off is today
    ("SetReminderIntent", "P1D"),  # so many times a day
    ("SetReminderIntent", "PT1S"),  # a second reminder
}


def _unheard(model: Model) -> Iterator[tuple[Template, Span]]:
    """Each sample of an intent with a slot for a length or a day that says one outside of it."""
    for template in model.templates:
        slots = model.slots[template.intent]
        types = {"AMAZON.DURATION", "AMAZON.DATE"} & set(slots.values()) - {slots[name] for name in template.slots}
        said = spans(template.tokens, model, MONDAY, misheard=False) if types else []
        for span in widest(said):
            if span.type in types and (template.intent, span.value) not in AS_GOOD_AS_NONE:
                yield template, span


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_sample_says_is_heard(locale: str) -> None:
    found = [
        f"{template.intent}: {' '.join(template.tokens)} ({span.value})"
        for template, span in _unheard(understood_in(locale).model)
    ]
    assert found == []
