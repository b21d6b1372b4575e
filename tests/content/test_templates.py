"""What a template means in Jinja it means as Python, also where no prompt makes use of it; and the rest is refused."""

from itertools import product
from types import SimpleNamespace

import pytest
from jinja2 import Environment, StrictUndefined

from authoring.templates import UnreadableError, expression

CALLED = {"coach": "Hip Coach"}
TEMPLATES = (
    "{{ coach }} has {{ a }} and {{ b }}",
    "{% if a %}some{% elif b %}others{% else %}none{% endif %}",
    "{% if a == 1 %}one{% elif a == 2 %}two{% elif b > 1 %}many{% endif %}",
    "{% if a > 0 and b > 0 %}both{% endif %}{% if a or b %}any{% endif %}{% if not a %}no{% endif %}",
    "{{ a + b * 2 - 1 }}, {{ (a + 5) // 2 }}, {{ (a + 7) % 3 }}",
    "{% if a < b %}less{% endif %}{% if a <= b %}less or so{% endif %}{% if a >= b and a != 2 %}more{% endif %}",
    "{{ 'lower'|capitalize }}{{ a|number|capitalize }}",
    'it\'s "quoted" \\ {{ a }}\n',
)


def number(value: int) -> str:
    return f"n{value}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_means_what_jinja_takes_it_for(template: str) -> None:
    jinja = Environment(undefined=StrictUndefined)  # noqa: S701 - plain text
    jinja.filters["number"] = number
    for a, b in product(range(4), range(4)):
        field, say = {"a": a, "b": b}, SimpleNamespace(number=number)
        meant = jinja.from_string(template).render(**field, **CALLED)
        assert eval(expression(template, CALLED), {}, {"say": say, "field": field}) == meant  # noqa: S307


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{% for one in a %}{{ one }}{% endfor %}", "`For`"),
        ("{% set b = a %}", "`Assign`"),
        ("{{ a.b }}", "`Getattr`"),
        ("{{ a() }}", "`Call`"),
        ("{{ a|upper }}", "no filter `upper`"),
        ("{{ a|number(how='so') }}", "no filter `number`"),
        ("{% if a in (1, 2) %}in{% endif %}", "`Tuple`"),
        ("{% if %}", "not Jinja"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(template: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        expression(template, {})
