"""The prompts of a locale, held against the contract: code and language agree on what can be said, and with what.

Rule: a prompt is a name and its fields. Each locale has words for all of them and for no others, and its templates use
no field that code does not give.
"""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from authoring.content import Language, Library
from authoring.problem import Problem
from authoring.templates import UnreadableError, expression
from authoring.words import Called
from coach.speaking.phrasebook import FILTERS

NAMES = frozenset(Called.model_fields)
"""What every prompt may use beside its fields: what things are called in its locale."""

_TEMPLATES = Environment(autoescape=True)
_TEMPLATES.filters |= dict.fromkeys(FILTERS, str)


def problems(library: Library) -> Iterator[Problem]:
    """What keeps a prompt from being said, in any language."""
    for language in library.languages:
        yield from _language(library, language)


def _language(library: Library, language: Language) -> Iterator[Problem]:
    contract, texts = library.prompts.content, language.prompts.content
    document = language.prompts.document
    for name in contract.keys() - texts.keys():
        yield document.problem((), f"the prompt `{name}` has no words")
    for name, variants in texts.items():
        if name not in contract:
            yield document.problem((name,), f"`{name}` is no prompt of the contract")
            continue
        for place, template in enumerate(variants):
            for reason in _faults(template, set(contract[name])):
                yield document.problem((name, place), f"`{name}`: {reason}")


def fields_in(template: str) -> frozenset[str]:
    """The fields that a template uses; none where it is not Jinja."""
    return _variables(template) - NAMES


def names_in(template: str) -> frozenset[str]:
    """Which of the NAMES a template uses; none where it is not Jinja."""
    return _variables(template) & NAMES


@cache
def _parsed(template: str) -> nodes.Template:
    """A template as a tree, which nobody changes. Varieties of a language have nearly all of them in common."""
    return _TEMPLATES.parse(template)


@cache
def _variables(template: str) -> frozenset[str]:
    try:
        return frozenset(meta.find_undeclared_variables(_parsed(template)))
    except TemplateSyntaxError:
        return frozenset()


def filters_in(template: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The filters that a template puts its fields through, each with what it is given as well; none where it is not
    Jinja.
    """
    try:
        tree = _parsed(template)
    except TemplateSyntaxError:
        return
    for node in tree.find_all(nodes.Filter):
        yield node.name, tuple(argument.value for argument in node.args if isinstance(argument, nodes.Const))


def _faults(template: str, fields: set[str]) -> Iterator[str]:
    try:
        expression(template, {})
    except UnreadableError as error:
        yield str(error)
        return
    for field in sorted(_variables(template) - fields - NAMES):
        yield f"`{field}` is not among its fields: {', '.join(sorted(fields)) or 'it has none'}"
