"""What the prompts of a locale take from its other words: what things are called, and what their filters read.

Rule: read off the code of the phrasebook. A filter takes what is named in its method, or in one that this one uses.
"""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from authoring.code import Module, holder
from authoring.content import Language
from authoring.prompts import filters_in, names_in

PHRASEBOOK = "Phrasebook"


@dataclass(frozen=True)
class Phrasing:
    """What each use of a filter takes, as the keys that lead to it in the content of a locale."""

    taken: frozenset[frozenset[str]]

    def takes(self, *keys: str) -> bool:
        """Whether a prompt takes what stands under these keys."""
        return any(taken.issuperset(keys) for taken in self.taken)

    @classmethod
    def of(cls, language: Language, prompts: Collection[str], modules: Sequence[Module]) -> "Phrasing":
        """What these prompts of a locale take."""
        body = holder(modules, PHRASEBOOK).classes[PHRASEBOOK].body
        methods = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
        texts = [text for name in prompts for text in language.prompts.content.get(name, ())]
        used = {use for text in texts for use in filters_in(text)}
        called = {frozenset(("called", name)) for text in texts for name in names_in(text)}
        taken = {frozenset({*_read(methods, name), *map(str, given)}) for name, given in used}
        return cls(frozenset(taken | called))


def _read(methods: Mapping[str, ast.FunctionDef], name: str) -> Iterator[str]:
    """The keys that a method names, and those it uses."""
    for node in ast.walk(methods[name]) if name in methods else ():
        match node:
            case ast.Constant(value=str(key)):
                yield key
            case ast.Attribute(value=ast.Name(id="self"), attr=other) if other != name:
                yield from _read(methods, other)
