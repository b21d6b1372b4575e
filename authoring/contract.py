"""The contract of the prompts, held against the code: what is said has a name there, and the fields that it has there.

Rule: both sides owe. Code says what the contract has, with all its fields and no others, and the contract has nothing
that nobody says.
"""

from collections.abc import Iterator, Sequence

from authoring.content import Page
from authoring.problem import Problem
from authoring.prompts import fields_in
from authoring.sayings import Kind, Said
from authoring.words import PromptContract, PromptTexts


def problems(
    contract: Page[PromptContract], texts: Sequence[Page[PromptTexts]], said: Sequence[Said]
) -> Iterator[Problem]:
    """Where code and contract disagree; `texts` are the words of all locales."""
    prompts = [one for one in said if one.kind is not Kind.PART]
    for one in prompts:
        yield from _broken(one, contract.content)
    given: dict[str, set[str]] = {one.name: set() for one in prompts}
    for one in prompts:
        given[one.name] |= one.fields
    for name, fields in contract.content.items():
        if name not in given:
            yield contract.document.problem((name,), f"no code says the prompt `{name}`")
            continue
        for field in fields.keys() - given[name]:
            if not any(field in fields_in(template) for page in texts for template in page.content.get(name, ())):
                reason = f"no code gives the field `{field}` of `{name}`, and no words use it"
                yield contract.document.problem((name, field), reason)


def _broken(said: Said, contract: PromptContract) -> Iterator[Problem]:
    """What code says otherwise than the contract has it."""
    name, fields = said.name, contract.get(said.name)
    if fields is None:
        yield said.problem(f"`{name}` is said here, and is no prompt of content/prompts.yaml")
        return
    for field in sorted(said.fields - fields.keys()):
        yield said.problem(f"`{name}` is given the field `{field}`, which content/prompts.yaml does not have")
    for field in sorted(fields.keys() - said.fields):
        yield said.problem(f"`{name}` is not given the field `{field}`, which content/prompts.yaml has")
