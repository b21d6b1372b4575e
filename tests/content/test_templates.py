"""What a template means in Jinja it means as Python, also where no prompt makes use of it; and the rest is refused."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from types import SimpleNamespace

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError

from authoring.templates import UnreadableError, expression
from coach.speaking.content import COMPILED, load
from coach.speaking.phrasebook import FILTERS, MARK, Phrasebook

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
        ("{{ a|number(1) }}", "no filter `number`"),
        ("{{ a|words_in }}", "no filter `words_in`"),
        ("{{ a|number(*b) }}", "no filter `number`"),
        ("{{ a|number(**b) }}", "no filter `number`"),
        ("{{ a|capitalize(1) }}", "no filter `capitalize`"),
        ("{{ a|capitalize(*b) }}", "no filter `capitalize`"),
        ("{% if a in (1, 2) %}in{% endif %}", "`Tuple`"),
        ("{% if %}", "not Jinja"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(template: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        expression(template, {})


LOCALES = sorted(path.stem for path in COMPILED.glob("*-*.json"))
FIELDS = (
    *(
        0,
        1,
        2,
        3,
        45,
        60,
        119_999,
        120_000,
        10**30,
        -1,
        None,
        "",
        "it's",
        '"so"',
        "{x}",
        "{{ x }}",
        "two\nlines",
        "é💥",
    ),
    *("left", "both", "usual", "hips", "planned", "full", "lying", "mat", "lying_twist", "pelvic_tilt"),
    *(
        "12000ms",
        "~90000ms",
        "<3reps",
        "4breaths",
        [],
        ["pelvic_tilt"],
        ["mat", "pelvic_tilt"],
        [420],
        [420, 720, 1140],
    ),
)
"""What code gives a prompt, and what it never would."""


@pytest.mark.parametrize("locale", LOCALES)
def test_every_prompt_means_what_jinja_takes_it_for(locale: str) -> None:
    say = Phrasebook(load(locale))
    words = say.content.words
    jinja = Environment(undefined=StrictUndefined)  # noqa: S701 - plain text
    jinja.filters |= {name: getattr(say, name) for name in FILTERS}
    told = 0
    for name, prompt in words["prompts"].items():
        for variant, template in enumerate(prompt["say"]):
            if MARK in template:
                read, written = jinja.from_string(template), say.content.templates[f"{name}_{variant}"]
                for fields in _given(prompt["fields"]):
                    meant = _told(read.render, {**fields, **words["called"]})
                    assert _told(written, say, fields) == meant, (name, variant, fields)
                    told += meant is not None
    assert told > len(words["prompts"])


def _given(names: Sequence[str]) -> Iterator[dict[str, object]]:
    for turn, step in product(range(len(FIELDS)), (0, 3)):
        yield {name: FIELDS[(turn + at * step) % len(FIELDS)] for at, name in enumerate(names)}


def _told(telling: Callable[..., str], *given: object) -> str | None:
    """What is told, if these fields can be."""
    try:
        return telling(*given)
    except (LookupError, TypeError, ValueError, AttributeError, UndefinedError):
        return None
