"""Which locale stands on which: one that is a variety of another says only how it differs from that base.

Rule: a base is declared by the key `base` at the top of a page, and may stand on another one, but on itself by no way.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authoring.document import Document
from authoring.overlay import BASE
from authoring.problem import Problem


def in_order(pages: Mapping[str, Document]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The locales with their bases, each after its base; and the bases that are none. `pages` are the ones that may
    declare a base, by locale: where one declares none, the base is empty.
    """
    order: list[tuple[str, str]] = []
    problems: list[Problem] = []
    waiting = {locale: _base(page.data) for locale, page in pages.items()}
    while ready := [one for one, base in waiting.items() if not base or base in dict(order)]:
        order += [(locale, waiting.pop(locale)) for locale in ready]
    for locale, base in waiting.items():
        if base not in pages:
            problems.append(pages[locale].problem((BASE,), f"there is no locale `{base}` to stand on"))
        elif _comes_back(locale, waiting):
            problems.append(pages[locale].problem((BASE,), f"{locale} would stand on itself, by way of {base}"))
    return order, problems


def only_differences(page: Document) -> Document:
    """A page without the line that says which base it is laid over."""
    if not isinstance(page.data, dict):
        return page
    return replace(page, data={key: value for key, value in page.data.items() if key != BASE})


def _base(data: Any) -> str:
    base = data.get(BASE, "") if isinstance(data, dict) else ""
    return base if isinstance(base, str) else str(base)


def _comes_back(locale: str, bases: Mapping[str, str]) -> bool:
    """Whether one comes back to a locale by going from base to base."""
    seen, here = set(), bases.get(locale, "")
    while here and here not in seen:
        if here == locale:
            return True
        seen.add(here)
        here = bases.get(here, "")
    return False
